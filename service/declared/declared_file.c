#include "service/declared/declared_file.h"

#include "service/declared/computer_label.h"
#include "service/declared/declared_keys.h"
#include "service/declared/declared_line.h"

#include <string.h>

/* More than a person corrects at once. */
#define MOST_PROBLEMS 5
#define MOST_HOSTS 2000

/* in_account, host: the group that is being read; astray: it is none. keys: of this host. */
typedef struct {
    WhDeclaredFile *file;
    const char *computer;
    GPtrArray *problems;
    guint n_problems;
    guint account_line;
    gboolean in_account;
    gboolean astray;
    WhDeclaredHost *host;
    GHashTable *keys;
} Reading;

static void free_secret(gpointer data)
{
    WhDeclaredSecret *secret = data;
    g_free(secret->field);
    g_free(secret->where);
    g_free(secret);
}

static void free_host(gpointer data)
{
    WhDeclaredHost *host = data;
    g_free(host->name);
    g_strfreev(host->networks);
    g_free(host);
}

static WhDeclaredFile *new_file(const char *path)
{
    WhDeclaredFile *file = g_new0(WhDeclaredFile, 1);
    file->path = g_strdup(path);
    file->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    file->secrets = g_ptr_array_new_with_free_func(free_secret);
    file->hosts = g_ptr_array_new_with_free_func(free_host);
    file->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return file;
}

void wh_declared_file_free(WhDeclaredFile *file)
{
    if (file == NULL)
        return;
    g_free(file->path);
    g_free(file->provider);
    g_free(file->label);
    g_hash_table_unref(file->fields);
    g_ptr_array_unref(file->secrets);
    g_ptr_array_unref(file->hosts);
    g_hash_table_unref(file->lines);
    g_free(file);
}

guint wh_declared_file_line(const WhDeclaredFile *file, const char *key)
{
    gpointer line = g_hash_table_lookup(file->lines, key);
    return GPOINTER_TO_UINT(line != NULL ? line : g_hash_table_lookup(file->lines, ""));
}

void wh_declared_file_complain(GPtrArray *problems, const char *path, guint line,
                               const char *sentence)
{
    g_ptr_array_add(problems, line != 0 ? g_strdup_printf("%s:%u: %s", path, line, sentence)
                                        : g_strdup_printf("%s: %s", path, sentence));
}

static void complain(Reading *reading, guint line, const char *sentence)
{
    if (reading->n_problems++ < MOST_PROBLEMS)
        wh_declared_file_complain(reading->problems, reading->file->path, line, sentence);
}

static void begin_account(Reading *reading, guint line)
{
    if (reading->account_line != 0)
        complain(reading, line, "A file has one [account]; put another account into another file.");
    else
        g_hash_table_insert(reading->file->lines, g_strdup(""), GUINT_TO_POINTER(line));
    reading->account_line = reading->account_line != 0 ? reading->account_line : line;
    reading->in_account = TRUE;
    reading->astray = FALSE;
    reading->host = NULL;
}

/* A wrong name still begins a host: the keys below it belong somewhere. */
static void begin_host(Reading *reading, const char *name, guint line)
{
    const char *why = "A file has 2000 names at most.";
    WhDeclaredHost *host = g_new0(WhDeclaredHost, 1);
    if (reading->file->hosts->len < MOST_HOSTS)
        host->name = wh_computer_label_fill_in(name, reading->computer, &why);
    if (host->name == NULL)
        complain(reading, line, why);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        host->wants[i] = TRUE;
    host->line = line;
    g_ptr_array_add(reading->file->hosts, host);
    g_hash_table_remove_all(reading->keys);
    reading->in_account = FALSE;
    reading->astray = FALSE;
    reading->host = host;
}

/* What stands behind "host", or NULL. */
static const char *host_of(const char *group)
{
    static const char host[] = "host";
    const char *name = group + strlen(host);
    if (!g_str_has_prefix(group, host) || !g_ascii_isspace(*name))
        return NULL;
    return name + strspn(name, " \t");
}

static void take_group(Reading *reading, const WhDeclaredLine *line)
{
    const char *host = host_of(line->name);
    if (g_str_equal(line->name, "account")) {
        begin_account(reading, line->number);
    } else if (host != NULL) {
        begin_host(reading, host, line->number);
    } else {
        reading->astray = TRUE;
        complain(
            reading, line->number,
            "There is no such group. A file has one [account], and [host NAME] for each name.");
    }
}

static void take_pair(Reading *reading, const WhDeclaredLine *line)
{
    g_autofree char *trouble = NULL;
    if (reading->astray)
        return;
    if (reading->in_account)
        trouble = wh_declared_keys_account(reading->file, line->name, line->value, line->number);
    else if (reading->host == NULL)
        trouble = g_strdup("This stands above the first group. Begin with [account].");
    else if (g_hash_table_contains(reading->keys, line->name))
        trouble = g_strdup("This is said twice of the name.");
    else
        trouble = wh_declared_keys_host(reading->host, line->name, line->value);
    if (trouble != NULL)
        complain(reading, line->number, trouble);
    else if (reading->host != NULL)
        g_hash_table_add(reading->keys, g_strdup(line->name));
}

/* FALSE: nothing but comments. */
static gboolean take_lines(Reading *reading, const char *text, gsize length)
{
    g_autoptr(WhDeclaredLines) lines = wh_declared_lines_new(text, length);
    WhDeclaredLine line;
    gboolean any = FALSE;
    for (wh_declared_lines_next(lines, &line); line.kind != WH_DECLARED_LINE_END;
         wh_declared_lines_next(lines, &line)) {
        any = TRUE;
        if (line.kind == WH_DECLARED_LINE_GROUP)
            take_group(reading, &line);
        else if (line.kind == WH_DECLARED_LINE_PAIR)
            take_pair(reading, &line);
        else
            complain(reading, line.number, "This is no [group], no key=value and no # comment.");
    }
    return any;
}

static void check_whole(Reading *reading)
{
    const WhDeclaredFile *file = reading->file;
    if (reading->account_line == 0)
        complain(reading, 1, "There is no [account].");
    else if (file->provider == NULL && reading->n_problems == 0)
        complain(reading, reading->account_line, "The account has no provider=.");
    if (file->hosts->len == 0 && reading->n_problems == 0)
        complain(reading, reading->account_line,
                 "The file names nothing to keep right. Add [host NAME].");
    for (guint i = 0; i < file->hosts->len; i++) {
        const WhDeclaredHost *host = g_ptr_array_index(file->hosts, i);
        if (!host->wants[WH_FAMILY_IPV4] && !host->wants[WH_FAMILY_IPV6])
            complain(reading, host->line, "Neither IPv4 nor IPv6 is wanted. Leave one of them.");
    }
}

/* The first line that is no text, or 0. */
static guint find_no_text(const char *text, gsize length)
{
    const char *end = text;
    guint line = 1;
    if (g_utf8_validate(text, (gssize)length, &end))
        return 0;
    for (const char *at = text; at < end; at++)
        line += *at == '\n';
    return line;
}

WhDeclaredFile *wh_declared_file_parse(const char *path, const char *text, gsize length,
                                       const char *computer, GPtrArray *problems)
{
    g_autoptr(WhDeclaredFile) file = new_file(path);
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Reading reading = {.file = file, .computer = computer, .problems = problems, .keys = keys};
    guint wrong = find_no_text(text, length);
    if (wrong != 0) {
        complain(&reading, wrong, "This is no text (it is not UTF-8).");
        return NULL;
    }
    if (!take_lines(&reading, text, length))
        return NULL;
    check_whole(&reading);
    return reading.n_problems == 0 ? g_steal_pointer(&file) : NULL;
}
