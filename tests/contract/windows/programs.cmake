# What only this system has: the parts that several capabilities are made of.
foreach(noun access credentials folder process_setup text token)
  string(REPLACE _ - name contract-windows-${noun})
  add_program(${name} SOURCES windows/${noun}.c helper.c LINKS wh-platform)
endforeach()
add_program(contract-windows-power-notice SOURCES windows/power_notice.c LINKS wh-platform)
