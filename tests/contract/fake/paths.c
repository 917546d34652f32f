#include "platform/paths.h"

#include "platform/fake/fake.h"
#include "tests/contract/paths_adapter.h"

gboolean wh_adapter_set_runtime(gboolean available)
{
    wh_fake_paths_set_runtime(available);
    return TRUE;
}

static void test_under_the_folder_that_was_set(void)
{
    g_autofree char *state = NULL;

    wh_fake_paths_set_folder("/somewhere");
    state = wh_paths_state_folder(WH_PATHS_USER);
    g_assert_cmpstr(state, ==, "/somewhere/state-user");
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/paths/fake/under-the-folder-that-was-set",
                    test_under_the_folder_that_was_set);
}
