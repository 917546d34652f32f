#include "app/model/summary_notice.h"

#include "app/model/item_private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The service's own sentences about these name commands. next_step NULL: that of the secrets.
 * own: of a person's own service alone, else of that of the whole computer. */
static const struct {
    const char *code;
    gboolean own;
    const char *sentence;
    const char *next_step;
} notices[] = {
    {"keyring_locked", TRUE, N_("The keyring is locked"), NULL},
    {"secrets_in_memory", TRUE,
     N_("There is no keyring, so passwords and tokens are kept in memory only"), NULL},
    {"secrets_in_file", FALSE, N_("A copy of a password or token could not be deleted"),
     N_("It is tried again by itself, and when the computer restarts")},
    {"seal_trouble", FALSE, N_("Passwords and tokens cannot be sealed or opened just now"),
     N_("It is tried again by itself. If it stays like that, restart the computer")},
    {"seal_replaced", FALSE,
     N_("This computer cannot open the passwords and tokens any more that were sealed on it: its "
        "disk comes from another computer, or the system was installed anew"),
     N_("Sign in as the person who manages Wayhome, whose keyring hands them over, or give them "
        "again")},
};

static const char *code_at(json_t *service, guint index)
{
    return json_string_value(json_array_get(json_object_get(service, "notices"), index));
}

/* Where it stands in the table; its length: nowhere. */
static guint find_notice(json_t *service, guint index)
{
    const char *code = code_at(service, index);
    gboolean own = strcmp(wh_item_text(service, "scope"), "system") != 0;
    guint i = 0;
    while (i < G_N_ELEMENTS(notices) &&
           (code == NULL || notices[i].own != own || strcmp(notices[i].code, code) != 0))
        i++;
    return i;
}

char *wh_summary_notice(json_t *service, guint index)
{
    guint known = find_notice(service, index);
    if (known < G_N_ELEMENTS(notices))
        return g_strdup(_(notices[known].sentence));
    const char *sentence =
        json_string_value(json_array_get(json_object_get(service, "notice_details"), index));
    return g_strdup(sentence != NULL ? sentence : _("The Wayhome service needs you"));
}

const char *wh_summary_notice_secrets_step(WhRemedy remedy)
{
    if (remedy == WH_REMEDY_UNLOCK_KEYRING)
        return _("Unlock the keyring, where passwords and tokens are kept");
    if (remedy == WH_REMEDY_ALLOW_FILE)
        return _("Passwords and tokens are forgotten when the computer restarts, unless you "
                 "agree to keep them in a private file");
    return NULL;
}

const char *wh_summary_notice_own_step(json_t *service, guint index)
{
    guint known = find_notice(service, index);
    return known < G_N_ELEMENTS(notices) && notices[known].next_step != NULL
               ? _(notices[known].next_step)
               : NULL;
}

char *wh_summary_notice_step(json_t *service, guint index)
{
    const char *own = wh_summary_notice_own_step(service, index);
    if (own != NULL || find_notice(service, index) == G_N_ELEMENTS(notices))
        return g_strdup(own);
    return g_strdup(wh_summary_notice_secrets_step(wh_remedy_of_service(service)));
}

guint wh_summary_notice_first(json_t *service)
{
    guint i = 0;
    while (code_at(service, i) != NULL && !wh_status_is_pressing(service, code_at(service, i)))
        i++;
    return i;
}
