/* Who lives on the fake computer: root, www-data and these two people, uid:1000 and uid:1001. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WH_FAKE_USERS_ALICE "alice"
#define WH_FAKE_USERS_BOB "bob"

/* FALSE: as on Windows, where nobody is given what identified somebody else. */
void wh_fake_users_set_return(gboolean principals_return);

G_END_DECLS
