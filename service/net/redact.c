#include "service/net/redact.h"

#include <string.h>

#define MARK "[secret]"
#define ELLIPSIS "\xe2\x80\xa6"

/* Shorter ones are common syllables. */
#define MIN_ANYWHERE 4

/* Of a character's number, with some zeros in front. */
#define MAX_DIGITS 8

/* How much of a secret must stand at the end of a text to be taken for one that was cut. */
#define MIN_CUT 8

/* One spelling of a secret. base64: '+' and '/' may be written '-' and '_'. */
typedef struct {
    char *text;
    gsize length;
    gboolean base64;
    gboolean whole_word;
} Needle;

/* The text and, for each of its octets, whether it is part of a secret. encoded: what
 * begins an encoded octet or character does so where it can, otherwise it stands for itself where
 * it can. */
typedef struct {
    const char *text;
    gsize length;
    guint8 *hidden;
    gboolean encoded;
} Page;

static void needle_clear(gpointer data)
{
    Needle *needle = data;
    wh_wipe_free(needle->text);
}

static void add_needle(GArray *needles, char *text, gboolean base64, gboolean whole_word)
{
    Needle needle = {
        .text = text, .length = strlen(text), .base64 = base64, .whole_word = whole_word};
    g_array_append_val(needles, needle);
}

/* Padding is left off, as many writers do. */
static char *to_base64(const char *text)
{
    char *encoded = g_base64_encode((const guchar *)text, strlen(text));
    char *padding = strchr(encoded, '=');
    if (padding != NULL)
        *padding = '\0';
    return encoded;
}

static char *to_hex(const char *text)
{
    GString *hex = g_string_sized_new(2 * strlen(text));
    for (const char *at = text; *at != '\0'; at++)
        g_string_append_printf(hex, "%02x", (guchar)*at);
    return g_string_free(hex, FALSE);
}

/* Valid UTF-8 in which everything that could break a line or a terminal is a blank. */
static char *to_one_line(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *line = g_string_sized_new(strlen(valid));
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        GUnicodeType type = g_unichar_type(character);
        gboolean blank = type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR ||
                         type == G_UNICODE_PARAGRAPH_SEPARATOR;
        g_string_append_unichar(line, blank ? ' ' : character);
    }
    wh_wipe(valid, strlen(valid));
    return g_string_free(line, FALSE);
}

static void add_needles(GArray *needles, const WhSecret *secret, const char *user)
{
    const char *text = wh_secret_peek(secret);
    if (*text == '\0')
        return;
    char *plain = to_one_line(text);
    gboolean whole_word = g_utf8_strlen(plain, -1) < MIN_ANYWHERE;
    add_needle(needles, plain, FALSE, whole_word);
    add_needle(needles, to_base64(text), TRUE, whole_word);
    add_needle(needles, to_hex(text), FALSE, whole_word);
    /* As a web page repeats what was made fit for a web page before. */
    if (strpbrk(text, "&<>\"'") != NULL)
        add_needle(needles, g_markup_escape_text(text, -1), FALSE, whole_word);
    if (user == NULL)
        return;
    char *login = g_strconcat(user, ":", text, NULL);
    add_needle(needles, to_base64(login), TRUE, FALSE);
    wh_wipe_free(login);
}

static gboolean is_hex_of(const char *digits, guchar octet)
{
    return g_ascii_xdigit_value(digits[0]) == octet >> 4 &&
           g_ascii_xdigit_value(digits[1]) == (octet & 0xf);
}

/* "%2b", or "\u002b" as JSON may write any character. */
static gsize match_encoded_octet(const Page *page, gsize at, guchar octet)
{
    const char *text = page->text + at;
    gsize left = page->length - MIN(at, page->length);
    if (left >= 3 && text[0] == '%' && is_hex_of(text + 1, octet))
        return 3;
    if (left >= 6 && octet < 0x80 && strncmp(text, "\\u00", 4) == 0 && is_hex_of(text + 4, octet))
        return 6;
    return 0;
}

/* Octets that spell `octet` at `at`: itself, or encoded. 0: something else stands there. */
static gsize match_octet(const Page *page, gsize at, guchar octet)
{
    gboolean itself = at < page->length && (guchar)page->text[at] == octet;
    gsize encoded = match_encoded_octet(page, at, octet);
    if (encoded > 0 && (page->encoded || !itself))
        return encoded;
    return itself ? 1 : 0;
}

static gsize match_octets(const Page *page, gsize at, const char *octets, gsize count)
{
    gsize start = at;
    for (gsize i = 0; i < count; i++) {
        gsize length = match_octet(page, at, (guchar)octets[i]);
        if (length == 0)
            return 0;
        at += length;
    }
    return at - start;
}

static gsize match_in_any_case(const Page *page, gsize at, gunichar character)
{
    const gunichar cases[] = {character, g_unichar_tolower(character),
                              g_unichar_toupper(character)};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        char octets[6];
        gsize count = (gsize)g_unichar_to_utf8(cases[i], octets);
        gsize length = match_octets(page, at, octets, count);
        if (length > 0)
            return length;
    }
    return 0;
}

static gboolean is_in_any_case(gunichar one, gunichar other)
{
    return one == other || g_unichar_tolower(one) == g_unichar_tolower(other) ||
           g_unichar_toupper(one) == g_unichar_toupper(other);
}

/* Reads up to `max` digits at `at`; *count: how many there are. */
static gunichar read_digits(const Page *page, gsize at, gboolean hex, gsize max, gsize *count)
{
    gunichar value = 0;
    *count = 0;
    while (*count < max && at + *count < page->length) {
        char c = page->text[at + *count];
        int digit = hex ? g_ascii_xdigit_value(c) : g_ascii_digit_value(c);
        if (digit < 0)
            break;
        value = value * (hex ? 16 : 10) + (gunichar)digit;
        (*count)++;
    }
    return value;
}

/* "&#39;" or "&#x27;", as a web page may write any character, or "&amp;#39;" where it was written
 * twice. */
static gsize match_number(const Page *page, gsize at, gunichar character)
{
    const char *text = page->text + at;
    gsize count;
    gsize start = g_ascii_strncasecmp(text, "&amp;#", 6) == 0 ? 6 : 2;
    if (start == 2 && strncmp(text, "&#", 2) != 0)
        return 0;
    gboolean hex = text[start] == 'x' || text[start] == 'X';
    start += hex ? 1 : 0;
    gunichar value = read_digits(page, at + start, hex, MAX_DIGITS, &count);
    if (count == 0 || !is_in_any_case(value, character))
        return 0;
    gsize length = start + count;
    return length + (at + length < page->length && text[length] == ';' ? 1 : 0);
}

/* Names that every web page knows; written twice, but for what begins each of them, as well. */
static gsize match_name(const Page *page, gsize at, gunichar character)
{
    static const struct {
        gunichar character;
        const char *name;
    } entities[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}};
    const char *text = page->text + at;
    gsize twice = character != '&' && g_ascii_strncasecmp(text, "&amp;", 5) == 0 ? 4 : 0;
    for (guint i = 0; *text == '&' && i < G_N_ELEMENTS(entities); i++) {
        gsize length = strlen(entities[i].name);
        if (entities[i].character == character &&
            g_ascii_strncasecmp(text + twice + 1, entities[i].name + 1, length - 1) == 0)
            return length + twice;
    }
    return 0;
}

static gboolean is_json_unit(const Page *page, gsize at, gunichar *unit)
{
    gsize count;
    if (page->length - at < 6 || page->text[at] != '\\' || page->text[at + 1] != 'u')
        return FALSE;
    *unit = read_digits(page, at + 2, TRUE, 4, &count);
    return count == 4;
}

/* "\u00e4", and two of them for a character beyond the first 65536. */
static gsize match_json(const Page *page, gsize at, gunichar character)
{
    gunichar first;
    gunichar second;
    if (!is_json_unit(page, at, &first))
        return 0;
    if (is_in_any_case(first, character))
        return 6;
    if (first < 0xd800 || first > 0xdbff || !is_json_unit(page, at + 6, &second))
        return 0;
    gunichar both = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    return is_in_any_case(both, character) ? 12 : 0;
}

/* The whole character, written as its number or name. */
static gsize match_escape(const Page *page, gsize at, gunichar character)
{
    gsize length = 0;
    if (at >= page->length)
        return 0;
    length = match_name(page, at, character);
    if (length == 0)
        length = match_number(page, at, character);
    return length != 0 ? length : match_json(page, at, character);
}

/* Octets that spell `character` of a needle at `at`, 0 for none. A form writes a blank as a plus;
 * JSON and quoted texts put a backslash before some characters. */
static gsize match_character(const Page *page, gsize at, const Needle *needle, gunichar character)
{
    gsize length = match_in_any_case(page, at, character);
    if (length == 0 || page->encoded) {
        gsize escape = match_escape(page, at, character);
        length = escape != 0 ? escape : length;
    }
    if (length == 0 && needle->base64 && (character == '+' || character == '/'))
        length = match_in_any_case(page, at, character == '+' ? '-' : '_');
    if (length == 0 && character == ' ')
        length = match_octet(page, at, '+');
    if (length == 0 && at < page->length && page->text[at] == '\\') {
        gsize rest = match_in_any_case(page, at + 1, character);
        length = rest == 0 ? 0 : rest + 1;
    }
    return length;
}

/* Length of what spells the needle at `at`, 0 for none. The end of the text may cut it short. */
static gsize match(const Page *page, gsize at, const Needle *needle)
{
    gsize start = at;
    gsize characters = 0;
    for (const char *next = needle->text; *next != '\0'; next = g_utf8_next_char(next)) {
        gsize length = match_character(page, at, needle, g_utf8_get_char(next));
        if (length == 0)
            return at == page->length && characters >= MIN_CUT ? at - start : 0;
        at += length;
        characters++;
    }
    return at - start;
}

static gboolean is_word_octet(const Page *page, gsize at)
{
    guchar octet = (guchar)page->text[at];
    return g_ascii_isalnum(octet) || octet == '_' || octet >= 0x80;
}

static gboolean is_whole_word(const Page *page, gsize at, gsize length)
{
    return (at == 0 || !is_word_octet(page, at - 1)) &&
           (at + length == page->length || !is_word_octet(page, at + length));
}

/* Overlapping appearances must all be found, so each place is tried. */
static void hide(Page *page, const Needle *needle)
{
    for (gsize at = 0; at < page->length; at++) {
        gsize length = match(page, at, needle);
        if (length == 0 || (needle->whole_word && !is_whole_word(page, at, length)))
            continue;
        if (needle->base64)
            length += strspn(page->text + at + length, "=");
        memset(page->hidden + at, 1, length);
    }
}

static GString *write_out(const Page *page)
{
    GString *result = g_string_sized_new(page->length);
    for (gsize at = 0; at < page->length; at++) {
        if (page->hidden[at] == 0)
            g_string_append_c(result, page->text[at]);
        else if (at == 0 || page->hidden[at - 1] == 0)
            g_string_append(result, MARK);
    }
    return result;
}

static void cut(GString *text, gsize max)
{
    if (text->len <= max)
        return;
    const char *ending = max >= strlen(ELLIPSIS) ? ELLIPSIS : "";
    gsize length = max - strlen(ending);
    while (length > 0 && ((guchar)text->str[length] & 0xc0) == 0x80)
        length--;
    g_string_truncate(text, length);
    g_string_append(text, ending);
}

char *wh_redact(const char *text, const GPtrArray *secrets, const char *user, gsize max)
{
    g_autoptr(GArray) needles = g_array_new(FALSE, FALSE, sizeof(Needle));
    g_array_set_clear_func(needles, needle_clear);
    for (guint i = 0; secrets != NULL && i < secrets->len; i++)
        add_needles(needles, g_ptr_array_index(secrets, i), user);

    char *line = to_one_line(text);
    Page page = {.text = line, .length = strlen(line)};
    page.hidden = g_malloc0(page.length + 1);
    for (guint i = 0; i < needles->len * 2; i++) {
        page.encoded = i % 2 != 0;
        hide(&page, &g_array_index(needles, Needle, i / 2));
    }
    GString *result = write_out(&page);
    cut(result, max);
    g_free(page.hidden);
    wh_wipe_free(line);
    return g_string_free(result, FALSE);
}
