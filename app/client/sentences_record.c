#include "app/client/sentences_private.h"

#include <glib/gi18n.h>
#include <string.h>

static const WhSentencesEntry states[] = {
    {"current", N_("Up to date")},
    {"updating", N_("Being updated now")},
    {"paused", N_("Paused")},
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

/* Why there is no address for it, and what can be done about that. */
static const struct {
    const char *why;
    const char *sentence;
    const char *step;
} reasons[] = {
    {"vpn", N_("Left alone while the VPN is on: nobody has said what the name is to hold then"),
     N_("Choose it: the address of your own line, or that of the VPN")},
    {"no_lan_address", N_("Waits for an address on the local network"),
     N_("Connect this computer to its network")},
    {"elsewhere", N_("Left alone: this is none of the networks that the name is kept on"),
     N_("It goes on by itself there. Add this network if the name is to be kept here as well")},
    {"unreachable", N_("Left alone: nobody on the internet can connect to this home now"),
     N_("Ask the internet provider for a public IPv4 address of your own")},
    {"device_unseen", N_("Waits for the other machine, which was not seen on this network"),
     N_("Switch the machine on, and check that it is in the same network and uses IPv6")},
    {"device_unknown",
     N_("Not known: there is no router that shares its IPv4 address with the "
        "other machine"),
     N_("Have only the IPv6 address of the name kept")},
};

static const char *no_address_step(json_t *record)
{
    const char *why = wh_sentences_text(record, "why");
    for (guint i = 0; i < G_N_ELEMENTS(reasons); i++)
        if (strcmp(reasons[i].why, why) == 0)
            return _(reasons[i].step);
    return NULL;
}

static char *no_address(json_t *record)
{
    const char *why = wh_sentences_text(record, "why");
    for (guint i = 0; i < G_N_ELEMENTS(reasons); i++)
        if (strcmp(reasons[i].why, why) == 0)
            return g_strdup(_(reasons[i].sentence));
    return g_strdup_printf(_("Waits for a public %s address"), wh_sentences_family(record));
}

char *wh_sentence_record(json_t *record, gint64 now)
{
    const char *state = wh_sentences_text(record, "state");
    if (strcmp(state, "waiting") == 0)
        return waiting(record, now);
    if (strcmp(state, "held") == 0)
        return held(record, now);
    if (strcmp(state, "no_address") == 0)
        return no_address(record);
    g_autofree char *reason = wh_sentences_reason(json_object_get(record, "result"));
    if (strcmp(state, "halted") == 0)
        return g_strdup_printf(_("Stopped: %s"), reason);
    if (strcmp(state, "refused") == 0)
        return g_strdup_printf(_("Waits for another address: %s"), reason);
    const char *sentence = wh_sentences_look_up(states, state);
    return g_strdup(sentence != NULL ? sentence : _("In a state this program does not know"));
}

static const WhSentencesEntry after_halt[] = {
    {"AUTH", N_("Give the right password or token")},
    {"PAID", N_("Look at your account at the provider, then resume")},
    {"HOST", N_("Check at the provider that the name is right and yours, then resume")},
    {"ABUSE", N_("Ask the provider to unblock the name, then resume")},
    {"AGENT", N_("Install a newer version of Wayhome, then resume")},
    {"BADREQ", N_("Check the account's settings")},
    {NULL, NULL},
};

char *wh_sentences_after_halt(json_t *result)
{
    const char *step = wh_sentences_look_up(after_halt, wh_sentences_text(result, "class"));
    return g_strdup(step != NULL ? step : _("Resume when the cause is gone"));
}

char *wh_sentence_record_next_step(json_t *record)
{
    const char *state = wh_sentences_text(record, "state");
    json_t *result = json_object_get(record, "result");
    if (strcmp(state, "halted") == 0)
        return wh_sentences_after_halt(result);
    if (strcmp(state, "paused") == 0)
        return g_strdup(_("Resume when you like"));
    if (strcmp(state, "no_address") == 0)
        return g_strdup(no_address_step(record));
    if (strcmp(state, "refused") == 0)
        return g_strdup(_("Ask the provider why it refuses this address"));
    if (strcmp(state, "no_secret") == 0)
        return g_strdup(_("Give the password or token"));
    if (strcmp(state, "waiting") == 0 && strcmp(wh_sentences_text(result, "class"), "CLOCK") == 0)
        return g_strdup(_("Set this computer's clock"));
    return NULL;
}
