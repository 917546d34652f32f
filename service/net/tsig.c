#include "service/net/tsig.h"

#include "service/base/clock.h"
#include "service/net/tsig_key.h"

#include <nettle/memops.h>

#include <string.h>

#define TYPE_TSIG 250
#define CLASS_ANY 255
#define ERROR_BADTIME 18

struct WhTsigSignature {
    guint8 mac[WH_TSIG_MAX_MAC];
    gsize mac_length;
};

/* A TSIG record taken apart, RFC 8945 section 4.2. Pointers lead into the message. start: where the
 * record begins. time in seconds. */
typedef struct {
    gsize start;
    guint8 name[WH_DNS_MAX_NAME];
    gsize name_length;
    guint8 algorithm[WH_DNS_MAX_NAME];
    gsize algorithm_length;
    guint64 time;
    guint fudge;
    const guint8 *mac;
    guint mac_length;
    guint original_id;
    guint error;
    const guint8 *other;
    guint other_length;
} Record;

static void append16(GByteArray *array, guint value)
{
    guint8 bytes[2];
    wh_dns_wire_put16(bytes, value);
    g_byte_array_append(array, bytes, sizeof bytes);
}

static void append48(GByteArray *array, guint64 value)
{
    append16(array, (guint)(value >> 32 & 0xffff));
    append16(array, (guint)(value >> 16 & 0xffff));
    append16(array, (guint)(value & 0xffff));
}

static guint64 get48(const guint8 *bytes)
{
    guint64 value = 0;
    for (guint i = 0; i < 6; i++)
        value = value << 8 | bytes[i];
    return value;
}

/* The variables that the MAC covers behind the message, RFC 8945 section 4.3.3. */
static void append_variables(GByteArray *digest, const Record *record)
{
    g_byte_array_append(digest, record->name, (guint)record->name_length);
    append16(digest, CLASS_ANY);
    append16(digest, 0);
    append16(digest, 0);
    g_byte_array_append(digest, record->algorithm, (guint)record->algorithm_length);
    append48(digest, record->time);
    append16(digest, record->fudge);
    append16(digest, record->error);
    append16(digest, record->other_length);
    g_byte_array_append(digest, record->other, record->other_length);
}

static void append_record(GByteArray *message, const Record *record)
{
    g_byte_array_append(message, record->name, (guint)record->name_length);
    append16(message, TYPE_TSIG);
    append16(message, CLASS_ANY);
    append16(message, 0);
    append16(message, 0);
    append16(message, (guint)record->algorithm_length + 16 + record->mac_length);
    g_byte_array_append(message, record->algorithm, (guint)record->algorithm_length);
    append48(message, record->time);
    append16(message, record->fudge);
    append16(message, record->mac_length);
    g_byte_array_append(message, record->mac, record->mac_length);
    append16(message, record->original_id);
    append16(message, record->error);
    append16(message, 0);
}

GBytes *wh_tsig_sign(GBytes *message, const WhTsigKey *key, gint64 now, WhTsigSignature **signature)
{
    gsize length;
    const guint8 *bytes = g_bytes_get_data(message, &length);
    g_return_val_if_fail(length >= WH_DNS_HEADER_SIZE, NULL);
    Record record = {
        .name_length = key->name_length,
        .time = (guint64)(now / WH_SECOND),
        .fudge = WH_TSIG_FUDGE_SECONDS,
        .original_id = wh_dns_wire_get16(bytes),
        .other = bytes,
    };
    memcpy(record.name, key->name, key->name_length);
    wh_tsig_algorithm_wire(key->algorithm, record.algorithm, &record.algorithm_length);

    g_autoptr(GByteArray) digest = g_byte_array_new();
    g_byte_array_append(digest, bytes, (guint)length);
    append_variables(digest, &record);
    WhTsigSignature *made = g_new0(WhTsigSignature, 1);
    made->mac_length = wh_tsig_algorithm_mac_length(key->algorithm);
    wh_tsig_key_mac(key, digest->data, digest->len, made->mac);

    record.mac = made->mac;
    record.mac_length = (guint)made->mac_length;
    GByteArray *signed_message = g_byte_array_new();
    g_byte_array_append(signed_message, bytes, (guint)length);
    append_record(signed_message, &record);
    wh_dns_wire_put16(signed_message->data + 10, wh_dns_wire_get16(bytes + 10) + 1u);
    *signature = made;
    return g_byte_array_free_to_bytes(signed_message);
}

void wh_tsig_signature_free(WhTsigSignature *signature)
{
    g_free(signature);
}

/* Leaves the reader before the last record of the message, which is where a TSIG record must be. */
static gboolean skip_to_last_record(WhDnsReader *reader)
{
    guint questions = wh_dns_wire_get16(reader->bytes + 4);
    guint records = (guint)wh_dns_wire_get16(reader->bytes + 6) +
                    wh_dns_wire_get16(reader->bytes + 8) + wh_dns_wire_get16(reader->bytes + 10);
    reader->at = WH_DNS_HEADER_SIZE;
    for (guint i = 0; i < questions; i++)
        if (!wh_dns_reader_skip_question(reader))
            return FALSE;
    for (guint i = 0; i + 1 < records; i++)
        if (!wh_dns_reader_skip_record(reader))
            return FALSE;
    return TRUE;
}

static gboolean read_data(WhDnsReader *data, Record *record)
{
    const guint8 *time;
    if (!wh_dns_reader_name(data, record->algorithm, &record->algorithm_length) ||
        !wh_dns_reader_bytes(data, 6, &time))
        return FALSE;
    record->time = get48(time);
    return wh_dns_reader_u16(data, &record->fudge) &&
           wh_dns_reader_u16(data, &record->mac_length) &&
           wh_dns_reader_bytes(data, record->mac_length, &record->mac) &&
           wh_dns_reader_u16(data, &record->original_id) &&
           wh_dns_reader_u16(data, &record->error) &&
           wh_dns_reader_u16(data, &record->other_length) &&
           wh_dns_reader_bytes(data, record->other_length, &record->other) &&
           data->at == data->length;
}

/* FALSE: malformed. TRUE with *present FALSE: the message ends without a TSIG record. */
static gboolean read_record(const guint8 *bytes, gsize length, Record *record, gboolean *present)
{
    WhDnsReader reader = {.bytes = bytes, .length = length};
    guint type;
    guint class;
    guint size;
    const guint8 *ttl;
    *present = FALSE;
    if (!skip_to_last_record(&reader))
        return FALSE;
    if (wh_dns_wire_get16(bytes + 10) == 0) {
        gboolean none = wh_dns_wire_get16(bytes + 6) == 0 && wh_dns_wire_get16(bytes + 8) == 0;
        return (none || wh_dns_reader_skip_record(&reader)) && reader.at == length;
    }
    record->start = reader.at;
    if (!wh_dns_reader_name(&reader, record->name, &record->name_length) ||
        !wh_dns_reader_u16(&reader, &type) || !wh_dns_reader_u16(&reader, &class) ||
        !wh_dns_reader_bytes(&reader, 4, &ttl) || !wh_dns_reader_u16(&reader, &size) ||
        size != length - reader.at)
        return FALSE;
    *present = type == TYPE_TSIG;
    gboolean proper =
        class == CLASS_ANY && wh_dns_wire_get16(ttl) == 0 && wh_dns_wire_get16(ttl + 2) == 0;
    return !*present || (proper && read_data(&reader, record));
}

static gboolean mac_fits(const guint8 *bytes, const WhTsigKey *key, const WhTsigSignature *request,
                         const Record *record)
{
    gsize needed = wh_tsig_algorithm_mac_length(key->algorithm);
    guint8 expected[WH_TSIG_MAX_MAC];
    if (record->mac_length != needed)
        return FALSE;
    g_autoptr(GByteArray) digest = g_byte_array_new();
    append16(digest, (guint)request->mac_length);
    g_byte_array_append(digest, request->mac, (guint)request->mac_length);
    guint message = digest->len;
    g_byte_array_append(digest, bytes, (guint)record->start);
    wh_dns_wire_put16(digest->data + message, record->original_id);
    wh_dns_wire_put16(digest->data + message + 10, wh_dns_wire_get16(bytes + 10) - 1u);
    append_variables(digest, record);
    wh_tsig_key_mac(key, digest->data, digest->len, expected);
    return memeql_sec(expected, record->mac, needed) != 0;
}

static gboolean key_fits(const WhTsigKey *key, const Record *record)
{
    guint8 algorithm[WH_DNS_MAX_NAME];
    gsize length;
    wh_tsig_algorithm_wire(key->algorithm, algorithm, &length);
    return record->name_length == key->name_length &&
           memcmp(record->name, key->name, key->name_length) == 0 &&
           record->algorithm_length == length && memcmp(record->algorithm, algorithm, length) == 0;
}

/* The order of RFC 8945 section 5.3.2: key, MAC, time. */
static WhTsigStatus judge(const guint8 *bytes, const WhTsigKey *key, const WhTsigSignature *request,
                          gint64 now, const Record *record)
{
    if (!key_fits(key, record))
        return WH_TSIG_WRONG_KEY;
    if (!mac_fits(bytes, key, request, record))
        return WH_TSIG_WRONG_MAC;
    gint64 distance = (gint64)record->time - now / WH_SECOND;
    return ABS(distance) <= (gint64)record->fudge ? WH_TSIG_GOOD : WH_TSIG_WRONG_TIME;
}

gboolean wh_tsig_verify(const guint8 *bytes, gsize length, const WhTsigKey *key,
                        const WhTsigSignature *request, gint64 now, WhTsigStatus *status,
                        guint *error_field, gint64 *other_time)
{
    Record record = {0};
    gboolean present;
    if (length < WH_DNS_HEADER_SIZE || length > WH_DNS_MAX_MESSAGE ||
        !read_record(bytes, length, &record, &present))
        return FALSE;
    *status = present ? judge(bytes, key, request, now, &record) : WH_TSIG_MISSING;
    *error_field = record.error;
    /* Without a fitting MAC anybody could have written that time. */
    gboolean proven = *status == WH_TSIG_GOOD || *status == WH_TSIG_WRONG_TIME;
    *other_time = 0;
    if (proven && record.error == ERROR_BADTIME && record.other_length == 6)
        *other_time = (gint64)MIN(get48(record.other), G_MAXINT64 / WH_SECOND) * WH_SECOND;
    return TRUE;
}
