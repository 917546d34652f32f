#include "platform/process_setup.h"

/* Who starts programs from a menu finds what they say in the journal. */
void wh_process_complain_to_person(const char *program, const char *sentence)
{
    wh_process_complain(program, sentence);
}
