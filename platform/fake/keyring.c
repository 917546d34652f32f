#include "platform/keyring.h"

#include "platform/common/keyring_entries.h"
#include "platform/fake/bell.h"
#include "platform/fake/keyring_fake.h"
#include "platform/fake/keyring_item.h"
#include "platform/fake/state.h"

#include <string.h>

#define MAX_SECRET (64 * 1024)
#define MAX_KEY 100
#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789._-"

/* Something to be done or answered at the next turn of the loop. key NULL: an unlocking. */
typedef struct {
    char *key;
    WhFakeKeyringItem *item;
    WhKeyringDone done;
    gpointer data;
} Job;

/* seen: the state that this one knows, and elsewhere how much rests in a locked one; entries: what
 * it would find. */
struct WhKeyring {
    char *scope;
    WhKeyringFunc changed;
    gpointer data;
    WhKeyringState seen;
    guint elsewhere;
    GHashTable *entries;
    GQueue jobs;
    GSource *bell;
    GSource *work;
};

static char *name_of(const char *scope, const char *key)
{
    return g_strconcat(scope, "/", key, NULL);
}

static void job_free(Job *job)
{
    g_free(job->key);
    wh_fake_keyring_item_free(job->item);
    g_free(job);
}

static GError *misuse(const char *key, const WhFakeKeyringItem *item)
{
    gsize length = strlen(key);

    if (length == 0 || length > MAX_KEY || strspn(key, KEY_CHARACTERS) != length)
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "This is no key");
    if (item != NULL && item->length > MAX_SECRET)
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "This is too much");
    return NULL;
}

static void apply(const Job *job, GHashTable *entries)
{
    if (job->item != NULL)
        wh_keyring_entries_put(entries, job->key, job->item->bytes, job->item->length);
    else
        g_hash_table_remove(entries, job->key);
}

/* Everything of the scope, and what waits to be written on top. */
static GHashTable *read_all(WhKeyring *keyring)
{
    GHashTable *entries = wh_keyring_entries_new();
    g_autofree char *prefix = name_of(keyring->scope, "");
    GHashTableIter iter;
    gpointer name, value;

    if (wh_fake_state()->keyring_state != WH_KEYRING_OPEN)
        return entries;
    g_hash_table_iter_init(&iter, wh_fake_state()->keyring);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const WhFakeKeyringItem *item = value;

        if (g_str_has_prefix(name, prefix))
            wh_keyring_entries_put(entries, (char *)name + strlen(prefix), item->bytes,
                                   item->length);
    }
    for (GList *each = keyring->jobs.head; each != NULL; each = each->next) {
        const Job *job = each->data;
        g_autoptr(GError) wrong = job->key != NULL ? misuse(job->key, job->item) : NULL;

        if (job->key != NULL && wrong == NULL)
            apply(job, entries);
    }
    return entries;
}

/* Takes over how things are; TRUE: they are another way. */
static gboolean look(WhKeyring *keyring)
{
    GHashTable *now = read_all(keyring);
    gboolean differs =
        keyring->seen != (WhKeyringState)wh_fake_state()->keyring_state ||
        keyring->elsewhere != g_hash_table_size(wh_fake_state()->keyring_elsewhere) ||
        !wh_keyring_entries_equal(keyring->entries, now);

    g_hash_table_unref(keyring->entries);
    keyring->entries = now;
    keyring->seen = (WhKeyringState)wh_fake_state()->keyring_state;
    keyring->elsewhere = g_hash_table_size(wh_fake_state()->keyring_elsewhere);
    return differs;
}

static void on_bell(gpointer data)
{
    WhKeyring *keyring = data;

    if (look(keyring))
        keyring->changed(keyring->data);
}

static void ring_all(void)
{
    GPtrArray *keyrings = wh_fake_state()->keyrings;

    for (guint i = 0; i < keyrings->len; i++) {
        WhKeyring *keyring = g_ptr_array_index(keyrings, i);

        wh_fake_bell_ring(keyring->bell);
        wh_fake_bell_ring(keyring->work);
    }
}

static GError *trouble(void)
{
    switch ((WhKeyringState)wh_fake_state()->keyring_state) {
    case WH_KEYRING_LOCKED:
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                                   "The keyring is locked");
    case WH_KEYRING_OPEN:
        return wh_fake_state()->keyring_broken >= 0
                   ? g_error_new_literal(G_IO_ERROR, wh_fake_state()->keyring_broken,
                                         "The keyring is broken")
                   : NULL;
    default:
        return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no keyring here");
    }
}

static GError *trouble_with(const Job *job)
{
    GError *error = misuse(job->key, job->item);

    return error != NULL ? error : trouble();
}

static GError *write_job(WhKeyring *keyring, Job *job)
{
    g_autofree char *name = name_of(keyring->scope, job->key);
    GError *error = trouble_with(job);

    if (error != NULL)
        return error;
    if (job->item != NULL)
        g_hash_table_replace(wh_fake_state()->keyring, g_steal_pointer(&name),
                             g_steal_pointer(&job->item));
    else
        g_hash_table_remove(wh_fake_state()->keyring, name);
    return NULL;
}

static void open_all(void)
{
    WhFakeState *state = wh_fake_state();
    GHashTableIter iter;
    gpointer name, item;

    g_hash_table_iter_init(&iter, state->keyring_elsewhere);
    while (g_hash_table_iter_next(&iter, &name, &item)) {
        g_hash_table_iter_steal(&iter);
        g_hash_table_replace(state->keyring, name, item);
    }
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
}

static GError *ask(void)
{
    WhFakeState *state = wh_fake_state();

    if (state->keyring_state == WH_KEYRING_LOCKED ||
        (state->keyring_state == WH_KEYRING_OPEN &&
         g_hash_table_size(state->keyring_elsewhere) > 0)) {
        state->keyring_questions++;
        if (!state->keyring_password_known)
            return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                       "The keyring stays locked");
        open_all();
    }
    return state->keyring_state == WH_KEYRING_OPEN ? NULL : trouble();
}

/* One job a turn; a callback may free the keyring. */
static void on_work(gpointer data)
{
    WhKeyring *keyring = data;
    WhFakeState *state = wh_fake_state();
    g_autoptr(GError) error = NULL;
    Job *job = g_queue_peek_head(&keyring->jobs);

    if (job == NULL || state->keyring_state == WH_KEYRING_LOOKING ||
        (job->key != NULL && state->keyring_slow))
        return;
    g_queue_pop_head(&keyring->jobs);
    wh_fake_bell_ring(keyring->work);
    error = job->key != NULL ? write_job(keyring, job) : ask();
    if (error != NULL || job->key == NULL)
        wh_fake_bell_ring(keyring->bell);
    if (job->key == NULL && look(keyring))
        keyring->changed(keyring->data);
    if (job->done != NULL)
        job->done(error, job->data);
    job_free(job);
}

WhKeyring *wh_keyring_new(const char *scope, WhKeyringFunc changed, gpointer data)
{
    WhKeyring *keyring = g_new0(WhKeyring, 1);

    keyring->scope = g_strdup(scope);
    keyring->changed = changed;
    keyring->data = data;
    keyring->seen = wh_fake_state()->keyring_state == WH_KEYRING_ABSENT ? WH_KEYRING_ABSENT
                                                                        : WH_KEYRING_LOOKING;
    keyring->entries = wh_keyring_entries_new();
    keyring->bell = wh_fake_bell_new(on_bell, keyring);
    keyring->work = wh_fake_bell_new(on_work, keyring);
    g_ptr_array_add(wh_fake_state()->keyrings, keyring);
    wh_fake_bell_ring(keyring->bell);
    return keyring;
}

void wh_keyring_free(WhKeyring *keyring)
{
    Job *job;

    if (keyring == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->keyrings, keyring);
    wh_fake_bell_free(keyring->bell);
    wh_fake_bell_free(keyring->work);
    while ((job = g_queue_pop_head(&keyring->jobs)) != NULL)
        job_free(job);
    g_hash_table_unref(keyring->entries);
    g_free(keyring->scope);
    g_free(keyring);
}

WhKeyringState wh_keyring_state(WhKeyring *keyring)
{
    return keyring->seen;
}

const char *wh_keyring_lookup(WhKeyring *keyring, const char *key, gsize *length)
{
    if (keyring->seen != WH_KEYRING_OPEN)
        return NULL;
    return wh_keyring_entries_lookup(keyring->entries, key, length);
}

gboolean wh_keyring_is_locked(WhKeyring *keyring, const char *key)
{
    g_autofree char *name = name_of(keyring->scope, key);

    return keyring->seen == WH_KEYRING_OPEN && !g_hash_table_contains(keyring->entries, key) &&
           g_hash_table_contains(wh_fake_state()->keyring_elsewhere, name);
}

char **wh_keyring_keys(WhKeyring *keyring)
{
    g_autoptr(GStrvBuilder) keys = g_strv_builder_new();
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, keyring->entries);
    while (keyring->seen == WH_KEYRING_OPEN && g_hash_table_iter_next(&iter, &key, NULL))
        g_strv_builder_add(keys, key);
    return g_strv_builder_end(keys);
}

static void add(WhKeyring *keyring, const char *key, WhFakeKeyringItem *item, WhKeyringDone done,
                gpointer data)
{
    Job *job = g_new0(Job, 1);
    g_autoptr(GError) error = key != NULL ? misuse(key, item) : NULL;

    *job = (Job){g_strdup(key), item, done, data};
    if (key != NULL && error == NULL && keyring->seen == WH_KEYRING_OPEN)
        apply(job, keyring->entries);
    g_queue_push_tail(&keyring->jobs, job);
    wh_fake_bell_ring(keyring->work);
}

void wh_keyring_put(WhKeyring *keyring, const char *key, const char *label, const char *bytes,
                    gsize length, WhKeyringDone done, gpointer data)
{
    add(keyring, key, wh_fake_keyring_item_new(bytes, length, label), done, data);
}

void wh_keyring_remove(WhKeyring *keyring, const char *key, WhKeyringDone done, gpointer data)
{
    add(keyring, key, NULL, done, data);
}

void wh_keyring_unlock(WhKeyring *keyring, WhKeyringDone done, gpointer data)
{
    add(keyring, NULL, NULL, done, data);
}

void wh_fake_keyring_set_state(WhKeyringState state)
{
    wh_fake_state()->keyring_state = state;
    ring_all();
}

void wh_fake_keyring_set_broken(gboolean broken)
{
    wh_fake_state()->keyring_broken = broken ? (int)G_IO_ERROR_FAILED : -1;
}

void wh_fake_keyring_set_refusal(GIOErrorEnum code)
{
    wh_fake_state()->keyring_broken = (int)code;
}

void wh_fake_keyring_set_slow(gboolean slow)
{
    wh_fake_state()->keyring_slow = slow;
    ring_all();
}

void wh_fake_keyring_set_password_known(gboolean known)
{
    wh_fake_state()->keyring_password_known = known;
}

guint wh_fake_keyring_questions(void)
{
    return wh_fake_state()->keyring_questions;
}

static const WhFakeKeyringItem *find(const char *scope, const char *key)
{
    g_autofree char *name = name_of(scope, key);

    return g_hash_table_lookup(wh_fake_state()->keyring, name);
}

const char *wh_fake_keyring_resting(const char *scope, const char *key)
{
    const WhFakeKeyringItem *item = find(scope, key);

    return item != NULL ? item->bytes : NULL;
}

const char *wh_fake_keyring_label(const char *scope, const char *key)
{
    const WhFakeKeyringItem *item = find(scope, key);

    return item != NULL ? item->label : NULL;
}

void wh_fake_keyring_plant_locked(const char *scope, const char *key, const char *text)
{
    g_hash_table_replace(wh_fake_state()->keyring_elsewhere, name_of(scope, key),
                         wh_fake_keyring_item_new(text, strlen(text), "planted"));
    ring_all();
}

void wh_fake_keyring_plant(const char *scope, const char *key, const char *text)
{
    g_autofree char *name = name_of(scope, key);

    if (text != NULL)
        g_hash_table_replace(wh_fake_state()->keyring, g_steal_pointer(&name),
                             wh_fake_keyring_item_new(text, strlen(text), "planted"));
    else
        g_hash_table_remove(wh_fake_state()->keyring, name);
    ring_all();
}
