/* One question to the service of the whole computer: which of these names does it keep? */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhRivalQuestion WhRivalQuestion;

/* kept: the names that it keeps, as a set; NULL: it did not say. */
typedef void (*WhRivalAnswered)(GHashTable *kept, gpointer data);

/* Nothing is asked yet; takes the stream over. */
WhRivalQuestion *wh_rival_question_new(GIOStream *stream, WhRivalAnswered answered, gpointer data);

/* Asks. `answered` is called once, not before this returned, and not after
 * wh_rival_question_drop(). Many names are asked about in several calls. Takes `names` over. */
void wh_rival_question_ask(WhRivalQuestion *question, char **names);

/* What is asked about, owned by the question; NULL: nothing yet. */
char **wh_rival_question_names(const WhRivalQuestion *question);

/* Closes the connection; takes the question back. */
void wh_rival_question_drop(WhRivalQuestion *question);

G_END_DECLS
