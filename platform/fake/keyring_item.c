#include "platform/fake/keyring_item.h"

#include <string.h>

WhFakeKeyringItem *wh_fake_keyring_item_new(const char *bytes, gsize length, const char *label)
{
    WhFakeKeyringItem *item = g_new0(WhFakeKeyringItem, 1);

    item->bytes = g_malloc0(length + 1);
    memcpy(item->bytes, bytes, length);
    item->length = length;
    item->label = g_strdup(label);
    return item;
}

void wh_fake_keyring_item_free(gpointer data)
{
    WhFakeKeyringItem *item = data;

    if (item == NULL)
        return;
    g_free(item->bytes);
    g_free(item->label);
    g_free(item);
}
