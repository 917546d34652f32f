wh_add_test(test-notices LABEL unit SOURCES test_notices.c LINKS wh-wiring)
wh_add_test(test-doctor-folder LABEL unit SOURCES test_doctor_folder.c LINKS wh-wiring)
wh_add_test(test-front-door LABEL unit SOURCES test_front_door.c ${CMAKE_SOURCE_DIR}/service/wiring/front_door.c
  LINKS wh-test-support wh-platform-fake)
wh_add_test(test-interfaces LABEL unit SOURCES test_interfaces.c ${CMAKE_SOURCE_DIR}/service/wiring/interfaces.c
  LINKS wh-detect wh-platform-fake)
wh_add_test(test-outlook LABEL unit SOURCES test_outlook.c LINKS wh-wiring)
wh_add_test(test-outside-dns LABEL unit SOURCES test_outside_dns.c ${CMAKE_SOURCE_DIR}/service/wiring/outside_dns.c
  LINKS wh-detect wh-net)
wh_add_test(test-targets LABEL unit
  SOURCES test_targets.c ${CMAKE_SOURCE_DIR}/service/wiring/targets.c ${CMAKE_SOURCE_DIR}/service/wiring/interfaces.c
  LINKS wh-targets wh-detect wh-reconcile wh-platform-fake)
