#include "platform/linux/sleep_plan_private.h"

#include "platform/linux/system_bus.h"

#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define LOGIND_MANAGER "org.freedesktop.login1.Manager"
#define MINUTE (60 * G_USEC_PER_SEC)

/* One question to logind. */
typedef struct {
    GDBusConnection *bus;
    guint login; /* minutes of the login screen */
    gboolean masked;
    guint idle; /* minutes of logind */
    gboolean idle_is_sleep;
} Question;

static void question_free(gpointer data)
{
    Question *question = data;

    if (question->bus != NULL)
        g_dbus_connection_close(question->bus, NULL, NULL, NULL);
    g_clear_object(&question->bus);
    g_free(question);
}

gboolean wh_sleep_plan_is_sleep(const char *action)
{
    static const char *const words[] = {
        "suspend", "hibernate", "hybrid-sleep", "suspend-then-hibernate", "sleep", NULL};

    return g_strv_contains(words, action) || g_strcmp0(action, "poweroff") == 0 ||
           g_strcmp0(action, "halt") == 0 || g_strcmp0(action, "shutdown") == 0;
}

guint wh_sleep_plan_minutes(guint64 microseconds)
{
    guint64 minutes = microseconds / MINUTE + (microseconds % MINUTE != 0 ? 1 : 0);

    return (guint)MIN(minutes, G_MAXUINT);
}

gboolean wh_sleep_plan_is_masked(const char *root)
{
    static const char *const folders[] = {"/etc/systemd/system", "/run/systemd/system"};
    static const char *const targets[] = {"sleep.target", "suspend.target"};

    for (guint i = 0; i < G_N_ELEMENTS(folders) * G_N_ELEMENTS(targets); i++) {
        g_autofree char *path = g_build_filename(root, folders[i / 2], targets[i % 2], NULL);
        g_autofree char *target = g_file_read_link(path, NULL);

        if (g_strcmp0(target, "/dev/null") == 0)
            return TRUE;
    }
    return FALSE;
}

/* Who comes first; of two that come together it is the system. */
static WhSleepPlan *plan_new(const Question *question, gboolean can_suspend)
{
    WhSleepPlan plan = {0};
    gboolean sleeps = can_suspend && !question->masked;

    if (question->idle > 0 && (sleeps || !question->idle_is_sleep))
        plan = (WhSleepPlan){question->idle, WH_SLEEP_PLAN_BY_SYSTEM};
    if (question->login > 0 && sleeps && (plan.minutes == 0 || question->login < plan.minutes))
        plan = (WhSleepPlan){question->login, WH_SLEEP_PLAN_BY_LOGIN};
    return g_memdup2(&plan, sizeof plan);
}

/* "na": not with this computer, or forbidden in systemd-sleep.conf(5). Anything else is about who
 * may, which does not matter here. */
static void could_suspend(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
    const char *word = "";

    if (answer == NULL) {
        g_task_return_error(task, g_steal_pointer(&error));
        return;
    }
    g_variant_get(answer, "(&s)", &word);
    g_task_return_pointer(task, plan_new(g_task_get_task_data(task), g_strcmp0(word, "na") != 0),
                          g_free);
}

static void call(GTask *task, const char *interface, const char *method, GVariant *parameters,
                 const char *reply, GAsyncReadyCallback done)
{
    const Question *question = g_task_get_task_data(task);

    g_dbus_connection_call(question->bus, LOGIND, LOGIND_PATH, interface, method, parameters,
                           G_VARIANT_TYPE(reply), G_DBUS_CALL_FLAGS_NONE, -1,
                           g_task_get_cancellable(task), done, g_object_ref(task));
}

static void told_properties(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) answer =
        g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
    g_autoptr(GVariant) properties = NULL;
    Question *question = g_task_get_task_data(task);
    const char *action = "ignore";
    guint64 wait = 0;

    if (answer == NULL) {
        g_task_return_error(task, g_steal_pointer(&error));
        return;
    }
    properties = g_variant_get_child_value(answer, 0);
    (void)g_variant_lookup(properties, "IdleAction", "&s", &action);
    (void)g_variant_lookup(properties, "IdleActionUSec", "t", &wait);
    question->idle_is_sleep = !g_str_equal(action, "poweroff") && !g_str_equal(action, "halt");
    /* At once is after the first moment without anybody. */
    if (wh_sleep_plan_is_sleep(action) && wait != G_MAXUINT64)
        question->idle = MAX(1, wh_sleep_plan_minutes(wait));
    if (question->idle == 0 && question->login == 0)
        g_task_return_pointer(task, plan_new(question, TRUE), g_free);
    else
        call(task, LOGIND_MANAGER, "CanSuspend", NULL, "(s)", could_suspend);
}

static void connected(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    g_autoptr(GError) error = NULL;
    Question *question = g_task_get_task_data(task);

    question->bus = wh_system_bus_connect_finish(result, &error);
    if (question->bus == NULL) {
        g_task_return_error(task, g_steal_pointer(&error));
        return;
    }
    call(task, "org.freedesktop.DBus.Properties", "GetAll", g_variant_new("(s)", LOGIND_MANAGER),
         "(a{sv})", told_properties);
}

void wh_sleep_plan_read_below(const char *root, GSettingsSchemaSource *schemas,
                              GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, done, data);
    g_autoptr(GError) error = NULL;
    Question *question = g_new0(Question, 1);

    question->login = wh_sleep_plan_of_login(root, schemas);
    question->masked = wh_sleep_plan_is_masked(root);
    g_task_set_task_data(task, question, question_free);
    if (!wh_system_bus_connect(cancellable, connected, g_object_ref(task), &error)) {
        g_object_unref(task);
        g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                "Nobody knows here when the computer goes to sleep: no system bus "
                                "(%s)",
                                error->message);
    }
}

void wh_sleep_plan_read(GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
    wh_sleep_plan_read_below("", g_settings_schema_source_get_default(), cancellable, done, data);
}

gboolean wh_sleep_plan_read_finish(GAsyncResult *result, WhSleepPlan *plan, GError **error)
{
    g_autofree WhSleepPlan *read = g_task_propagate_pointer(G_TASK(result), error);

    if (read == NULL)
        return FALSE;
    *plan = *read;
    return TRUE;
}
