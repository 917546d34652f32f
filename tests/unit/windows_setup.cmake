# What Windows Installer runs; there only.
if(WIN32)
  wh_add_test(unit-windows-setup LABEL unit SOURCES test_windows_setup.c LINKS wh-setup wh-platform)
endif()
