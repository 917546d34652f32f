#include "service/net/dns_message.h"
#include "service/net/dns_update.h"
#include "service/providers/rfc2136_answer.h"
#include "service/providers/rfc2136_settings.h"
#include "service/providers/server_text.h"

#include <gio/gio.h>
#include <string.h>

#define LOOKUP_TIMEOUT (5 * WH_SECOND)
#define EXCHANGE_TIMEOUT (8 * WH_SECOND)

/* While another address is left, such as IPv4 behind a line whose IPv6 is dead. */
#define ADDRESS_TIMEOUT (3 * WH_SECOND)

/* Addresses of one server that are tried. */
#define MAX_ADDRESSES 6

/* Room in a message for header, zone and signature, and what one change takes besides its name,
 * which stands there twice. */
#define MAX_CHANGES_SIZE ((gsize)59000)
#define CHANGE_SIZE ((gsize)48)

/* One message on its way. errand NULL: cancelled. last: an answer that nobody can trust, kept until
 * the wait ends. */
typedef struct {
    WhErrand *errand;
    WhRfc2136Settings *settings;
    GArray *items;
    GArray *addresses;
    guint next_address;
    guint64 lookup;
    guint64 exchange;
    GBytes *message;
    WhTsigSignature *signature;
    gboolean has_last;
    WhDnsUpdateAnswer last;
} Part;

static void part_free(Part *part)
{
    wh_rfc2136_settings_free(part->settings);
    g_array_unref(part->items);
    g_array_unref(part->addresses);
    g_clear_pointer(&part->message, g_bytes_unref);
    wh_tsig_signature_free(part->signature);
    g_free(part);
}

static void finish(Part *part, WhResultClass result, const char *detail)
{
    WhErrand *errand = part->errand;
    for (guint i = 0; i < part->items->len; i++)
        wh_errand_set(errand, g_array_index(part->items, gsize, i), result, detail, 0);
    wh_errand_end_part(errand, part);
    part_free(part);
}

static gint64 now(const Part *part)
{
    return wh_clock_wall(part->errand->net->clock);
}

static gboolean read_answer(const Part *part, const guint8 *bytes, gsize length,
                            WhDnsUpdateAnswer *answer)
{
    return wh_dns_update_answer_parse(part->message, part->settings->key, part->signature, bytes,
                                      length, now(part), answer, NULL);
}

static gboolean accept_answer(const guint8 *bytes, gsize length, gpointer data)
{
    Part *part = data;
    WhDnsUpdateAnswer answer;
    if (!read_answer(part, bytes, length, &answer))
        return FALSE;
    if (wh_rfc2136_answer_is_final(&answer, part->settings->key != NULL))
        return TRUE;
    part->has_last = TRUE;
    part->last = answer;
    return FALSE;
}

static void finish_with(Part *part, const WhDnsUpdateAnswer *answer)
{
    g_autofree char *detail = NULL;
    WhResultClass result = wh_rfc2136_answer_judge(answer, part->settings->key != NULL,
                                                   part->settings->zone, now(part), &detail);
    finish(part, result, detail);
}

static void try_next(Part *part);

static void on_answer(const guint8 *bytes, gsize length, gint64 sent, const GError *error,
                      gpointer data)
{
    Part *part = data;
    WhDnsUpdateAnswer answer;
    if (part->errand == NULL) {
        part_free(part);
        return;
    }
    part->exchange = 0;
    wh_errand_stamp(part->errand, sent, bytes != NULL ? now(part) : 0);
    if (bytes != NULL && read_answer(part, bytes, length, &answer))
        finish_with(part, &answer);
    else if (part->has_last)
        finish_with(part, &part->last);
    else if (part->next_address < part->addresses->len)
        try_next(part);
    else
        finish(part, WH_RESULT_NO_ANSWER,
               error != NULL ? error->message : "The server's answer is malformed.");
}

static void try_next(Part *part)
{
    const WhDnsServer server = {
        .address = g_array_index(part->addresses, WhAddress, part->next_address++),
        .port = part->settings->port,
    };
    gboolean last = part->next_address == part->addresses->len;
    part->exchange = wh_dns_client_exchange(
        part->errand->net->dns, &server, part->message, part->settings->transport,
        last ? EXCHANGE_TIMEOUT : ADDRESS_TIMEOUT, accept_answer, on_answer, part);
}

static void add_changes(const Part *part, const WhUpdateItem *item, GArray *changes)
{
    for (guint family = 0; family < WH_N_FAMILIES; family++) {
        const WhDnsChange change = {
            .name = item->host->name,
            .address = item->address[family],
            .ttl = item->host->ttl != 0 ? item->host->ttl : part->settings->ttl,
        };
        if (item->has[family])
            g_array_append_val(changes, change);
    }
}

/* As late as possible: the signature holds the time. */
static gboolean make_message(Part *part, GError **error)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(WhDnsChange));
    for (guint i = 0; i < part->items->len; i++)
        add_changes(part, &part->errand->items[g_array_index(part->items, gsize, i)], changes);
    part->message =
        wh_dns_update_new(part->settings->zone, (const WhDnsChange *)changes->data, changes->len,
                          part->settings->key, now(part), &part->signature, error);
    return part->message != NULL;
}

static void on_addresses(const GArray *addresses, const GError *error, gpointer data)
{
    Part *part = data;
    g_autoptr(GError) refusal = NULL;
    if (part->errand == NULL) {
        part_free(part);
        return;
    }
    part->lookup = 0;
    if (addresses == NULL || addresses->len == 0) {
        g_autofree char *detail =
            g_strdup_printf("The server's name %s was not found: %s", part->settings->host,
                            error != NULL ? error->message : "it has no address");
        finish(part, WH_RESULT_NO_ANSWER, detail);
        return;
    }
    g_array_append_vals(part->addresses, addresses->data, MIN(addresses->len, MAX_ADDRESSES));
    if (make_message(part, &refusal))
        try_next(part);
    else
        finish(part, WH_RESULT_BADREQ, refusal->message);
}

static void send_items(WhErrand *errand, const GArray *items)
{
    Part *part = g_new0(Part, 1);
    part->errand = errand;
    part->settings =
        wh_rfc2136_settings_new(errand->definition, errand->account, errand->secrets, NULL);
    part->items = g_array_copy((GArray *)items);
    part->addresses = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    wh_errand_add_part(errand, part);
    WhAddress literal;
    g_autoptr(GError) refusal = NULL;
    if (!wh_address_parse(part->settings->host, &literal)) {
        part->lookup = wh_resolver_lookup(errand->net->resolver, part->settings->host,
                                          LOOKUP_TIMEOUT, on_addresses, part);
        return;
    }
    g_array_append_val(part->addresses, literal);
    if (make_message(part, &refusal)) {
        try_next(part);
        return;
    }
    /* Not finish(): an errand does not end before it was started. */
    for (guint i = 0; i < items->len; i++)
        wh_errand_set(errand, g_array_index(items, gsize, i), WH_RESULT_BADREQ, refusal->message,
                      0);
    g_ptr_array_remove_fast(errand->parts, part);
    part_free(part);
}

static gsize size_of(const WhUpdateItem *item)
{
    gsize changes = (item->has[WH_FAMILY_IPV4] ? 1 : 0) + (item->has[WH_FAMILY_IPV6] ? 1 : 0);
    return changes * (2 * (strlen(item->host->name) + 2) + CHANGE_SIZE);
}

static gboolean can_send(WhErrand *errand, gsize i, const char *zone)
{
    const WhUpdateItem *item = &errand->items[i];
    if (size_of(item) == 0) {
        wh_errand_set(errand, i, WH_RESULT_BADREQ, "There is no address to publish.", 0);
        return FALSE;
    }
    if (wh_dns_name_in_zone(item->host->name, zone))
        return TRUE;
    g_autofree char *detail = g_strdup_printf("The name does not belong to the zone %s.", zone);
    wh_errand_set(errand, i, WH_RESULT_HOST, detail, 0);
    return FALSE;
}

static void send_all(WhErrand *errand, const char *zone)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize size = 0;
    for (gsize i = 0; i < errand->n_items; i++) {
        if (!can_send(errand, i, zone))
            continue;
        if (size + size_of(&errand->items[i]) > MAX_CHANGES_SIZE) {
            send_items(errand, items);
            g_array_set_size(items, 0);
            size = 0;
        }
        size += size_of(&errand->items[i]);
        g_array_append_val(items, i);
    }
    if (items->len > 0)
        send_items(errand, items);
}

static void start(WhErrand *errand)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhRfc2136Settings) settings =
        wh_rfc2136_settings_new(errand->definition, errand->account, errand->secrets, &error);
    for (gsize i = 0; settings == NULL && i < errand->n_items; i++)
        wh_errand_set(errand, i, WH_RESULT_BADREQ, error->message, 0);
    if (settings != NULL)
        send_all(errand, settings->zone);
}

static void cancel(WhErrand *errand)
{
    const WhEngineNet *net = errand->net;
    for (guint i = 0; i < errand->parts->len; i++) {
        Part *part = errand->parts->pdata[i];
        part->errand = NULL;
        if (part->lookup != 0)
            wh_resolver_cancel(net->resolver, part->lookup);
        else
            wh_dns_client_cancel(net->dns, part->exchange);
    }
}

static gboolean check(const WhDefinition *definition, const WhAccount *account, GHashTable *secrets,
                      GError **error)
{
    g_autoptr(WhRfc2136Settings) settings =
        wh_rfc2136_settings_new(definition, account, secrets, error);
    return settings != NULL;
}

static gboolean check_name(const WhDefinition *definition, const WhAccount *account,
                           const char *name, GError **error)
{
    g_autoptr(WhRfc2136Settings) settings =
        wh_rfc2136_settings_new(definition, account, NULL, NULL);
    if (settings == NULL || wh_dns_name_in_zone(name, settings->zone))
        return TRUE;
    g_set_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_NAME,
                "The name does not belong to the zone %s.", settings->zone);
    return FALSE;
}

static gboolean needs_secret(const WhDefinition *definition, const WhAccount *account,
                             const char *field)
{
    return strcmp(field, "secret") == 0 &&
           wh_rfc2136_settings_value(definition, account, "key-name") != NULL;
}

static char *endpoint(const WhDefinition *definition, const WhAccount *account)
{
    const char *server = wh_rfc2136_settings_value(definition, account, "server");
    g_autofree char *host = NULL;
    guint16 port = 0;
    if (server == NULL || !wh_server_text_parse(server, 53, &host, &port))
        return g_strdup("");
    return wh_server_text_origin("dns", host, port, 53);
}

const WhEngine *wh_rfc2136_engine(void)
{
    static const WhEngine engine = {
        .name = "rfc2136",
        .parse = wh_rfc2136_settings_parse,
        .check = check,
        .check_name = check_name,
        .needs_secret = needs_secret,
        .endpoint = endpoint,
        .start = start,
        .cancel = cancel,
    };
    return &engine;
}
