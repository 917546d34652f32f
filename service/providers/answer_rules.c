#include "service/providers/answer_rules.h"

#include "service/providers/answer_presets.h"

#include <string.h>

#define GROUP "answers"

/* PCRE's own bound on backtracking: a definition's pattern and a server's text together must not
 * hold the loop. A pattern can only lower it. */
#define REGEX_BOUND "(*LIMIT_MATCH=20000)"

static const char *const kind_names[] = {"token", "eq", "has", "regex", "http", NULL};

G_STATIC_ASSERT(G_N_ELEMENTS(kind_names) == WH_ANSWER_HTTP + 2);

static void rule_free(gpointer data)
{
    WhAnswerRule *rule = data;
    g_free(rule->value);
    g_free(rule->says);
    g_clear_pointer(&rule->regex, g_regex_unref);
    g_free(rule);
}

void wh_answer_rules_free(WhAnswerRules *rules)
{
    if (rules == NULL)
        return;
    g_ptr_array_unref(rules->rules);
    g_free(rules);
}

/* "429" or "4xx". */
static gboolean parse_status(const char *text, guint *low, guint *high)
{
    if (strlen(text) != 3 || text[0] < '1' || text[0] > '5')
        return FALSE;
    guint hundreds = (guint)(text[0] - '0') * 100;
    gboolean class = strcmp(text + 1, "xx") == 0;
    if (!class && (!g_ascii_isdigit(text[1]) || !g_ascii_isdigit(text[2])))
        return FALSE;
    *low = class ? hundreds : hundreds + (guint)(text[1] - '0') * 10 + (guint)(text[2] - '0');
    *high = class ? hundreds + 99 : *low;
    return TRUE;
}

/* Compiles what the rule's kind needs. NULL: fine; else what is wrong, freed by the caller. */
static char *prepare(WhAnswerRule *rule)
{
    if (rule->kind == WH_ANSWER_HTTP)
        return parse_status(rule->value, &rule->low, &rule->high)
                   ? NULL
                   : g_strdup("an HTTP status is a number such as 429 or a range such as 5xx");
    if (rule->kind == WH_ANSWER_TOKEN && strpbrk(rule->value, " \t") != NULL)
        return g_strdup("a token is one word");
    if (rule->kind != WH_ANSWER_REGEX)
        return NULL;
    g_autofree char *bounded = g_strconcat(REGEX_BOUND, rule->value, NULL);
    g_autoptr(GError) error = NULL;
    rule->regex = g_regex_new(bounded, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, &error);
    return rule->regex != NULL ? NULL : g_strdup(error->message);
}

static gboolean parse_kind(const char *name, WhAnswerKind *kind)
{
    for (guint i = 0; kind_names[i] != NULL; i++) {
        if (strcmp(kind_names[i], name) == 0) {
            *kind = (WhAnswerKind)i;
            return TRUE;
        }
    }
    return FALSE;
}

/* "CLASS kind value". */
static WhAnswerRule *read_rule(WhDefinitionReader *reader, const char *key)
{
    WhAnswerRule *rule = g_new0(WhAnswerRule, 1);
    g_autofree char *text = wh_definition_reader_needed(reader, GROUP, key);
    g_auto(GStrv) words = g_strsplit(text != NULL ? text : "", " ", 3);
    g_autofree char *says = g_strconcat(key, ".says", NULL);
    rule->says = wh_definition_reader_text(reader, GROUP, says);
    rule->value = g_strdup(g_strv_length(words) == 3 ? g_strstrip(words[2]) : "");
    if (*rule->value == '\0' || !wh_result_class_parse(words[0], &rule->result) ||
        !parse_kind(words[1], &rule->kind)) {
        wh_definition_reader_fail(reader, GROUP, key,
                                  "must be a result class, then token, eq, has, regex or http, "
                                  "then what to look for");
        return rule;
    }
    g_autofree char *wrong = prepare(rule);
    if (wrong != NULL)
        wh_definition_reader_fail(reader, GROUP, key, "%s", wrong);
    return rule;
}

static GPtrArray *read_own(WhDefinitionReader *reader)
{
    GPtrArray *own = g_ptr_array_new_with_free_func(rule_free);
    g_auto(GStrv) keys = wh_definition_reader_keys(reader, GROUP);
    for (char **key = keys; *key != NULL; key++) {
        if (strcmp(*key, "preset") != 0 && strcmp(*key, "lines") != 0 &&
            !g_str_has_suffix(*key, ".says"))
            g_ptr_array_add(own, read_rule(reader, *key));
    }
    return own;
}

static GPtrArray *expand_preset(const WhAnswerPreset *preset)
{
    GPtrArray *rules = g_ptr_array_new_with_free_func(rule_free);
    for (; preset != NULL && preset->value != NULL; preset++) {
        WhAnswerRule *rule = g_new0(WhAnswerRule, 1);
        rule->kind = preset->kind;
        rule->result = preset->result;
        rule->value = g_strdup(preset->value);
        g_autofree char *wrong = prepare(rule);
        g_assert(wrong == NULL);
        g_ptr_array_add(rules, rule);
    }
    return rules;
}

static gboolean tells_change(const GPtrArray *rules)
{
    for (guint i = 0; i < rules->len; i++) {
        const WhAnswerRule *rule = rules->pdata[i];
        if (rule->kind != WH_ANSWER_HTTP && rule->result == WH_RESULT_CHANGED)
            return TRUE;
    }
    return FALSE;
}

/* Moves rules over: those on the status, or those on the text. A text that tells success makes a
 * preset's mere 2xx worthless. */
static void move_rules(GPtrArray *from, GPtrArray *to, gboolean http, gboolean without_success)
{
    for (guint i = 0; i < from->len;) {
        WhAnswerRule *rule = from->pdata[i];
        if ((rule->kind == WH_ANSWER_HTTP) != http ||
            (without_success && wh_result_class_is_success(rule->result))) {
            i++;
            continue;
        }
        g_ptr_array_add(to, g_ptr_array_steal_index(from, i));
    }
}

WhAnswerRules *wh_answer_rules_read(WhDefinitionReader *reader)
{
    static const char *const scopes[] = {"each", "whole", NULL};
    g_autofree char *preset_name = wh_definition_reader_text(reader, GROUP, "preset");
    const WhAnswerPreset *preset = preset_name != NULL ? wh_answer_preset_find(preset_name) : NULL;
    if (preset_name != NULL && preset == NULL)
        wh_definition_reader_fail(reader, GROUP, "preset", "must be dyndns2 or http-rest");
    WhAnswerRules *rules = g_new0(WhAnswerRules, 1);
    rules->each_line = wh_definition_reader_word(reader, GROUP, "lines", scopes,
                                                 g_strcmp0(preset_name, "dyndns2") != 0) == 0;
    rules->rules = g_ptr_array_new_with_free_func(rule_free);
    g_autoptr(GPtrArray) own = read_own(reader);
    g_autoptr(GPtrArray) shared = expand_preset(preset);
    gboolean told = tells_change(own);
    move_rules(own, rules->rules, FALSE, FALSE);
    move_rules(shared, rules->rules, FALSE, FALSE);
    move_rules(own, rules->rules, TRUE, FALSE);
    move_rules(shared, rules->rules, TRUE, told);
    if (rules->rules->len == 0)
        wh_definition_reader_fail(reader, GROUP, NULL, "needs a preset or a rule");
    return rules;
}
