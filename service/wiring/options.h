/* The service's command line. */
#pragma once

#include <glib.h>

#include "platform/paths.h"

G_BEGIN_DECLS

/* Folders and the control socket's address; control may be NULL where the user has no runtime
 * folder. seal NULL: where the system has the sealing sockets. */
typedef struct {
    WhPathsScope scope;
    char *state;
    char *config;
    char *control;
    char *seal;
    gboolean verbose;
    gboolean version;
} WhOptions;

/* Reads the arguments, UTF-8 with the program's name first, and fills in what they leave out. Takes
 * out of `arguments` what it knows. G_OPTION_ERROR says what is wrong. Free with wh_options_free().
 */
WhOptions *wh_options_parse(char ***arguments, GError **error);
void wh_options_free(WhOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhOptions, wh_options_free)

G_END_DECLS
