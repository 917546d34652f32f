#include "platform/process_setup.h"

void wh_process_complain_to_person(const char *program, const char *sentence)
{
    wh_process_complain(program, sentence);
}
