# What Windows Installer runs; there only.
if(WIN32)
  foreach(each windows_setup setup_firewall setup_removal)
    string(REPLACE _ - name ${each})
    wh_add_test(unit-${name} LABEL unit SOURCES test_${each}.c LINKS wh-setup wh-platform oleaut32)
    target_compile_definitions(unit-${name} PRIVATE UNICODE _UNICODE _WIN32_WINNT=0x0A00 COBJMACROS WIN32_LEAN_AND_MEAN)
  endforeach()
endif()
