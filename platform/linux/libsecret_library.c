#include "platform/linux/libsecret_library.h"

#include <gmodule.h>

#define LIBRARY "libsecret-1.so.0"

typedef struct {
    const char *name;
    gsize offset;
} Symbol;

#define SYMBOL(member)                                                                             \
    {                                                                                              \
        "secret_" #member, G_STRUCT_OFFSET(WhLibsecret, member)                                    \
    }

static const Symbol symbols[] = {
    SYMBOL(service_get_type),
    SYMBOL(service_open),
    SYMBOL(service_open_finish),
    SYMBOL(service_get_session_algorithms),
    SYMBOL(service_get_secrets_for_dbus_paths),
    SYMBOL(service_get_secrets_for_dbus_paths_finish),
    SYMBOL(service_unlock_dbus_paths),
    SYMBOL(service_unlock_dbus_paths_finish),
    SYMBOL(service_create_collection_dbus_path),
    SYMBOL(service_create_collection_dbus_path_finish),
    SYMBOL(service_create_item_dbus_path),
    SYMBOL(service_create_item_dbus_path_finish),
    SYMBOL(value_new),
    SYMBOL(value_get),
    SYMBOL(value_unref),
};

static gboolean find_all(GModule *module, WhLibsecret *library)
{
    for (guint i = 0; i < G_N_ELEMENTS(symbols); i++) {
        gpointer *member = G_STRUCT_MEMBER_P(library, symbols[i].offset);

        if (!g_module_symbol(module, symbols[i].name, member) || *member == NULL)
            return FALSE;
    }
    return TRUE;
}

gboolean wh_libsecret_open(WhLibsecret *library, GError **error)
{
    WhLibsecret found = {0};
    GModule *module = g_module_open(LIBRARY, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

    if (module == NULL || !find_all(module, &found)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s is not here, or too old",
                    LIBRARY);
        if (module != NULL)
            g_module_close(module);
        return FALSE;
    }
    g_module_make_resident(module);
    *library = found;
    return TRUE;
}
