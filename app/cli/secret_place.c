#include "app/cli/secret_place.h"

#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/client/sentences.h"

#include <glib/gi18n.h>
#include <string.h>

/* The notices that say where secrets are, and what that means. */
static gboolean is_told(json_t *service)
{
    size_t i;
    json_t *notice;
    json_array_foreach(json_object_get(service, "notices"), i, notice)
    {
        const char *code = json_string_value(notice);
        if (g_strcmp0(code, "secrets_in_file") == 0 || g_strcmp0(code, "secrets_in_memory") == 0)
            return TRUE;
    }
    return FALSE;
}

static const char *next_step(const char *place, gboolean is_own)
{
    if (is_own && strcmp(place, "file") == 0)
        return _("To remove the files: wayhomectl secret-file forbid");
    if (!is_own && strcmp(place, "memory") == 0)
        return _("To update names while nobody is signed in, too: wayhomectl unattended on");
    return NULL;
}

void wh_secret_place_print(json_t *service)
{
    const char *place = wh_lookup_text(json_object_get(service, "secrets"), "kept_in");
    gboolean is_own = strcmp(wh_lookup_text(service, "scope"), "user") == 0;
    g_autofree char *sentence = wh_sentence_secret_place(service);
    if (sentence == NULL || is_told(service) || (is_own && strcmp(place, "file") != 0))
        return;
    const char *step = next_step(place, is_own);
    g_autofree char *line = g_strjoin(" ", sentence, step, NULL);
    wh_output_wrapped("", 0, line);
}
