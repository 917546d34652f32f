#include "service/control/rendition.h"

#include "service/control/admission.h"

#define ASK_THE_OWNER                                                                              \
    "Something is wrong with the service. Who set Wayhome up on this computer can see what it is."

/* A member that observers are shown. inside: what of it (of each of its elements), NULL: all of it.
 * instead: what every text in it is shown as, NULL: as it is. */
typedef struct Part {
    const char *member;
    const struct Part *inside;
    const char *instead;
} Part;

static const Part result[] = {{.member = "class"}, {.member = NULL}};

static const Part source[] = {{.member = "name"},
                              {.member = "organisation"},
                              {.member = "address"},
                              {.member = "failure", .instead = "it gave no address"},
                              {.member = NULL}};

static const Part verdict[] = {{.member = "family"}, {.member = "address"},
                               {.member = "reason"}, {.member = "sources", .inside = source},
                               {.member = "vpn"},    {.member = NULL}};

static const Part proof[] = {{.member = "status"}, {.member = "why"},       {.member = "ttl"},
                             {.member = "at"},     {.member = "witnesses"}, {.member = NULL}};

static const Part record[] = {{.member = "family"},
                              {.member = "state"},
                              {.member = "desired"},
                              {.member = "acknowledged"},
                              {.member = "acknowledged_at"},
                              {.member = "result", .inside = result},
                              {.member = "scope"},
                              {.member = "until"},
                              {.member = "why"},
                              {.member = "proof", .inside = proof},
                              {.member = NULL}};

static const Part host[] = {{.member = "id"},
                            {.member = "name"},
                            {.member = "account"},
                            {.member = "paused"},
                            {.member = "ttl"},
                            {.member = "records", .inside = record},
                            {.member = "withheld"},
                            {.member = "declared"},
                            {.member = "device"},
                            {.member = "lan"},
                            {.member = "withhold_unreachable"},
                            {.member = NULL}};

static const Part nothing[] = {{.member = NULL}};

static const Part account[] = {{.member = "id"},
                               {.member = "provider"},
                               {.member = "label", .instead = ""},
                               {.member = "fields", .inside = nothing},
                               {.member = "secrets"},
                               {.member = "halted"},
                               {.member = "result", .inside = result},
                               {.member = "scope"},
                               {.member = "declared"},
                               {.member = NULL}};

static const Part service[] = {{.member = "version"},
                               {.member = "scope"},
                               {.member = "started"},
                               {.member = "paused"},
                               {.member = "instant"},
                               {.member = "notices"},
                               {.member = "notice_details", .instead = ASK_THE_OWNER},
                               {.member = "secrets"},
                               {.member = "owner"},
                               {.member = "caller"},
                               {.member = NULL}};

/* None of it is more than names, addresses and states. */
static const Part finding[] = {{.member = "code"}, {.member = "weight"}, {.member = "family"},
                               {.member = "host"}, {.member = "values"}, {.member = "sentence"},
                               {.member = "step"}, {.member = NULL}};

static const Part event[] = {{.member = "id"},      {.member = "at"},
                             {.member = "kind"},    {.member = "host"},
                             {.member = "name"},    {.member = "family"},
                             {.member = "address"}, {.member = "result", .inside = result},
                             {.member = NULL}};

static const Part state[] = {{.member = "service", .inside = service},
                             {.member = "verdicts", .inside = verdict},
                             {.member = "accounts", .inside = account},
                             {.member = "hosts", .inside = host},
                             {.member = "findings", .inside = finding},
                             {.member = "vpns"},
                             {.member = NULL}};

static const Part answers[] = {{.member = "state", .inside = state},
                               {.member = "service", .inside = service},
                               {.member = "verdicts", .inside = verdict},
                               {.member = "accounts", .inside = account},
                               {.member = "hosts", .inside = host},
                               {.member = "removed_accounts"},
                               {.member = "removed_hosts"},
                               {.member = "findings", .inside = finding},
                               {.member = "vpns"},
                               {.member = "events", .inside = event},
                               {.member = NULL}};

static json_t *show(json_t *value, const Part *part);

static json_t *show_members(json_t *object, const Part *parts)
{
    json_t *shown = json_object();
    for (const Part *part = parts; part->member != NULL; part++) {
        json_t *value = json_object_get(object, part->member);
        if (value != NULL)
            json_object_set_new(shown, part->member, show(value, part));
    }
    return shown;
}

static json_t *show_elements(json_t *array, const Part *part)
{
    json_t *shown = json_array();
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element)
    {
        json_array_append_new(shown, show(element, part));
    }
    return shown;
}

static json_t *show(json_t *value, const Part *part)
{
    if (part->inside == NULL && part->instead == NULL)
        return json_incref(value);
    if (json_is_array(value))
        return show_elements(value, part);
    return part->instead != NULL ? json_string(part->instead) : show_members(value, part->inside);
}

static const char *caller_name(WhRendition rendition)
{
    switch (rendition) {
    case WH_RENDITION_OBSERVER:
        return "observe";
    case WH_RENDITION_MANAGER:
        return "manage";
    case WH_RENDITION_OWNER:
        return "owner";
    }
    return "observe";
}

/* Puts a copy of the service, which says who the caller is, in the place of what is shared. */
static void stamp(json_t *holder, WhRendition rendition)
{
    json_t *shared = json_object_get(holder, "service");
    if (shared == NULL)
        return;
    json_t *own = json_copy(shared);
    json_object_set_new(own, "caller", json_string(caller_name(rendition)));
    json_object_set_new(holder, "service", own);
}

WhRendition wh_rendition_for(const WhControlRooms *rooms, const WhPeer *peer)
{
    switch (wh_admission_standing(rooms, peer)) {
    case WH_STANDING_OWNER:
        return WH_RENDITION_OWNER;
    case WH_STANDING_ROOT:
    case WH_STANDING_SELF:
        return WH_RENDITION_MANAGER;
    case WH_STANDING_PERSON:
    case WH_STANDING_STRANGER:
    case WH_STANDING_NOBODY:
        break;
    }
    return WH_RENDITION_OBSERVER;
}

json_t *wh_rendition_make(json_t *answer, WhRendition rendition)
{
    json_t *shown =
        rendition == WH_RENDITION_OBSERVER ? show_members(answer, answers) : json_copy(answer);
    json_t *whole = json_object_get(shown, "state");
    if (whole != NULL) {
        json_t *own = json_copy(whole);
        stamp(own, rendition);
        json_object_set_new(shown, "state", own);
    }
    stamp(shown, rendition);
    return shown;
}

void wh_rendition_reply(WhInvocation *invocation, json_t *answer)
{
    WhRendition rendition = wh_rendition_for(wh_invocation_rooms(invocation),
                                             wh_connection_peer(invocation->connection));
    wh_invocation_reply(invocation, wh_rendition_make(answer, rendition));
    json_decref(answer);
}
