#include "service/providers/shipped_definitions.h"

#include "service/providers/definitions_resource.h"

#include <string.h>

#define FOLDER "/org/wayhome/providers"
#define SUFFIX ".provider"

static void shipped_free(gpointer data)
{
    WhShippedDefinition *shipped = data;
    g_free(shipped->id);
    g_bytes_unref(shipped->text);
    g_free(shipped);
}

GPtrArray *wh_shipped_definitions_new(void)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(shipped_free);
    /* Asked for by name: a constructor in a static library may be dropped by the linker. */
    GResource *resource = wh_definitions_get_resource();
    g_auto(GStrv) names =
        g_resource_enumerate_children(resource, FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_strconcat(FOLDER "/", *name, NULL);
        GBytes *text = g_resource_lookup_data(resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
        WhShippedDefinition *shipped = g_new0(WhShippedDefinition, 1);
        shipped->id = g_strndup(*name, strlen(*name) - strlen(SUFFIX));
        shipped->text = text;
        g_ptr_array_add(list, shipped);
    }
    return list;
}
