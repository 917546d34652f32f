/* A file that an administrator may write: it is understood, says nothing, or is refused with a line
 * and a sentence each; and a secret that stands in it gets into no sentence. */
#include <stdint.h>
#include <string.h>

#include "service/declared/account_id.h"
#include "service/declared/declared_file.h"

#define PATH "/etc/a.conf"
#define MARK "hunter2"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_problem(const char *problem)
{
    char *end = NULL;
    const char *rest = problem + strlen(PATH);
    g_assert(g_str_has_prefix(problem, PATH ":") && g_str_has_suffix(problem, "."));
    g_assert(g_ascii_strtoull(rest + 1, &end, 10) > 0 && g_str_has_prefix(end, ": "));
    g_assert(strstr(problem, MARK) == NULL && g_utf8_validate(problem, -1, NULL));
}

static void check_file(const WhDeclaredFile *file)
{
    g_assert(file->provider != NULL && *file->provider != '\0' && file->hosts->len > 0);
    g_assert(wh_declared_file_line(file, "provider") > 0);
    for (guint i = 0; i < file->hosts->len; i++) {
        const WhDeclaredHost *host = file->hosts->pdata[i];
        g_assert(host->name != NULL && host->line > 0);
        g_assert(host->wants[WH_FAMILY_IPV4] || host->wants[WH_FAMILY_IPV6]);
    }
    for (guint i = 0; i < file->secrets->len; i++) {
        const WhDeclaredSecret *secret = file->secrets->pdata[i];
        g_assert(*secret->field != '\0' && *secret->where != '\0' && secret->line > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(WhDeclaredFile) file = wh_declared_file_parse(
        PATH, size > 0 ? (const char *)data : "", size, "Box.example", problems);
    g_assert(file == NULL || problems->len == 0);
    for (guint i = 0; i < problems->len; i++)
        check_problem(problems->pdata[i]);
    if (file != NULL)
        check_file(file);
    g_autofree char *name = g_strndup((const char *)data, size);
    g_autofree char *id = wh_account_id_of_file(name);
    g_assert(id == NULL || wh_account_id_is_declared(id));
    return 0;
}
