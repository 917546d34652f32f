#include "service/control/view.h"

static const char *said(WhWitnessKind kind)
{
    switch (kind) {
    case WH_WITNESS_ANSWERED:
        return "answered";
    case WH_WITNESS_UNREACHABLE:
        return "unreachable";
    case WH_WITNESS_NO_AUTHORITY:
        return "no_authority";
    case WH_WITNESS_ALIASED:
        return "aliased";
    }
    return "unreachable";
}

static json_t *witness(const WhWitness *seen)
{
    json_t *addresses = json_array();
    for (guint i = 0; seen->addresses != NULL && i < seen->addresses->len; i++) {
        char text[WH_ADDRESS_STRLEN];
        wh_address_format(&g_array_index(seen->addresses, WhAddress, i), text);
        json_array_append_new(addresses, json_string(text));
    }
    json_t *view = json_pack("{s:s, s:o}", "said", said(seen->kind), "addresses", addresses);
    wh_view_set_text(view, "server", seen->server != NULL ? seen->server : "");
    wh_view_set_text(view, "at", seen->at != NULL ? seen->at : "");
    return view;
}

json_t *wh_view_proof(const WhProof *proof)
{
    if (proof == NULL)
        return json_pack("{s:s, s:[]}", "status", wh_proof_status_name(WH_PROOF_NONE), "witnesses");
    json_t *witnesses = json_array();
    for (guint i = 0; proof->witnesses != NULL && i < proof->witnesses->len; i++)
        json_array_append_new(witnesses, witness(proof->witnesses->pdata[i]));
    json_t *view = json_pack("{s:s, s:o}", "status", wh_proof_status_name(proof->status),
                             "witnesses", witnesses);
    if (proof->why != WH_UNPROVABLE_NOT)
        wh_view_set_text(view, "why", wh_unprovable_name(proof->why));
    wh_view_set_text(view, "zone", proof->zone);
    wh_view_set_integer(view, "ttl", proof->ttl);
    wh_view_set_integer(view, "at", proof->at);
    return view;
}
