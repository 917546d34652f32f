# What the packages install, looked over without installing it.
find_program(PYTHON3 NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(BASH bash)

# package_check(CHECK [PROGRAM ...])
function(package_check check)
  add_test(NAME package-${check} COMMAND ${PYTHON3} -B ${CMAKE_CURRENT_SOURCE_DIR}/static.py ${check}
    ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR} ${ARGN})
  set_tests_properties(package-${check} PROPERTIES LABELS package SKIP_RETURN_CODE 77 TIMEOUT 120)
endfunction()

package_check(units $<TARGET_FILE:wayhomed>)
package_check(security)
package_check(sockets)
package_check(polkit)
package_check(debian)
package_check(arguments)
set(programs $<TARGET_FILE:wayhomectl> $<TARGET_FILE:wayhomed>)
if(WAYHOME_APP)
  list(APPEND programs $<TARGET_FILE:wayhome>)
  package_check(desktop)
  package_check(metainfo)
endif()
package_check(manuals ${programs})
if(BASH)
  add_test(NAME package-completion
    COMMAND ${BASH} ${CMAKE_CURRENT_SOURCE_DIR}/completion.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:wayhomectl>)
  set_tests_properties(package-completion PROPERTIES LABELS package TIMEOUT 120)
endif()

# What is done with the sources and the cache of the libraries for Windows; builds none of them.
add_test(NAME package-windows-sysroot COMMAND ${PYTHON3} -B ${CMAKE_CURRENT_SOURCE_DIR}/windows_sysroot.py)
set_tests_properties(package-windows-sysroot PROPERTIES LABELS package SKIP_RETURN_CODE 77 TIMEOUT 300)
