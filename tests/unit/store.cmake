foreach(noun store store_damage store_journal store_kill store_log)
  string(REPLACE _ - target ${noun})
  wh_add_test(test-${target} LABEL unit SOURCES test_${noun}.c test_store_folder.c LINKS wh-store)
endforeach()
