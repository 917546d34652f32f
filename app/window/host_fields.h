/* The questions about a name: which, and which of its addresses to keep right. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_HOST_FIELDS (wh_host_fields_get_type())
/* Signal "changed": another name was typed. */
G_DECLARE_FINAL_TYPE(WhHostFields, wh_host_fields, WH, HOST_FIELDS, GtkBox)

GtkWidget *wh_host_fields_new(void);

/* What every name at the provider ends with, or NULL. */
void wh_host_fields_set_suffix(WhHostFields *fields, const char *suffix);

/* Fills in what is kept now. */
void wh_host_fields_set(WhHostFields *fields, const char *name, gboolean ipv4, gboolean ipv6);

/* What is another now than wh_host_fields_set() put there. */
gboolean wh_host_fields_renamed(WhHostFields *fields);
gboolean wh_host_fields_changed_ipv4(WhHostFields *fields);
gboolean wh_host_fields_changed_ipv6(WhHostFields *fields);

/* Is it complete? If not, says so and goes there. */
gboolean wh_host_fields_check(WhHostFields *fields);

/* The same for the name alone. */
gboolean wh_host_fields_check_name(WhHostFields *fields);

/* The whole name, for g_free(). */
char *wh_host_fields_name(WhHostFields *fields);
gboolean wh_host_fields_ipv4(WhHostFields *fields);
gboolean wh_host_fields_ipv6(WhHostFields *fields);

/* Says `error` at the name, and goes there. */
void wh_host_fields_mark_name(WhHostFields *fields, const char *error);

/* Says `error` at what the service calls `member`. FALSE: there is no such question here. */
gboolean wh_host_fields_mark(WhHostFields *fields, const char *member, const char *error);

/* Goes to the name. */
void wh_host_fields_focus(WhHostFields *fields);

G_END_DECLS
