#include "platform/process_setup.h"

#include <stdio.h>

void wh_process_setup(void)
{
}

char **wh_process_arguments(int argc, char **argv)
{
    return g_strdupv(argv);
}

void wh_process_complain(const char *program, const char *sentence)
{
    fprintf(stderr, "%s: %s\n", program, sentence);
}
