#include "app/window/secret_buffer.h"

#include <string.h>

/* block ends with a NUL at `bytes`. */
struct _WhSecretBuffer {
    GtkEntryBuffer parent_instance;
    char *block;
    gsize bytes;
    guint letters;
};

G_DEFINE_TYPE(WhSecretBuffer, wh_secret_buffer, GTK_TYPE_ENTRY_BUFFER)

/* Through a volatile pointer, so that no compiler leaves it out. */
static void wipe(char *from, gsize length)
{
    volatile char *at = from;
    while (length-- > 0)
        *at++ = '\0';
}

static const gchar *get_text(GtkEntryBuffer *buffer, gsize *length)
{
    WhSecretBuffer *self = WH_SECRET_BUFFER(buffer);
    if (length != NULL)
        *length = self->bytes;
    return self->block;
}

static guint get_length(GtkEntryBuffer *buffer)
{
    return WH_SECRET_BUFFER(buffer)->letters;
}

/* A line break that came along with pasting would be refused, and nobody sees it. */
static gboolean is_seen(const char *letter)
{
    return !g_unichar_iscntrl(g_utf8_get_char(letter));
}

/* How many of the letters are seen and fit, and their bytes. */
static guint fitting(WhSecretBuffer *self, const char *text, guint letters, gsize *bytes)
{
    gsize room = WH_SECRET_BUFFER_BYTES - self->bytes;
    guint count = 0;
    *bytes = 0;
    for (guint i = 0; i < letters; i++, text = g_utf8_next_char(text)) {
        gsize size = (gsize)(g_utf8_next_char(text) - text);
        if (!is_seen(text))
            continue;
        if (*bytes + size > room)
            break;
        *bytes += size;
        count++;
    }
    return count;
}

/* Copies so many letters that are seen. */
static void copy(char *to, const char *text, guint letters)
{
    for (; letters > 0; text = g_utf8_next_char(text)) {
        gsize size = (gsize)(g_utf8_next_char(text) - text);
        if (!is_seen(text))
            continue;
        memcpy(to, text, size);
        to += size;
        letters--;
    }
}

static guint insert_text(GtkEntryBuffer *buffer, guint position, const gchar *text, guint letters)
{
    WhSecretBuffer *self = WH_SECRET_BUFFER(buffer);
    gsize bytes;
    letters = fitting(self, text, letters, &bytes);
    char *at = g_utf8_offset_to_pointer(self->block, position);
    gsize behind = self->bytes - (gsize)(at - self->block);
    memmove(at + bytes, at, behind);
    copy(at, text, letters);
    self->bytes += bytes;
    self->letters += letters;
    self->block[self->bytes] = '\0';
    gtk_entry_buffer_emit_inserted_text(buffer, position, at, letters);
    return letters;
}

static guint delete_text(GtkEntryBuffer *buffer, guint position, guint letters)
{
    WhSecretBuffer *self = WH_SECRET_BUFFER(buffer);
    if (position > self->letters)
        position = self->letters;
    if (letters > self->letters - position)
        letters = self->letters - position;
    if (letters == 0)
        return 0;
    char *start = g_utf8_offset_to_pointer(self->block, position);
    char *end = g_utf8_offset_to_pointer(start, letters);
    memmove(start, end, self->bytes - (gsize)(end - self->block));
    self->bytes -= (gsize)(end - start);
    self->letters -= letters;
    wipe(self->block + self->bytes, WH_SECRET_BUFFER_BYTES + 1 - self->bytes);
    gtk_entry_buffer_emit_deleted_text(buffer, position, letters);
    return letters;
}

static void finalize(GObject *object)
{
    WhSecretBuffer *self = WH_SECRET_BUFFER(object);
    wipe(self->block, WH_SECRET_BUFFER_BYTES + 1);
    g_free(self->block);
    G_OBJECT_CLASS(wh_secret_buffer_parent_class)->finalize(object);
}

static void wh_secret_buffer_class_init(WhSecretBufferClass *klass)
{
    GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS(klass);
    buffer_class->get_text = get_text;
    buffer_class->get_length = get_length;
    buffer_class->insert_text = insert_text;
    buffer_class->delete_text = delete_text;
    G_OBJECT_CLASS(klass)->finalize = finalize;
}

static void wh_secret_buffer_init(WhSecretBuffer *self)
{
    self->block = g_malloc0(WH_SECRET_BUFFER_BYTES + 1);
}

GtkEntryBuffer *wh_secret_buffer_new(void)
{
    return g_object_new(WH_TYPE_SECRET_BUFFER, NULL);
}

void wh_secret_buffer_wipe(WhSecretBuffer *buffer)
{
    gtk_entry_buffer_delete_text(GTK_ENTRY_BUFFER(buffer), 0, -1);
}
