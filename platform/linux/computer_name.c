#include "platform/computer_name.h"

#include <sys/utsname.h>

char *wh_computer_name(void)
{
    struct utsname names;

    return g_strdup(uname(&names) == 0 ? names.nodename : "");
}
