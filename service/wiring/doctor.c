#include "service/wiring/doctor.h"

#include "platform/sleep_plan.h"
#include "service/doctor/chart.h"
#include "service/doctor/dates.h"
#include "service/doctor/doctor.h"
#include "service/doctor/reopening.h"
#include "service/wiring/doctor_asker.h"
#include "service/wiring/doctor_facts.h"

/* Changes come in bursts, and updates leave first. */
#define LOOK_DELAY (200 * WH_MILLISECOND)

/* What is asked once, and is in no hurry. */
#define LATER (5 * WH_SECOND)

/* Whoever waits for an answer gets it when the first round of questions can be over, and not later
 * than people like to wait. */
#define LEAST_WAIT (2 * WH_SECOND)
#define LONGEST_WAIT (10 * WH_SECOND)

#define HISTORY_READ 1000

typedef struct {
    WhControlDiagnosed done;
    gpointer data;
} Waiting;

/* waiting: Waiting; wait_timer runs while there is one, waited: the least wait is over. */
struct WhDoctor {
    WhService *service;
    WhChart *chart;
    WhCheckup *checkup;
    WhCheckupAsker *asker;
    WhDates *dates;
    WhHeals *heals;
    GCancellable *cancellable;
    guint sleep_minutes;
    WhReopening reopening;
    guint look_timer;
    guint later_timer;
    GArray *waiting;
    gboolean waited;
    guint wait_timer;
};

static void tell(WhDoctor *doctor, WhLogKind kind, const WhFinding *finding, const char *before)
{
    WhLine *line = wh_line_new(kind);
    g_autofree char *sentence = wh_finding_sentence(finding);
    g_autofree char *step = kind == WH_LOG_FINDING ? wh_finding_step(finding) : NULL;

    wh_line_set(line, WH_LOG_FIELD_FINDING, wh_finding_code_name(finding->code));
    wh_line_set(line, WH_LOG_FIELD_HOST, finding->host);
    if (finding->has_family)
        wh_line_set(line, WH_LOG_FIELD_FAMILY, finding->family == WH_FAMILY_IPV4 ? "ipv4" : "ipv6");
    wh_line_say(line, "%s%s", before, sentence);
    if (step != NULL)
        wh_line_say(line, " %s", step);
    if (finding->weight == WH_FINDING_NOTE)
        wh_line_make_quiet(line);
    wh_chronicle_add(doctor->service->chronicle, line);
}

static void on_begun(const WhFinding *finding, gpointer data)
{
    tell(data, WH_LOG_FINDING, finding, "");
}

static void on_over(const WhFinding *finding, gpointer data)
{
    tell(data, WH_LOG_FINDING_OVER, finding, "This is over: ");
}

static void on_changed(gpointer data)
{
    WhDoctor *doctor = data;

    if (doctor->service->control != NULL)
        wh_control_findings_changed(doctor->service->control);
}

static void add_clock(WhDoctor *doctor, WhFactsClock *clock)
{
    clock->known = wh_dates_off(doctor->dates, &clock->off);
    clock->refused = wh_dates_refused(doctor->dates);
}

static void gather(WhDoctor *doctor, WhDoctorFolder *folder)
{
    wh_doctor_folder_gather(folder, doctor->service, doctor->heals);
    folder->facts.probes = wh_checkup_result(doctor->checkup);
    folder->facts.sleep_minutes = doctor->sleep_minutes;
    add_clock(doctor, &folder->facts.clock);
}

static void end_wait(WhDoctor *doctor)
{
    GArray *waiting = g_steal_pointer(&doctor->waiting);

    doctor->waiting = g_array_new(FALSE, FALSE, sizeof(Waiting));
    wh_clock_remove_timer(doctor->service->clock, &doctor->wait_timer);
    for (guint i = 0; i < waiting->len; i++) {
        const Waiting *one = &g_array_index(waiting, Waiting, i);

        one->done(one->data);
    }
    g_array_unref(waiting);
}

static void answer(WhDoctor *doctor)
{
    wh_chart_hurry(doctor->chart);
    end_wait(doctor);
}

static void look(WhDoctor *doctor)
{
    g_auto(WhDoctorFolder) folder = {.unanswered = FALSE};

    gather(doctor, &folder);
    gboolean worrying =
        wh_doctor_folder_is_worrying(&folder) || wh_checkup_is_worrying(doctor->checkup);
    wh_checkup_set_needed(doctor->checkup,
                          worrying || wh_dates_doubtful(doctor->dates, WH_DOCTOR_CLOCK_TOLERANCE));
    folder.facts.probes = wh_checkup_result(doctor->checkup);
    wh_chart_take(doctor->chart, wh_doctor_find(&folder.facts));
    if (wh_reopening_take(&doctor->reopening, folder.facts.probes.web,
                          wh_doctor_folder_voices(&folder)))
        wh_events_look_again(doctor->service);
    if (doctor->waiting->len > 0 && doctor->waited && !wh_checkup_is_running(doctor->checkup) &&
        !wh_doctor_folder_is_asking(&folder))
        answer(doctor);
}

static void on_look(gpointer data)
{
    WhDoctor *doctor = data;

    doctor->look_timer = 0;
    look(doctor);
}

void wh_doctor_look_soon(WhDoctor *doctor)
{
    if (doctor != NULL && doctor->look_timer == 0)
        doctor->look_timer =
            wh_clock_add_timer(doctor->service->clock, LOOK_DELAY, on_look, doctor);
}

static void on_checked(gpointer data)
{
    wh_doctor_look_soon(data);
}

static void take_date(WhDoctor *doctor, const char *server, gboolean secure, gint64 date,
                      gint64 here)
{
    if (wh_dates_take(doctor->dates, server, secure, date, here) ||
        wh_dates_doubtful(doctor->dates, WH_DOCTOR_CLOCK_TOLERANCE))
        wh_doctor_look_soon(doctor);
}

static void on_dated(const char *page, gint64 date, gint64 at, gpointer data)
{
    take_date(data, page, FALSE, date, at);
}

/* Anybody could have put a date on a plain answer; those of pages come by on_dated(). */
static void on_glimpse(const WhHttpGlimpse *glimpse, gpointer data)
{
    WhDoctor *doctor = data;

    if (glimpse->secure)
        take_date(doctor, glimpse->host, TRUE, glimpse->date, glimpse->answered);
    else if (glimpse->refused && wh_dates_take_refusal(doctor->dates))
        wh_doctor_look_soon(doctor);
}

static void on_sleep_plan(GObject *source, GAsyncResult *result, gpointer data)
{
    WhDoctor *doctor = data;
    g_autoptr(GError) error = NULL;
    WhSleepPlan plan = {0};

    if (!wh_sleep_plan_read_finish(result, &plan, &error) &&
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (plan.minutes == doctor->sleep_minutes)
        return;
    doctor->sleep_minutes = plan.minutes;
    wh_doctor_look_soon(doctor);
}

static void read_sleep_plan(WhDoctor *doctor)
{
    wh_sleep_plan_read(doctor->cancellable, on_sleep_plan, doctor);
}

static void read_heals(WhDoctor *doctor)
{
    g_autoptr(GPtrArray) events = wh_store_history(doctor->service->store, NULL, 0, HISTORY_READ);

    for (guint i = events->len; i > 0; i--)
        wh_doctor_take_event(doctor, g_ptr_array_index(events, i - 1));
}

static void on_later(gpointer data)
{
    WhDoctor *doctor = data;

    doctor->later_timer = 0;
    read_heals(doctor);
    read_sleep_plan(doctor);
    wh_doctor_look_soon(doctor);
}

WhDoctor *wh_doctor_new(WhService *service, char **problem)
{
    const WhChartListener listener = {.begun = on_begun, .over = on_over, .changed = on_changed};
    const WhCheckupListener checks = {.done = on_checked, .dated = on_dated};
    WhDoctor *doctor = g_new0(WhDoctor, 1);

    doctor->service = service;
    doctor->chart = wh_chart_new(service->clock, &listener, doctor);
    doctor->asker = wh_doctor_asker_new(service->clock, service->http, service->dns);
    doctor->checkup = wh_checkup_new(service->clock, doctor->asker,
                                     wh_doctor_probes(service->config, problem), &checks, doctor);
    doctor->dates = wh_dates_new();
    doctor->heals = wh_heals_new();
    doctor->cancellable = g_cancellable_new();
    doctor->waiting = g_array_new(FALSE, FALSE, sizeof(Waiting));
    wh_http_set_glimpse(service->http, on_glimpse, doctor);
    doctor->later_timer = wh_clock_add_timer(service->clock, LATER, on_later, doctor);
    return doctor;
}

void wh_doctor_free(WhDoctor *doctor)
{
    if (doctor == NULL)
        return;
    WhClock *clock = doctor->service->clock;
    wh_http_set_glimpse(doctor->service->http, NULL, NULL);
    g_cancellable_cancel(doctor->cancellable);
    end_wait(doctor);
    wh_clock_remove_timer(clock, &doctor->look_timer);
    wh_clock_remove_timer(clock, &doctor->later_timer);
    g_clear_pointer(&doctor->checkup, wh_checkup_free);
    wh_doctor_asker_free(doctor->asker);
    wh_chart_free(doctor->chart);
    wh_dates_free(doctor->dates);
    wh_heals_free(doctor->heals);
    g_object_unref(doctor->cancellable);
    g_array_unref(doctor->waiting);
    g_free(doctor);
}

void wh_doctor_take_event(WhDoctor *doctor, const WhEvent *event)
{
    if (doctor == NULL || event->kind != WH_EVENT_HEALED || event->host == NULL)
        return;
    wh_heals_take(doctor->heals, event->host, event->family, event->at);
    wh_doctor_look_soon(doctor);
}

void wh_doctor_clock_set(WhDoctor *doctor)
{
    if (doctor == NULL)
        return;
    wh_dates_forget(doctor->dates);
    wh_doctor_look_soon(doctor);
}

const GPtrArray *wh_doctor_findings(WhDoctor *doctor)
{
    return wh_chart_findings(doctor->chart);
}

/* After the longest wait, what is known has to do. */
static void on_longest_wait(gpointer data)
{
    WhDoctor *doctor = data;

    doctor->wait_timer = 0;
    look(doctor);
    if (doctor->waiting->len > 0)
        answer(doctor);
}

static void on_least_wait(gpointer data)
{
    WhDoctor *doctor = data;

    doctor->waited = TRUE;
    doctor->wait_timer = wh_clock_add_timer(doctor->service->clock, LONGEST_WAIT - LEAST_WAIT,
                                            on_longest_wait, doctor);
    look(doctor);
}

void wh_doctor_diagnose(WhDoctor *doctor, WhControlDiagnosed done, gpointer done_data)
{
    const Waiting waiting = {.done = done, .data = done_data};

    g_array_append_val(doctor->waiting, waiting);
    if (doctor->waiting->len > 1)
        return;
    doctor->waited = FALSE;
    doctor->wait_timer =
        wh_clock_add_timer(doctor->service->clock, LEAST_WAIT, on_least_wait, doctor);
    wh_events_look_again(doctor->service);
    wh_checkup_run(doctor->checkup);
    read_sleep_plan(doctor);
}
