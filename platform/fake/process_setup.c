#include "platform/process_setup.h"

void wh_process_setup(void)
{
}
