#include "service/net/dns_wire.h"

#include <string.h>

#define MAX_LABEL 63
#define POINTER 0xc0

guint16 wh_dns_wire_get16(const guint8 *bytes)
{
    return (guint16)(bytes[0] << 8 | bytes[1]);
}

void wh_dns_wire_put16(guint8 *bytes, guint value)
{
    bytes[0] = (guint8)(value >> 8);
    bytes[1] = (guint8)value;
}

gboolean wh_dns_reader_bytes(WhDnsReader *reader, gsize count, const guint8 **bytes)
{
    if (count > reader->length - reader->at)
        return FALSE;
    *bytes = reader->bytes + reader->at;
    reader->at += count;
    return TRUE;
}

gboolean wh_dns_reader_u16(WhDnsReader *reader, guint *value)
{
    const guint8 *bytes;
    if (!wh_dns_reader_bytes(reader, 2, &bytes))
        return FALSE;
    *value = wh_dns_wire_get16(bytes);
    return TRUE;
}

gboolean wh_dns_reader_skip_name(WhDnsReader *reader)
{
    const guint8 *rest;
    while (reader->at < reader->length) {
        guint8 octet = reader->bytes[reader->at++];
        if (octet == 0)
            return TRUE;
        if ((octet & POINTER) == POINTER)
            return wh_dns_reader_bytes(reader, 1, &rest);
        if (octet > MAX_LABEL || !wh_dns_reader_bytes(reader, octet, &rest))
            return FALSE;
    }
    return FALSE;
}

gboolean wh_dns_reader_skip_question(WhDnsReader *reader)
{
    const guint8 *type_and_class;
    return wh_dns_reader_skip_name(reader) && wh_dns_reader_bytes(reader, 4, &type_and_class);
}

gboolean wh_dns_reader_skip_record(WhDnsReader *reader)
{
    const guint8 *ignored;
    guint size;
    return wh_dns_reader_skip_name(reader) && wh_dns_reader_bytes(reader, 8, &ignored) &&
           wh_dns_reader_u16(reader, &size) && wh_dns_reader_bytes(reader, size, &ignored);
}

static void append_label(guint8 *name, gsize *length, const guint8 *label, gsize size)
{
    name[(*length)++] = (guint8)size;
    for (gsize i = 0; i < size; i++)
        name[(*length)++] = (guint8)g_ascii_tolower((char)label[i]);
}

gboolean wh_dns_reader_name(WhDnsReader *reader, guint8 name[WH_DNS_MAX_NAME], gsize *length)
{
    WhDnsReader walker = *reader;
    const guint8 *label;
    if (!wh_dns_reader_skip_name(reader))
        return FALSE;
    /* Every pointer must lead to before everything read so far, so that none can be met twice. */
    gsize lowest = walker.at;
    *length = 0;
    while (walker.at < walker.length) {
        guint8 octet = walker.bytes[walker.at++];
        if ((octet & POINTER) == POINTER) {
            if (walker.at == walker.length)
                return FALSE;
            gsize target = (gsize)(octet & ~POINTER) << 8 | walker.bytes[walker.at];
            if (target >= lowest)
                return FALSE;
            lowest = walker.at = target;
            continue;
        }
        if (octet > MAX_LABEL || *length + octet + 1 > WH_DNS_MAX_NAME ||
            !wh_dns_reader_bytes(&walker, octet, &label))
            return FALSE;
        append_label(name, length, label, octet);
        if (octet == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_label_text(const char *label, gsize size)
{
    if (size == 0 || size > MAX_LABEL)
        return FALSE;
    for (gsize i = 0; i < size; i++)
        if (!g_ascii_isgraph(label[i]) || label[i] == '\\')
            return FALSE;
    return TRUE;
}

gboolean wh_dns_wire_name(const char *text, guint8 name[WH_DNS_MAX_NAME], gsize *length)
{
    gsize used = 0;
    if (strcmp(text, ".") == 0)
        text = "";
    while (*text != '\0') {
        gsize size = strcspn(text, ".");
        if (!is_label_text(text, size) || used + size + 2 > WH_DNS_MAX_NAME)
            return FALSE;
        append_label(name, &used, (const guint8 *)text, size);
        text += size;
        if (*text == '.')
            text++;
    }
    name[used++] = 0;
    *length = used;
    return TRUE;
}

static gboolean read_question(const guint8 *bytes, gsize length, guint8 name[WH_DNS_MAX_NAME],
                              gsize *name_length, const guint8 **type_and_class)
{
    if (length < WH_DNS_HEADER_SIZE || wh_dns_wire_get16(bytes + 4) != 1)
        return FALSE;
    WhDnsReader reader = {.bytes = bytes, .length = length, .at = WH_DNS_HEADER_SIZE};
    return wh_dns_reader_name(&reader, name, name_length) &&
           wh_dns_reader_bytes(&reader, 4, type_and_class);
}

gboolean wh_dns_wire_same_question(const guint8 *a, gsize a_length, const guint8 *b, gsize b_length)
{
    guint8 a_name[WH_DNS_MAX_NAME];
    guint8 b_name[WH_DNS_MAX_NAME];
    gsize a_size;
    gsize b_size;
    const guint8 *a_kind;
    const guint8 *b_kind;
    return read_question(a, a_length, a_name, &a_size, &a_kind) &&
           read_question(b, b_length, b_name, &b_size, &b_kind) && a_size == b_size &&
           memcmp(a_name, b_name, a_size) == 0 && memcmp(a_kind, b_kind, 4) == 0;
}
