# As in CMakeLists.txt; the adapter for Linux plays polkit and logind on a bus of its own.
foreach(implementation ${implementations})
  foreach(noun permission users)
    file(GLOB adapter CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/${implementation}/${noun}*.c)
    wh_add_test(contract-${implementation}-${noun} LABEL contract
      SOURCES test_${noun}.c ${adapter} helper.c LINKS ${library_of_${implementation}})
    target_compile_definitions(contract-${implementation}-${noun} PRIVATE _GNU_SOURCE)
  endforeach()
endforeach()
