/* What one start of the program asks for, as its options say. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* socket and icons: paths, or NULL. */
typedef struct {
    gboolean background;
    char *socket;
    char *icons;
} WhStart;

/* From the options of a start in the folder `cwd` (NULL: the present one). Free with
 * wh_start_free(). */
WhStart *wh_start_new(GVariantDict *options, const char *cwd);
void wh_start_free(WhStart *start);

/* As text for a program that runs already, and back; NULL: it is none. */
char *wh_start_to_text(const WhStart *start);
WhStart *wh_start_new_from_text(const char *text);

/* What a program that runs with `running` cannot give any more, as a sentence, or NULL. */
char *wh_start_refusal(const WhStart *start, const WhStart *running);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhStart, wh_start_free)

G_END_DECLS
