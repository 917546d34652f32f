# The desktop's capabilities; the icon over D-Bus is tested without a display.
if(NOT WAYHOME_APP)
  return()
endif()
add_contract(tray_icon desktop)
foreach(implementation ${implementations})
  add_program(contract-${implementation}-browser SOURCES test_browser.c LINKS ${desktop_of_${implementation}})
endforeach()
if(TARGET contract-windows-tray-icon)
  add_dependencies(contract-windows-tray-icon wayhome-icons)
  add_dependencies(contract-windows-notifier wayhome-icons)
  add_program(contract-windows-text-scale SOURCES windows/text_scale.c helper.c LINKS wh-desktop)
  add_program(contract-windows-complaint SOURCES windows/complaint.c LINKS wh-desktop)
endif()

# The icon that older trays embed needs a display of its own; without xvfb-run it makes do with the present one.
if(WAYHOME_PLATFORM STREQUAL linux)
  find_program(XVFB_RUN xvfb-run)
  if(XVFB_RUN)
    set(display ${XVFB_RUN} -a)
  endif()
  add_executable(contract-linux-xembed-icon linux/xembed_icon.c linux/tray_icon_panel.c helper.c)
  target_link_libraries(contract-linux-xembed-icon PRIVATE wh-options wh-desktop)
  target_compile_definitions(contract-linux-xembed-icon PRIVATE _GNU_SOURCE
    G_LOG_DOMAIN="wayhome-test" WH_BINARY_DIR="${CMAKE_BINARY_DIR}")
  add_dependencies(contract-linux-xembed-icon wayhome-icons)
  add_test(NAME contract-linux-xembed-icon
    COMMAND ${display} $<TARGET_FILE:contract-linux-xembed-icon> --tap)
  # Two that look for a free display at the same moment may find the same. What GTK and fontconfig keep until
  # the end is no leak of ours.
  set_tests_properties(contract-linux-xembed-icon PROPERTIES LABELS contract TIMEOUT 120
    RESOURCE_LOCK display ENVIRONMENT "GDK_BACKEND=x11;NO_AT_BRIDGE=1"
    ENVIRONMENT_MODIFICATION "ASAN_OPTIONS=string_append::detect_leaks=0"
    SKIP_REGULAR_EXPRESSION "ok 1 .*# SKIP whole program")
endif()
