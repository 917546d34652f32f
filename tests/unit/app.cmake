wh_add_test(test-sentences LABEL unit SOURCES test_sentences.c LINKS wh-client wh-platform-fake)
wh_add_test(test-output LABEL unit SOURCES test_output.c LINKS wh-cli wh-client wh-platform-fake)
wh_add_test(test-client LABEL unit SOURCES test_client.c test_stub_service.c
  LINKS wh-control wh-client wh-platform-fake)
wh_add_test(test-cli LABEL unit SOURCES test_cli.c test_stub_service.c
  LINKS wh-control wh-platform)
target_compile_definitions(test-cli PRIVATE WH_CTL="$<TARGET_FILE:wayhomectl>")
add_dependencies(test-cli wayhomectl)
