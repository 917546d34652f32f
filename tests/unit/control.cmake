foreach(part authorize control control_admission control_attacks control_doctor control_limits control_methods control_owner
    control_rendition control_secrets control_test control_vpn control_watch control_wishes)
  string(REPLACE _ - name ${part})
  wh_add_test(test-${name} LABEL unit
    SOURCES test_${part}.c test_control_world.c test_control_rooms.c
    LINKS wh-control wh-test-support wh-secrets wh-platform-fake)
endforeach()
wh_add_test(test-owner LABEL unit
  SOURCES test_owner.c ${CMAKE_SOURCE_DIR}/service/wiring/owner.c LINKS wh-store wh-platform-fake)
