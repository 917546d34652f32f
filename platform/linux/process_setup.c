#include "platform/process_setup.h"

#include <malloc.h>
#include <stdio.h>

/* libcurl brings GnuTLS along for protocols that nobody here speaks. It asks for this symbol when
 * it is loaded (GNUTLS_SKIP_GLOBAL_INIT in gnutls.h), and without its tables the service needs a
 * megabyte less. */
int _gnutls_global_init_skip(void);

int _gnutls_global_init_skip(void)
{
    return 1;
}

void wh_process_setup(void)
{
    /* Look-ups of names run in short-lived threads, and each would leave a heap of its own behind.
     */
    mallopt(M_ARENA_MAX, 1);
}

char **wh_process_arguments(int argc, char **argv)
{
    return g_strdupv(argv);
}

void wh_process_complain(const char *program, const char *sentence)
{
    fprintf(stderr, "%s: %s\n", program, sentence);
}
