#include "app/client/caller.h"
#include "app/client/sentences_private.h"
#include "platform/advice.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean is_of_computer(json_t *service)
{
    return strcmp(wh_sentences_text(service, "scope"), "system") == 0;
}

static const WhSentencesEntry places[] = {
    {"sealed", N_("Passwords and tokens are in a copy that only this computer can open.")},
    {"file", N_("Passwords and tokens are in files that only the service and the administrator of "
                "this computer can read: nothing on this system can seal them.")},
    {NULL, NULL},
};

static const WhSentencesEntry own_places[] = {
    {"keyring", N_("Passwords and tokens are in the keyring of your desktop.")},
    {"file",
     N_("There is no keyring, so passwords and tokens are in files that only you can read.")},
    {"memory",
     N_("Passwords and tokens are in memory only, and forgotten when the computer restarts.")},
    {NULL, NULL},
};

/* Of the service of the whole computer: where they come from again depends on whose it is. */
static char *in_memory(json_t *service)
{
    const char *owner = wh_sentences_text(service, "owner");
    if (wh_caller_of(service) == WH_CALLER_OWNER)
        return g_strdup(
            _("Passwords and tokens are in memory only. After a restart of the "
              "computer the tray app takes them from your keyring, as soon as you sign in."));
    if (*owner == '\0')
        return g_strdup(_("Passwords and tokens are in memory only, and forgotten when the "
                          "computer restarts."));
    return g_strdup_printf(_("Passwords and tokens are in memory only. After a restart of the "
                             "computer the tray app takes them from the keyring of %s, who has to "
                             "sign in for that."),
                           owner);
}

char *wh_sentence_secret_place(json_t *service)
{
    const char *place = wh_sentences_text(json_object_get(service, "secrets"), "kept_in");
    if (!is_of_computer(service))
        return g_strdup(wh_sentences_look_up(own_places, place));
    if (strcmp(place, "memory") == 0)
        return in_memory(service);
    return g_strdup(wh_sentences_look_up(places, place));
}

char *wh_sentence_owner(json_t *service)
{
    const char *owner = wh_sentences_text(service, "owner");
    /* One that does not say who asks it is from before there were owners. */
    if (!is_of_computer(service) || *wh_sentences_text(service, "caller") == '\0')
        return NULL;
    if (wh_caller_of(service) == WH_CALLER_OWNER)
        return g_strdup(_("You manage Wayhome on this computer."));
    if (*owner == '\0')
        return g_strdup(_("Nobody manages Wayhome on this computer yet."));
    return g_strdup_printf(_("Managed by %s."), owner);
}

char *wh_sentence_caller(json_t *service)
{
    if (wh_caller_of(service) != WH_CALLER_OBSERVE)
        return NULL;
    if (wh_caller_must_claim(service))
        return g_strdup(_("You can look. Whoever adds the first account manages it from then on."));
    if (!wh_advice_asks_for_password())
        return g_strdup(_("You can look. To change something takes the one who manages it, or an "
                          "administrator."));
    return g_strdup(_("You can look. To change something takes an administrator's password."));
}

char *wh_sentence_declared(json_t *declared)
{
    const char *file = wh_sentences_text(declared, "declared");
    if (*file == '\0')
        return NULL;
    return g_strdup_printf(_("Set up by the administrator in %s"), file);
}

static const WhSentencesEntry withheld[] = {
    {"declared",
     N_("Nothing is sent from here: the administrator set this name up in a file, too")},
    {"system", N_("Nothing is sent from here: the service of the whole computer keeps this name")},
    {NULL, NULL},
};

char *wh_sentence_withheld(json_t *host)
{
    return g_strdup(wh_sentences_look_up(withheld, wh_sentences_text(host, "withheld")));
}
