/* What the items share: values that tell of real changes only, and members of what the service
 * said, taken with care. */
#pragma once

#include <glib-object.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Properties of a class that can be read only, and notify explicitly. */
void wh_item_install_text(GObjectClass *class, guint id, const char *name);
void wh_item_install_flag(GObjectClass *class, guint id, const char *name);
void wh_item_install_number(GObjectClass *class, guint id, const char *name);
void wh_item_install_choice(GObjectClass *class, guint id, const char *name, GType type);
void wh_item_install_object(GObjectClass *class, guint id, const char *name, GType type);

/* Sets *where and notifies `property` of `object` when it is another value. wh_item_take_text()
 * takes `text` over. TRUE: it changed. */
gboolean wh_item_take_text(gpointer object, const char *property, char **where, char *text);
gboolean wh_item_set_text(gpointer object, const char *property, char **where, const char *text);
gboolean wh_item_set_number(gpointer object, const char *property, gint64 *where, gint64 number);
gboolean wh_item_set_choice(gpointer object, const char *property, int *where, int choice);

/* A member's text, or "" when it is absent or no text. Borrowed. */
const char *wh_item_text(json_t *object, const char *member);
gint64 wh_item_number(json_t *object, const char *member);
gboolean wh_item_flag(json_t *object, const char *member);

/* The element of `array` whose text `member` is `text`, borrowed, or NULL. */
json_t *wh_item_find(json_t *array, const char *member, const char *text);

/* "IPv4", "IPv6", or "" for what is neither. */
const char *wh_item_family(json_t *object);

G_END_DECLS
