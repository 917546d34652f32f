#include "service/control/authorize.h"
#include "service/control/methods.h"
#include "service/protocol/description.h"
#include "service/protocol/names.h"

static void test_peers(void)
{
    const WhPeer nobody = {.known = FALSE, .is_root = TRUE, .is_self = TRUE};
    const WhPeer root = {.known = TRUE, .is_root = TRUE};
    const WhPeer self = {.known = TRUE, .is_self = TRUE};
    const WhPeer other = {.known = TRUE};
    g_assert_cmpint(wh_authorize_peer(&nobody), ==, WH_PERMIT_NOTHING);
    g_assert_cmpint(wh_authorize_peer(&root), ==, WH_PERMIT_MANAGE);
    g_assert_cmpint(wh_authorize_peer(&self), ==, WH_PERMIT_MANAGE);
    g_assert_cmpint(wh_authorize_peer(&other), ==, WH_PERMIT_NOTHING);
}

static void test_permits(void)
{
    g_assert_true(wh_authorize_method(WH_PERMIT_NOTHING, "org.varlink.service.GetInfo"));
    g_assert_false(wh_authorize_method(WH_PERMIT_NOTHING, WH_CONTROL_METHOD("Status")));
    g_assert_true(wh_authorize_method(WH_PERMIT_OBSERVE, WH_CONTROL_METHOD("Status")));
    g_assert_false(wh_authorize_method(WH_PERMIT_OBSERVE, WH_CONTROL_METHOD("SetSecret")));
    g_assert_true(wh_authorize_method(WH_PERMIT_MANAGE, WH_CONTROL_METHOD("SetSecret")));
    g_assert_false(wh_authorize_method(WH_PERMIT_MANAGE, WH_CONTROL_METHOD("Explode")));
    g_assert_false(wh_authorize_method(WH_PERMIT_MANAGE, "Status"));
}

/* What changes something is never for those who may only look. */
static void test_only_reading_is_observing(void)
{
    static const char *const reading[] = {"Status", "Watch", "ListProviders", "History", NULL};
    g_auto(GStrv) methods = wh_description_methods(WH_CONTROL_INTERFACE);
    for (guint i = 0; methods[i] != NULL; i++) {
        g_autofree char *name = g_strconcat(WH_CONTROL_INTERFACE ".", methods[i], NULL);
        g_assert_true(wh_authorize_method(WH_PERMIT_MANAGE, name));
        g_assert_false(wh_authorize_method(WH_PERMIT_NOTHING, name));
        g_assert_true(wh_authorize_method(WH_PERMIT_OBSERVE, name) ==
                      g_strv_contains(reading, methods[i]));
    }
}

static gsize check_methods(const char *interface)
{
    g_auto(GStrv) names = wh_description_methods(interface);
    gsize i;
    for (i = 0; names[i] != NULL; i++) {
        g_autofree char *name = g_strconcat(interface, ".", names[i], NULL);
        g_assert_nonnull(wh_methods_find(name));
    }
    return i;
}

/* The interface files and the table hold the same methods, each once. */
static void test_table(void)
{
    gsize declared =
        check_methods(WH_CONTROL_INTERFACE) + check_methods(WH_VARLINK_SERVICE_INTERFACE);
    gsize count;
    const WhMethod *all = wh_methods_all(&count);
    g_assert_cmpuint(count, ==, declared);
    for (gsize i = 0; i < count; i++) {
        g_assert_true(wh_methods_find(all[i].name) == &all[i]);
        g_assert_true(all[i].wants_more == g_str_has_suffix(all[i].name, ".Watch"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/authorize/peers", test_peers);
    g_test_add_func("/authorize/permits", test_permits);
    g_test_add_func("/authorize/only-reading-is-observing", test_only_reading_is_observing);
    g_test_add_func("/authorize/table", test_table);
    return g_test_run();
}
