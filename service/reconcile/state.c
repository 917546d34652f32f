#include "service/reconcile/state.h"

void wh_halt_clear(WhHalt *halt)
{
    g_free(halt->detail);
    *halt = (WhHalt){0};
}

void wh_halt_copy(const WhHalt *from, WhHalt *to)
{
    *to = *from;
    to->detail = g_strdup(from->detail);
}

void wh_record_state_clear(WhRecordState *state)
{
    g_free(state->retry_detail);
    *state = (WhRecordState){0};
}

void wh_record_state_copy(const WhRecordState *from, WhRecordState *to)
{
    *to = *from;
    to->retry_detail = g_strdup(from->retry_detail);
}

void wh_host_state_clear(WhHostState *state)
{
    wh_halt_clear(&state->halt);
    *state = (WhHostState){0};
}

void wh_host_state_copy(const WhHostState *from, WhHostState *to)
{
    *to = *from;
    wh_halt_copy(&from->halt, &to->halt);
}
