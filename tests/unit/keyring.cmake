wh_add_test(test-keyring-copy LABEL unit
  SOURCES test_keyring_copy.c test_model_world.c test_stub_service.c
  LINKS wh-app-keyring wh-model wh-control wh-client wh-platform-fake)
