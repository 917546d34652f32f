#include "app/client/status.h"

#include "app/client/sentences_private.h"

#include <string.h>

static const struct {
    const char *state;
    WhStatus status;
} record_states[] = {
    {"current", WH_STATUS_OK},         {"paused", WH_STATUS_PAUSED},
    {"no_address", WH_STATUS_OFFLINE}, {"halted", WH_STATUS_ATTENTION},
    {"refused", WH_STATUS_ATTENTION},  {"no_secret", WH_STATUS_ATTENTION},
};

static gboolean has_state(json_t *record, const char *state)
{
    return strcmp(wh_sentences_text(record, "state"), state) == 0;
}

/* The provider took the address and the zone's own servers still hold another one. */
static gboolean differs(json_t *record)
{
    json_t *proof = json_object_get(record, "proof");
    return strcmp(wh_sentences_text(proof, "status"), "differs") == 0;
}

WhStatus wh_status_of_record(json_t *record)
{
    for (guint i = 0; i < G_N_ELEMENTS(record_states); i++)
        if (has_state(record, record_states[i].state))
            return record_states[i].status == WH_STATUS_OK && differs(record)
                       ? WH_STATUS_UPDATING
                       : record_states[i].status;
    return WH_STATUS_UPDATING;
}

gboolean wh_status_counts(json_t *record, json_t *host)
{
    if (!has_state(record, "no_address"))
        return TRUE;
    size_t i;
    json_t *other;
    json_array_foreach(json_object_get(host, "records"), i, other)
    {
        if (!has_state(other, "no_address"))
            return FALSE;
    }
    return TRUE;
}

WhStatus wh_status_of_host(json_t *host)
{
    WhStatus status = WH_STATUS_OK;
    size_t i;
    json_t *record;
    json_array_foreach(json_object_get(host, "records"), i, record)
    {
        if (wh_status_counts(record, host))
            status = MAX(status, wh_status_of_record(record));
    }
    return status;
}

static gboolean is_halted(json_t *account)
{
    return json_is_true(json_object_get(account, "halted"));
}

json_t *wh_status_lacking_secret(json_t *account)
{
    size_t i;
    json_t *secret;
    json_array_foreach(json_object_get(account, "secrets"), i, secret)
    {
        if (!has_state(secret, "present"))
            return secret;
    }
    return NULL;
}

WhStatus wh_status_of_account(json_t *account)
{
    g_autofree char *sentence = wh_sentence_account(account);
    return sentence != NULL ? WH_STATUS_ATTENTION : WH_STATUS_OK;
}

WhStatus wh_status_of_service(json_t *service)
{
    if (json_array_size(json_object_get(service, "notices")) > 0)
        return WH_STATUS_ATTENTION;
    return json_is_true(json_object_get(service, "paused")) ? WH_STATUS_PAUSED : WH_STATUS_OK;
}

static WhStatus worst(json_t *array, WhStatus (*status_of)(json_t *element))
{
    WhStatus status = WH_STATUS_OK;
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element)
    {
        status = MAX(status, status_of(element));
    }
    return status;
}

WhStatus wh_status_of_state(json_t *state)
{
    WhStatus status = wh_status_of_service(json_object_get(state, "service"));
    status = MAX(status, worst(json_object_get(state, "accounts"), wh_status_of_account));
    return MAX(status, worst(json_object_get(state, "hosts"), wh_status_of_host));
}

/* Only the service of one person has a keyring, or may be told to use a file instead. */
WhRemedy wh_remedy_of_service(json_t *service)
{
    json_t *secrets = json_object_get(service, "secrets");
    const char *keyring = wh_sentences_text(secrets, "keyring");
    if (strcmp(keyring, "locked") == 0)
        return WH_REMEDY_UNLOCK_KEYRING;
    if (strcmp(keyring, "absent") == 0 &&
        strcmp(wh_sentences_text(secrets, "kept_in"), "memory") == 0 &&
        !json_is_true(json_object_get(secrets, "file_allowed")))
        return WH_REMEDY_ALLOW_FILE;
    return WH_REMEDY_NONE;
}

/* What to do about a halt, by the class of the answer that caused it. */
static WhRemedy after_halt(json_t *result)
{
    const char *result_class = wh_sentences_text(result, "class");
    if (strcmp(result_class, "AUTH") == 0)
        return WH_REMEDY_GIVE_SECRET;
    return strcmp(result_class, "BADREQ") == 0 ? WH_REMEDY_EDIT_ACCOUNT : WH_REMEDY_RESUME;
}

WhRemedy wh_remedy_of_record(json_t *record)
{
    if (has_state(record, "halted"))
        return after_halt(json_object_get(record, "result"));
    if (has_state(record, "paused"))
        return WH_REMEDY_RESUME;
    return has_state(record, "no_secret") ? WH_REMEDY_GIVE_SECRET : WH_REMEDY_NONE;
}

WhRemedy wh_remedy_of_account(json_t *account)
{
    if (is_halted(account))
        return after_halt(json_object_get(account, "result"));
    json_t *secret = wh_status_lacking_secret(account);
    if (has_state(secret, "locked"))
        return WH_REMEDY_UNLOCK_KEYRING;
    return has_state(secret, "missing") || has_state(secret, "moved") ||
                   has_state(secret, "damaged")
               ? WH_REMEDY_GIVE_SECRET
               : WH_REMEDY_NONE;
}
