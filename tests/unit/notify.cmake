wh_add_test(test-rules LABEL unit SOURCES test_rules.c test_rules_troubles.c
  LINKS wh-notify wh-model wh-client wh-desktop-fake wh-platform-fake)
wh_add_test(test-announcer-memory LABEL unit SOURCES test_announcer_memory.c
  LINKS wh-notify wh-model wh-client wh-desktop-fake wh-platform-fake)
wh_add_test(test-announcer LABEL unit
  SOURCES test_announcer.c test_announcer_changes.c test_announcer_history.c
    test_announcer_troubles.c test_announcer_world.c test_model_world.c test_stub_service.c
  LINKS wh-notify wh-model wh-control wh-client wh-desktop-fake wh-platform-fake)
