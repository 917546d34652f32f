#include "app/client/sentences_private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Without a result. %s: the address. */
static const WhSentencesEntry plain[] = {
    {"sent", N_("sent %s to the provider")},
    {"held", N_("holds %s back: too many changes in a short time")},
    {"proven", N_("proven: the zone's own servers hold %s")},
    {"differs", N_("the zone's own servers do not hold %s")},
    {"healed", N_("somebody else changed the record; it is set to %s again")},
    {NULL, NULL},
};

static const WhSentencesEntry bare[] = {
    {"sent", N_("sent to the provider")},
    {"held", N_("held back: too many changes in a short time")},
    {"proven", N_("proven by the zone's own servers")},
    {"differs", N_("the zone's own servers hold another address")},
    {"healed", N_("somebody else changed the record; it is set right again")},
    {"resumed", N_("goes on")},
    {"unprovable", N_("cannot be proven on this network")},
    {"paused", N_("paused")},
    {"unpaused", N_("goes on after a pause")},
    {"started", N_("the service started")},
    {"answered", N_("the provider answered")},
    {"waiting", N_("waits to try again")},
    {"halted", N_("stopped")},
    {NULL, NULL},
};

static char *about_result(const char *kind, json_t *result)
{
    g_autofree char *reason = wh_sentences_reason(result);
    const char *detail = wh_sentences_text(result, "detail");
    g_autofree char *words = *detail != '\0' ? g_strdup_printf(" (%s)", detail) : g_strdup("");
    if (strcmp(kind, "waiting") == 0)
        return g_strdup_printf(_("tried again later: %s%s"), reason, words);
    if (strcmp(kind, "halted") == 0)
        return g_strdup_printf(_("stopped until you act: %s%s"), reason, words);
    return g_strdup_printf("%s%s", reason, words);
}

static char *about_address(const char *family, const char *address)
{
    if (*address == '\0')
        return g_strdup_printf(_("the public %s address is not known"), family);
    return g_strdup_printf(_("the public %s address is %s"), family, address);
}

/* The table's sentence, with the address in its place. */
static char *with_address(const char *sentence, const char *address)
{
    g_auto(GStrv) parts = g_strsplit(sentence, "%s", 2);
    return g_strjoinv(address, parts);
}

char *wh_sentence_event(json_t *event)
{
    const char *kind = wh_sentences_text(event, "kind");
    const char *address = wh_sentences_text(event, "address");
    json_t *result = json_object_get(event, "result");
    if (strcmp(kind, "address") == 0)
        return about_address(wh_sentences_family(event), address);
    if (json_is_object(result))
        return about_result(kind, result);
    const char *sentence = *address != '\0' ? wh_sentences_look_up(plain, kind) : NULL;
    if (sentence != NULL)
        return with_address(sentence, address);
    sentence = wh_sentences_look_up(bare, kind);
    return g_strdup(sentence != NULL ? sentence : kind);
}
