#include "platform/computer_name.h"

char *wh_computer_name(void)
{
    return g_strdup("Fake.example.net");
}
