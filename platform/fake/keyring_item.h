/* What rests in the fake keyring under one name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* bytes: with a NUL behind them, which is not counted. */
typedef struct {
    char *bytes;
    gsize length;
    char *label;
} WhFakeKeyringItem;

/* Copies everything. */
WhFakeKeyringItem *wh_fake_keyring_item_new(const char *bytes, gsize length, const char *label);

/* A GDestroyNotify; NULL is fine. */
void wh_fake_keyring_item_free(gpointer item);

G_END_DECLS
