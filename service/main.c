#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "platform/process_setup.h"
#include "service/base/product.h"
#include "service/protocol/message.h"
#include "service/wiring/service.h"

/* The service manager's journal gets fields, a terminal gets lines; the debug level only when asked
 * for. */
static GLogWriterOutput write_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                  gpointer data)
{
    const gboolean *verbose = data;

    if ((level & G_LOG_LEVEL_DEBUG) != 0 && !*verbose)
        return G_LOG_WRITER_HANDLED;
    if (g_log_writer_is_journald(STDERR_FILENO) &&
        g_log_writer_journald(level, fields, n_fields, NULL) == G_LOG_WRITER_HANDLED)
        return G_LOG_WRITER_HANDLED;
    return g_log_writer_standard_streams(level, fields, n_fields, NULL);
}

static void quit(gpointer data)
{
    g_main_loop_quit(data);
}

static int run(const WhOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(WhService) service = wh_service_new(options, quit, loop, &error);

    if (service == NULL) {
        fprintf(stderr, "wayhomed: %s\n", error->message);
        return EXIT_FAILURE;
    }
    g_main_loop_run(loop);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhOptions) options = NULL;

    wh_process_setup();
    setlocale(LC_ALL, "");
    options = wh_options_parse(&argc, &argv, &error);
    if (options == NULL) {
        fprintf(stderr, "wayhomed: %s. Try: wayhomed --help\n", error->message);
        return 2;
    }
    if (options->version) {
        printf("wayhomed %s\n", WH_VERSION);
        return EXIT_SUCCESS;
    }
    wh_message_use_wiping_allocator();
    g_log_set_writer_func(write_log, &options->verbose, NULL);
    return run(options);
}
