/* The strings by which tests pull at the fake permission. At the beginning (also after
 * wh_fake_reset()) nobody has a session, and every answer is a no. */
#pragma once

#include "platform/permission.h"

G_BEGIN_DECLS

/* What everybody is answered from now on. */
void wh_fake_permission_set_answer(WhPermissionAction action, WhPermissionAnswer answer);

/* What a challenge becomes when a person may be asked; at the beginning nobody can be reached, and
 * it stays one. */
void wh_fake_permission_set_password(WhPermissionAnswer answer);

/* Whether this user has a login session. */
void wh_fake_permission_set_session(const char *principal, gboolean signed_in);

/* TRUE: questions are not answered before this is taken back. */
void wh_fake_permission_set_silent(gboolean silent);

/* How many were asked so far, in how many of them a person might be asked for a password, and how
 * many still wait for their answer. */
guint wh_fake_permission_questions(void);
guint wh_fake_permission_dialogs(void);
guint wh_fake_permission_waiting(void);

G_END_DECLS
