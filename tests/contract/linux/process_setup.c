#include "platform/process_setup.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 8

#ifdef __SANITIZE_ADDRESS__
#define OWN_ALLOCATOR FALSE
#else
#define OWN_ALLOCATOR TRUE
#endif

static gpointer allocate(gpointer data)
{
    GMutex *all_started = data;

    g_free(g_malloc(1000));
    g_mutex_lock(all_started);
    g_mutex_unlock(all_started);
    return NULL;
}

static guint count(const char *text, const char *word)
{
    guint found = 0;

    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
        found++;
    return found;
}

/* How many heaps the C library has by its own account. */
static guint count_heaps(void)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    guint heaps;

    g_assert_cmpint(malloc_info(0, stream), ==, 0);
    fclose(stream);
    heaps = count(text, "<heap nr=");
    free(text);
    return heaps;
}

static void test_threads_leave_no_heaps(void)
{
    GThread *threads[THREADS];
    GMutex all_started;
    guint heaps;

    if (!OWN_ALLOCATOR) {
        g_test_skip("whole program: the sanitizer has an allocator of its own");
        return;
    }
    g_mutex_init(&all_started);
    g_mutex_lock(&all_started);
    for (guint i = 0; i < THREADS; i++)
        threads[i] = g_thread_new("allocate", allocate, &all_started);
    heaps = count_heaps();
    g_mutex_unlock(&all_started);
    for (guint i = 0; i < THREADS; i++)
        g_thread_join(threads[i]);
    g_assert_cmpuint(MAX(heaps, count_heaps()), ==, 1);
}

int main(int argc, char **argv)
{
    wh_process_setup();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/process-setup/threads-leave-no-heaps", test_threads_leave_no_heaps);
    return g_test_run();
}
