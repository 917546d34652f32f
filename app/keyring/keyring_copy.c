#include "app/keyring/keyring_copy.h"

#include "app/client/requests.h"
#include "app/keyring/keyring_envelope.h"
#include "platform/keyring.h"

#include <glib/gi18n.h>
#include <string.h>

/* More than a person types while the keyring is locked. */
#define MOST_OFFERS 100

/* keyring NULL: not needed so far. following: the model has been up to date since the last turn.
 * offers: what is still to be put there, one for each key, oldest first. handed: keys that the
 * service was given since it answered. present: keys that it had, or knew to be with the owner.
 * seen: ids of the accounts that it had. */
struct WhKeyringCopy {
    WhModel *model;
    gulong handler;
    WhKeyring *keyring;
    gboolean following;
    GPtrArray *offers;
    GHashTable *handed;
    GHashTable *present;
    GHashTable *seen;
    void (*changed)(gpointer data);
    gpointer data;
};

/* place: where it may go, as wh_keyring_envelope_place() says. */
typedef struct {
    char *account;
    char *place;
    char *field;
    char *secret;
} Offer;

static void free_offer(gpointer data)
{
    Offer *offer = data;
    g_free(offer->account);
    g_free(offer->place);
    g_free(offer->field);
    wh_keyring_envelope_wipe(offer->secret);
    g_free(offer);
}

static gboolean wants_client(WhKeyringCopy *copy)
{
    return wh_model_is_ready(copy->model) &&
           strcmp(wh_model_keyring_writer(copy->model), "client") == 0;
}

/* Nobody else's secrets go into this person's keyring, and none of it to a service that is somebody
 * else's. */
static gboolean is_writer(WhKeyringCopy *copy)
{
    return wants_client(copy) && wh_model_caller(copy->model) == WH_CALLER_OWNER;
}

/* Whoever has just become the owner may hear that a moment later. */
static gboolean may_become_writer(WhKeyringCopy *copy)
{
    return is_writer(copy) || (wants_client(copy) && wh_model_must_claim(copy->model));
}

static char *label_of(WhModel *model, WhAccountItem *account, const char *field)
{
    WhProviderItem *provider = wh_model_find_provider(model, wh_account_item_provider(account));
    const char *words = field;
    for (guint i = 0; i < wh_provider_item_n_fields(provider); i++) {
        const WhFormField *each = wh_provider_item_field(provider, i);
        if (strcmp(each->name, field) == 0)
            words = each->label;
    }
    /* Translators: provider, its word for a secret ("Token"), the account's id. */
    return g_strdup_printf(_("Wayhome: %s, %s of account %s"), wh_provider_item_name(provider),
                           words, wh_account_item_id(account));
}

/* The account, as long as it is where the secret was given for; NULL: it is elsewhere, or the Watch
 * has not told yet. */
static WhAccountItem *taker_of(WhKeyringCopy *copy, const Offer *offer)
{
    WhAccountItem *account = wh_model_find_account(copy->model, offer->account);
    g_autofree char *place =
        account != NULL ? wh_keyring_envelope_place(copy->model, account) : NULL;
    return g_strcmp0(place, offer->place) == 0 ? account : NULL;
}

/* TRUE: nothing is left to do about it. */
static gboolean put(WhKeyringCopy *copy, const Offer *offer)
{
    WhAccountItem *account = taker_of(copy, offer);
    if (account == NULL)
        return FALSE;
    char *sealed = wh_keyring_envelope_seal(copy->model, account, offer->field, offer->secret);
    if (sealed == NULL)
        return FALSE;
    g_autofree char *key = wh_keyring_envelope_key(offer->account, offer->field);
    g_autofree char *label = label_of(copy->model, account, offer->field);
    wh_keyring_put(copy->keyring, key, label, sealed, strlen(sealed), NULL, NULL);
    wh_keyring_envelope_wipe(sealed);
    return TRUE;
}

static gboolean is_gone(WhKeyringCopy *copy, const Offer *offer)
{
    return g_hash_table_contains(copy->seen, offer->account) &&
           wh_model_find_account(copy->model, offer->account) == NULL;
}

/* What the whole state does not know belongs to an account of the past. */
static gboolean is_past(WhKeyringCopy *copy, const Offer *offer)
{
    return taker_of(copy, offer) == NULL;
}

static void drop_offers(WhKeyringCopy *copy, gboolean (*is_over)(WhKeyringCopy *, const Offer *))
{
    for (guint i = copy->offers->len; i > 0; i--) {
        if (is_over(copy, copy->offers->pdata[i - 1]))
            g_ptr_array_remove_index(copy->offers, i - 1);
    }
}

static gboolean is_lacking(WhKeyringCopy *copy, WhAccountItem *account, const char *field)
{
    const char *state = wh_account_item_secret_state(account, field);
    return g_strcmp0(state, "missing") == 0 || g_strcmp0(state, "damaged") == 0 ||
           g_strcmp0(state, "away") == 0;
}

static void was_handed(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    if (!wh_requests_finish(WH_LINK(source), result, &error))
        g_info("The service does not take a secret of the keyring: %s", error->message);
}

/* A secret that the service had until now, and has not any more, was forgotten because somebody
 * wanted that: then it is forgotten here as well. */
static gboolean was_forgotten(WhKeyringCopy *copy, WhAccountItem *account, const char *field,
                              const char *key)
{
    return g_strcmp0(wh_account_item_secret_state(account, field), "missing") == 0 &&
           g_hash_table_remove(copy->present, key);
}

static gboolean hand_over(WhKeyringCopy *copy, WhAccountItem *account, const char *field)
{
    if (!is_lacking(copy, account, field))
        return FALSE;
    g_autofree char *key = wh_keyring_envelope_key(wh_account_item_id(account), field);
    if (was_forgotten(copy, account, field, key)) {
        g_hash_table_add(copy->handed, g_strdup(key));
        wh_keyring_remove(copy->keyring, key, NULL, NULL);
        return FALSE;
    }
    gsize length = 0;
    const char *bytes = wh_keyring_lookup(copy->keyring, key, &length);
    if (bytes == NULL || g_hash_table_contains(copy->handed, key))
        return FALSE;
    char *secret = wh_keyring_envelope_open(copy->model, account, field, bytes, length);
    if (secret == NULL)
        return FALSE;
    g_hash_table_add(copy->handed, g_steal_pointer(&key));
    wh_requests_set_secret(wh_model_link(copy->model), wh_account_item_id(account), field, secret,
                           was_handed, NULL);
    wh_keyring_envelope_wipe(secret);
    return FALSE;
}

typedef gboolean (*ForSecret)(WhKeyringCopy *copy, WhAccountItem *account, const char *field);

/* Calls for each secret that an account has or lacks, until TRUE comes back. */
static gboolean find_secret(WhKeyringCopy *copy, ForSecret func)
{
    GListModel *accounts = wh_model_accounts(copy->model);
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        WhProviderItem *provider =
            wh_model_find_provider(copy->model, wh_account_item_provider(account));
        for (guint n = 0; provider != NULL && n < wh_provider_item_n_fields(provider); n++) {
            const char *field = wh_provider_item_field(provider, n)->name;
            if (func(copy, account, field))
                return TRUE;
        }
    }
    return FALSE;
}

static gboolean note_present(WhKeyringCopy *copy, WhAccountItem *account, const char *field)
{
    const char *state = wh_account_item_secret_state(account, field);
    if (g_strcmp0(state, "present") == 0 || g_strcmp0(state, "away") == 0)
        g_hash_table_add(copy->present,
                         wh_keyring_envelope_key(wh_account_item_id(account), field));
    return FALSE;
}

/* All of one account, by the beginning of their keys: an id has no dot at its end. */
static void remove_account(WhKeyringCopy *copy, const char *id)
{
    g_autofree char *prefix = wh_keyring_envelope_key(id, "");
    g_auto(GStrv) keys = wh_keyring_keys(copy->keyring);
    for (guint i = 0; keys[i] != NULL; i++) {
        if (g_str_has_prefix(keys[i], prefix) && strchr(keys[i] + strlen(prefix), '.') == NULL)
            wh_keyring_remove(copy->keyring, keys[i], NULL, NULL);
    }
}

/* Only what went while the service was looked at: one that lost its memory has no accounts either,
 * and then this copy is what is left. */
static void remove_gone(WhKeyringCopy *copy)
{
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, copy->seen);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        if (wh_model_find_account(copy->model, id) != NULL)
            continue;
        remove_account(copy, id);
        g_hash_table_iter_remove(&iter);
    }
}

static void remember_accounts(WhKeyringCopy *copy)
{
    GListModel *accounts = wh_model_accounts(copy->model);
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        g_hash_table_add(copy->seen, g_strdup(wh_account_item_id(account)));
    }
}

static void settle(WhKeyringCopy *copy);

/* What waits stays while the service is away, and is nobody's any more when it has another owner.
 */
static void stop_following(WhKeyringCopy *copy)
{
    g_hash_table_remove_all(copy->handed);
    g_hash_table_remove_all(copy->present);
    g_hash_table_remove_all(copy->seen);
    copy->following = FALSE;
    if (wh_model_is_ready(copy->model) && !may_become_writer(copy))
        g_ptr_array_set_size(copy->offers, 0);
    if (copy->changed != NULL)
        copy->changed(copy->data);
}

static void keyring_changed(gpointer data)
{
    settle(data);
}

static void settle(WhKeyringCopy *copy)
{
    if (!is_writer(copy)) {
        stop_following(copy);
        return;
    }
    drop_offers(copy, copy->following ? is_gone : is_past);
    copy->following = TRUE;
    if (copy->keyring == NULL)
        copy->keyring = wh_keyring_new("tray", keyring_changed, copy);
    WhKeyringState state = wh_keyring_state(copy->keyring);
    if (state == WH_KEYRING_ABSENT)
        g_ptr_array_set_size(copy->offers, 0);
    if (state == WH_KEYRING_OPEN) {
        drop_offers(copy, put);
        find_secret(copy, hand_over);
        remove_gone(copy);
    }
    find_secret(copy, note_present);
    remember_accounts(copy);
    if (copy->changed != NULL)
        copy->changed(copy->data);
}

WhKeyringCopy *wh_keyring_copy_new(WhModel *model)
{
    WhKeyringCopy *copy = g_new0(WhKeyringCopy, 1);
    copy->model = g_object_ref(model);
    copy->offers = g_ptr_array_new_with_free_func(free_offer);
    copy->handed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    copy->present = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    copy->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    copy->handler = g_signal_connect_swapped(model, "changed", G_CALLBACK(settle), copy);
    settle(copy);
    return copy;
}

void wh_keyring_copy_free(WhKeyringCopy *copy)
{
    if (copy == NULL)
        return;
    g_signal_handler_disconnect(copy->model, copy->handler);
    wh_keyring_free(copy->keyring);
    g_ptr_array_unref(copy->offers);
    g_hash_table_unref(copy->handed);
    g_hash_table_unref(copy->present);
    g_hash_table_unref(copy->seen);
    g_object_unref(copy->model);
    g_free(copy);
}

static gboolean is_same(gconstpointer a, gconstpointer b)
{
    const Offer *one = a, *other = b;
    return strcmp(one->account, other->account) == 0 && strcmp(one->field, other->field) == 0;
}

/* In place of an earlier one for the same. An empty secret is one that was forgotten: what rests in
 * the keyring is removed when the service says that it is missing. */
static void add_offer(WhKeyringCopy *copy, Offer *offer)
{
    guint index = 0;
    if (g_ptr_array_find_with_equal_func(copy->offers, offer, is_same, &index) ||
        copy->offers->len >= MOST_OFFERS)
        g_ptr_array_remove_index(copy->offers, index);
    if (*offer->secret != '\0')
        g_ptr_array_add(copy->offers, offer);
    else
        free_offer(offer);
}

void wh_keyring_copy_offer(WhKeyringCopy *copy, const char *account, const char *provider,
                           GHashTable *fields, const char *field, const char *secret)
{
    char *place = may_become_writer(copy)
                      ? wh_keyring_envelope_place_given(copy->model, provider, fields)
                      : NULL;
    if (place == NULL)
        return;
    Offer *offer = g_new0(Offer, 1);
    *offer = (Offer){g_strdup(account), place, g_strdup(field), g_strdup(secret)};
    add_offer(copy, offer);
    settle(copy);
}

WhKeyringCopyNeed wh_keyring_copy_need(WhKeyringCopy *copy)
{
    if (copy->keyring == NULL || !is_writer(copy))
        return WH_KEYRING_COPY_FINE;
    WhKeyringState state = wh_keyring_state(copy->keyring);
    if (state == WH_KEYRING_LOCKED && (copy->offers->len > 0 || find_secret(copy, is_lacking)))
        return WH_KEYRING_COPY_LOCKED;
    gboolean any = g_list_model_get_n_items(wh_model_accounts(copy->model)) > 0;
    return state == WH_KEYRING_ABSENT && any &&
                   wh_model_unattended(copy->model) == WH_UNATTENDED_OFF
               ? WH_KEYRING_COPY_ABSENT
               : WH_KEYRING_COPY_FINE;
}

void wh_keyring_copy_unlock(WhKeyringCopy *copy)
{
    if (copy->keyring != NULL)
        wh_keyring_unlock(copy->keyring, NULL, NULL);
}

void wh_keyring_copy_listen(WhKeyringCopy *copy, void (*changed)(gpointer data), gpointer data)
{
    copy->changed = changed;
    copy->data = data;
}
