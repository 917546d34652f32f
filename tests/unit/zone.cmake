wh_add_test(test-zone LABEL unit SOURCES test_zone.c LINKS wh-net)
if(WIN32)
  # As in service/net/CMakeLists.txt.
  set_source_files_properties(test_name_servers.c PROPERTIES COMPILE_OPTIONS "-include;ws2tcpip.h")
endif()
# Its name servers have one port at several addresses, and Wine takes a port for one of all.
if(wine)
  return()
endif()
foreach(noun authority authority-zone)
  string(REPLACE "-" "_" file ${noun})
  wh_add_test(test-${noun} LABEL unit
    SOURCES test_${file}.c test_authority_world.c test_name_servers.c LINKS wh-net wh-test-support)
endforeach()
