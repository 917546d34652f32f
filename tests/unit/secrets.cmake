wh_add_test(test-vault LABEL unit SOURCES test_vault.c LINKS wh-secrets wh-platform-fake)
