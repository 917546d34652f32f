#include "app/client/sentences_private.h"

#include <glib/gi18n.h>
#include <string.h>

static gulong count_said(json_t *proof, const char *said)
{
    gulong count = 0;
    size_t i;
    json_t *witness;
    json_array_foreach(json_object_get(proof, "witnesses"), i, witness)
    {
        if (strcmp(wh_sentences_text(witness, "said"), said) == 0)
            count++;
    }
    return count;
}

static char *proven(json_t *proof, gint64 now)
{
    gulong agree = count_said(proof, "answered");
    gulong all = (gulong)json_array_size(json_object_get(proof, "witnesses"));
    g_autofree char *ago = wh_sentence_time_ago(wh_sentences_number(proof, "at"), now);
    return g_strdup_printf(
        ngettext("Proven %s: %lu of %lu server agrees", "Proven %s: %lu of %lu servers agree", all),
        ago, agree, all);
}

/* What the first server that answered holds. */
static const char *found_address(json_t *proof)
{
    size_t i;
    json_t *witness;
    json_array_foreach(json_object_get(proof, "witnesses"), i, witness)
    {
        if (strcmp(wh_sentences_text(witness, "said"), "answered") == 0)
            return json_string_value(json_array_get(json_object_get(witness, "addresses"), 0));
    }
    return NULL;
}

static char *differs(json_t *proof)
{
    const char *found = found_address(proof);
    if (found == NULL)
        return g_strdup(_("Not right yet: the zone's own servers hold no such address"));
    return g_strdup_printf(_("Not right yet: one of the zone's own servers holds %s"), found);
}

static const WhSentencesEntry unprovable[] = {
    {"no_zone", N_("Cannot be proven: the zone of this name was not found")},
    {"no_answer", N_("Cannot be proven: none of the zone's servers answers")},
    {"intercepted",
     N_("Cannot be proven on this network: something answers in the servers' place")},
    {"aliased", N_("Cannot be proven: the name is an alias of another name")},
    {"proxied", N_("Cannot be proven by DNS: the provider answers with its own addresses")},
    {NULL, NULL},
};

char *wh_sentence_proof(json_t *proof, gint64 now)
{
    const char *status = wh_sentences_text(proof, "status");
    if (strcmp(status, "proven") == 0)
        return proven(proof, now);
    if (strcmp(status, "differs") == 0)
        return differs(proof);
    if (strcmp(status, "checking") == 0)
        return g_strdup(_("Being proven: the zone's own servers are asked"));
    if (strcmp(status, "none") == 0)
        return g_strdup(_("Not proven yet"));
    const char *sentence = wh_sentences_look_up(unprovable, wh_sentences_text(proof, "why"));
    return g_strdup(sentence != NULL ? sentence : _("Cannot be proven"));
}
