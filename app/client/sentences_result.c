#include "app/client/sentences_private.h"

#include <glib/gi18n.h>
#include <string.h>

const char *wh_sentences_text(json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text != NULL ? text : "";
}

gint64 wh_sentences_number(json_t *object, const char *member)
{
    return json_integer_value(json_object_get(object, member));
}

const char *wh_sentences_family(json_t *object)
{
    const char *family = wh_sentences_text(object, "family");
    if (strcmp(family, "ipv4") == 0)
        return "IPv4";
    return strcmp(family, "ipv6") == 0 ? "IPv6" : "";
}

const char *wh_sentences_look_up(const WhSentencesEntry *table, const char *word)
{
    for (; table->word != NULL; table++)
        if (strcmp(table->word, word) == 0)
            return _(table->sentence);
    return NULL;
}

/* Clauses without a full stop, so that they can stand alone or after a colon. */
static const WhSentencesEntry reasons[] = {
    {"CHANGED", N_("the provider took the new address")},
    {"SAME", N_("the provider had this address already")},
    {"AUTH", N_("the provider refuses the user name, password or token")},
    {"HOST", N_("the provider does not know this name in your account")},
    {"PAID", N_("your account at the provider does not include this")},
    {"AGENT", N_("the provider refuses this program")},
    {"ABUSE", N_("the provider has blocked this name for abuse")},
    {"BADREQ", N_("the provider does not accept these settings")},
    {"BADIP", N_("the provider refuses this address")},
    {"RATE", N_("the provider asks for longer pauses between updates")},
    {"SERVER", N_("the provider has trouble of its own")},
    {"FAIL", N_("the provider's answer cannot be understood")},
    {"NO_ANSWER", N_("the provider does not answer")},
    {"CLOCK", N_("this computer's clock is wrong")},
    {NULL, NULL},
};

char *wh_sentences_reason(json_t *result)
{
    const char *reason = wh_sentences_look_up(reasons, wh_sentences_text(result, "class"));
    return g_strdup(reason != NULL ? reason : _("the reason is not known to this program"));
}

char *wh_sentence_result(json_t *result)
{
    g_autofree char *reason = wh_sentences_reason(result);
    const char *detail = wh_sentences_text(result, "detail");
    g_autofree char *first = g_utf8_substring(reason, 0, 1);
    g_autofree char *capital = g_utf8_strup(first, -1);
    const char *rest = g_utf8_next_char(reason);
    if (*detail == '\0')
        return g_strdup_printf("%s%s.", capital, rest);
    /* Translators: a sentence, and the provider's own words. */
    return g_strdup_printf(_("%s%s (it said: %s)."), capital, rest, detail);
}
