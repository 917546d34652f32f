#include "platform/prompt.h"

#include "platform/fake/prompt_answers.h"

static char **answer_slot(void)
{
    static char *answer = NULL;
    return &answer;
}

void wh_fake_prompt_answer(const char *secret)
{
    g_free(*answer_slot());
    *answer_slot() = g_strdup(secret);
}

gboolean wh_prompt_is_possible(void)
{
    return *answer_slot() != NULL;
}

char *wh_prompt_secret(const char *label, GError **error)
{
    char *answer = g_steal_pointer(answer_slot());
    if (answer == NULL)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no terminal");
    return answer;
}
