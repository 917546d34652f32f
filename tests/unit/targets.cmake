foreach(noun lan machine surroundings target)
  wh_add_test(test-${noun} LABEL unit SOURCES test_${noun}.c LINKS wh-targets)
endforeach()
