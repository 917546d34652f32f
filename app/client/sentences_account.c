#include "app/client/sentences_private.h"

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
    if (strcmp(state, "closed") == 0)
        return g_strdup_printf(_("The place where the %s is kept cannot be opened"), field);
    return NULL;
}

/* The first secret that is not as it should be, borrowed, or NULL. */
static json_t *lacking(json_t *account)
{
    size_t i;
    json_t *secret;
    json_array_foreach(json_object_get(account, "secrets"), i, secret)
    {
        if (strcmp(wh_sentences_text(secret, "state"), "present") != 0)
            return secret;
    }
    return NULL;
}

char *wh_sentence_account(json_t *account)
{
    if (json_is_true(json_object_get(account, "halted"))) {
        g_autofree char *reason = wh_sentences_reason(json_object_get(account, "result"));
        return g_strdup_printf(_("Stopped: %s"), reason);
    }
    json_t *secret = lacking(account);
    return secret != NULL ? about_secret(wh_sentences_text(secret, "field"),
                                         wh_sentences_text(secret, "state"))
                          : NULL;
}

char *wh_sentence_account_next_step(json_t *account)
{
    const char *id = wh_sentences_text(account, "id");
    if (json_is_true(json_object_get(account, "halted"))) {
        const char *result_class = wh_sentences_text(json_object_get(account, "result"), "class");
        g_autofree char *resume = g_strdup_printf("--account %s", id);
        return wh_sentences_after_halt(result_class, resume, id);
    }
    json_t *secret = lacking(account);
    if (secret == NULL || strcmp(wh_sentences_text(secret, "state"), "closed") == 0)
        return NULL;
    return g_strdup_printf(_("Give it: wayhomectl secret %s %s"), id,
                           wh_sentences_text(secret, "field"));
}
