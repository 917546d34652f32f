#include "app/cli/cli.h"
#include "platform/process_setup.h"

int main(int argc, char **argv)
{
    wh_process_setup();
    g_auto(GStrv) arguments = wh_process_arguments(argc, argv);
    return wh_cli_run((int)g_strv_length(arguments), arguments);
}
