foreach(noun account_id computer_label declared_file)
  string(REPLACE _ - name ${noun})
  wh_add_test(test-${name} LABEL unit SOURCES test_${noun}.c LINKS wh-declared)
endforeach()
# The world stands in for the providers and the record keeper: it has their symbols.
foreach(noun accounts_declared accounts_reloaded accounts_withheld)
  string(REPLACE _ - name ${noun})
  wh_add_test(test-${name} LABEL unit
    SOURCES test_${noun}.c test_declared_world.c test_accounts_world.c
    LINKS wh-accounts wh-secrets wh-platform-fake wh-test-support)
endforeach()
wh_add_test(test-notice-sentences LABEL unit SOURCES test_notice_sentences.c LINKS wh-wiring)
