/* What Wayhome keeps for the person who runs this. */
#pragma once

#include "installer/windows/setup/setup.h"

G_BEGIN_DECLS

/* Every token of Wayhome in the person's Credential Manager. */
gboolean wh_personal_forget_tokens(const WhSetup *setup, GError **error);

/* The files of the app and of a service of the person's own. */
gboolean wh_personal_forget_files(const WhSetup *setup, GError **error);

/* That the app starts at sign-in, or does not. */
gboolean wh_personal_forget_registry(const WhSetup *setup, GError **error);

G_END_DECLS
