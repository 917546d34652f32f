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

/* Left alone because somebody wants it so. */
static gboolean is_left_alone(json_t *record)
{
    const char *why = wh_sentences_text(record, "why");
    return strcmp(why, "elsewhere") == 0 || strcmp(why, "unreachable") == 0;
}

WhStatus wh_status_of_record(json_t *record)
{
    if (has_state(record, "no_address") && is_left_alone(record))
        return WH_STATUS_PAUSED;
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

gboolean wh_status_is_sealing(json_t *service)
{
    return strcmp(wh_sentences_text(service, "scope"), "system") == 0 &&
           strcmp(wh_sentences_text(json_object_get(service, "secrets"), "keyring"), "unused") == 0;
}

/* Nothing holds it up: what is sealed is opened within moments. */
static gboolean is_being_unsealed(json_t *account, json_t *service)
{
    return has_state(wh_status_lacking_secret(account), "locked") && wh_status_is_sealing(service);
}

WhStatus wh_status_of_account(json_t *account, json_t *service)
{
    if (is_halted(account))
        return WH_STATUS_ATTENTION;
    if (wh_status_lacking_secret(account) == NULL)
        return WH_STATUS_OK;
    return is_being_unsealed(account, service) ? WH_STATUS_UPDATING : WH_STATUS_ATTENTION;
}

/* The same notice tells of copies that are not wanted any more and could not be deleted. */
gboolean wh_status_is_pressing(json_t *service, const char *notice)
{
    json_t *secrets = json_object_get(service, "secrets");
    return strcmp(notice, "secrets_in_file") != 0 ||
           strcmp(wh_sentences_text(secrets, "kept_in"), "file") != 0;
}

static gboolean is_pressed(json_t *service)
{
    size_t i;
    json_t *notice;
    json_array_foreach(json_object_get(service, "notices"), i, notice)
    {
        if (!json_is_string(notice) || wh_status_is_pressing(service, json_string_value(notice)))
            return TRUE;
    }
    return FALSE;
}

WhStatus wh_status_of_service(json_t *service)
{
    if (is_pressed(service))
        return WH_STATUS_ATTENTION;
    return json_is_true(json_object_get(service, "paused")) ? WH_STATUS_PAUSED : WH_STATUS_OK;
}

WhStatus wh_status_of_state(json_t *state)
{
    json_t *service = json_object_get(state, "service");
    WhStatus status = wh_status_of_service(service);
    size_t i;
    json_t *element;
    json_array_foreach(json_object_get(state, "accounts"), i, element)
    {
        status = MAX(status, wh_status_of_account(element, service));
    }
    json_array_foreach(json_object_get(state, "hosts"), i, element)
    {
        status = MAX(status, wh_status_of_host(element));
    }
    return status;
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

static WhRemedy for_secret(json_t *account, json_t *service)
{
    static const char *const wanted[] = {"missing", "moved", "damaged", "away"};
    json_t *secret = wh_status_lacking_secret(account);
    if (has_state(secret, "locked") && !wh_status_is_sealing(service))
        return WH_REMEDY_UNLOCK_KEYRING;
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (has_state(secret, wanted[i]))
            return WH_REMEDY_GIVE_SECRET;
    return WH_REMEDY_NONE;
}

WhRemedy wh_remedy_of_account_itself(json_t *account, json_t *service)
{
    return is_halted(account) ? after_halt(json_object_get(account, "result"))
                              : for_secret(account, service);
}

gboolean wh_status_needs_file(WhRemedy remedy, json_t *account)
{
    return (remedy == WH_REMEDY_GIVE_SECRET || remedy == WH_REMEDY_EDIT_ACCOUNT) &&
           *wh_sentences_text(account, "declared") != '\0';
}

WhRemedy wh_remedy_of_account(json_t *account, json_t *service)
{
    WhRemedy remedy = wh_remedy_of_account_itself(account, service);
    if (!wh_status_needs_file(remedy, account))
        return remedy;
    return is_halted(account) ? WH_REMEDY_RESUME : WH_REMEDY_NONE;
}
