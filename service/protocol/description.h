/* The interface file as text, compiled in, and what can be checked against it. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* The text of the interface, or NULL when it is none of ours: org.wayhome.Control or
 * org.varlink.service. */
const char *wh_description_text(const char *interface);

/* Method names of an interface in the order of its file, NULL-terminated, for g_strfreev(). */
char **wh_description_methods(const char *interface);

/* The same for its errors. */
char **wh_description_errors(const char *interface);

/* Whether `parameters` fit the method's input type: known members have the right type, required
 * ones are there; unknown members are ignored. FALSE: *member (caller frees) names the first that
 * does not ("label", "a.b[2].c"), and is empty when the method itself is unknown. */
gboolean wh_description_check_input(const char *interface, const char *method, json_t *parameters,
                                    char **member);

/* The same for a method's output and an error's parameters, but here unknown members do not fit
 * either; used by tests to hold code and file together. */
gboolean wh_description_check_output(const char *interface, const char *method, json_t *parameters,
                                     char **member);
gboolean wh_description_check_error(const char *interface, const char *error, json_t *parameters,
                                    char **member);

G_END_DECLS
