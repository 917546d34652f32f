wh_add_test(test-notices LABEL unit SOURCES test_notices.c LINKS wh-wiring)
wh_add_test(test-front-door LABEL unit SOURCES test_front_door.c ${CMAKE_SOURCE_DIR}/service/wiring/front_door.c
  LINKS wh-test-support wh-platform-fake)
