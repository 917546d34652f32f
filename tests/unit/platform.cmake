if(NOT WIN32)
  foreach(noun netlink_message netlink_route address_table)
    string(REPLACE _ - name ${noun})
    wh_add_test(unit-platform-${name} LABEL unit
      SOURCES test_${noun}.c netlink_bytes.c
      LINKS wh-platform)
  endforeach()
endif()
