#include "service/base/address.h"

#include <string.h>

#define N_GROUPS 8

gsize wh_family_size(WhFamily family)
{
    return family == WH_FAMILY_IPV4 ? 4 : 16;
}

const char *wh_family_name(WhFamily family)
{
    return family == WH_FAMILY_IPV4 ? "IPv4" : "IPv6";
}

const char *wh_family_record_type(WhFamily family)
{
    return family == WH_FAMILY_IPV4 ? "A" : "AAAA";
}

WhAddress wh_address_from_bytes(WhFamily family, const guint8 *bytes)
{
    WhAddress address = {.family = family};
    memcpy(address.bytes, bytes, wh_family_size(family));
    return address;
}

/* One to three digits, not above 255. A leading zero is refused because some read it as octal. */
static gboolean read_octet(const char **cursor, guint8 *octet)
{
    const char *p = *cursor;
    guint value = 0;
    for (; g_ascii_isdigit(*p) && p - *cursor < 3; p++)
        value = value * 10 + (guint)(*p - '0');
    gsize digits = (gsize)(p - *cursor);
    if (digits == 0 || value > G_MAXUINT8 || (digits > 1 && **cursor == '0'))
        return FALSE;
    *octet = (guint8)value;
    *cursor = p;
    return TRUE;
}

static gboolean parse_ipv4(const char *text, guint8 bytes[4])
{
    for (guint i = 0; i < 4; i++) {
        if (i > 0 && *text++ != '.')
            return FALSE;
        if (!read_octet(&text, &bytes[i]))
            return FALSE;
    }
    return *text == '\0';
}

static gboolean read_group(const char **cursor, guint16 *group)
{
    const char *p = *cursor;
    guint value = 0;
    for (; g_ascii_isxdigit(*p) && p - *cursor < 4; p++)
        value = value << 4 | (guint)g_ascii_xdigit_value(*p);
    if (p == *cursor)
        return FALSE;
    *group = (guint16)value;
    *cursor = p;
    return TRUE;
}

/* `count` groups were read, of which those from `gap` on follow the "::"; -1: there was none. */
static gboolean spread_groups(const guint16 *groups, int count, int gap, guint8 bytes[16])
{
    if (gap < 0 ? count != N_GROUPS : count == N_GROUPS)
        return FALSE;
    int missing = N_GROUPS - count;
    for (int i = 0; i < count; i++) {
        int to = gap >= 0 && i >= gap ? i + missing : i;
        bytes[2 * to] = (guint8)(groups[i] >> 8);
        bytes[2 * to + 1] = (guint8)(groups[i] & 0xff);
    }
    return TRUE;
}

/* The separator after a group: nothing (the end), ":" before another group, or the one "::". */
static gboolean read_separator(const char **cursor, int count, int *gap)
{
    const char *p = *cursor;
    if (*p == '\0')
        return TRUE;
    if (*p++ != ':')
        return FALSE;
    if (*p == ':') {
        if (*gap >= 0)
            return FALSE;
        *gap = count;
        p++;
    } else if (*p == '\0') {
        return FALSE;
    }
    *cursor = p;
    return TRUE;
}

static gboolean parse_ipv6(const char *p, guint8 bytes[16])
{
    guint16 groups[N_GROUPS] = {0};
    int count = 0;
    int gap = -1;
    if (p[0] == ':') {
        if (p[1] != ':')
            return FALSE;
        gap = 0;
        p += 2;
    }
    while (*p != '\0') {
        const char *start = p;
        if (count == N_GROUPS || !read_group(&p, &groups[count]))
            return FALSE;
        if (*p == '.') {
            guint8 quad[4];
            if (count > N_GROUPS - 2 || !parse_ipv4(start, quad))
                return FALSE;
            groups[count++] = (guint16)(quad[0] << 8 | quad[1]);
            groups[count++] = (guint16)(quad[2] << 8 | quad[3]);
            break;
        }
        count++;
        if (!read_separator(&p, count, &gap))
            return FALSE;
    }
    return spread_groups(groups, count, gap, bytes);
}

gboolean wh_address_parse(const char *text, WhAddress *address)
{
    WhAddress parsed = {.family = strchr(text, ':') != NULL ? WH_FAMILY_IPV6 : WH_FAMILY_IPV4};
    gboolean ok = parsed.family == WH_FAMILY_IPV4 ? parse_ipv4(text, parsed.bytes)
                                                  : parse_ipv6(text, parsed.bytes);
    if (ok)
        *address = parsed;
    return ok;
}

/* The longest run of at least two zero groups, the first of equals (RFC 5952 section 4.2). */
static int find_zero_run(const guint16 *groups, int *length)
{
    int best = -1;
    *length = 1;
    for (int i = 0; i < N_GROUPS; i++) {
        int end = i;
        while (end < N_GROUPS && groups[end] == 0)
            end++;
        if (end - i > *length) {
            best = i;
            *length = end - i;
        }
        if (end > i)
            i = end - 1;
    }
    return best;
}

static void format_ipv6(const guint8 *bytes, char *text)
{
    guint16 groups[N_GROUPS];
    for (guint i = 0; i < N_GROUPS; i++)
        groups[i] = (guint16)(bytes[2 * i] << 8 | bytes[2 * i + 1]);
    int run_length = 0;
    int run = find_zero_run(groups, &run_length);
    gsize used = 0;
    text[0] = '\0';
    for (int i = 0; i < N_GROUPS; i++) {
        if (i == run) {
            used += (gsize)g_snprintf(text + used, (gulong)(WH_ADDRESS_STRLEN - used), "::");
            i += run_length - 1;
            continue;
        }
        gboolean first = i == 0 || (run >= 0 && i == run + run_length);
        used += (gsize)g_snprintf(text + used, (gulong)(WH_ADDRESS_STRLEN - used),
                                  first ? "%x" : ":%x", groups[i]);
    }
}

static gboolean is_ipv4_mapped(const WhAddress *address)
{
    static const guint8 prefix[12] = {[10] = 0xff, [11] = 0xff};
    return address->family == WH_FAMILY_IPV6 && memcmp(address->bytes, prefix, sizeof prefix) == 0;
}

const char *wh_address_format(const WhAddress *address, char text[WH_ADDRESS_STRLEN])
{
    const guint8 *b = address->bytes;
    if (address->family == WH_FAMILY_IPV4)
        g_snprintf(text, WH_ADDRESS_STRLEN, "%u.%u.%u.%u", b[0], b[1], b[2], b[3]);
    else if (is_ipv4_mapped(address))
        g_snprintf(text, WH_ADDRESS_STRLEN, "::ffff:%u.%u.%u.%u", b[12], b[13], b[14], b[15]);
    else
        format_ipv6(b, text);
    return text;
}

char *wh_address_to_string(const WhAddress *address)
{
    char text[WH_ADDRESS_STRLEN];
    return g_strdup(wh_address_format(address, text));
}

gboolean wh_address_equal(const WhAddress *a, const WhAddress *b)
{
    return a->family == b->family && memcmp(a->bytes, b->bytes, wh_family_size(a->family)) == 0;
}

gboolean wh_address_is_among(const WhAddress *address, const GArray *addresses)
{
    for (guint i = 0; i < addresses->len; i++) {
        if (wh_address_equal(&g_array_index(addresses, WhAddress, i), address))
            return TRUE;
    }
    return FALSE;
}

gboolean wh_address_shares_prefix(const WhAddress *a, const WhAddress *b, guint length)
{
    if (a->family != b->family)
        return FALSE;
    gsize bits = MIN(length, 8 * wh_family_size(a->family));
    gsize whole = bits / 8;
    if (memcmp(a->bytes, b->bytes, whole) != 0)
        return FALSE;
    guint rest = (guint)(bits % 8);
    return rest == 0 || (a->bytes[whole] ^ b->bytes[whole]) >> (8 - rest) == 0;
}
