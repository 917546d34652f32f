foreach(noun policy proof)
  wh_add_test(test-${noun} LABEL unit SOURCES test_${noun}.c LINKS wh-reconcile wh-test-support)
endforeach()
wh_add_test(test-keeper-agenda LABEL unit SOURCES test_keeper_agenda.c
  LINKS wh-reconcile wh-test-support)
foreach(part send aim flight answers waits restart proof heal roster)
  wh_add_test(test-keeper-${part} LABEL unit SOURCES test_keeper_${part}.c
      test_keeper_world.c test_keeper_memory.c
    LINKS wh-reconcile wh-test-support)
endforeach()
