wh_add_test(test-tray LABEL unit
  SOURCES test_tray.c test_tray_menu.c test_tray_requests.c test_model_world.c test_stub_service.c
  LINKS wh-tray wh-model wh-control wh-client wh-desktop-fake wh-platform-fake)
if(WAYHOME_APP)
  wh_add_test(test-icons LABEL unit SOURCES test_icons.c LINKS PkgConfig::GTK)
  add_dependencies(test-icons wayhome-icons)
endif()
