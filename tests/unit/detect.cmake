foreach(noun verdict outside panel)
  wh_add_test(test-${noun} LABEL unit SOURCES test_${noun}.c LINKS wh-detect)
endforeach()
foreach(noun inside rounds polls)
  wh_add_test(test-detector-${noun} LABEL unit
    SOURCES test_detector_${noun}.c test_detector_world.c
    LINKS wh-detect wh-test-support)
endforeach()
