# Messages and autostart: only programs with windows have them.
set(library_of_desktop_linux wh-desktop)
set(library_of_desktop_fake wh-desktop-fake)
set(extra_of_desktop_linux_notifier linux/notifier_double.c)

foreach(implementation ${implementations})
  wh_add_test(contract-${implementation}-small-file LABEL contract
    SOURCES test_small_file.c helper.c LINKS ${library_of_${implementation}})
  target_compile_definitions(contract-${implementation}-small-file PRIVATE _GNU_SOURCE)
  set(library ${library_of_desktop_${implementation}})
  if(NOT TARGET ${library})
    continue()
  endif()
  foreach(noun notifier autostart)
    wh_add_test(contract-${implementation}-${noun} LABEL contract
      SOURCES test_${noun}.c ${implementation}/${noun}.c helper.c
        ${extra_of_desktop_${implementation}_${noun}}
      LINKS ${library})
    target_compile_definitions(contract-${implementation}-${noun} PRIVATE _GNU_SOURCE)
  endforeach()
endforeach()
