#include "tests/unit/test_accounts_world.h"

#include "platform/fake/fake.h"

#include <string.h>

static World *the_world;

static WhField fields[] = {
    {.name = (char *)"server", .kind = WH_FIELD_HOST, .required = TRUE, .endpoint = TRUE},
    {.name = (char *)"login", .kind = WH_FIELD_TEXT},
    {.name = (char *)"password", .kind = WH_FIELD_SECRET, .required = TRUE},
    {.name = (char *)"key", .kind = WH_FIELD_SECRET},
};
static WhField token = {.name = (char *)"token", .kind = WH_FIELD_SECRET, .required = TRUE};

static gpointer field_pointers[] = {&fields[0], &fields[1], &fields[2], &fields[3]};
static gpointer token_pointer[] = {&token};
static GPtrArray ddns_fields = {field_pointers, G_N_ELEMENTS(field_pointers)};
static GPtrArray tree_fields = {token_pointer, 1};

static WhDefinition ddns = {
    .id = (char *)"ddns", .name = (char *)"Some DDNS", .fields = &ddns_fields};
static WhDefinition tree = {.id = (char *)"tree",
                            .name = (char *)"Tree",
                            .name_suffix = (char *)"tree.example",
                            .fields = &tree_fields};

const WhField *wh_definition_field(const WhDefinition *definition, const char *name)
{
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        if (g_str_equal(field->name, name))
            return field;
    }
    return NULL;
}

const WhDefinition *wh_providers_find(WhProviders *providers, const char *id)
{
    if (g_str_equal(id, "tree"))
        return &tree;
    return g_str_equal(id, "ddns") && !the_world->gone ? &ddns : NULL;
}

GQuark wh_providers_error_quark(void)
{
    return g_quark_from_static_string("fake-providers-error");
}

static const WhDefinition *definition_of(const WhAccount *account)
{
    const WhDefinition *definition = wh_providers_find(NULL, account->provider);
    g_assert_nonnull(definition);
    return definition;
}

static gboolean refuse(GError **error, const char *field, const char *sentence)
{
    g_set_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_FIELD, "%s: %s", field, sentence);
    return FALSE;
}

gboolean wh_providers_check_account(WhProviders *providers, const WhAccount *account,
                                    GHashTable *secrets, GError **error)
{
    const WhDefinition *definition = definition_of(account);
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, account->fields);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        if (wh_definition_field(definition, name) == NULL)
            return refuse(error, name, "There is no such field.");
    }
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        GHashTable *given = field->kind == WH_FIELD_SECRET ? secrets : account->fields;
        if (given != NULL && field->required && !g_hash_table_contains(given, field->name))
            return refuse(error, field->name, "It is missing.");
    }
    const WhSecret *key = secrets != NULL ? g_hash_table_lookup(secrets, "key") : NULL;
    if (key != NULL && g_str_equal(wh_secret_peek(key), "crooked"))
        return refuse(error, "key", "This is no key.");
    return TRUE;
}

gboolean wh_providers_check_name(WhProviders *providers, const WhAccount *account, const char *name,
                                 GError **error)
{
    const char *suffix = definition_of(account)->name_suffix;
    const char *login = wh_account_field(account, "login");
    if ((suffix == NULL || g_str_has_suffix(name, suffix)) &&
        (login == NULL || !g_str_equal(login, "narrow") || g_str_has_prefix(name, "n")))
        return TRUE;
    g_set_error_literal(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_NAME,
                        "The provider has no such names.");
    return FALSE;
}

WhManners wh_providers_manners(WhProviders *providers, const WhAccount *account)
{
    definition_of(account);
    return the_world->manners;
}

char *wh_providers_endpoint(WhProviders *providers, const WhAccount *account)
{
    definition_of(account);
    const char *server = wh_account_field(account, "server");
    return g_strconcat("https://", server != NULL ? server : "tree.example", NULL);
}

char **wh_providers_secret_names(WhProviders *providers, const WhAccount *account)
{
    const char *name = definition_of(account) == &ddns ? "password" : "token";
    return g_strsplit(name, " ", -1);
}

static void describe_secret(const char *name, GHashTable *secrets)
{
    const WhSecret *secret = g_hash_table_lookup(secrets, name);
    if (secret != NULL)
        g_string_append_printf(the_world->sent, " %s=%s", name, wh_secret_peek(secret));
}

guint64 wh_providers_update(WhProviders *providers, const WhUpdate *update, GHashTable *secrets,
                            WhUpdateDone done, gpointer data)
{
    g_assert_cmpuint(update->n_items, ==, 1);
    const WhUpdateItem *item = update->items;
    g_string_append(the_world->sent, item->host->name);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        char text[WH_ADDRESS_STRLEN];
        if (item->has[i])
            g_string_append_printf(the_world->sent, " %s",
                                   wh_address_format(&item->address[i], text));
    }
    describe_secret("password", secrets);
    describe_secret("key", secrets);
    describe_secret("token", secrets);
    g_string_append(the_world->sent, "; ");
    the_world->update_done = done;
    the_world->update_data = data;
    return ++the_world->updates;
}

void wh_providers_cancel(WhProviders *providers, guint64 handle)
{
    g_string_append_printf(the_world->sent, "cancelled %u; ", (guint)handle);
}

void wh_keeper_set_account(WhKeeper *keeper, const WhAccount *account, const WhManners *manners,
                           gboolean ready)
{
    g_string_append_printf(the_world->log, "account %s%s; ", account->id, ready ? " ready" : "");
}

void wh_keeper_restore_account(WhKeeper *keeper, const WhAccount *account, const WhManners *manners,
                               gboolean ready, const WhHalt *halt)
{
    g_string_append_printf(the_world->log, "restore account %s%s%s; ", account->id,
                           ready ? " ready" : "", halt != NULL && halt->halted ? " halted" : "");
}

void wh_keeper_restore_provider(WhKeeper *keeper, const char *provider, const WhHalt *halt)
{
    g_string_append_printf(the_world->log, "restore provider %s %s; ", provider,
                           wh_result_class_name(halt->result));
}

void wh_keeper_restore_host(WhKeeper *keeper, const WhHost *host, const WhHostState *state,
                            const WhRecordState *records[WH_N_FAMILIES])
{
    g_string_append_printf(the_world->log, "restore host %s", host->name);
    if (state != NULL)
        g_string_append_printf(the_world->log, " tokens %d", (int)state->tokens);
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (records[i] != NULL)
            g_string_append_printf(the_world->log, " %s attempts %u",
                                   wh_family_record_type((WhFamily)i), records[i]->attempts);
    }
    g_string_append(the_world->log, "; ");
}

void wh_keeper_set_host(WhKeeper *keeper, const WhHost *host)
{
    g_string_append_printf(the_world->log, "host %s at %s%s%s ttl %u%s; ", host->name,
                           host->account, host->wants[WH_FAMILY_IPV4] ? " A" : "",
                           host->wants[WH_FAMILY_IPV6] ? " AAAA" : "", host->ttl,
                           host->paused ? " paused" : "");
}

gboolean wh_keeper_resume(WhKeeper *keeper, const char *account, const char *host)
{
    g_string_append_printf(the_world->log, "resume %s; ", account);
    return TRUE;
}

void wh_keeper_remove_account(WhKeeper *keeper, const char *account)
{
    g_string_append_printf(the_world->log, "no account %s; ", account);
}

void wh_keeper_remove_host(WhKeeper *keeper, const char *host)
{
    g_string_append_printf(the_world->log, "no host %s; ", host);
}

void wh_keeper_take_result(WhKeeper *keeper, const char *host, WhFamily family,
                           const WhAddress *address, const WhOutcome *outcome)
{
    char text[WH_ADDRESS_STRLEN];
    g_string_append_printf(the_world->log, "result %s %s %s; ", host,
                           wh_address_format(address, text), wh_result_class_name(outcome->result));
}

gboolean wh_keeper_view(WhKeeper *keeper, const char *host, WhFamily family, WhRecordView *view)
{
    const WhAim *aim = &the_world->aims[family];
    *view = (WhRecordView){.desired = aim->known ? &aim->address : NULL, .why = aim->why};
    return TRUE;
}

static void vault_changed(gpointer data)
{
    World *world = data;
    wh_accounts_secrets_changed(world->accounts);
}

static char *label(const char *account, const char *provider, const char *field, gpointer data)
{
    return g_strdup(field);
}

static gboolean remember(const char *note, GError **error, gpointer data)
{
    World *world = data;
    return wh_store_put_setting(world->store, WH_ACCOUNTS_VAULT_NOTE, note, error);
}

static void begin(World *world)
{
    static const WhVaultListener listener = {vault_changed, label, remember};
    g_autofree char *note = wh_store_setting(world->store, WH_ACCOUNTS_VAULT_NOTE);
    WhSecretStore *store = wh_secret_store_open("/secrets", NULL);
    world->vault = world->person ? wh_vault_new_for_person(store, FALSE, note, &listener, world)
                                 : wh_vault_new(store);
    world->accounts =
        wh_accounts_new(wh_fake_clock_clock(world->clock), world->store, world->vault, NULL, NULL);
    wh_accounts_restore(world->accounts);
}

static void end(World *world)
{
    wh_accounts_free(world->accounts);
    wh_vault_free(world->vault);
}

void world_setup(World *world, gconstpointer data)
{
    the_world = world;
    wh_fake_reset();
    world->manners = wh_manners_default();
    world->clock = wh_fake_clock_new();
    world->log = g_string_new(NULL);
    world->sent = g_string_new(NULL);
    world->tested = g_string_new(NULL);
    world->store = wh_store_open_in_memory();
    begin(world);
}

void world_teardown(World *world, gconstpointer data)
{
    end(world);
    wh_store_free(world->store);
    wh_fake_clock_free(world->clock);
    g_string_free(world->log, TRUE);
    g_string_free(world->sent, TRUE);
    g_string_free(world->tested, TRUE);
    wh_fake_reset();
}

void world_restart(World *world)
{
    end(world);
    begin(world);
}

void world_check_log(World *world, const char *expected)
{
    g_assert_cmpstr(world->log->str, ==, expected);
    g_string_truncate(world->log, 0);
}

GHashTable *world_fields(const char *name, ...)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    va_list arguments;
    va_start(arguments, name);
    for (; name != NULL; name = va_arg(arguments, const char *))
        g_hash_table_insert(table, g_strdup(name), g_strdup(va_arg(arguments, const char *)));
    va_end(arguments);
    return table;
}

GHashTable *world_secrets(const char *name, ...)
{
    GHashTable *table =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_secret_unref);
    va_list arguments;
    va_start(arguments, name);
    for (; name != NULL; name = va_arg(arguments, const char *))
        g_hash_table_insert(table, g_strdup(name),
                            wh_secret_new(va_arg(arguments, const char *), -1));
    va_end(arguments);
    return table;
}

static const char *add(World *world, const WhAccountDraft *draft)
{
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    wh_accounts_add(world->accounts, draft, &id, &error);
    g_assert_no_error(error);
    g_assert_nonnull(id);
    return id;
}

const char *world_add_ddns(World *world, const char *server, const char *password)
{
    g_autoptr(GHashTable) given = world_fields("server", server, NULL);
    g_autoptr(GHashTable) secrets =
        password != NULL ? world_secrets("password", password, NULL) : NULL;
    return add(world, &(WhAccountDraft){.provider = "ddns", .fields = given, .secrets = secrets});
}

const char *world_add_tree(World *world, const char *text)
{
    g_autoptr(GHashTable) secrets = world_secrets("token", text, NULL);
    return add(world, &(WhAccountDraft){.provider = "tree", .secrets = secrets});
}

const char *world_add_host(World *world, const char *account, const char *name)
{
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    const WhHostDraft draft = {.account = account, .name = name};
    wh_accounts_add_host(world->accounts, &draft, &id, &error);
    g_assert_no_error(error);
    return id;
}

void world_check_error(GError **error, int code, const char *begins)
{
    g_assert_error(*error, WH_ACCOUNTS_ERROR, code);
    g_test_message("%s", (*error)->message);
    if (!g_str_has_prefix((*error)->message, begins))
        g_assert_cmpstr((*error)->message, ==, begins);
    if (code == WH_ACCOUNTS_ERROR_INVALID)
        g_assert_nonnull(strstr((*error)->message, ": "));
    g_assert_true(g_str_has_suffix((*error)->message, ".") || code == WH_ACCOUNTS_ERROR_STORE);
    g_clear_error(error);
}
