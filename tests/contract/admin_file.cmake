# What the administrator writes and the service manager hands over.
foreach(implementation ${implementations})
  wh_add_test(contract-${implementation}-admin-file LABEL contract
    SOURCES test_admin_file.c helper.c LINKS ${library_of_${implementation}})
  target_compile_definitions(contract-${implementation}-admin-file PRIVATE _GNU_SOURCE)
endforeach()
if(NOT WIN32)
  wh_add_test(contract-linux-admin-file-owners LABEL contract SOURCES linux/admin_file.c helper.c
    LINKS wh-platform)
  target_compile_definitions(contract-linux-admin-file-owners PRIVATE _GNU_SOURCE)
endif()
