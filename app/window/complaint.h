/* What the service has against a form: where it belongs, and in which words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whom the class of a provider's answer ("AUTH", "HOST", ...) is about. */
typedef enum {
    WH_COMPLAINT_NOTHING, /* a success */
    WH_COMPLAINT_SECRET,
    WH_COMPLAINT_NAME,
    WH_COMPLAINT_WHOLE,
} WhComplaint;

WhComplaint wh_complaint_of(const char *result_class);

/* The words of an error next to the field it is about: without the field's own name in front, which
 * stands there already. For g_free(). */
char *wh_complaint_words(const GError *error, const char *field);

G_END_DECLS
