/* Programs of ours that run while their files are to be replaced. */
#pragma once

#include "installer/windows/setup/setup.h"

G_BEGIN_DECLS

/* Whether the program at `path` is one of those in `folder`. */
gboolean wh_programs_is_ours(const char *path, const char *folder);

/* Ends all but this one, with the exit code of a failure. Those of the person at the screen have
 * been asked to quit before, by the program itself, and the service manager has stopped the
 * service: what is left belongs to other people who are signed in, keeps nothing that could be
 * lost, and is no reason to start the computer again. */
gboolean wh_programs_end(const WhSetup *setup, GError **error);

G_END_DECLS
