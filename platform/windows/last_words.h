/* One sentence for the log, said when nothing can be relied on any more.
 *
 * The thread that says it waits from the beginning: whoever sets it off takes no memory and waits
 * for nobody, even when another thread hangs with the heap in its hands. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhLastWords WhLastWords;

/* Copies the sentence. Never NULL. */
WhLastWords *wh_last_words_new(const char *sentence);

/* Unsaid from now on. Waits for the thread; accepts NULL. */
void wh_last_words_free(WhLastWords *words);

/* Any thread. They are in the log some time later, if at all. */
void wh_last_words_say(WhLastWords *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLastWords, wh_last_words_free)

G_END_DECLS
