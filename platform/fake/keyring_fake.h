/* The strings by which tests pull at the fake keyring. There is one keyring for the whole program,
 * and at the beginning (also after wh_fake_reset()) it is ABSENT. */
#pragma once

#include "platform/keyring.h"

G_BEGIN_DECLS

/* Every WhKeyring hears of it with the next turn of the loop. */
void wh_fake_keyring_set_state(WhKeyringState state);

/* TRUE: what is put or removed fails from now on, with G_IO_ERROR_FAILED. */
void wh_fake_keyring_set_broken(gboolean broken);

/* The same with another code. */
void wh_fake_keyring_set_refusal(GIOErrorEnum code);

/* TRUE: what is put or removed is not done before this is taken back; found by lookup it is. */
void wh_fake_keyring_set_slow(gboolean slow);

/* How the person answers when they are asked to unlock it; at the beginning they decline. */
void wh_fake_keyring_set_password_known(gboolean known);

/* How often they were asked. */
guint wh_fake_keyring_questions(void);

/* What rests under a key of a scope, or NULL; and its label. */
const char *wh_fake_keyring_resting(const char *scope, const char *key);
const char *wh_fake_keyring_label(const char *scope, const char *key);

/* It rests in another keyring, which is locked. */
void wh_fake_keyring_plant_locked(const char *scope, const char *key, const char *text);

/* Somebody else puts it there, or (NULL) removes it. */
void wh_fake_keyring_plant(const char *scope, const char *key, const char *text);

G_END_DECLS
