foreach(noun verdict outside outside_nonsense panel rank vpn_choices)
  string(REPLACE "_" "-" name ${noun})
  wh_add_test(test-${name} LABEL unit SOURCES test_${noun}.c LINKS wh-detect)
endforeach()
wh_add_test(test-canary LABEL unit SOURCES test_canary.c LINKS wh-detect wh-test-support)
foreach(noun inside rounds polls router pace vpn way)
  wh_add_test(test-detector-${noun} LABEL unit
    SOURCES test_detector_${noun}.c test_detector_world.c
    LINKS wh-detect wh-test-support)
endforeach()
