#include <locale.h>
#include <stdlib.h>

#include "platform/process_setup.h"
#include "service/base/product.h"
#include "service/protocol/message.h"
#include "service/wiring/log_writer.h"
#include "service/wiring/service.h"

#define PROGRAM "wayhomed"

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
        wh_process_complain(PROGRAM, error->message);
        return EXIT_FAILURE;
    }
    g_main_loop_run(loop);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhOptions) options = NULL;
    g_auto(GStrv) arguments = NULL;
    WhLogWriter *writer;
    int code;

    wh_process_setup();
    setlocale(LC_ALL, "");
    arguments = wh_process_arguments(argc, argv);
    options = wh_options_parse(&arguments, &error);
    if (options == NULL) {
        g_autofree char *sentence = g_strdup_printf("%s. Try: " PROGRAM " --help", error->message);

        wh_process_complain(PROGRAM, sentence);
        return 2;
    }
    if (options->version) {
        g_print(PROGRAM " %s\n", WH_VERSION);
        return EXIT_SUCCESS;
    }
    wh_message_use_wiping_allocator();
    writer = wh_log_writer_install(options->verbose);
    code = run(options);
    wh_log_writer_flush(writer);
    return code;
}
