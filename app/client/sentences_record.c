#include "app/client/sentences_private.h"

#include <glib/gi18n.h>
#include <string.h>

static const WhSentencesEntry states[] = {
    {"current", N_("Up to date")},
    {"updating", N_("Being updated now")},
    {"paused", N_("Paused")},
    {"no_address", N_("Waits until the public address is known")},
    {"no_secret", N_("Waits for the account's password or token")},
    {NULL, NULL},
};

static char *waiting(json_t *record, gint64 now)
{
    gint64 until = wh_sentences_number(record, "until");
    g_autofree char *reason = wh_sentences_reason(json_object_get(record, "result"));
    if (until == 0)
        return g_strdup_printf(_("Waits: %s"), reason);
    g_autofree char *clock = wh_sentence_time_clock(until, now);
    return g_strdup_printf(_("Waits until %s: %s"), clock, reason);
}

static char *held(json_t *record, gint64 now)
{
    gint64 until = wh_sentences_number(record, "until");
    if (until == 0)
        return g_strdup(_("Held back: too many changes in a short time"));
    g_autofree char *clock = wh_sentence_time_clock(until, now);
    return g_strdup_printf(_("Held back until %s: too many changes in a short time"), clock);
}

char *wh_sentence_record(json_t *record, gint64 now)
{
    const char *state = wh_sentences_text(record, "state");
    if (strcmp(state, "waiting") == 0)
        return waiting(record, now);
    if (strcmp(state, "held") == 0)
        return held(record, now);
    g_autofree char *reason = wh_sentences_reason(json_object_get(record, "result"));
    if (strcmp(state, "halted") == 0)
        return g_strdup_printf(_("Stopped: %s"), reason);
    if (strcmp(state, "refused") == 0)
        return g_strdup_printf(_("Waits for another address: %s"), reason);
    const char *sentence = wh_sentences_look_up(states, state);
    return g_strdup(sentence != NULL ? sentence : _("In a state this program does not know"));
}

char *wh_sentences_after_halt(const char *result_class, const char *resume, const char *account)
{
    if (strcmp(result_class, "AUTH") == 0)
        return g_strdup_printf(_("Give the right password or token: wayhomectl secret %s"),
                               account);
    if (strcmp(result_class, "PAID") == 0)
        return g_strdup_printf(
            _("Look at your account at the provider, then: wayhomectl resume %s"), resume);
    if (strcmp(result_class, "HOST") == 0)
        return g_strdup_printf(_("Check at the provider that the name is right and yours, then: "
                                 "wayhomectl resume %s"),
                               resume);
    if (strcmp(result_class, "ABUSE") == 0)
        return g_strdup_printf(
            _("Ask the provider to unblock the name, then: wayhomectl resume %s"), resume);
    if (strcmp(result_class, "AGENT") == 0)
        return g_strdup_printf(_("Install a newer version of Wayhome, then: wayhomectl resume %s"),
                               resume);
    if (strcmp(result_class, "BADREQ") == 0)
        return g_strdup_printf(_("Check the account's settings: wayhomectl edit-account %s"),
                               account);
    return g_strdup_printf(_("When the cause is gone: wayhomectl resume %s"), resume);
}

char *wh_sentence_record_next_step(json_t *record, const char *host, const char *account)
{
    const char *state = wh_sentences_text(record, "state");
    const char *result_class = wh_sentences_text(json_object_get(record, "result"), "class");
    if (strcmp(state, "halted") == 0)
        return wh_sentences_after_halt(result_class, host, account);
    if (strcmp(state, "paused") == 0)
        return g_strdup_printf(_("To go on: wayhomectl resume %s"), host);
    if (strcmp(state, "no_secret") == 0)
        return g_strdup_printf(_("Give it: wayhomectl secret %s"), account);
    if (strcmp(state, "waiting") == 0 && strcmp(result_class, "CLOCK") == 0)
        return g_strdup(_("Set this computer's clock."));
    return NULL;
}
