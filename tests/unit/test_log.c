#include "service/base/log.h"

#include <string.h>

static GLogWriterOutput collect(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                gpointer data)
{
    GHashTable *seen = data;

    for (gsize i = 0; i < n_fields; i++)
        g_hash_table_replace(seen, g_strdup(fields[i].key), g_strdup(fields[i].value));
    g_hash_table_replace(seen, g_strdup("level"), g_strdup_printf("%d", (int)level));
    return G_LOG_WRITER_HANDLED;
}

static const char *seen_of(GHashTable *seen, const char *key)
{
    return g_hash_table_lookup(seen, key);
}

/* Run in a process of its own: a log writer is set once. */
static void test_written(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    WhLine *line = wh_line_new(WH_LOG_OWNER);

    if (!g_test_subprocess()) {
        wh_line_free(line);
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    g_log_set_writer_func(collect, seen, NULL);
    wh_line_set(line, WH_LOG_FIELD_PRINCIPAL, "uid:1000");
    wh_line_set(line, WH_LOG_FIELD_METHOD, NULL);
    wh_line_set(line, WH_LOG_FIELD_NAME, "");
    wh_line_say(line, "%s and ", "one");
    wh_line_say(line, "two\nlines\x1b");
    wh_line_write(line);
    g_assert_cmpstr(seen_of(seen, "MESSAGE"), ==, "one and two lines ");
    g_assert_cmpstr(seen_of(seen, "MESSAGE_ID"), ==, wh_log_message_id(WH_LOG_OWNER));
    g_assert_cmpstr(seen_of(seen, "PRIORITY"), ==, "5");
    g_assert_cmpstr(seen_of(seen, WH_LOG_FIELD_PRINCIPAL), ==, "uid:1000");
    g_assert_false(g_hash_table_contains(seen, WH_LOG_FIELD_METHOD));
    g_assert_false(g_hash_table_contains(seen, WH_LOG_FIELD_NAME));
    g_assert_cmpint(atoi(seen_of(seen, "level")), ==, G_LOG_LEVEL_MESSAGE);
}

static void test_ids(void)
{
    for (WhLogKind kind = 0; kind < WH_N_LOG_KINDS; kind++) {
        const char *id = wh_log_message_id(kind);

        g_assert_cmpuint(strspn(id, "0123456789abcdef"), ==, 32);
        g_assert_cmpuint(strlen(id), ==, 32);
        for (WhLogKind other = 0; other < kind; other++)
            g_assert_cmpstr(id, !=, wh_log_message_id(other));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/log/written", test_written);
    g_test_add_func("/log/ids", test_ids);
    return g_test_run();
}
