#include "app/client/sentences_private.h"

#include "platform/advice.h"
#include "service/protocol/names.h"

#include <glib/gi18n.h>
#include <string.h>

static char *not_found(json_t *parameters)
{
    const char *what = wh_sentences_text(parameters, "what");
    const char *id = wh_sentences_text(parameters, "id");
    if (strcmp(what, "host") == 0)
        return g_strdup_printf(_("There is no name “%s”."), id);
    if (strcmp(what, "provider") == 0)
        return g_strdup_printf(_("There is no provider “%s”."), id);
    return g_strdup_printf(_("There is no account “%s”."), id);
}

static char *invalid(json_t *parameters)
{
    const char *field = wh_sentences_text(parameters, "field");
    const char *reason = wh_sentences_text(parameters, "reason");
    return *field != '\0' ? g_strdup_printf("%s: %s", field, reason) : g_strdup(reason);
}

/* One error, told by its parameters. */
typedef struct {
    const char *name;
    char *(*tell)(json_t *parameters);
    const char *sentence;
} Entry;

static char *exists(json_t *parameters)
{
    return g_strdup_printf(_("“%s” is kept at this account already."),
                           wh_sentences_text(parameters, "name"));
}

static char *owned(json_t *parameters)
{
    return g_strdup_printf(_("%s manages Wayhome on this computer already. Only an "
                             "administrator can change that."),
                           wh_sentences_text(parameters, "owner"));
}

static char *told_reason(json_t *parameters)
{
    return g_strdup(wh_sentences_text(parameters, "reason"));
}

static char *not_saved(json_t *parameters)
{
    return g_strdup_printf(_("It could not be saved: %s"), wh_sentences_text(parameters, "reason"));
}

static char *denied(json_t *parameters)
{
    if (!wh_advice_asks_for_password())
        return g_strdup(_("You may not do this. It takes whoever manages Wayhome on this computer, "
                          "or an administrator."));
    return g_strdup(_("You may not do this. It takes whoever manages Wayhome on this computer, or "
                      "an administrator's password."));
}

static char *invalid_parameter(json_t *parameters)
{
    return g_strdup_printf(_("The service does not understand the value of “%s”."),
                           wh_sentences_text(parameters, "parameter"));
}

static const Entry entries[] = {
    {WH_CONTROL_ERROR("NotFound"), not_found, NULL},
    {WH_CONTROL_ERROR("Exists"), exists, NULL},
    {WH_CONTROL_ERROR("Invalid"), invalid, NULL},
    {WH_CONTROL_ERROR("NoAddress"), NULL,
     N_("The public address of this computer is not known yet. Try again when it is online.")},
    {WH_CONTROL_ERROR("TooSoon"), told_reason, NULL},
    {WH_CONTROL_ERROR("LimitReached"), told_reason, NULL},
    {WH_CONTROL_ERROR("NotPossible"), told_reason, NULL},
    {WH_CONTROL_ERROR("NotSaved"), not_saved, NULL},
    {WH_VARLINK_ERROR("PermissionDenied"), denied, NULL},
    {WH_CONTROL_ERROR("InteractionNeeded"), NULL,
     N_("This takes an administrator's password, and you cannot be asked for it here and now. "
        "Ask an administrator to do it, or try again later.")},
    {WH_CONTROL_ERROR("Owned"), owned, NULL},
    {WH_VARLINK_ERROR("InvalidParameter"), invalid_parameter, NULL},
    {WH_VARLINK_ERROR("MethodNotFound"), NULL,
     N_("The service is older than this program and cannot do this. Restart it after an update.")},
    {WH_VARLINK_ERROR("InterfaceNotFound"), NULL, N_("What answers there is not Wayhome.")},
};

char *wh_sentence_error(const char *error_name, json_t *parameters)
{
    for (guint i = 0; i < G_N_ELEMENTS(entries); i++) {
        if (strcmp(entries[i].name, error_name) != 0)
            continue;
        return entries[i].tell != NULL ? entries[i].tell(parameters)
                                       : g_strdup(_(entries[i].sentence));
    }
    return g_strdup_printf(_("The service refused it (%s)."), error_name);
}
