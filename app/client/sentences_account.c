#include "app/client/sentences_private.h"
#include "app/client/status.h"

#include <glib/gi18n.h>
#include <string.h>

/* %s: the secret's field. */
static char *about_secret(const char *field, const char *state)
{
    if (strcmp(state, "missing") == 0)
        return g_strdup_printf(_("Waits for its %s"), field);
    if (strcmp(state, "moved") == 0)
        return g_strdup_printf(_("The %s was given for another server; give it again"), field);
    if (strcmp(state, "damaged") == 0)
        return g_strdup_printf(_("The %s cannot be read any more; give it again"), field);
    if (strcmp(state, "locked") == 0)
        return g_strdup_printf(_("The %s is in the keyring, which is locked"), field);
    if (strcmp(state, "closed") == 0)
        return g_strdup_printf(_("The place where the %s is kept cannot be opened"), field);
    return g_strdup_printf(_("Something is wrong with its %s"), field);
}

char *wh_sentence_account(json_t *account)
{
    if (json_is_true(json_object_get(account, "halted"))) {
        g_autofree char *reason = wh_sentences_reason(json_object_get(account, "result"));
        return g_strdup_printf(_("Stopped: %s"), reason);
    }
    json_t *secret = wh_status_lacking_secret(account);
    return secret != NULL ? about_secret(wh_sentences_text(secret, "field"),
                                         wh_sentences_text(secret, "state"))
                          : NULL;
}

char *wh_sentence_account_next_step(json_t *account)
{
    if (json_is_true(json_object_get(account, "halted")))
        return wh_sentences_after_halt(json_object_get(account, "result"));
    json_t *secret = wh_status_lacking_secret(account);
    switch (wh_remedy_of_account(account)) {
    case WH_REMEDY_UNLOCK_KEYRING:
        return g_strdup(_("Unlock the keyring"));
    case WH_REMEDY_GIVE_SECRET:
        return g_strdup_printf(_("Give the %s"), wh_sentences_text(secret, "field"));
    default:
        return NULL;
    }
}
