#include "tests/unit/test_declared_world.h"

#include "service/declared/account_id.h"

#include <string.h>

static GPtrArray *new_declarations(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)wh_declaration_free);
}

void files_setup(Files *files, gconstpointer data)
{
    world_setup(&files->world, data);
    files->declarations = new_declarations();
}

void files_teardown(Files *files, gconstpointer data)
{
    g_ptr_array_unref(files->declarations);
    g_free(files->problems);
    world_teardown(&files->world, data);
}

void files_add(Files *files, const char *name, const char *text, const char *secret)
{
    g_autofree char *path = g_strdup_printf("/etc/%s.conf", name);
    g_autofree char *file_name = g_strconcat(name, ".conf", NULL);
    g_autofree char *id = wh_account_id_of_file(file_name);
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(secret != NULL ? secret : "=", "=", 2);
    GHashTable *secrets = world_secrets(secret != NULL ? parts[0] : NULL, parts[1], NULL);
    WhDeclaredFile *file = wh_declared_file_parse(path, text, strlen(text), "box", problems);

    g_assert_true((file == NULL) == (problems->len > 0));
    g_ptr_array_add(files->declarations, wh_declaration_new(path, id, file, secrets));
}

void files_declare(Files *files)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

    wh_accounts_declare(files->world.accounts, files->declarations, problems);
    g_ptr_array_add(problems, NULL);
    g_free(files->problems);
    files->problems = g_strjoinv("|", (char **)problems->pdata);
    g_ptr_array_unref(files->declarations);
    files->declarations = new_declarations();
}

void files_declare_one(Files *files, const char *name, const char *text, const char *secret)
{
    files_add(files, name, text, secret);
    files_declare(files);
}

void files_check_problems(Files *files, const char *expected)
{
    g_assert_cmpstr(files->problems, ==, expected);
}

char *files_ddns(const char *server, const char *hosts)
{
    g_auto(GStrv) names = g_strsplit(hosts, " ", -1);
    g_autoptr(GString) text = g_string_new("[account]\nprovider=ddns\n");

    g_string_append_printf(text, "field.server=%s\nsecret.password=credential:p\n", server);
    for (guint i = 0; names[i] != NULL; i++)
        g_string_append_printf(text, "[host %s]\n", names[i]);
    return g_strdup(text->str);
}
