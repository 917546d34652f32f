# What Windows Installer runs; there only.
if(WIN32)
  wh_add_test(unit-windows-setup LABEL unit SOURCES test_windows_setup.c LINKS wh-setup wh-platform)
  target_compile_definitions(unit-windows-setup PRIVATE UNICODE _UNICODE _WIN32_WINNT=0x0A00 WIN32_LEAN_AND_MEAN)
endif()
