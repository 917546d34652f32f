#include "tests/contract/linux/sealer_double.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "/usr/bin/systemd-creds"

/* mutex guards everything below it. */
struct WhSealerDouble {
    char *folder;
    int listeners[2];
    int end[2];
    GThread *thread;
    GMutex mutex;
    GCond cond;
    WhDoubleMode mode;
    guint key;
    guint count;
    guint now;
    guint most;
    gboolean ends;
};

typedef struct {
    WhSealerDouble *owner;
    gboolean unseals;
    int fd;
    WhDoubleMode mode;
    guint key;
} Connection;

static GString *read_all(int fd, gsize step)
{
    GString *text = g_string_new(NULL);
    char buffer[4096];
    gssize count;

    while ((count = read(fd, buffer, step)) > 0)
        g_string_append_len(text, buffer, count);
    return text;
}

static void write_all(int fd, const char *bytes, gsize length, gsize step)
{
    while (length > 0) {
        gssize count = send(fd, bytes, MIN(length, step), MSG_NOSIGNAL);

        if (count <= 0)
            return;
        bytes += count;
        length -= (gsize)count;
    }
}

static char *process(const Connection *connection, const GString *text, gsize *length)
{
    g_autofree char *head = g_strdup_printf("key %u ", connection->key);
    g_autofree char *base64 = NULL;
    char *answer;

    if (connection->unseals &&
        (!g_str_has_prefix(text->str, head) || text->str[text->len - 1] != '\n'))
        return g_strdup("");
    if (connection->unseals)
        return (char *)g_base64_decode(text->str + strlen(head), length);
    base64 = g_base64_encode((const guchar *)text->str, text->len);
    answer = g_strconcat(head, base64, "\n", NULL);
    *length = strlen(answer);
    return answer;
}

static void seal(const Connection *connection, gsize step)
{
    GString *text = read_all(connection->fd, step);
    gsize length = 0;
    g_autofree char *answer = process(connection, text, &length);

    write_all(connection->fd, answer, length, step);
    g_string_free(text, TRUE);
}

static void drain_and_say(int fd, const char *bytes, gsize length)
{
    g_string_free(read_all(fd, 4096), TRUE);
    write_all(fd, bytes, length, length);
}

static void talk(int fd)
{
    char buffer[4096];

    memset(buffer, 'x', sizeof buffer);
    while (send(fd, buffer, sizeof buffer, MSG_NOSIGNAL) > 0)
        continue;
}

static void be_silent(Connection *connection)
{
    WhSealerDouble *self = connection->owner;

    g_mutex_lock(&self->mutex);
    while (self->mode == WH_DOUBLE_SILENT && !self->ends)
        g_cond_wait(&self->cond, &self->mutex);
    g_mutex_unlock(&self->mutex);
    if (!self->ends)
        seal(connection, 4096);
}

/* Only what a program may do between fork() and exec(). */
static void run(const Connection *connection)
{
    g_autofree char *path = g_strdup_printf("SYSTEMD_CREDENTIAL_SECRET=%s/key-%u",
                                            connection->owner->folder, connection->key);
    const char *const verbs[] = {"encrypt", "decrypt"};
    char *const arguments[] = {(char *)PROGRAM,
                               (char *)verbs[connection->unseals],
                               (char *)(connection->unseals ? "--name=wayhome" : "--with-key=host"),
                               (char *)"--name=wayhome",
                               (char *)"-",
                               (char *)"-",
                               NULL};
    char *const environment[] = {path, (char *)"SYSTEMD_LOG_LEVEL=crit", NULL};
    pid_t child = fork();

    if (child == 0) {
        dup2(connection->fd, STDIN_FILENO);
        dup2(connection->fd, STDOUT_FILENO);
        execve(PROGRAM, arguments, environment);
        _exit(127);
    }
    waitpid(child, NULL, 0);
}

static gpointer serve(gpointer data)
{
    Connection *connection = data;
    WhSealerDouble *self = connection->owner;

    switch (connection->mode) {
    case WH_DOUBLE_REAL:
        run(connection);
        break;
    case WH_DOUBLE_EMPTY:
        drain_and_say(connection->fd, "", 0);
        break;
    case WH_DOUBLE_SLOW:
        seal(connection, 1);
        break;
    case WH_DOUBLE_DEAF:
        break;
    case WH_DOUBLE_SILENT:
        be_silent(connection);
        break;
    case WH_DOUBLE_ENDLESS:
        talk(connection->fd);
        break;
    case WH_DOUBLE_BINARY:
        drain_and_say(connection->fd, "a\0b", 3);
        break;
    case WH_DOUBLE_SEALS:
    default:
        seal(connection, 4096);
        break;
    }
    close(connection->fd);
    g_mutex_lock(&self->mutex);
    self->now--;
    g_cond_broadcast(&self->cond);
    g_mutex_unlock(&self->mutex);
    g_free(connection);
    return NULL;
}

static void take(WhSealerDouble *self, gboolean unseals)
{
    Connection *connection = g_new0(Connection, 1);
    int fd = accept(self->listeners[unseals], NULL, NULL);

    g_mutex_lock(&self->mutex);
    *connection = (Connection){self, unseals, fd, self->mode, self->key};
    self->count++;
    self->now++;
    self->most = MAX(self->most, self->now);
    g_mutex_unlock(&self->mutex);
    g_thread_unref(g_thread_new("program", serve, connection));
}

static gpointer listen_to(gpointer data)
{
    WhSealerDouble *self = data;
    struct pollfd waits[] = {{self->listeners[0], POLLIN, 0},
                             {self->listeners[1], POLLIN, 0},
                             {self->end[0], POLLIN, 0}};

    while (poll(waits, G_N_ELEMENTS(waits), -1) > 0 && waits[2].revents == 0) {
        if (waits[0].revents != 0)
            take(self, FALSE);
        if (waits[1].revents != 0)
            take(self, TRUE);
    }
    return NULL;
}

static int listen_at(const char *folder, const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_autofree char *path = g_build_filename(folder, name, NULL);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    unlink(path);
    g_assert_cmpint(bind(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
    g_assert_cmpint(listen(fd, 64), ==, 0);
    return fd;
}

WhSealerDouble *wh_sealer_double_new(const char *folder, WhDoubleMode mode)
{
    WhSealerDouble *self = g_new0(WhSealerDouble, 1);

    self->folder = g_strdup(folder);
    self->mode = mode;
    self->key = 1;
    self->listeners[0] = listen_at(folder, "encrypt");
    self->listeners[1] = listen_at(folder, "decrypt");
    g_assert_cmpint(pipe2(self->end, 0), ==, 0);
    g_mutex_init(&self->mutex);
    g_cond_init(&self->cond);
    self->thread = g_thread_new("double", listen_to, self);
    return self;
}

void wh_sealer_double_free(WhSealerDouble *self)
{
    g_assert_cmpint(write(self->end[1], "x", 1), ==, 1);
    g_thread_join(self->thread);
    for (int i = 0; i < 2; i++) {
        close(self->listeners[i]);
        close(self->end[i]);
    }
    g_mutex_lock(&self->mutex);
    self->ends = TRUE;
    g_cond_broadcast(&self->cond);
    while (self->now > 0)
        g_cond_wait(&self->cond, &self->mutex);
    g_mutex_unlock(&self->mutex);
    g_mutex_clear(&self->mutex);
    g_cond_clear(&self->cond);
    g_free(self->folder);
    g_free(self);
}

void wh_sealer_double_set_mode(WhSealerDouble *self, WhDoubleMode mode)
{
    g_mutex_lock(&self->mutex);
    self->mode = mode;
    g_cond_broadcast(&self->cond);
    g_mutex_unlock(&self->mutex);
}

void wh_sealer_double_set_key(WhSealerDouble *self, guint key)
{
    g_mutex_lock(&self->mutex);
    self->key = key;
    g_mutex_unlock(&self->mutex);
}

void wh_sealer_double_go_on(WhSealerDouble *self)
{
    wh_sealer_double_set_mode(self, WH_DOUBLE_SEALS);
}

guint wh_sealer_double_count(WhSealerDouble *self)
{
    guint count;

    g_mutex_lock(&self->mutex);
    count = self->count;
    g_mutex_unlock(&self->mutex);
    return count;
}

guint wh_sealer_double_most(WhSealerDouble *self)
{
    guint most;

    g_mutex_lock(&self->mutex);
    most = self->most;
    g_mutex_unlock(&self->mutex);
    return most;
}
