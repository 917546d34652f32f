#include "service/control/view.h"

static json_t *fields(const WhAccount *account)
{
    json_t *view = json_object();
    GHashTableIter iter;
    gpointer name, text;
    g_hash_table_iter_init(&iter, account->fields);
    while (g_hash_table_iter_next(&iter, &name, &text))
        wh_view_set_text(view, name, text);
    return view;
}

/* An optional secret that was never given is nothing to speak of. */
static void add_secret(json_t *secrets, const WhControlRooms *rooms, const WhAccount *account,
                       const WhField *field, const char *const *needed)
{
    WhVaultState state = wh_accounts_secret_state(rooms->accounts, account->id, field->name);
    if (state == WH_VAULT_MISSING && !g_strv_contains(needed, field->name))
        return;
    json_array_append_new(secrets, json_pack("{s:s, s:s}", "field", field->name, "state",
                                             wh_vault_state_name(state)));
}

static json_t *secrets(const WhControlRooms *rooms, const WhAccount *account)
{
    json_t *view = json_array();
    const WhDefinition *definition = wh_providers_find(rooms->providers, account->provider);
    if (definition == NULL)
        return view;
    g_auto(GStrv) needed = wh_providers_secret_names(rooms->providers, account);
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        if (field->kind == WH_FIELD_SECRET)
            add_secret(view, rooms, account, field, (const char *const *)needed);
    }
    return view;
}

json_t *wh_view_account(const WhControlRooms *rooms, const WhAccount *account)
{
    WhHaltScope scope = WH_HALT_NOBODY;
    const WhHalt *halt = wh_keeper_account_halt(rooms->keeper, account->id, &scope);
    gboolean halted = halt != NULL && halt->halted;
    json_t *view =
        json_pack("{s:s, s:s, s:o, s:o, s:b}", "id", account->id, "provider", account->provider,
                  "fields", fields(account), "secrets", secrets(rooms, account), "halted", halted);
    wh_view_set_text(view, "label", account->label != NULL ? account->label : "");
    wh_view_set_text(view, "declared", wh_accounts_declared_in(rooms->accounts, account->id));
    if (halted) {
        json_object_set_new(view, "result", wh_view_result(halt->result, halt->detail));
        wh_view_set_text(view, "scope", wh_view_scope(scope));
    }
    return view;
}
