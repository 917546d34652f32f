#include "platform/single_instance.h"

#include "platform/fake/single_instance_fake.h"

struct WhSingleInstance {
    WhSingleInstanceFuncs funcs;
    gpointer data;
};

typedef struct {
    WhSingleInstance *running;
    gboolean has_other;
    int other_answer;
    char *asked;
    gboolean stubborn;
} State;

static State *the_state(void)
{
    static State state;

    return &state;
}

void wh_fake_single_instance_reset(void)
{
    g_free(the_state()->asked);
    *the_state() = (State){0};
}

int wh_fake_single_instance_ask(const char *request)
{
    WhSingleInstance *running = the_state()->running;

    return running != NULL ? running->funcs.asked(request, running->data) : -1;
}

void wh_fake_single_instance_set_other(int answer)
{
    the_state()->has_other = answer >= 0;
    the_state()->other_answer = answer;
}

const char *wh_fake_single_instance_asked(void)
{
    return the_state()->asked;
}

void wh_fake_single_instance_set_stubborn(gboolean stubborn)
{
    the_state()->stubborn = stubborn;
}

GApplicationFlags wh_single_instance_flags(void)
{
    return G_APPLICATION_NON_UNIQUE;
}

WhSingleInstance *wh_single_instance_new(const char *id, const char *request, const char *again,
                                         const WhSingleInstanceFuncs *funcs, gpointer data,
                                         int *answer)
{
    State *state = the_state();
    WhSingleInstance *instance;

    if (state->has_other) {
        g_free(state->asked);
        state->asked = g_strdup(request);
        *answer = state->other_answer;
        return NULL;
    }
    instance = g_new0(WhSingleInstance, 1);
    instance->funcs = *funcs;
    instance->data = data;
    state->running = instance;
    return instance;
}

void wh_single_instance_free(WhSingleInstance *instance)
{
    if (the_state()->running == instance)
        the_state()->running = NULL;
    g_free(instance);
}

/* There is no other process that could be waited for. */
gboolean wh_single_instance_quit(const char *id, GError **error)
{
    State *state = the_state();

    if (state->stubborn) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "It still runs.");
        return FALSE;
    }
    state->has_other = FALSE;
    if (state->running != NULL)
        state->running->funcs.quit(state->running->data);
    return TRUE;
}
