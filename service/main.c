#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "platform/process_setup.h"
#include "service/base/product.h"
#include "service/protocol/message.h"
#include "service/wiring/log_writer.h"
#include "service/wiring/service.h"

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
    wh_log_writer_install(options->verbose);
    return run(options);
}
