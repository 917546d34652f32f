/* What a keyring does that is not as it should be. */
#include "tests/contract/linux/keyring_wrong.h"

#include "platform/keyring.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/keyring_mock.h"

#include <dlfcn.h>
#include <string.h>

#define NAME "org.freedesktop.secrets"

/* limited: calls that give up after a time. plain: how often it was said that secrets are not
 * encrypted. */
typedef struct {
    guint limited;
    guint plain;
} Seen;

static Seen *seen(void)
{
    static Seen all;

    return &all;
}

/* In place of GLib's, to see with which patience it is called. */
void g_dbus_connection_call(GDBusConnection *connection, const gchar *bus_name, const gchar *path,
                            const gchar *interface, const gchar *method, GVariant *parameters,
                            const GVariantType *reply_type, GDBusCallFlags flags, gint timeout_msec,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
    typeof(g_dbus_connection_call) *real = NULL;

    *(void **)&real = dlsym(RTLD_NEXT, "g_dbus_connection_call");
    seen()->limited += g_strcmp0(bus_name, NAME) == 0 && timeout_msec != G_MAXINT;
    real(connection, bus_name, path, interface, method, parameters, reply_type, flags, timeout_msec,
         cancellable, callback, user_data);
}

static GLogWriterOutput listen(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                               gpointer data)
{
    for (gsize i = 0; i < n_fields; i++)
        if (g_str_equal(fields[i].key, "MESSAGE") &&
            strstr(fields[i].value, "does not encrypt") != NULL)
            seen()->plain++;
    return g_log_writer_default(level, fields, n_fields, data);
}

typedef struct {
    WhTestMock *mock;
    WhTestMockWays *ways;
    WhKeyring *keyring;
    guint changes;
    guint answers;
    gint code; /* of the last answer; -1: it was done */
    char *message;
} Fixture;

static void on_changed(gpointer data)
{
    ((Fixture *)data)->changes++;
}

static void on_done(const GError *error, gpointer data)
{
    Fixture *fixture = data;

    g_free(fixture->message);
    fixture->message = error != NULL ? g_strdup(error->message) : NULL;
    fixture->code = error != NULL ? error->code : -1;
    fixture->answers++;
}

static void begin(Fixture *fixture)
{
    fixture->mock = wh_test_mock_new();
    fixture->ways = wh_test_mock_ways(fixture->mock);
}

static void look(Fixture *fixture)
{
    fixture->keyring = wh_keyring_new("test", on_changed, fixture);
}

static void end(Fixture *fixture)
{
    wh_keyring_free(fixture->keyring);
    wh_test_mock_free(fixture->mock);
    g_free(fixture->message);
}

static gboolean is_open(gpointer data)
{
    return wh_keyring_state(((Fixture *)data)->keyring) == WH_KEYRING_OPEN;
}

static gboolean is_locked(gpointer data)
{
    return wh_keyring_state(((Fixture *)data)->keyring) == WH_KEYRING_LOCKED;
}

static gboolean is_absent(gpointer data)
{
    return wh_keyring_state(((Fixture *)data)->keyring) == WH_KEYRING_ABSENT;
}

static gboolean has_a(gpointer data)
{
    gsize length;

    return wh_keyring_lookup(((Fixture *)data)->keyring, "a", &length) != NULL;
}

static gboolean has_no_a(gpointer data)
{
    return !has_a(data);
}

static void put(Fixture *fixture, gint code)
{
    guint before = fixture->answers;

    wh_keyring_put(fixture->keyring, "new", "A label", "x", 1, on_done, fixture);
    wh_helper_for_count(&fixture->answers, before + 1);
    g_assert_cmpint(fixture->code, ==, code);
}

static void remove_a(Fixture *fixture, gint code)
{
    guint before = fixture->answers;

    wh_keyring_remove(fixture->keyring, "a", on_done, fixture);
    wh_helper_for_count(&fixture->answers, before + 1);
    g_assert_cmpint(fixture->code, ==, code);
}

static void unlock(Fixture *fixture, gint code)
{
    guint before = fixture->answers;

    wh_keyring_unlock(fixture->keyring, on_done, fixture);
    wh_helper_for_count(&fixture->answers, before + 1);
    g_assert_cmpint(fixture->code, ==, code);
}

/* One more look, which ends. */
static void look_again(Fixture *fixture)
{
    guint before = fixture->ways->reads;

    wh_test_mock_signal(fixture->mock);
    wh_helper_for_count(&fixture->ways->reads, before + 1);
    wh_helper_settle();
}

/* An old keyring whose password is forgotten holds up nothing. */
static void test_locked_elsewhere(void)
{
    Fixture fixture = {0};

    begin(&fixture);
    wh_test_mock_plant(fixture.mock, "a", "1", FALSE);
    wh_test_mock_plant(fixture.mock, "a", "0", TRUE);
    wh_test_mock_plant(fixture.mock, "old", "1", TRUE);
    look(&fixture);
    wh_helper_until(is_open, &fixture);
    g_assert_true(has_a(&fixture));
    g_assert_false(wh_keyring_is_locked(fixture.keyring, "a"));
    g_assert_true(wh_keyring_is_locked(fixture.keyring, "old"));
    g_assert_false(wh_keyring_is_locked(fixture.keyring, "other"));
    put(&fixture, -1);
    end(&fixture);
}

/* The person is asked once, whatever stays locked. */
static void test_asked_once(void)
{
    Fixture fixture = {0};

    begin(&fixture);
    wh_test_mock_plant(fixture.mock, "old", "1", TRUE);
    look(&fixture);
    wh_helper_until(is_open, &fixture);
    unlock(&fixture, -1);
    g_assert_cmpuint(fixture.ways->unlocks, ==, 1);
    fixture.ways->locked = TRUE;
    wh_test_mock_signal(fixture.mock);
    wh_helper_until(is_locked, &fixture);
    unlock(&fixture, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_cmpuint(fixture.ways->unlocks, ==, 2);
    unlock(&fixture, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_cmpuint(fixture.ways->unlocks, ==, 3);
    end(&fixture);
}

/* What is not seen for another reason is not removed. */
static void test_unreadable(void)
{
    Fixture fixture = {0};

    begin(&fixture);
    wh_test_mock_plant(fixture.mock, "a", "1", FALSE);
    look(&fixture);
    wh_helper_until(has_a, &fixture);
    fixture.ways->read_error = "org.freedesktop.DBus.Error.LimitsExceeded";
    look_again(&fixture);
    g_assert_true(has_a(&fixture));
    g_assert_true(is_open(&fixture));
    fixture.ways->read_error = NULL;
    look_again(&fixture);
    g_assert_true(has_a(&fixture));
    fixture.ways->read_error = "org.freedesktop.Secret.Error.NoSuchObject";
    wh_test_mock_signal(fixture.mock);
    wh_helper_until(has_no_a, &fixture);
    g_assert_true(is_open(&fixture));
    end(&fixture);
}

/* It answers when it can, however long that takes. */
static void test_hangs(void)
{
    Fixture fixture = {0};

    begin(&fixture);
    seen()->limited = 0;
    fixture.ways->hangs = TRUE;
    look(&fixture);
    wh_helper_for_count(&fixture.ways->looks, 1);
    wh_helper_settle();
    g_assert_cmpint(wh_keyring_state(fixture.keyring), ==, WH_KEYRING_LOOKING);
    wh_test_mock_go_on(fixture.mock);
    wh_helper_until(is_open, &fixture);
    remove_a(&fixture, -1);
    g_assert_cmpuint(seen()->limited, ==, 0);
    put(&fixture, -1);
    end(&fixture);
}

static guint looks_from(Fixture *fixture, guint before)
{
    wh_helper_for_count(&fixture->ways->looks, before + 1);
    wh_helper_settle();
    return fixture->ways->looks;
}

/* One failure is none. After two there is no keyring, until the person asks for it. */
static void test_fails(void)
{
    Fixture fixture = {0};

    begin(&fixture);
    fixture.ways->alias_error = "org.freedesktop.DBus.Error.NoMemory";
    look(&fixture);
    looks_from(&fixture, 0);
    g_assert_cmpint(wh_keyring_state(fixture.keyring), ==, WH_KEYRING_LOOKING);
    wh_test_mock_signal(fixture.mock);
    wh_helper_until(is_absent, &fixture);
    put(&fixture, G_IO_ERROR_NOT_FOUND);
    fixture.ways->alias_error = NULL;
    unlock(&fixture, -1);
    g_assert_true(is_open(&fixture));
    end(&fixture);
}

static gboolean on_time(gpointer data)
{
    *(gboolean *)data = TRUE;
    return G_SOURCE_REMOVE;
}

static gboolean is_true(gpointer data)
{
    return *(gboolean *)data;
}

/* A keyring that tells of a change whenever it is looked at is not looked at without end. */
static void test_chatty(void)
{
    Fixture fixture = {0};
    gboolean over = FALSE;

    begin(&fixture);
    fixture.ways->chatty = TRUE;
    look(&fixture);
    wh_helper_for_count(&fixture.ways->looks, 1);
    g_timeout_add(500, on_time, &over);
    wh_helper_until(is_true, &over);
    g_assert_cmpuint(fixture.ways->looks, <=, 10);
    fixture.ways->chatty = FALSE;
    wh_helper_until(is_open, &fixture);
    end(&fixture);
}

static void test_plain(void)
{
    Fixture fixture = {0};

    begin(&fixture);
    seen()->plain = 0;
    look(&fixture);
    wh_helper_until(is_open, &fixture);
    g_assert_cmpuint(seen()->plain, ==, 1);
    end(&fixture);
}

/* All of a key are removed, and nothing else. */
static void test_removes_by_path(void)
{
    Fixture fixture = {0};

    begin(&fixture);
    wh_test_mock_plant(fixture.mock, "a", "1", FALSE);
    wh_test_mock_plant(fixture.mock, "a", "2", FALSE);
    wh_test_mock_plant(fixture.mock, "b", "3", FALSE);
    look(&fixture);
    wh_helper_until(is_open, &fixture);
    fixture.ways->delete_error = "org.freedesktop.DBus.Error.NoMemory";
    remove_a(&fixture, G_IO_ERROR_FAILED);
    g_assert_cmpstr(fixture.message, ==, "It will not");
    fixture.ways->delete_error = NULL;
    remove_a(&fixture, -1);
    g_assert_cmpuint(wh_test_mock_count(fixture.mock, "a"), ==, 0);
    g_assert_cmpuint(wh_test_mock_count(fixture.mock, "b"), ==, 1);
    remove_a(&fixture, -1);
    wh_test_mock_plant(fixture.mock, "a", "1", TRUE);
    remove_a(&fixture, G_IO_ERROR_PERMISSION_DENIED);
    end(&fixture);
}

/* Words that no sentence has room for, and names that are not ours. */
static void test_too_much(void)
{
    Fixture fixture = {0};
    g_autofree char *longest = g_strnfill(100, 'k');
    g_autofree char *too_long = g_strnfill(101, 'k');
    g_autofree char *much = g_strnfill(5000, 'x');
    g_auto(GStrv) keys = NULL;

    begin(&fixture);
    much[3] = '\n';
    fixture.ways->words = much;
    fixture.ways->create_error = "org.freedesktop.Secret.Error.IsLocked";
    wh_test_mock_plant(fixture.mock, longest, "1", FALSE);
    wh_test_mock_plant(fixture.mock, too_long, "1", FALSE);
    wh_test_mock_plant(fixture.mock, "UPPER", "1", FALSE);
    look(&fixture);
    wh_helper_until(is_open, &fixture);
    keys = wh_keyring_keys(fixture.keyring);
    g_assert_cmpuint(g_strv_length(keys), ==, 1);
    g_assert_cmpstr(keys[0], ==, longest);
    put(&fixture, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_cmpuint(strlen(fixture.message), ==, 200);
    g_assert_true(g_str_has_prefix(fixture.message, "xxx xxx"));
    end(&fixture);
}

void wh_test_keyring_add_wrong(void)
{
    g_log_set_writer_func(listen, NULL, NULL);
    g_test_add_func("/keyring/linux/locked-elsewhere", test_locked_elsewhere);
    g_test_add_func("/keyring/linux/asked-once", test_asked_once);
    g_test_add_func("/keyring/linux/unreadable", test_unreadable);
    g_test_add_func("/keyring/linux/hangs", test_hangs);
    g_test_add_func("/keyring/linux/fails", test_fails);
    g_test_add_func("/keyring/linux/chatty", test_chatty);
    g_test_add_func("/keyring/linux/plain", test_plain);
    g_test_add_func("/keyring/linux/removes-by-path", test_removes_by_path);
    g_test_add_func("/keyring/linux/too-much", test_too_much);
}
