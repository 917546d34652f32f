if(NOT WIN32)
  foreach(noun netlink_message netlink_route address_table)
    string(REPLACE _ - name ${noun})
    wh_add_test(unit-platform-${name} LABEL unit
      SOURCES test_${noun}.c netlink_bytes.c
      LINKS wh-platform)
  endforeach()
else()
  foreach(noun hop address_rows)
    string(REPLACE _ - name ${noun})
    wh_add_test(unit-platform-${name} LABEL unit SOURCES test_${noun}.c LINKS wh-platform)
    target_compile_definitions(unit-platform-${name} PRIVATE ${platform_definitions})
  endforeach()
endif()
