#include "platform/admin_file.h"
#include "platform/advice.h"
#include "platform/computer_name.h"
#include "platform/credentials.h"
#include "service/declared/account_id.h"
#include "service/wiring/sentences.h"
#include "service/wiring/service_private.h"

#include <string.h>

#define SUFFIX ".conf"
#define MOST_FILES 100

/* One reading of the folder. problems: with the files; credentials: with what the service manager
 * hands over. Both of char *. */
typedef struct {
    WhService *service;
    char *computer;
    GPtrArray *problems;
    GPtrArray *credentials;
} Reading;

static void free_declaration(gpointer data)
{
    wh_declaration_free(data);
}

static void free_secret(gpointer data)
{
    wh_secret_unref(data);
}

/* Editors put a line end behind a text. */
static WhSecret *take_secret(char *bytes, gsize length)
{
    gsize end = length;
    WhSecret *secret;

    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r'))
        end--;
    secret = wh_secret_new(bytes, (gssize)end);
    wh_admin_file_wipe(bytes, length);
    return secret;
}

static void say(GPtrArray *list, const char *path, guint line, char *sentence)
{
    wh_declared_file_complain(list, path, line, sentence);
    g_free(sentence);
}

static void say_missing(Reading *reading, const char *path, const WhDeclaredSecret *secret)
{
    const WhService *service = reading->service;
    g_autofree char *folder = g_build_filename(service->config, "credentials", NULL);
    g_autofree char *step = wh_advice_credential(secret->where, folder, service->scope);

    say(reading->credentials, path, secret->line,
        g_strdup_printf("The service was started without the credential %s, so the account waits "
                        "for it. %s",
                        secret->where, step));
}

static WhSecret *read_credential(Reading *reading, const char *path, const WhDeclaredSecret *secret)
{
    g_autofree char *folder = g_build_filename(reading->service->config, "credentials", NULL);
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    char *bytes = wh_credentials_read(secret->where, &length, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        say_missing(reading, path, secret);
    else if (error != NULL)
        say(reading->problems, path, secret->line,
            g_strdup_printf("secret.%s: %s.", secret->field, error->message));
    if (bytes == NULL)
        return NULL;
    if (wh_credentials_is_outdated(secret->where, folder))
        say(reading->credentials, path, secret->line,
            g_strdup_printf("The credential %s was changed since the service was started. The new "
                            "one is used after %s: that needs a restart.",
                            secret->where,
                            wh_advice_command(WH_ADVICE_RESTART, reading->service->scope)));
    return take_secret(bytes, length);
}

static WhSecret *read_secret_file(Reading *reading, const char *path,
                                  const WhDeclaredSecret *secret)
{
    g_autofree char *whole = g_canonicalize_filename(secret->where, reading->service->config);
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    char *bytes = wh_admin_file_read_secret(whole, &length, &error);

    if (bytes != NULL)
        return take_secret(bytes, length);
    say(reading->problems, path, secret->line,
        g_strdup_printf("secret.%s: %s.", secret->field, error->message));
    return NULL;
}

/* What can be read now: name to WhSecret. */
static GHashTable *read_secrets(Reading *reading, const WhDeclaredFile *file)
{
    GHashTable *secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_secret);

    for (guint i = 0; file != NULL && i < file->secrets->len; i++) {
        const WhDeclaredSecret *secret = g_ptr_array_index(file->secrets, i);
        WhSecret *text = secret->place == WH_DECLARED_CREDENTIAL
                             ? read_credential(reading, file->path, secret)
                             : read_secret_file(reading, file->path, secret);

        if (text != NULL)
            g_hash_table_replace(secrets, g_strdup(secret->field), text);
    }
    return secrets;
}

/* NULL: it says nothing, or cannot be used. */
static WhDeclaredFile *read_file(Reading *reading, const char *path, gboolean *usable)
{
    guint before = reading->problems->len;
    g_autoptr(GError) error = NULL;
    WhDeclaredFile *file = NULL;
    gsize length = 0;
    char *text = wh_admin_file_read(path, &length, &error);

    if (text == NULL)
        g_ptr_array_add(reading->problems, g_strconcat(error->message, ".", NULL));
    else
        file = wh_declared_file_parse(path, text, length, reading->computer, reading->problems);
    wh_admin_file_wipe(text, length);
    *usable = reading->problems->len == before;
    return file;
}

static void read_one(Reading *reading, const char *folder, const char *name,
                     GPtrArray *declarations)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *id = wh_account_id_of_file(name);
    gboolean usable = FALSE;
    WhDeclaredFile *file;

    if (id == NULL) {
        wh_declared_file_complain(reading->problems, path, 0,
                                  "Name the file with letters and digits, 60 at most.");
        return;
    }
    file = read_file(reading, path, &usable);
    if (file != NULL || !usable)
        g_ptr_array_add(declarations,
                        wh_declaration_new(path, id, file, read_secrets(reading, file)));
}

static void read_all(Reading *reading, const char *folder, char **names)
{
    g_autoptr(GPtrArray) declarations = g_ptr_array_new_with_free_func(free_declaration);

    for (guint i = 0; names != NULL && names[i] != NULL; i++) {
        if (i == MOST_FILES)
            wh_declared_file_complain(reading->problems, folder, 0,
                                      "There are more than 100 files; only the first 100 count.");
        if (i < MOST_FILES)
            read_one(reading, folder, names[i], declarations);
    }
    wh_accounts_declare(reading->service->accounts, declarations, reading->problems);
}

static void set_notice(WhService *service, const char *code, const GPtrArray *sentences)
{
    g_autofree char *text = wh_sentences_join(sentences);

    wh_notices_set(service->notices, code, text);
}

static gboolean has_declared(WhService *service)
{
    const GPtrArray *list = wh_accounts_list(service->accounts);

    for (guint i = 0; i < list->len; i++) {
        const WhAccount *account = g_ptr_array_index(list, i);

        if (wh_accounts_declared_in(service->accounts, account->id) != NULL)
            return TRUE;
    }
    return FALSE;
}

void wh_declared_load(WhService *service)
{
    g_autofree char *folder = g_build_filename(service->config, "hosts.d", NULL);
    g_autofree char *computer = wh_computer_name();
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) credentials = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = wh_admin_file_list(folder, SUFFIX, &error);
    gboolean absent = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    Reading reading = {service, computer, problems, credentials};

    if (error != NULL && !absent)
        g_ptr_array_add(problems, g_strconcat(error->message, ".", NULL));
    else if (names != NULL || has_declared(service))
        read_all(&reading, folder, names);
    set_notice(service, "declared_files", problems);
    set_notice(service, "declared_credentials", credentials);
}

static void say_reload(WhService *service)
{
    WhLine *line = wh_line_new(WH_LOG_RELOADED);

    wh_line_say(line, "Read again what the files in %s/hosts.d declare", service->config);
    wh_chronicle_add(service->chronicle, line);
}

gboolean wh_declared_reload(GError **error, gpointer data)
{
    WhService *service = data;
    const GPtrArray *list = wh_accounts_list(service->accounts);

    wh_declared_load(service);
    say_reload(service);
    for (guint i = 0; i < list->len; i++) {
        const WhAccount *account = g_ptr_array_index(list, i);

        if (wh_accounts_declared_in(service->accounts, account->id) != NULL)
            wh_control_host_changed(service->control, account->id, NULL);
    }
    wh_control_service_changed(service->control);
    wh_events_settle_soon(service);
    return TRUE;
}

void wh_declared_reload_now(gpointer data)
{
    const WhService *service = data;

    /* A service that is ending still turns the main loop. */
    if (service->control != NULL)
        wh_declared_reload(NULL, data);
}

static const char *file_of(WhService *service, const char *name)
{
    const GPtrArray *hosts = wh_accounts_hosts(service->accounts);

    for (guint i = 0; i < hosts->len; i++) {
        const WhHost *host = g_ptr_array_index(hosts, i);
        const char *path = wh_accounts_declared_in(service->accounts, host->account);

        if (path != NULL && g_str_equal(host->name, name))
            return path;
    }
    return NULL;
}

static char *about_shadows(WhService *service)
{
    g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func(g_free);
    const GPtrArray *hosts = wh_accounts_hosts(service->accounts);

    if (!wh_accounts_withholds(service->accounts, WH_WITHHELD_DECLARED))
        return NULL;
    for (guint i = 0; i < hosts->len; i++) {
        const WhHost *host = g_ptr_array_index(hosts, i);

        if (wh_accounts_withheld(service->accounts, host->id) != WH_WITHHELD_DECLARED)
            continue;
        g_ptr_array_add(sentences,
                        g_strdup_printf("%s is declared in %s, so the one that was added by hand "
                                        "is kept but nothing is sent for it. Remove one of the "
                                        "two.",
                                        host->name, file_of(service, host->name)));
    }
    return wh_sentences_join(sentences);
}

void wh_declared_settle(WhService *service)
{
    g_autofree char *text = about_shadows(service);

    if (wh_notices_set(service->notices, "declared_shadows", text) && service->control != NULL)
        wh_control_service_changed(service->control);
}
