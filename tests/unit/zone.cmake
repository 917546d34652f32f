wh_add_test(test-zone LABEL unit SOURCES test_zone.c LINKS wh-net)
