#include "service/wiring/rival.h"

#include "platform/local_socket.h"
#include "service/wiring/rival_question.h"
#include "service/wiring/sentences.h"
#include "service/wiring/service_private.h"

#define PATIENCE WH_SECOND
#define LAST_PATIENCE (20 * WH_SECOND)

/* question: under way, or NULL. holding: names that nobody asked about wait for it; hurried: they
 * waited long enough. again: something is to be asked after it. telling: the accounts hear
 * that nothing is known. */
struct WhRival {
    WhService *service;
    char *address;
    WhRivalQuestion *question;
    gboolean holding;
    gboolean hurried;
    gboolean again;
    gboolean telling;
    guint begin_timer;
    guint look_timer;
    guint patience_timer;
};

static gboolean begin(WhRival *rival);

/* Nobody says anything, or not soon enough. */
static void tell_nothing(WhRival *rival)
{
    g_autoptr(GHashTable) none = g_hash_table_new(g_str_hash, g_str_equal);

    rival->telling = TRUE;
    wh_accounts_set_elsewhere(rival->service->accounts, none);
    rival->telling = FALSE;
    wh_events_settle_soon(rival->service);
}

static void tell(WhRival *rival, char **asked, GHashTable *kept)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; asked[i] != NULL; i++) {
        gboolean is_kept = kept != NULL && g_hash_table_contains(kept, asked[i]);

        g_hash_table_insert(names, asked[i], GINT_TO_POINTER(is_kept));
    }
    wh_accounts_set_elsewhere(rival->service->accounts, names);
    wh_events_settle_soon(rival->service);
}

/* kept NULL: the answer is none. What came up meanwhile waits for the next question. */
static void finish(GHashTable *kept, gpointer data)
{
    WhRival *rival = data;
    WhRivalQuestion *question = g_steal_pointer(&rival->question);
    gboolean again = rival->again;

    wh_clock_remove_timer(rival->service->clock, &rival->patience_timer);
    rival->holding = FALSE;
    rival->hurried = FALSE;
    rival->again = FALSE;
    if (again)
        begin(rival);
    tell(rival, wh_rival_question_names(question), kept);
    wh_rival_question_drop(question);
}

static void on_last_patience(gpointer data)
{
    WhRival *rival = data;

    rival->patience_timer = 0;
    finish(NULL, rival);
}

/* What waits goes on; the answer may still come. */
static void on_patience(gpointer data)
{
    WhRival *rival = data;

    rival->holding = FALSE;
    rival->hurried = TRUE;
    rival->patience_timer =
        wh_clock_add_timer(rival->service->clock, LAST_PATIENCE, on_last_patience, rival);
    rival->telling = TRUE;
    wh_accounts_stop_asking(rival->service->accounts);
    rival->telling = FALSE;
    wh_events_settle_soon(rival->service);
}

/* Every name that is there when the present turn is done is asked about at once. */
static void on_begin(gpointer data)
{
    WhRival *rival = data;

    rival->begin_timer = 0;
    wh_rival_question_ask(rival->question, wh_accounts_names_to_ask(rival->service->accounts));
}

/* FALSE: nobody is there. */
static gboolean begin(WhRival *rival)
{
    GIOStream *stream = wh_local_socket_connect(rival->address, NULL);

    if (stream == NULL)
        return FALSE;
    rival->question = wh_rival_question_new(stream, finish, rival);
    rival->begin_timer = wh_clock_add_timer(rival->service->clock, 0, on_begin, rival);
    rival->patience_timer = wh_clock_add_timer(rival->service->clock, PATIENCE, on_patience, rival);
    return TRUE;
}

static gboolean ask(const char *name, gpointer data)
{
    WhRival *rival = data;

    if (rival->telling || (rival->question == NULL && !begin(rival)))
        return FALSE;
    if (wh_rival_question_names(rival->question) != NULL)
        rival->again = TRUE;
    rival->holding = !rival->hurried;
    return rival->holding;
}

static void on_look(gpointer data)
{
    WhRival *rival = data;

    rival->look_timer = 0;
    if (rival->question != NULL)
        rival->again = TRUE;
    else if (!begin(rival))
        tell_nothing(rival);
}

void wh_rival_look_soon(WhRival *rival)
{
    if (rival != NULL && rival->look_timer == 0)
        rival->look_timer = wh_clock_add_timer(rival->service->clock, 0, on_look, rival);
}

static void again(gpointer data)
{
    wh_rival_look_soon(data);
}

WhRival *wh_rival_new(WhService *service, const char *address)
{
    const WhAccountsRival hooks = {.ask = ask, .again = again};
    WhRival *rival = g_new0(WhRival, 1);

    rival->service = service;
    rival->address = g_strdup(address);
    wh_accounts_set_rival(service->accounts, &hooks, rival);
    return rival;
}

void wh_rival_free(WhRival *rival)
{
    if (rival == NULL)
        return;
    wh_clock_remove_timer(rival->service->clock, &rival->begin_timer);
    wh_clock_remove_timer(rival->service->clock, &rival->look_timer);
    wh_clock_remove_timer(rival->service->clock, &rival->patience_timer);
    g_clear_pointer(&rival->question, wh_rival_question_drop);
    g_free(rival->address);
    g_free(rival);
}

static char *about_kept(WhService *service)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const GPtrArray *hosts = wh_accounts_hosts(service->accounts);
    g_autofree char *list = NULL;

    for (guint i = 0; i < hosts->len; i++) {
        const WhHost *host = g_ptr_array_index(hosts, i);

        if (wh_accounts_withheld(service->accounts, host->id) == WH_WITHHELD_ELSEWHERE)
            g_ptr_array_add(names, host->name);
    }
    list = wh_sentences_list(names);
    return g_strdup_printf("The service of the whole computer keeps %s right already, so your own "
                           "service sends nothing for %s. Remove %s from one of the two.",
                           list, names->len == 1 ? "it" : "them", names->len == 1 ? "it" : "them");
}

void wh_rival_settle(WhService *service)
{
    g_autofree char *text = wh_accounts_withholds(service->accounts, WH_WITHHELD_ELSEWHERE)
                                ? about_kept(service)
                                : NULL;

    if (wh_notices_set(service->notices, "kept_by_system", text) && service->control != NULL)
        wh_control_service_changed(service->control);
}
