#include "service/providers/providers.h"

#include "service/providers/engine.h"
#include "service/providers/form.h"
#include "service/providers/shipped_definitions.h"

#include <string.h>

#define SUFFIX ".provider"
#define MAX_FILES 1000

GQuark wh_providers_error_quark(void)
{
    return g_quark_from_static_string("wh-providers-error-quark");
}

struct WhProviders {
    WhEngineNet net;
    GHashTable *definitions;
    GHashTable *jobs;
    guint64 last_handle;
};

/* idle_timer: set while nothing is on its way and only the report is due. */
typedef struct {
    WhProviders *providers;
    guint64 handle;
    WhErrand *errand;
    guint idle_timer;
    WhUpdateDone done;
    gpointer data;
} Job;

static void add_shipped(WhProviders *providers)
{
    g_autoptr(GPtrArray) shipped = wh_shipped_definitions_new();
    for (guint i = 0; i < shipped->len; i++) {
        const WhShippedDefinition *text = shipped->pdata[i];
        g_autoptr(GError) error = NULL;
        gsize length = 0;
        const char *bytes = g_bytes_get_data(text->text, &length);
        WhDefinition *definition = wh_definition_parse(text->id, bytes, length, &error);
        if (definition == NULL)
            g_error("The shipped definition %s is wrong: %s", text->id, error->message);
        g_hash_table_insert(providers->definitions, definition->id, definition);
    }
}

WhProviders *wh_providers_new(WhClock *clock, WhHttp *http, WhDnsClient *dns, WhResolver *resolver)
{
    WhProviders *providers = g_new0(WhProviders, 1);
    providers->net = (WhEngineNet){.clock = clock, .http = http, .dns = dns, .resolver = resolver};
    providers->definitions =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)wh_definition_free);
    providers->jobs = g_hash_table_new(g_int64_hash, g_int64_equal);
    add_shipped(providers);
    return providers;
}

static void end_job(Job *job)
{
    g_hash_table_remove(job->providers->jobs, &job->handle);
    wh_clock_remove_timer(job->providers->net.clock, &job->idle_timer);
    wh_errand_free(job->errand);
    g_free(job);
}

static void cancel_job(Job *job)
{
    const WhDefinition *definition = job->errand->definition;
    if (definition != NULL)
        wh_engine_find(definition->engine)->cancel(job->errand);
    end_job(job);
}

void wh_providers_free(WhProviders *providers)
{
    if (providers == NULL)
        return;
    g_autoptr(GList) jobs = g_hash_table_get_values(providers->jobs);
    for (GList *job = jobs; job != NULL; job = job->next)
        cancel_job(job->data);
    g_hash_table_unref(providers->jobs);
    g_hash_table_unref(providers->definitions);
    g_free(providers);
}

static gboolean load_file(WhProviders *providers, const char *folder, const char *name,
                          GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *id = g_strndup(name, strlen(name) - strlen(SUFFIX));
    g_autofree char *text = NULL;
    gsize length = 0;
    /* A pipe of that name would hold the service up. */
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "This is no file.");
        return FALSE;
    }
    if (g_hash_table_contains(providers->definitions, id)) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                            "There is a provider of this id already; rename the file.");
        return FALSE;
    }
    if (!g_file_get_contents(path, &text, &length, error))
        return FALSE;
    WhDefinition *definition = wh_definition_parse(id, text, length, error);
    if (definition == NULL)
        return FALSE;
    g_hash_table_insert(providers->definitions, definition->id, definition);
    return TRUE;
}

static int compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *list_files(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && names->len < MAX_FILES && (name = g_dir_read_name(dir)) != NULL) {
        if (g_str_has_suffix(name, SUFFIX))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_text);
    return names;
}

char **wh_providers_load_folder(WhProviders *providers, const char *folder)
{
    g_autoptr(GStrvBuilder) sentences = g_strv_builder_new();
    g_autoptr(GPtrArray) names = list_files(folder);
    for (guint i = 0; i < names->len; i++) {
        g_autoptr(GError) error = NULL;
        if (load_file(providers, folder, names->pdata[i], &error))
            continue;
        g_autofree char *sentence =
            g_strdup_printf("%s/%s: %s", folder, (char *)names->pdata[i], error->message);
        g_strv_builder_add(sentences, sentence);
    }
    return g_strv_builder_end(sentences);
}

const WhDefinition *wh_providers_find(WhProviders *providers, const char *id)
{
    return g_hash_table_lookup(providers->definitions, id);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    const WhDefinition *one = *(const WhDefinition *const *)a;
    const WhDefinition *two = *(const WhDefinition *const *)b;
    int order = g_ascii_strcasecmp(one->name, two->name);
    return order != 0 ? order : strcmp(one->id, two->id);
}

GPtrArray *wh_providers_list(WhProviders *providers)
{
    GPtrArray *list = g_ptr_array_new();
    GHashTableIter iter;
    gpointer definition = NULL;
    g_hash_table_iter_init(&iter, providers->definitions);
    while (g_hash_table_iter_next(&iter, NULL, &definition))
        g_ptr_array_add(list, definition);
    g_ptr_array_sort(list, compare_names);
    return list;
}

static const WhDefinition *need_provider(WhProviders *providers, const WhAccount *account,
                                         GError **error)
{
    const WhDefinition *definition = wh_providers_find(providers, account->provider);
    if (definition == NULL)
        g_set_error(error, WH_PROVIDERS_ERROR, WH_PROVIDERS_ERROR_FIELD,
                    "provider: there is no provider \"%s\".", account->provider);
    return definition;
}

gboolean wh_providers_check_account(WhProviders *providers, const WhAccount *account,
                                    GHashTable *secrets, GError **error)
{
    const WhDefinition *definition = need_provider(providers, account, error);
    return definition != NULL && wh_form_check(definition, account, secrets, error);
}

gboolean wh_providers_check_name(WhProviders *providers, const WhAccount *account, const char *name,
                                 GError **error)
{
    const WhDefinition *definition = need_provider(providers, account, error);
    return definition != NULL && wh_form_check_name(definition, account, name, error);
}

WhManners wh_providers_manners(WhProviders *providers, const WhAccount *account)
{
    const WhDefinition *definition = wh_providers_find(providers, account->provider);
    if (definition != NULL)
        return wh_form_manners(definition, account);
    return (WhManners){.burst = WH_DEFAULT_BURST, .refill = WH_DEFAULT_REFILL, .max_hosts = 1};
}

char *wh_providers_endpoint(WhProviders *providers, const WhAccount *account)
{
    const WhDefinition *definition = wh_providers_find(providers, account->provider);
    return definition != NULL ? wh_engine_find(definition->engine)->endpoint(definition, account)
                              : g_strdup("");
}

char **wh_providers_secret_names(WhProviders *providers, const WhAccount *account)
{
    const WhDefinition *definition = wh_providers_find(providers, account->provider);
    return definition != NULL ? wh_form_secret_names(definition, account) : g_new0(char *, 1);
}

static void on_finished(WhErrand *errand, gpointer data)
{
    Job *job = data;
    g_hash_table_remove(job->providers->jobs, &job->handle);
    wh_errand_report(errand, job->done, job->data);
    wh_errand_free(errand);
    g_free(job);
}

static void on_idle(gpointer data)
{
    Job *job = data;
    job->idle_timer = 0;
    on_finished(job->errand, job);
}

static void start_job(Job *job)
{
    WhErrand *errand = job->errand;
    if (errand->definition != NULL)
        wh_engine_find(errand->definition->engine)->start(errand);
    for (gsize i = 0; errand->definition == NULL && i < errand->n_items; i++)
        wh_errand_set(errand, i, WH_RESULT_BADREQ, "This provider is not known any more.", 0);
    if (errand->parts->len == 0)
        job->idle_timer = wh_clock_add_timer(errand->net->clock, 0, on_idle, job);
}

guint64 wh_providers_update(WhProviders *providers, const WhUpdate *update, GHashTable *secrets,
                            WhUpdateDone done, gpointer data)
{
    const WhDefinition *definition = wh_providers_find(providers, update->account->provider);
    Job *job = g_new0(Job, 1);
    job->providers = providers;
    job->handle = ++providers->last_handle;
    job->done = done;
    job->data = data;
    job->errand = wh_errand_new(&providers->net, definition, update, secrets);
    job->errand->finished = on_finished;
    job->errand->finished_data = job;
    g_hash_table_insert(providers->jobs, &job->handle, job);
    start_job(job);
    return job->handle;
}

void wh_providers_cancel(WhProviders *providers, guint64 handle)
{
    Job *job = g_hash_table_lookup(providers->jobs, &handle);
    if (job != NULL)
        cancel_job(job);
}
