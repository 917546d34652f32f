wh_add_test(test-sentences LABEL unit SOURCES test_sentences.c LINKS wh-client wh-platform-fake)
wh_add_test(test-session-finding LABEL unit SOURCES test_session_finding.c LINKS wh-client wh-platform-fake)
wh_add_test(test-sentences-service LABEL unit SOURCES test_sentences_service.c
  LINKS wh-client wh-platform-fake)
wh_add_test(test-step LABEL unit SOURCES test_step.c LINKS wh-cli wh-client wh-platform-fake)
wh_add_test(test-output LABEL unit SOURCES test_output.c LINKS wh-cli wh-client wh-platform-fake)
wh_add_test(test-client LABEL unit SOURCES test_client.c test_stub_service.c
  LINKS wh-control wh-client wh-platform-fake)
foreach(name requests requests-claim)
  string(REPLACE - _ file ${name})
  wh_add_test(test-${name} LABEL unit SOURCES test_${file}.c test_requests_world.c test_stub_service.c
    LINKS wh-control wh-client wh-platform-fake)
endforeach()
# The real platform: its sockets are files that appear and go.
wh_add_test(test-link LABEL unit SOURCES test_link.c test_stub_service.c
  LINKS wh-control wh-client wh-platform)
foreach(name cli cli-doctor cli-owner cli-watch cli-vpn)
  string(REPLACE - _ file ${name})
  wh_add_test(test-${name} LABEL unit SOURCES test_${file}.c test_cli_world.c test_stub_service.c
    LINKS wh-control wh-platform)
  target_compile_definitions(test-${name} PRIVATE WH_CTL="$<TARGET_FILE:wayhomectl>")
  add_dependencies(test-${name} wayhomectl)
  wh_set_test(test-${name} COST 300)
endforeach()
