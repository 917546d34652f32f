#include "platform/advice.h"
#include "service/wiring/safe_seal.h"
#include "service/wiring/service_private.h"

#define SETTING "secret file"
#define SETTING_UNATTENDED "unattended"

/* How long the end of the service waits for the keyring. */
#define PATIENCE_MS 2000

static void on_changed(gpointer data)
{
    WhService *service = data;

    /* The vault is there before and behind everything else. */
    if (service->control == NULL)
        return;
    wh_accounts_secrets_changed(service->accounts);
    for (guint i = 0; i < wh_accounts_list(service->accounts)->len; i++) {
        const WhAccount *account = wh_accounts_list(service->accounts)->pdata[i];

        wh_control_host_changed(service->control, account->id, NULL);
    }
    wh_control_service_changed(service->control);
    wh_control_secrets_changed(service->control);
    wh_events_settle_soon(service);
}

static char *label(const char *account, const char *provider, const char *field, gpointer data)
{
    WhService *service = data;
    const WhDefinition *definition =
        service->providers != NULL ? wh_providers_find(service->providers, provider) : NULL;
    const WhField *form = definition != NULL ? wh_definition_field(definition, field) : NULL;

    return g_strdup_printf("Wayhome: %s, %s of account %s",
                           definition != NULL ? definition->name : provider,
                           form != NULL ? form->label : field, account);
}

/* Who has secrets in files from the time before there was a question has agreed to them. */
static gboolean is_file_allowed(WhService *service, WhSecretStore *store)
{
    g_autofree char *setting = wh_store_setting(service->store, SETTING);
    g_auto(GStrv) keys = store != NULL ? wh_secret_store_keys(store, NULL) : NULL;

    if (setting != NULL)
        return g_str_equal(setting, "1");
    return keys != NULL && keys[0] != NULL;
}

static gboolean remember(const char *note, GError **error, gpointer data)
{
    WhService *service = data;

    return wh_store_put_setting(service->store, WH_ACCOUNTS_VAULT_NOTE, note, error);
}

/* As long as nobody said otherwise. */
static gboolean is_unattended(WhService *service)
{
    g_autofree char *setting = wh_store_setting(service->store, SETTING_UNATTENDED);

    return g_strcmp0(setting, "0") != 0;
}

void wh_safe_open(WhService *service, const WhOptions *options)
{
    const WhVaultListener listener = {.changed = on_changed, .label = label, .remember = remember};
    g_autofree char *folder = g_build_filename(options->state, "secrets", NULL);
    g_autofree char *note = wh_store_setting(service->store, WH_ACCOUNTS_VAULT_NOTE);
    g_autofree char *detail = NULL;
    g_autoptr(GError) error = NULL;
    WhSecretStore *store = wh_secret_store_open(folder, &error);

    if (store == NULL) {
        detail = g_strdup_printf("Secrets cannot be read or kept: %s", error->message);
        wh_notices_set(service->notices, "secrets_unavailable", detail);
    }
    if (service->scope == WH_PATHS_USER)
        service->vault = wh_vault_new_for_person(store, is_file_allowed(service, store), note,
                                                 &listener, service);
    else
        service->vault =
            wh_vault_new_for_computer(service->clock, store, wh_sealer_new(options->seal),
                                      is_unattended(service), &listener, service);
}

gboolean wh_safe_allow_file(gboolean allowed, GError **error, gpointer data)
{
    WhService *service = data;
    gboolean saved = wh_store_put_setting(service->store, SETTING, allowed ? "1" : "0", error);
    gboolean done = wh_vault_allow_file(service->vault, allowed, saved ? error : NULL);

    wh_events_settle_soon(service);
    return saved && done;
}

gboolean wh_safe_keep_unattended(gboolean enabled, GError **error, gpointer data)
{
    WhService *service = data;
    gboolean saved =
        wh_store_put_setting(service->store, SETTING_UNATTENDED, enabled ? "1" : "0", error);
    gboolean done = wh_vault_keep_unattended(service->vault, enabled, saved ? error : NULL);

    wh_accounts_secrets_changed(service->accounts);
    wh_events_settle_soon(service);
    return saved && done;
}

static char *about_memory(const WhVaultView *view)
{
    if (view->keyring == WH_VAULT_KEYRING_UNUSED)
        return wh_safe_seal_memory(view);
    if (view->unsaved == 0 || view->keyring != WH_VAULT_KEYRING_ABSENT)
        return NULL;
    if (view->file_trouble != NULL)
        return g_strdup_printf("A password or token is in memory only, and lost when the service "
                               "ends: this session has no keyring, and the file for it could not "
                               "be written (%s)",
                               view->file_trouble);
    return g_strdup_printf(
        "This session has no keyring, so passwords and tokens are kept in memory "
        "only: they are lost when the service ends. %sWhat also helps is a file "
        "that only you can read: wayhomectl secret-file allow",
        wh_advice_keyring());
}

static const char *about_lock(WhService *service, const WhVaultView *view)
{
    gboolean locked = view->keyring == WH_VAULT_KEYRING_LOCKED;

    if (locked && view->unsaved > 0)
        return "The keyring is locked. A password or token that you gave is in memory only, and is "
               "lost when the service ends before you unlock the keyring: sign in to your desktop, "
               "or run wayhomectl unlock";
    if (locked && wh_accounts_waits_for_keyring(service->accounts))
        return "The keyring is locked, so accounts wait for their passwords or tokens. It goes on "
               "when you sign in to your desktop, or with: wayhomectl unlock";
    if (view->keyring == WH_VAULT_KEYRING_OPEN && wh_accounts_waits_for_keyring(service->accounts))
        return "A password or token is in another keyring of yours, which is locked. Unlock it "
               "with: wayhomectl unlock";
    return NULL;
}

static char *about_unlocking(WhService *service, const WhVaultView *view)
{
    const char *lock = about_lock(service, view);

    if (lock == NULL || view->unlock_trouble == NULL)
        return g_strdup(lock);
    return g_strdup_printf("%s. The last try did not unlock it (%s)", lock, view->unlock_trouble);
}

static char *about_writing(const WhVaultView *view)
{
    if (view->trouble == NULL)
        return NULL;
    return g_strdup_printf("The keyring would not take a password or token (%s). It is in use, and "
                           "lost when the service ends. It is tried again when the keyring is "
                           "unlocked anew, and with: wayhomectl unlock",
                           view->trouble);
}

static char *about_removing(const WhVaultView *view)
{
    if (view->removal_trouble == NULL)
        return NULL;
    return g_strdup_printf("The keyring would not remove a password or token that is not used any "
                           "more (%s). It is tried again when the keyring is unlocked anew, and "
                           "with: wayhomectl unlock",
                           view->removal_trouble);
}

/* Takes the sentence over. */
static gboolean set_notice(WhService *service, const char *code, char *sentence)
{
    g_autofree char *owned = sentence;

    return wh_notices_set(service->notices, code, owned);
}

void wh_safe_settle(WhService *service)
{
    gboolean changed = FALSE;
    WhVaultView view;

    wh_vault_view(service->vault, &view);
    changed |= set_notice(service, "keyring_unwritable", about_writing(&view));
    changed |= set_notice(service, "keyring_unremovable", about_removing(&view));
    changed |= set_notice(service, "secrets_in_memory", about_memory(&view));
    changed |= set_notice(service, "keyring_locked", about_unlocking(service, &view));
    if (service->scope == WH_PATHS_SYSTEM) {
        changed |= set_notice(service, "secrets_in_file", wh_safe_seal_files(&view));
        changed |= set_notice(service, "seal_trouble", wh_safe_seal_trouble(&view));
        changed |= set_notice(service, "seal_replaced", wh_safe_seal_replaced(&view));
    }
    if (changed && service->control != NULL)
        wh_control_service_changed(service->control);
}

static gboolean on_patience_lost(gpointer data)
{
    *(gboolean *)data = TRUE;
    return G_SOURCE_REMOVE;
}

void wh_safe_finish(WhService *service)
{
    gboolean lost = FALSE;
    guint patience;

    if (service->vault == NULL || !wh_vault_is_busy(service->vault))
        return;
    patience = g_timeout_add(PATIENCE_MS, on_patience_lost, &lost);
    while (!lost && wh_vault_is_busy(service->vault))
        g_main_context_iteration(NULL, TRUE);
    if (!lost)
        g_source_remove(patience);
}
