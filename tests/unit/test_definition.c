#include "service/providers/definition.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER WH_SOURCE_DIR "/service/providers/definitions"

static const char minimal[] = "[provider]\n"
                              "name = Sample\n"
                              "engine = http\n"
                              "[field token]\n"
                              "label = Token\n"
                              "kind = secret\n"
                              "required = true\n"
                              "[http]\n"
                              "url = https://sample.example/u?h={host}&t={token}&ip={ip}\n"
                              "[answers]\n"
                              "ok = CHANGED eq OK\n";

static WhDefinition *parse(const char *text, GError **error)
{
    return wh_definition_parse("sample", text, strlen(text), error);
}

static void test_every_shipped_file(void)
{
    g_autoptr(GDir) dir = g_dir_open(FOLDER, 0, NULL);
    const char *name;
    guint count = 0;
    while ((name = g_dir_read_name(dir)) != NULL) {
        if (!g_str_has_suffix(name, ".provider"))
            continue;
        g_autofree char *path = g_build_filename(FOLDER, name, NULL);
        g_autofree char *id = g_strndup(name, strlen(name) - strlen(".provider"));
        g_autofree char *text = NULL;
        gsize length = 0;
        g_autoptr(GError) error = NULL;
        g_assert_true(g_file_get_contents(path, &text, &length, &error));
        g_autoptr(WhDefinition) definition = wh_definition_parse(id, text, length, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(definition->id, ==, id);
        g_assert_nonnull(definition->home);
        count++;
    }
    g_assert_cmpuint(count, >=, 5);
}

static void test_defaults(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhDefinition) definition = parse(minimal, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(definition->name, ==, "Sample");
    g_assert_cmpstr(definition->engine, ==, "http");
    g_assert_cmpuint(definition->manners.burst, ==, WH_DEFAULT_BURST);
    g_assert_cmpint(definition->manners.refill, ==, WH_DEFAULT_REFILL);
    g_assert_cmpint(definition->manners.rate_wait, ==, 600 * G_USEC_PER_SEC);
    g_assert_cmpuint(definition->manners.max_hosts, ==, 1);
    g_assert_false(definition->manners.together);
    g_assert_true(definition->manners.provable);
    g_assert_false(definition->untested);
    const WhField *token = wh_definition_field(definition, "token");
    g_assert_cmpint(token->kind, ==, WH_FIELD_SECRET);
    g_assert_true(token->required);
    g_assert_null(wh_definition_field(definition, "user"));
    g_assert_cmpstr(wh_field_kind_name(WH_FIELD_CHOICE), ==, "choice");
}

static void test_keeps_all(void)
{
    g_autofree char *text =
        g_strconcat(minimal,
                    "[field pace]\nlabel = Pace\nkind = number\nminimum = 5\nmaximum = 9\n"
                    "fallback = 7\n"
                    "[field way]\nlabel = Way\nkind = choice\nchoices = a; b\n"
                    "[manners]\nburst = 2\nrefill = 60\nrate-wait = 30\ntogether = way:b\n"
                    "interval-field = pace\npropagation = 10\nprovable = false\n",
                    NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(WhDefinition) definition = parse(text, &error);
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    g_assert_nonnull(strstr(error->message, "both families"));

    g_clear_error(&error);
    char *ip = strstr(text, "ip={ip}");
    memcpy(ip, "i={ips}", 7);
    definition = parse(text, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(definition->together_field, ==, "way");
    g_assert_cmpstr(definition->together_choice, ==, "b");
    g_assert_cmpstr(definition->interval_field, ==, "pace");
    g_assert_cmpuint(definition->manners.burst, ==, 2);
    g_assert_cmpint(definition->manners.propagation, ==, 10 * G_USEC_PER_SEC);
    g_assert_false(definition->manners.provable);
    const WhField *pace = wh_definition_field(definition, "pace");
    g_assert_cmpint(pace->minimum, ==, 5);
    g_assert_cmpint(pace->maximum, ==, 9);
    g_assert_cmpstr(pace->fallback, ==, "7");
    g_assert_cmpstr(wh_definition_field(definition, "way")->choices[1], ==, "b");
}

/* What is added to the minimal text, or (with `from`) put in the place of something in it; and what
 * the error names. */
typedef struct {
    const char *from;
    const char *to;
    const char *told;
} Slip;

static const Slip slips[] = {
    {NULL, "[provider]\nname = Twice\n", "[provider]: is there twice"},
    {"name = Sample", "name = A\nname = B", "[provider] name: is there twice"},
    {"name = Sample", "", "[provider] name: is missing"},
    {"name = Sample", "name = A\nnmae = B", "[provider] nmae: no such key"},
    {NULL, "[manner]\nburst = 1\n", "[manner]: no such group"},
    {NULL, "[empty]\n", "[empty]: no such group"},
    {"engine = http", "engine = ftp", "[provider] engine"},
    {"engine = http", "", "[provider] engine"},
    {"engine = http", "engine = http\nhome = http://a.example", "[provider] home"},
    {"engine = http", "engine = http\ntoken-page = javascript:alert(1)", "[provider] token-page"},
    {"engine = http", "engine = http\nuntested = yes", "[provider] untested: \"yes\""},
    {"engine = http", "engine = http\nname-suffix = a b", "[provider] name-suffix"},
    {"engine = http", "engine = http\nname-depth = 1", "[provider] name-depth"},
    {"label = Token", "", "[field token] label: is missing"},
    {"kind = secret", "kind = password", "[field token] kind: \"password\""},
    {"kind = secret", "kind = secret\nfallback = x", "[field token] fallback"},
    {"kind = secret", "kind = secret\nendpoint = true", "[field token] endpoint: no such key"},
    {"kind = secret", "kind = choice", "[field token] choices: is missing"},
    {"kind = secret", "kind = choice\nchoices = a;;b", "[field token] choices"},
    {"kind = secret", "kind = number\nfallback = 1x", "[field token] fallback"},
    {"kind = secret", "kind = number\nminimum = 9\nmaximum = 3", "[field token] minimum"},
    {"[field token]", "[field Token]", "[field Token]: a field's name"},
    {NULL, "[manners]\nburst = 0\n", "[manners] burst: \"0\""},
    {NULL, "[manners]\nrefill = -1\n", "[manners] refill: \"-1\""},
    {NULL, "[manners]\nrefill = 99999999999999999999\n", "[manners] refill"},
    {NULL, "[manners]\ntogether = token:x\n", "[manners] together"},
    {NULL, "[manners]\nboth-always = true\n", "[manners] both-always"},
    {NULL, "[manners]\ninterval-field = token\n", "[manners] interval-field"},
    {NULL, "[manners]\nmax-hosts = 2\n", "[manners] max-hosts: needs {hosts}"},
    {"{token}", "{tokne}", "[http] url: there is no value and no field of this name: tokne"},
    {"{token}", "{token", "[http] url"},
    {"{token}", "[{token}", "[http] url: a [ has no ]"},
    {"{token}", "[[{token}]", "[http] url: a [ or ] is too many"},
    {"{token}", "token}", "[http] url: a } has no {"},
    {"{ip}", "{ip4}", "[http]: a request with IPv6 alone"},
    {"{ip}", "{ip}{ttl}", "[http]: a request with IPv4 alone"},
    {"url = https", "url = http", "[http] url: must begin with https://"},
    {"https://sample.example/", "https://{token}/", "[http] url: the server must"},
    {"https://sample.example/", "https://sample.example{token}/", "[http] url: the server must"},
    {"https://sample.example/", "https://user@sample.example/", "[http] url: the server must"},
    {"https://sample.example/", "https://sample.example[/{token}]/", "[http] url: the server must"},
    {"https://sample.example/u?", "https://sample.example?", "[http] url: the server must"},
    {"url = https", "method = BREW\nurl = https", "[http] method: \"BREW\""},
    {"url = https", "user = {token}\nurl = https", "[http] user"},
    {"url = https", "header-1 = no colon\nurl = https", "[http] header-1"},
    {"url = https", "header-1 = {token}: x\nurl = https", "[http] header-1"},
    {"url = https", "body = x\nbody-type = text/plain\nurl = https", "[http] body: GET"},
    {"url = https", "method = POST\nbody = x\nurl = https", "[http] body-type"},
    {"url = https", "choose = token\nurl = https", "[http] choose"},
    {"ok = CHANGED eq OK", "", "[answers]: needs"},
    {"ok = CHANGED eq OK", "preset = dyndns9", "[answers] preset"},
    {"CHANGED eq OK", "GOOD eq OK", "[answers] ok: must be a result class"},
    {"CHANGED eq OK", "CHANGED is OK", "[answers] ok"},
    {"CHANGED eq OK", "CHANGED eq", "[answers] ok"},
    {"CHANGED eq OK", "CHANGED token a b", "[answers] ok: a token is one word"},
    {"CHANGED eq OK", "CHANGED http 2x", "[answers] ok: an HTTP status"},
    {"CHANGED eq OK", "CHANGED http 999", "[answers] ok: an HTTP status"},
    {"CHANGED eq OK", "CHANGED regex (", "[answers] ok: "},
    {"CHANGED eq OK", "CHANGED eq OK\nlines = some", "[answers] lines"},
    {"CHANGED eq OK", "CHANGED eq OK\nko.says = x", "[answers] ko.says: no such key"},
};

static void test_slips(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(slips); i++) {
        g_autoptr(GString) text = g_string_new(minimal);
        if (slips[i].from != NULL)
            g_assert_cmpuint(g_string_replace(text, slips[i].from, slips[i].to, 1), ==, 1);
        else
            g_string_append(text, slips[i].to);
        g_autoptr(GError) error = NULL;
        g_autoptr(WhDefinition) definition = parse(text->str, &error);
        g_test_message("%s", error != NULL ? error->message : slips[i].to);
        g_assert_null(definition);
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
        g_assert_nonnull(strstr(error->message, slips[i].told));
    }
}

static void refuse_bytes(const char *id, const char *text, gsize length)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(wh_definition_parse(id, text, length, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void test_no_keyfile(void)
{
    g_autofree char *big = g_strnfill(70000, '\n');
    refuse_bytes("a", "", 0);
    refuse_bytes("a", "hello", 5);
    refuse_bytes("a", "\xff\xfe", 2);
    refuse_bytes("a", "[a]\nb=\0c", 8);
    refuse_bytes("a", big, 70000);
    refuse_bytes("../a", minimal, strlen(minimal));
    refuse_bytes("", minimal, strlen(minimal));
}

/* The length counts, not a NUL behind it. */
static void test_length(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strconcat(minimal, "[nonsense]\n", NULL);
    g_autoptr(WhDefinition) definition = wh_definition_parse("a", text, strlen(minimal), &error);
    g_assert_no_error(error);
    g_assert_nonnull(definition);
}

static void test_rfc2136(void)
{
    static const char text[] = "[provider]\nname = N\nengine = rfc2136\n[rfc2136]\n"
                               "server = ns.sample.example\nzone = sample.example\n"
                               "algorithm = hmac-sha512\n[field key-name]\nlabel = K\n"
                               "[field secret]\nlabel = S\nkind = secret\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(WhDefinition) definition = parse(text, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(definition->engine, ==, "rfc2136");
    g_autoptr(GString) wrong = g_string_new(text);
    g_string_replace(wrong, "zone = sample.example\n", "", 1);
    g_assert_null(parse(wrong->str, &error));
    g_assert_nonnull(strstr(error->message, "[rfc2136] zone: is missing"));
    g_clear_error(&error);
    g_string_append(wrong, "[field zone]\nlabel = Z\nkind = number\n");
    g_assert_null(parse(wrong->str, &error));
    g_assert_nonnull(strstr(error->message, "[field zone] kind: must be text"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/definition/every-shipped-file", test_every_shipped_file);
    g_test_add_func("/definition/defaults", test_defaults);
    g_test_add_func("/definition/keeps-all", test_keeps_all);
    g_test_add_func("/definition/slips", test_slips);
    g_test_add_func("/definition/no-keyfile", test_no_keyfile);
    g_test_add_func("/definition/length", test_length);
    g_test_add_func("/definition/rfc2136", test_rfc2136);
    return g_test_run();
}
