#include "app/client/caller.h"
#include "app/client/sentences_private.h"
#include "app/client/status.h"

#include <glib/gi18n.h>
#include <string.h>

/* As the sentences about records: a field's own name is the protocol's. */
static const WhSentencesEntry states[] = {
    {"missing", N_("Waits for its password or token")},
    {"moved", N_("The password or token was given for another server; give it again")},
    {"damaged", N_("The password or token cannot be read any more; give it again")},
    {"locked", N_("The password or token is in the keyring, which is locked")},
    {"closed", N_("The place where the password or token is kept cannot be opened")},
    {NULL, NULL},
};

/* Where it is depends on whose service this is. */
static char *about_away(json_t *service)
{
    const char *owner = wh_sentences_text(service, "owner");
    if (wh_caller_of(service) == WH_CALLER_OWNER)
        return g_strdup(_("Waits for its password or token, which only your keyring keeps"));
    if (*owner != '\0')
        return g_strdup_printf(_("Waits for its password or token until %s signs in"), owner);
    return g_strdup(_("Its password or token is kept nowhere; give it again"));
}

static char *about_secret(const char *state, json_t *service)
{
    if (strcmp(state, "away") == 0)
        return about_away(service);
    if (strcmp(state, "locked") == 0 && wh_status_is_sealing(service))
        return g_strdup(_("Its password or token is being unsealed"));
    const char *sentence = wh_sentences_look_up(states, state);
    return g_strdup(sentence != NULL ? sentence
                                     : _("Something is wrong with its password or token"));
}

char *wh_sentence_account(json_t *account, json_t *service)
{
    if (json_is_true(json_object_get(account, "halted"))) {
        g_autofree char *reason = wh_sentences_reason(json_object_get(account, "result"));
        return g_strdup_printf(_("Stopped: %s"), reason);
    }
    json_t *secret = wh_status_lacking_secret(account);
    return secret != NULL ? about_secret(wh_sentences_text(secret, "state"), service) : NULL;
}

char *wh_sentence_declared_step(json_t *declared)
{
    return g_strdup_printf(_("Have the administrator correct it in %s"),
                           wh_sentences_text(declared, "declared"));
}

static const char *give_secret(json_t *account, json_t *service)
{
    json_t *secret = wh_status_lacking_secret(account);
    if (strcmp(wh_sentences_text(secret, "state"), "away") == 0) {
        if (wh_caller_of(service) == WH_CALLER_OWNER)
            return _("Sign in and unlock your keyring, or give the password or token");
        if (*wh_sentences_text(service, "owner") != '\0')
            return _("Wait for that, or give the password or token");
    }
    return _("Give the password or token");
}

char *wh_sentence_account_next_step(json_t *account, json_t *service)
{
    if (wh_status_needs_file(wh_remedy_of_account_itself(account, service), account))
        return wh_sentence_declared_step(account);
    if (json_is_true(json_object_get(account, "halted")))
        return wh_sentences_after_halt(json_object_get(account, "result"));
    switch (wh_remedy_of_account(account, service)) {
    case WH_REMEDY_UNLOCK_KEYRING:
        return g_strdup(_("Unlock the keyring"));
    case WH_REMEDY_GIVE_SECRET:
        return g_strdup(give_secret(account, service));
    default:
        return NULL;
    }
}
