foreach(noun definition template answers server-text)
  string(REPLACE "-" "_" file ${noun})
  wh_add_test(test-${noun} LABEL unit SOURCES test_${file}.c LINKS wh-providers)
endforeach()
wh_add_test(test-http-engine LABEL unit
  SOURCES test_http_engine.c test_fake_http.c test_providers_world.c
  LINKS wh-providers wh-test-support)
wh_add_test(test-rfc2136-engine LABEL unit
  SOURCES test_rfc2136_engine.c test_update_server.c test_fake_http.c test_providers_world.c
  LINKS wh-providers wh-test-support)
wh_add_test(test-providers LABEL unit
  SOURCES test_providers.c test_fake_http.c test_providers_world.c
  LINKS wh-providers wh-test-support)
wh_add_test(test-providers-http LABEL unit
  SOURCES test_providers_http.c test_http_server.c test_providers_world.c
  LINKS wh-providers wh-test-support)
