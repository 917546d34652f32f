#include "app/client/sentences_private.h"

#include <glib/gi18n.h>
#include <string.h>

static const WhSentencesEntry reasons[] = {
    {"no_address", N_("Not known: this computer has no usable address of this kind")},
    {"asking", N_("Not known yet: being asked for")},
    {"silent", N_("Not known: nobody on the internet could be asked")},
    {"one_witness", N_("Not known for sure: only one source on the internet answers")},
    {"special", N_("Not known: the sources see an address that is not public")},
    {NULL, NULL},
};

/* "Cloudflare says 203.0.113.1, ipify says 203.0.113.2". */
static char *who_said_what(json_t *sources)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t i;
    json_t *source;
    json_array_foreach(sources, i, source)
    {
        const char *address = json_string_value(json_object_get(source, "address"));
        if (address == NULL || strcmp(wh_sentences_text(source, "name"), "interface") == 0)
            continue;
        if (text->len > 0)
            g_string_append(text, ", ");
        g_string_append_printf(text, _("%s says %s"), wh_sentences_text(source, "organisation"),
                               address);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *wh_sentence_verdict(json_t *verdict)
{
    const char *address = wh_sentences_text(verdict, "address");
    const char *reason = wh_sentences_text(verdict, "reason");
    if (strcmp(reason, "direct") == 0)
        return g_strdup_printf(_("%s, on this computer's own line"), address);
    if (strcmp(reason, "agreed") == 0)
        return g_strdup_printf(_("%s, as several sources on the internet see it"), address);
    if (strcmp(reason, "no_route") == 0)
        return g_strdup_printf(_("None, because there is no %s connection"),
                               wh_sentences_family(verdict));
    if (strcmp(reason, "disagreed") == 0) {
        g_autofree char *who = who_said_what(json_object_get(verdict, "sources"));
        return g_strdup_printf(_("Not known for sure: %s"), who);
    }
    const char *sentence = wh_sentences_look_up(reasons, reason);
    return g_strdup(sentence != NULL ? sentence : _("Not known"));
}
