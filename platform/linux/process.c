#include "platform/linux/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The name is the second field, in parentheses: whatever it holds, the last one closes it. */
#define FIELD_AFTER_NAME 3
#define FIELD_STARTED 22

/* More than either of the files holds, unless the program is in very many groups. */
#define MAX_TEXT ((gsize)64 * 1024)

guint64 wh_process_started_from(const char *stat)
{
    const char *at = strrchr(stat, ')');
    guint64 started = 0;
    const char *end;

    if (at == NULL || at[1] != ' ')
        return 0;
    at += 2;
    for (guint field = FIELD_AFTER_NAME; field < FIELD_STARTED; field++) {
        at = strchr(at, ' ');
        if (at == NULL)
            return 0;
        at++;
    }
    end = at + strspn(at, "0123456789");
    if (*end != ' ' || end == at)
        return 0;
    started = g_ascii_strtoull(at, NULL, 10);
    return started != G_MAXUINT64 ? started : 0;
}

gboolean wh_process_is_of(const char *status, guint32 uid)
{
    const char *line = strstr(status, "\nUid:\t");
    g_autofree char *ids = NULL;
    g_auto(GStrv) parts = NULL;
    guint64 number = 0;

    if (line == NULL)
        return FALSE;
    line += strlen("\nUid:\t");
    ids = g_strndup(line, strcspn(line, "\n"));
    parts = g_strsplit(ids, "\t", 3);
    for (guint i = 0; i < 2 && parts[i] != NULL; i++)
        if (g_ascii_string_to_unsigned(parts[i], 10, 0, G_MAXUINT32, &number, NULL) &&
            number == uid)
            return TRUE;
    return FALSE;
}

/* The whole file, or NULL. */
static char *read_text(int folder, const char *name)
{
    g_autofree char *text = g_malloc(MAX_TEXT);
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
    gsize filled = 0;
    gssize length = -1;

    if (fd < 0)
        return NULL;
    do {
        length = read(fd, text + filled, MAX_TEXT - 1 - filled);
        filled += length > 0 ? (gsize)length : 0;
    } while ((length > 0 && filled < MAX_TEXT - 1) || (length < 0 && errno == EINTR));
    close(fd);
    text[filled] = '\0';
    return length < 0 ? NULL : g_steal_pointer(&text);
}

/* An open folder stays that of one process: nothing can be read from it any more once that has
 * ended, whoever has its number by then. */
guint64 wh_process_started(gint64 pid, guint32 uid)
{
    g_autofree char *path = g_strdup_printf("/proc/%" G_GINT64_FORMAT, pid);
    g_autofree char *status = NULL;
    g_autofree char *stat = NULL;
    int folder = pid > 0 ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

    if (folder < 0)
        return 0;
    status = read_text(folder, "status");
    stat = read_text(folder, "stat");
    close(folder);
    if (status == NULL || stat == NULL || !wh_process_is_of(status, uid))
        return 0;
    return wh_process_started_from(stat);
}
