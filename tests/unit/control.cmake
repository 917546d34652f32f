wh_add_test(test-authorize LABEL unit SOURCES test_authorize.c LINKS wh-control wh-secrets
  wh-platform-fake)
foreach(part control control_methods control_secrets control_test control_watch)
  string(REPLACE _ - name ${part})
  wh_add_test(test-${name} LABEL unit
    SOURCES test_${part}.c test_control_world.c
    LINKS wh-control wh-test-support wh-secrets wh-platform-fake)
endforeach()
