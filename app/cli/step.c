#include "app/cli/step.h"

#include "app/cli/ask.h"
#include "app/cli/elevated.h"
#include "app/cli/lookup.h"
#include "app/client/sentences.h"
#include "app/client/status.h"
#include "platform/advice.h"
#include "service/protocol/finding_text.h"
#include "service/protocol/names.h"

#include <glib/gi18n.h>
#include <string.h>

/* resume: what the command of that name is to be given. field: of a secret; may be "". NULL: no
 * command does it. */
static char *command_of(WhRemedy remedy, const char *resume, const char *account, const char *field)
{
    switch (remedy) {
    case WH_REMEDY_RESUME:
        return g_strdup_printf("wayhomectl resume %s", resume);
    case WH_REMEDY_GIVE_SECRET:
        return g_strdup_printf("wayhomectl secret %s%s%s", account, *field != '\0' ? " " : "",
                               field);
    case WH_REMEDY_EDIT_ACCOUNT:
        return g_strdup_printf("wayhomectl edit-account %s", account);
    case WH_REMEDY_UNLOCK_KEYRING:
        return g_strdup("wayhomectl unlock");
    default:
        return NULL;
    }
}

/* Takes both over. */
static char *join(char *step, char *command)
{
    g_autofree char *words = step;
    g_autofree char *does = command;
    if (words == NULL || does == NULL)
        return g_steal_pointer(&words);
    /* Translators: what to do, and the command that does it. */
    return g_strdup_printf(_("%s: %s"), words, does);
}

char *wh_step_quote(const char *name)
{
    for (const char *at = name; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at) && strchr("-_.", *at) == NULL)
            return g_shell_quote(name);
    return g_strdup(name);
}

static gboolean is_kept_twice(json_t *state, const char *name)
{
    guint count = 0;
    size_t i;
    json_t *host;
    json_array_foreach(json_object_get(state, "hosts"), i, host)
    {
        count += strcmp(wh_lookup_text(host, "name"), name) == 0;
    }
    return count > 1;
}

/* The account's own line says it, once. */
static gboolean is_told_by_account(json_t *record, json_t *account)
{
    return strcmp(wh_lookup_text(record, "state"), "no_secret") == 0 &&
           wh_status_lacking_secret(account) != NULL &&
           !json_is_true(json_object_get(account, "halted"));
}

/* What is wrong in an administrator's file. */
static char *step_in_file(json_t *account)
{
    g_autofree char *words = wh_sentence_declared_step(account);
    if (!wh_advice_has_sudo())
        return g_strdup_printf(_("%s, then run: wayhomectl reload"), words);
    g_autofree char *restart =
        wh_elevated_command(wh_advice_command(WH_ADVICE_RESTART, WH_PATHS_SYSTEM));
    return g_strdup_printf(_("%s, then run: wayhomectl reload (for a new credential: %s)"), words,
                           restart);
}

char *wh_step_record(json_t *record, json_t *host, json_t *state)
{
    json_t *keeper = wh_lookup_account_of(state, host);
    WhRemedy remedy = wh_remedy_of_record(record);
    if (is_told_by_account(record, keeper))
        return NULL;
    if (wh_status_needs_file(remedy, keeper))
        return step_in_file(keeper);
    const char *name = wh_lookup_text(host, "name");
    const char *account = wh_lookup_text(host, "account");
    g_autofree char *quoted = wh_step_quote(name);
    g_autofree char *resume = is_kept_twice(state, name)
                                  ? g_strdup_printf("%s --account %s", quoted, account)
                                  : g_strdup(quoted);
    return join(wh_sentence_record_next_step(record), command_of(remedy, resume, account, ""));
}

/* quoted: keeps what was given, until the text is filled in. */
typedef struct {
    json_t *values;
    GPtrArray *quoted;
} Quoting;

/* A value as a shell takes it. */
static const char *give_quoted(const char *name, gpointer data)
{
    Quoting *quoting = data;
    char *quoted = wh_step_quote(wh_lookup_text(quoting->values, name));
    g_ptr_array_add(quoting->quoted, quoted);
    return quoted;
}

char *wh_step_finding(json_t *finding)
{
    const char *command = wh_finding_text_command(wh_lookup_text(finding, "code"));
    if (command == NULL)
        return NULL;
    g_autoptr(GPtrArray) quoted = g_ptr_array_new_with_free_func(g_free);
    Quoting quoting = {.values = json_object_get(finding, "values"), .quoted = quoted};
    return wh_finding_text_fill(_(command), give_quoted, &quoting);
}

char *wh_step_account(json_t *account, json_t *service)
{
    if (wh_status_needs_file(wh_remedy_of_account_itself(account, service), account))
        return step_in_file(account);
    const char *id = wh_lookup_text(account, "id");
    gboolean halted = json_is_true(json_object_get(account, "halted"));
    const char *field = halted ? "" : wh_lookup_text(wh_status_lacking_secret(account), "field");
    g_autofree char *resume = g_strdup_printf("--account %s", id);
    return join(wh_sentence_account_next_step(account, service),
                command_of(wh_remedy_of_account(account, service), resume, id, field));
}

/* Who could do it, and how. */
static char *step_denied(const char *method, gboolean asked_nobody)
{
    const char *how = wh_elevated_how();
    if (g_strcmp0(method, "SetOwner") == 0)
        return g_strdup_printf(_("Only an administrator decides that. Run it %s."), how);
    if (g_strcmp0(method, "Claim") == 0) {
        g_autofree char *command = wh_elevated_command("wayhomectl owner USER");
        return g_strdup_printf(_("Do it in a terminal at the computer itself, or name the one who "
                                 "is to manage it: %s"),
                               command);
    }
    if (asked_nobody && !wh_ask_is_possible())
        return g_strdup_printf(_("Run it in a terminal, or %s."), how);
    return g_strdup_printf(_("Run it as the one who manages Wayhome here, or %s."), how);
}

static char *step_owned(void)
{
    g_autofree char *command = wh_elevated_command("wayhomectl owner USER");
    return g_strdup_printf(_("To let somebody else manage it: %s"), command);
}

char *wh_step_error(const char *method, const char *error_name, json_t *parameters)
{
    gboolean asked_nobody = strcmp(error_name, WH_CONTROL_ERROR("InteractionNeeded")) == 0;
    if (asked_nobody || strcmp(error_name, WH_VARLINK_ERROR("PermissionDenied")) == 0)
        return step_denied(method, asked_nobody);
    if (strcmp(error_name, WH_CONTROL_ERROR("Owned")) == 0)
        return step_owned();
    if (strcmp(error_name, WH_CONTROL_ERROR("NotFound")) != 0)
        return NULL;
    if (strcmp(wh_lookup_text(parameters, "what"), "provider") == 0)
        return g_strdup(_("See which there are: wayhomectl providers"));
    return g_strdup(_("See which there are: wayhomectl status"));
}
