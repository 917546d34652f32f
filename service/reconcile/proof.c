#include "service/reconcile/proof.h"

static const char *const status_names[] = {
    [WH_PROOF_NONE] = "none",
    [WH_PROOF_CHECKING] = "checking",
    [WH_PROOF_PROVEN] = "proven",
    [WH_PROOF_DIFFERS] = "differs",
    [WH_PROOF_UNPROVABLE] = "unprovable",
};

static const char *const unprovable_names[] = {
    [WH_UNPROVABLE_NOT] = "",
    [WH_UNPROVABLE_NO_ZONE] = "no_zone",
    [WH_UNPROVABLE_NO_ANSWER] = "no_answer",
    [WH_UNPROVABLE_INTERCEPTED] = "intercepted",
    [WH_UNPROVABLE_ALIASED] = "aliased",
    [WH_UNPROVABLE_PROXIED] = "proxied",
};

const char *wh_proof_status_name(WhProofStatus status)
{
    return status_names[status];
}

const char *wh_unprovable_name(WhUnprovable why)
{
    return unprovable_names[why];
}

WhWitness *wh_witness_new(const char *server, const char *at, WhWitnessKind kind)
{
    WhWitness *witness = g_new0(WhWitness, 1);
    witness->server = g_strdup(server);
    witness->at = g_strdup(at);
    witness->kind = kind;
    witness->addresses = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    return witness;
}

WhWitness *wh_witness_copy(const WhWitness *witness)
{
    WhWitness *copy = wh_witness_new(witness->server, witness->at, witness->kind);
    if (witness->addresses->len > 0)
        g_array_append_vals(copy->addresses, witness->addresses->data, witness->addresses->len);
    copy->ttl = witness->ttl;
    return copy;
}

void wh_witness_free(WhWitness *witness)
{
    if (witness == NULL)
        return;
    g_free(witness->server);
    g_free(witness->at);
    g_array_unref(witness->addresses);
    g_free(witness);
}

WhProof *wh_proof_new(void)
{
    WhProof *proof = g_new0(WhProof, 1);
    proof->witnesses = g_ptr_array_new_with_free_func((GDestroyNotify)wh_witness_free);
    return proof;
}

void wh_proof_free(WhProof *proof)
{
    if (proof == NULL)
        return;
    g_free(proof->zone);
    g_ptr_array_unref(proof->witnesses);
    g_free(proof);
}

static const WhWitness *witness_at(const WhProof *proof, guint i)
{
    return g_ptr_array_index(proof->witnesses, i);
}

static guint count_kind(const WhProof *proof, WhWitnessKind kind)
{
    guint n = 0;
    for (guint i = 0; i < proof->witnesses->len; i++)
        n += witness_at(proof, i)->kind == kind;
    return n;
}

static gboolean agrees(const WhWitness *witness, const WhAddress *expected)
{
    return witness->kind == WH_WITNESS_ANSWERED && witness->addresses->len == 1 &&
           wh_address_equal(&g_array_index(witness->addresses, WhAddress, 0), expected);
}

guint wh_proof_count_agreeing(const WhProof *proof, const WhAddress *expected)
{
    guint n = 0;
    for (guint i = 0; i < proof->witnesses->len; i++)
        n += agrees(witness_at(proof, i), expected);
    return n;
}

static void conclude_unprovable(WhProof *proof, WhUnprovable why)
{
    proof->status = WH_PROOF_UNPROVABLE;
    proof->why = why;
}

static void judge(WhProof *proof, const WhAddress *expected)
{
    guint answered = count_kind(proof, WH_WITNESS_ANSWERED);
    guint aliased = count_kind(proof, WH_WITNESS_ALIASED);
    if (proof->zone == NULL)
        conclude_unprovable(proof, WH_UNPROVABLE_NO_ZONE);
    else if (answered > 0 && wh_proof_count_agreeing(proof, expected) == answered + aliased)
        proof->status = WH_PROOF_PROVEN;
    else if (answered > 0)
        proof->status = WH_PROOF_DIFFERS;
    else if (aliased > 0)
        conclude_unprovable(proof, WH_UNPROVABLE_ALIASED);
    else if (count_kind(proof, WH_WITNESS_NO_AUTHORITY) > 0)
        conclude_unprovable(proof, WH_UNPROVABLE_INTERCEPTED);
    else
        conclude_unprovable(proof, WH_UNPROVABLE_NO_ANSWER);
}

WhProof *wh_proof_conclude(const char *zone, const GPtrArray *witnesses, const WhAddress *expected,
                           gint64 at)
{
    WhProof *proof = wh_proof_new();
    proof->zone = g_strdup(zone);
    proof->at = at;
    for (guint i = 0; witnesses != NULL && i < witnesses->len; i++) {
        const WhWitness *witness = g_ptr_array_index(witnesses, i);
        g_ptr_array_add(proof->witnesses, wh_witness_copy(witness));
        if (witness->kind == WH_WITNESS_ANSWERED)
            proof->ttl = MAX(proof->ttl, witness->ttl);
    }
    judge(proof, expected);
    return proof;
}

static gboolean hold_alike(const WhWitness *a, const WhWitness *b)
{
    if (a->addresses->len != b->addresses->len)
        return FALSE;
    return a->addresses->len == 0 || wh_address_equal(&g_array_index(a->addresses, WhAddress, 0),
                                                      &g_array_index(b->addresses, WhAddress, 0));
}

gboolean wh_proof_is_clear_difference(const WhProof *proof)
{
    const WhWitness *first = NULL;
    if (proof->status != WH_PROOF_DIFFERS)
        return FALSE;
    for (guint i = 0; i < proof->witnesses->len; i++) {
        const WhWitness *witness = witness_at(proof, i);
        if (witness->kind == WH_WITNESS_UNREACHABLE)
            continue;
        if (witness->kind != WH_WITNESS_ANSWERED || witness->addresses->len > 1)
            return FALSE;
        if (first == NULL)
            first = witness;
        if (!hold_alike(first, witness))
            return FALSE;
    }
    return first != NULL;
}
