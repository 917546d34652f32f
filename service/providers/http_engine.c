#include "service/providers/answers.h"
#include "service/providers/form.h"
#include "service/providers/http_plan_check.h"

#include <string.h>

/* Servers refuse longer request lines; this one counts without the words around the address. */
#define MAX_URL ((gsize)8000 - 32)

/* One request on its way. errand NULL: cancelled. items: positions in the errand. began: wall. */
typedef struct {
    WhErrand *errand;
    guint64 handle;
    gint64 began;
    GArray *items;
} Part;

static void part_free(Part *part)
{
    g_array_unref(part->items);
    g_free(part);
}

static void set_all(WhErrand *errand, const GArray *items, WhResultClass result, const char *detail)
{
    for (guint i = 0; i < items->len; i++)
        wh_errand_set(errand, g_array_index(items, gsize, i), result, detail, 0);
}

static void take_answer(const Part *part, const WhHttpResponse *response)
{
    const WhHttpPlan *plan = wh_http_plan_of(part->errand->definition);
    g_autoptr(GPtrArray) outcomes = wh_answers_judge(plan->answers, response, part->items->len);
    for (guint i = 0; i < part->items->len; i++) {
        const WhOutcome *outcome = outcomes->pdata[i];
        wh_errand_set(part->errand, g_array_index(part->items, gsize, i), outcome->result,
                      outcome->detail, outcome->retry_after);
    }
    wh_errand_stamp(part->errand, response->sent, response->answered);
}

static void take_error(const Part *part, const GError *error)
{
    gboolean wrong = g_error_matches(error, WH_HTTP_ERROR, WH_HTTP_ERROR_INVALID);
    set_all(part->errand, part->items, wrong ? WH_RESULT_BADREQ : WH_RESULT_NO_ANSWER,
            error->message);
    if (wh_http_error_is_late(error))
        wh_errand_stamp(part->errand, part->began, 0);
}

static void on_done(const WhHttpResponse *response, const GError *error, gpointer data)
{
    Part *part = data;
    WhErrand *errand = part->errand;
    if (errand == NULL) {
        part_free(part);
        return;
    }
    if (response != NULL)
        take_answer(part, response);
    else
        take_error(part, error);
    wh_errand_end_part(errand, part);
    part_free(part);
}

/* Items that one request can serve hold the same addresses. */
typedef struct {
    GArray *items;
    const WhAddress *addresses[WH_N_FAMILIES];
    guint32 ttl;
} Group;

static void send_message(WhErrand *errand, const WhHttpMessage *message, const GArray *items)
{
    Part *part = g_new0(Part, 1);
    part->errand = errand;
    part->items = g_array_copy((GArray *)items);
    part->began = wh_clock_wall(errand->net->clock);
    wh_errand_add_part(errand, part);
    part->handle = wh_http_send(errand->net->http, &message->request, on_done, part);
}

static WhHttpMessage *make_message(WhErrand *errand, const Group *group, GError **error)
{
    g_autofree const char **hosts = g_new0(const char *, group->items->len);
    for (guint i = 0; i < group->items->len; i++)
        hosts[i] = errand->items[g_array_index(group->items, gsize, i)].host->name;
    const WhTemplateValues values = {
        .definition = errand->definition,
        .account = errand->account,
        .secrets = errand->secrets,
        .hosts = hosts,
        .n_hosts = group->items->len,
        .addresses = {group->addresses[0], group->addresses[1]},
        .ttl = group->ttl,
    };
    return wh_http_plan_fill(wh_http_plan_of(errand->definition), &values, error);
}

static void send_group(WhErrand *errand, const Group *group);

static void send_halves(WhErrand *errand, const Group *group)
{
    guint middle = group->items->len / 2;
    Group half = *group;
    half.items = g_array_sized_new(FALSE, FALSE, sizeof(gsize), middle + 1);
    g_array_append_vals(half.items, group->items->data, middle);
    send_group(errand, &half);
    g_array_set_size(half.items, 0);
    g_array_append_vals(half.items, &g_array_index(group->items, gsize, middle),
                        group->items->len - middle);
    send_group(errand, &half);
    g_array_unref(half.items);
}

static void send_group(WhErrand *errand, const Group *group)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhHttpMessage) message = make_message(errand, group, &error);
    if (message == NULL)
        set_all(errand, group->items, WH_RESULT_BADREQ, error->message);
    else if (wh_secret_length(message->request.url) <= MAX_URL)
        send_message(errand, message, group->items);
    else if (group->items->len > 1)
        send_halves(errand, group);
    else
        set_all(errand, group->items, WH_RESULT_BADREQ,
                "The request would be longer than servers take.");
}

static void send_families(WhErrand *errand, const WhUpdateItem *item, GArray *items,
                          gboolean together)
{
    Group group = {.items = items, .ttl = item->host->ttl};
    gboolean split = !together && item->has[WH_FAMILY_IPV4] && item->has[WH_FAMILY_IPV6];
    for (guint family = 0; family < WH_N_FAMILIES; family++) {
        if (!item->has[family])
            continue;
        group.addresses[family] = &item->address[family];
        if (!split)
            continue;
        send_group(errand, &group);
        group.addresses[family] = NULL;
    }
    if (!split)
        send_group(errand, &group);
}

static gboolean can_share(const WhUpdateItem *a, const WhUpdateItem *b, gboolean uses_ttl)
{
    for (guint family = 0; family < WH_N_FAMILIES; family++) {
        if (a->has[family] != b->has[family] ||
            (a->has[family] && !wh_address_equal(&a->address[family], &b->address[family])))
            return FALSE;
    }
    return !uses_ttl || a->host->ttl == b->host->ttl;
}

/* The positions from `first` on of items that can share its request, marked in `taken`. */
static GArray *gather(const WhErrand *errand, gsize first, guint max_hosts, gboolean *taken)
{
    gboolean uses_ttl = wh_http_plan_uses(wh_http_plan_of(errand->definition), "ttl");
    GArray *items = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = first; i < errand->n_items && items->len < max_hosts; i++) {
        if (taken[i] || !can_share(&errand->items[first], &errand->items[i], uses_ttl))
            continue;
        taken[i] = TRUE;
        g_array_append_val(items, i);
    }
    return items;
}

static void start(WhErrand *errand)
{
    const WhManners manners = wh_form_manners(errand->definition, errand->account);
    g_autofree gboolean *taken = g_new0(gboolean, errand->n_items);
    for (gsize i = 0; i < errand->n_items; i++) {
        const WhUpdateItem *item = &errand->items[i];
        if (!item->has[WH_FAMILY_IPV4] && !item->has[WH_FAMILY_IPV6]) {
            wh_errand_set(errand, i, WH_RESULT_BADREQ, "There is no address to publish.", 0);
        } else if (!taken[i]) {
            g_autoptr(GArray) items = gather(errand, i, manners.max_hosts, taken);
            send_families(errand, item, items, manners.together);
        }
    }
}

static void cancel(WhErrand *errand)
{
    WhHttp *http = errand->net->http;
    for (guint i = 0; i < errand->parts->len; i++) {
        Part *part = errand->parts->pdata[i];
        part->errand = NULL;
        wh_http_cancel(http, part->handle);
    }
}

static void data_free(WhEngineData *data)
{
    wh_http_plan_free((WhHttpPlan *)data);
}

static void parse(WhDefinitionReader *reader, WhDefinition *definition)
{
    definition->engine_data_free = data_free;
    definition->engine_data = (WhEngineData *)wh_http_plan_read(reader, definition);
}

static char *endpoint(const WhDefinition *definition, const WhAccount *account)
{
    return wh_http_plan_origins(wh_http_plan_of(definition), definition, account);
}

const WhEngine *wh_http_engine(void)
{
    static const WhEngine engine = {
        .name = "http",
        .parse = parse,
        .endpoint = endpoint,
        .start = start,
        .cancel = cancel,
    };
    return &engine;
}
