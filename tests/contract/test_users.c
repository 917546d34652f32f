#include "platform/users.h"

#include "tests/contract/users_adapter.h"

#include <string.h>

static void refuse(const char *user, GIOErrorEnum code)
{
    g_autoptr(GError) error = NULL;
    char *name = NULL;

    g_assert_null(wh_users_find(user, &name, &error));
    g_assert_error(error, G_IO_ERROR, (gint)code);
    g_assert_null(name);
}

static void test_nobody(void)
{
    g_autofree char *long_name = g_strnfill(100000, 'x');

    refuse("no-such-user-here", G_IO_ERROR_NOT_FOUND);
    refuse("", G_IO_ERROR_NOT_FOUND);
    refuse(long_name, G_IO_ERROR_NOT_FOUND);
}

static void test_no_person(void)
{
    for (guint i = 0; wh_adapter_system_users[i] != NULL; i++)
        refuse(wh_adapter_system_users[i], G_IO_ERROR_INVALID_ARGUMENT);
}

static void test_person(void)
{
    g_autofree char *name = NULL;
    g_autofree char *principal = NULL;
    g_autofree char *back = NULL;

    if (wh_adapter_person() == NULL) {
        g_test_skip("This computer has no account of a person");
        return;
    }
    principal = wh_users_find(wh_adapter_person(), &name, NULL);
    g_assert_cmpstr(principal, ==, wh_adapter_principal());
    g_assert_cmpstr(name, ==, wh_adapter_person());
    back = wh_users_name(principal);
    g_assert_cmpstr(back, ==, name);
}

static void test_names(void)
{
    static const char *const strange[] = {"unknown", "", "root", "sid", "uid"};
    g_autofree char *known = wh_users_name(wh_adapter_known_principal);

    g_assert_cmpstr(known, ==, wh_adapter_known_name);
    for (guint i = 0; i < G_N_ELEMENTS(strange); i++)
        g_assert_null(wh_users_name(strange[i]));
    for (guint i = 0; wh_adapter_nobodies[i] != NULL; i++)
        g_assert_null(wh_users_name(wh_adapter_nobodies[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/users/nobody", test_nobody);
    g_test_add_func("/users/no-person", test_no_person);
    g_test_add_func("/users/person", test_person);
    g_test_add_func("/users/names", test_names);
    return g_test_run();
}
