/* What the files of the sentences share. */
#pragma once

#include "app/client/sentence_time.h"
#include "app/client/sentences.h"

G_BEGIN_DECLS

/* A member's text; "" when it is absent. */
const char *wh_sentences_text(json_t *object, const char *member);

/* A member's number; 0 when it is absent. */
gint64 wh_sentences_number(json_t *object, const char *member);

/* "IPv4", "IPv6", or "" when the member "family" is absent. */
const char *wh_sentences_family(json_t *object);

/* Finds a word in a table that ends with a NULL word; NULL: it is not there. */
typedef struct {
    const char *word;
    const char *sentence;
} WhSentencesEntry;
const char *wh_sentences_look_up(const WhSentencesEntry *table, const char *word);

/* What to do about a halt, by the answer that caused it. */
char *wh_sentences_after_halt(json_t *result);

/* Why the class of a result stops an update, as a clause: "the provider refuses the user name or
 * password". */
char *wh_sentences_reason(json_t *result);

G_END_DECLS
