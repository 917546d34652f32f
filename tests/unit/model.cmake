foreach(name model model-findings model-owner model-summary)
  string(REPLACE - _ file ${name})
  wh_add_test(test-${name} LABEL unit SOURCES test_${file}.c test_model_world.c test_stub_service.c
    LINKS wh-model wh-control wh-client wh-platform-fake)
endforeach()
