#include "app/client/sentences_private.h"
#include "app/client/status.h"

#include <glib/gi18n.h>

/* As the sentences about records: a field's own name is the protocol's. */
static const WhSentencesEntry states[] = {
    {"missing", N_("Waits for its password or token")},
    {"moved", N_("The password or token was given for another server; give it again")},
    {"damaged", N_("The password or token cannot be read any more; give it again")},
    {"locked", N_("The password or token is in the keyring, which is locked")},
    {"closed", N_("The place where the password or token is kept cannot be opened")},
    {NULL, NULL},
};

static char *about_secret(const char *state)
{
    const char *sentence = wh_sentences_look_up(states, state);
    return g_strdup(sentence != NULL ? sentence
                                     : _("Something is wrong with its password or token"));
}

char *wh_sentence_account(json_t *account)
{
    if (json_is_true(json_object_get(account, "halted"))) {
        g_autofree char *reason = wh_sentences_reason(json_object_get(account, "result"));
        return g_strdup_printf(_("Stopped: %s"), reason);
    }
    json_t *secret = wh_status_lacking_secret(account);
    return secret != NULL ? about_secret(wh_sentences_text(secret, "state")) : NULL;
}

char *wh_sentence_account_next_step(json_t *account)
{
    if (json_is_true(json_object_get(account, "halted")))
        return wh_sentences_after_halt(json_object_get(account, "result"));
    switch (wh_remedy_of_account(account)) {
    case WH_REMEDY_UNLOCK_KEYRING:
        return g_strdup(_("Unlock the keyring"));
    case WH_REMEDY_GIVE_SECRET:
        return g_strdup(_("Give the password or token"));
    default:
        return NULL;
    }
}
