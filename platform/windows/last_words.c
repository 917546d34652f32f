#include "platform/windows/last_words.h"

#include <windows.h>

/* unsaid: it is freed. thread: NULL when the system has none; then nothing is said. */
struct WhLastWords {
    char *sentence;
    HANDLE said;
    HANDLE unsaid;
    GThread *thread;
};

static gpointer run(gpointer data)
{
    WhLastWords *words = data;
    HANDLE events[] = {words->unsaid, words->said};

    if (WaitForMultipleObjects(G_N_ELEMENTS(events), events, FALSE, INFINITE) == WAIT_OBJECT_0 + 1)
        g_critical("%s", words->sentence);
    return NULL;
}

WhLastWords *wh_last_words_new(const char *sentence)
{
    WhLastWords *words = g_new0(WhLastWords, 1);

    words->sentence = g_strdup(sentence);
    words->said = CreateEventW(NULL, TRUE, FALSE, NULL);
    words->unsaid = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (words->said != NULL && words->unsaid != NULL)
        words->thread = g_thread_try_new("last-words", run, words, NULL);
    return words;
}

void wh_last_words_free(WhLastWords *words)
{
    if (words == NULL)
        return;
    if (words->thread != NULL) {
        SetEvent(words->unsaid);
        g_thread_join(words->thread);
    }
    if (words->said != NULL)
        CloseHandle(words->said);
    if (words->unsaid != NULL)
        CloseHandle(words->unsaid);
    g_free(words->sentence);
    g_free(words);
}

void wh_last_words_say(WhLastWords *words)
{
    SetEvent(words->said);
}
