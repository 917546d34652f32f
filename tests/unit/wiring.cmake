wh_add_test(test-notices LABEL unit SOURCES test_notices.c LINKS wh-wiring)
