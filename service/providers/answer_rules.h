/* The rules by which a provider's answers read: the [answers] group of a definition. Private to
 * this room. */
#pragma once

#include "service/base/result.h"
#include "service/providers/definition_reader.h"

G_BEGIN_DECLS

/* token: the first word of the line; eq: the whole line; has: somewhere in it, in any letter case;
 * regex: a Perl regular expression that matches in it; http: the status, "429" or "5xx". */
typedef enum {
    WH_ANSWER_TOKEN,
    WH_ANSWER_EQ,
    WH_ANSWER_HAS,
    WH_ANSWER_REGEX,
    WH_ANSWER_HTTP,
} WhAnswerKind;

/* low and high are the statuses of an http rule. says: a sentence for the user, or NULL. */
typedef struct {
    WhAnswerKind kind;
    char *value;
    GRegex *regex;
    guint low;
    guint high;
    WhResultClass result;
    char *says;
} WhAnswerRule;

/* rules: WhAnswerRule in the order in which they are tried: the definition's on the text, the
 * preset's on the text, the definition's on the status, the preset's on the status. each_line: the
 * answer has one line a host; otherwise it is one text for all. */
typedef struct {
    GPtrArray *rules;
    gboolean each_line;
} WhAnswerRules;

/* Reads the group; mistakes go to `reader`. */
WhAnswerRules *wh_answer_rules_read(WhDefinitionReader *reader);
void wh_answer_rules_free(WhAnswerRules *rules);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAnswerRules, wh_answer_rules_free)

G_END_DECLS
