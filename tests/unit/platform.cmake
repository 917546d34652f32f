if(NOT WIN32)
  foreach(noun netlink_message netlink_link netlink_route address_table interface_kind ways)
    string(REPLACE _ - name ${noun})
    wh_add_test(unit-platform-${name} LABEL unit
      SOURCES test_${noun}.c netlink_bytes.c
      LINKS wh-platform)
  endforeach()
else()
  foreach(noun hop address_rows way_rows)
    string(REPLACE _ - name ${noun})
    wh_add_test(unit-platform-${name} LABEL unit SOURCES test_${noun}.c network_rows.c LINKS wh-platform)
    target_compile_definitions(unit-platform-${name} PRIVATE ${platform_definitions})
  endforeach()
endif()
