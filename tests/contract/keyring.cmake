# As in CMakeLists.txt; the adapter for Linux runs a real gnome-keyring-daemon on a bus of its own.
foreach(implementation ${implementations})
  file(GLOB adapter CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/${implementation}/keyring*.c)
  wh_add_test(contract-${implementation}-keyring LABEL contract
    SOURCES test_keyring.c ${adapter} helper.c LINKS ${library_of_${implementation}})
  target_compile_definitions(contract-${implementation}-keyring PRIVATE _GNU_SOURCE)
endforeach()
