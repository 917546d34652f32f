/* What a provider answers: every host gets an outcome, and nothing but a 2xx is a success. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "service/providers/answers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(const char *group, const WhHttpResponse *response, gsize n_hosts)
{
    g_autoptr(WhDefinitionReader) reader = wh_definition_reader_new(group, strlen(group));
    g_autoptr(WhAnswerRules) rules = wh_answer_rules_read(reader);
    g_autoptr(GPtrArray) outcomes = wh_answers_judge(rules, response, n_hosts);
    g_assert(outcomes->len == n_hosts);
    for (guint i = 0; i < outcomes->len; i++) {
        const WhOutcome *outcome = outcomes->pdata[i];
        g_assert(outcome->detail != NULL && g_utf8_validate(outcome->detail, -1, NULL));
        g_assert(response->status / 100 == 2 || !wh_result_class_is_success(outcome->result));
    }
}

/* The first byte picks status and number of hosts. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const guint statuses[] = {200, 204, 302, 401, 404, 429, 500, 200};
    if (size == 0)
        return 0;
    g_autofree char *body = g_strndup((const char *)data + 1, size - 1);
    const WhHttpResponse response = {
        .status = statuses[data[0] % 8],
        .body = body,
        .length = strlen(body),
        .location = body,
    };
    gsize n_hosts = 1 + data[0] / 8 % 4;
    judge("[answers]\npreset = dyndns2\n", &response, n_hosts);
    judge("[answers]\npreset = http-rest\n", &response, n_hosts);
    judge("[answers]\nok = CHANGED regex ^OK\\b[\\s\\S]*UPDATED$\nko = AUTH has ko\n", &response,
          n_hosts);
    return 0;
}
