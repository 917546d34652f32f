if(NOT TARGET wh-window)
  return()
endif()

# What needs no screen.
wh_add_test(test-window-nouns LABEL unit SOURCES test_window_nouns.c
  LINKS wh-window wh-model wh-client wh-desktop-fake wh-platform-fake)

# What a person sees and does, in one process, on a screen that nobody sees. For Windows, tests/windows/test_gui.py shows it.
if(WIN32)
  return()
endif()
find_program(XVFB_RUN xvfb-run)
if(NOT XVFB_RUN)
  return()
endif()
foreach(part window window-findings window-forms window-adding window-editing window-many window-owner)
  string(REPLACE - _ file ${part})
  add_executable(test-${part} test_${file}.c test_window_world.c test_model_world.c
    test_stub_service.c)
  target_link_libraries(test-${part} PRIVATE
    wh-options wh-window wh-model wh-control wh-client wh-desktop-fake wh-platform-fake)
  target_compile_definitions(test-${part} PRIVATE G_LOG_DOMAIN="wayhome-test")
  add_test(NAME test-${part} COMMAND ${XVFB_RUN} -a $<TARGET_FILE:test-${part}> --tap)
  set_tests_properties(test-${part} PROPERTIES LABELS ui TIMEOUT 120
    ENVIRONMENT "NO_AT_BRIDGE=1;GDK_BACKEND=x11;GSETTINGS_BACKEND=memory;GTK_THEME=Adwaita")
endforeach()
