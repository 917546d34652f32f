# The world stands in for the providers and the record keeper: it has their symbols.
foreach(noun accounts accounts_hosts accounts_secrets accounts_test accounts_unsaved)
  string(REPLACE _ - target ${noun})
  wh_add_test(test-${target} LABEL unit SOURCES test_${noun}.c test_accounts_world.c
    LINKS wh-accounts wh-secrets wh-platform-fake wh-test-support)
endforeach()
