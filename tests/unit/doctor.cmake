foreach(noun doctor finding chart checkup dates heals probes)
  wh_add_test(test-${noun} LABEL unit SOURCES test_${noun}.c LINKS wh-doctor wh-detect wh-test-support)
endforeach()
wh_add_test(test-reopening LABEL unit SOURCES test_reopening.c LINKS wh-doctor wh-test-support)
