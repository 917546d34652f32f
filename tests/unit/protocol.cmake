foreach(noun description framing idl message)
  wh_add_test(test-${noun} LABEL unit SOURCES test_${noun}.c LINKS wh-protocol)
endforeach()
