#include "service/wiring/witnesses.h"

typedef struct {
    WhWitnesses witnesses;
    WhAuthority *authority;
    GHashTable *requests; /* handle -> Request */
} Witnesses;

typedef struct {
    Witnesses *owner;
    guint64 handle;
    WhWitnessesDone done;
    gpointer data;
} Request;

static WhWitnessKind witness_kind(WhAuthorityKind kind)
{
    switch (kind) {
    case WH_AUTHORITY_ANSWERED:
        return WH_WITNESS_ANSWERED;
    case WH_AUTHORITY_NO_AUTHORITY:
        return WH_WITNESS_NO_AUTHORITY;
    case WH_AUTHORITY_ALIASED:
        return WH_WITNESS_ALIASED;
    case WH_AUTHORITY_UNREACHABLE:
    default:
        return WH_WITNESS_UNREACHABLE;
    }
}

static WhWitness *witness_from(const WhAuthorityAnswer *answer)
{
    WhWitness *witness = wh_witness_new(answer->server, answer->at, witness_kind(answer->kind));

    g_array_append_vals(witness->addresses, answer->addresses->data, answer->addresses->len);
    witness->ttl = answer->ttl;
    return witness;
}

static void free_witness(gpointer data)
{
    wh_witness_free(data);
}

static void on_answers(const char *zone, const GPtrArray *answers, gpointer data)
{
    Request *request = data;
    WhWitnessesDone done = request->done;
    gpointer done_data = request->data;
    g_autoptr(GPtrArray) witnesses = g_ptr_array_new_with_free_func(free_witness);

    for (guint i = 0; i < answers->len; i++)
        g_ptr_array_add(witnesses, witness_from(g_ptr_array_index(answers, i)));
    g_hash_table_remove(request->owner->requests, &request->handle);
    done(zone, witnesses, done_data);
}

static guint64 ask(WhWitnesses *witnesses, const char *name, WhFamily family, WhWitnessesDone done,
                   gpointer data)
{
    Witnesses *self = (Witnesses *)witnesses;
    Request *request = g_new0(Request, 1);

    request->owner = self;
    request->done = done;
    request->data = data;
    request->handle = wh_authority_ask(self->authority, name, family, on_answers, request);
    g_hash_table_insert(self->requests, &request->handle, request);
    return request->handle;
}

static void cancel(WhWitnesses *witnesses, guint64 handle)
{
    Witnesses *self = (Witnesses *)witnesses;

    wh_authority_cancel(self->authority, handle);
    g_hash_table_remove(self->requests, &handle);
}

WhWitnesses *wh_witnesses_new(WhAuthority *authority)
{
    Witnesses *self = g_new0(Witnesses, 1);

    self->witnesses.ask = ask;
    self->witnesses.cancel = cancel;
    self->authority = authority;
    self->requests = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    return &self->witnesses;
}

void wh_witnesses_free(WhWitnesses *witnesses)
{
    Witnesses *self = (Witnesses *)witnesses;

    g_hash_table_unref(self->requests);
    g_free(self);
}
