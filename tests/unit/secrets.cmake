foreach(noun vault_keyring vault_move vault_removals vault_troubles)
  string(REPLACE _ - name ${noun})
  wh_add_test(test-${name} LABEL unit SOURCES test_${noun}.c test_vault_world.c
    LINKS wh-secrets wh-platform-fake)
endforeach()
wh_add_test(test-vault LABEL unit SOURCES test_vault.c LINKS wh-secrets wh-platform-fake)
foreach(noun vault_refused vault_sealed vault_sealing vault_unattended)
  string(REPLACE _ - name ${noun})
  wh_add_test(test-${name} LABEL unit SOURCES test_${noun}.c test_sealed_world.c
    LINKS wh-secrets wh-platform-fake wh-test-support)
endforeach()
