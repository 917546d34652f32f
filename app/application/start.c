#include "app/application/start.h"

#include <glib/gi18n.h>

#define TYPE "(bmaymay)"

static char *path_of(GVariantDict *options, const char *option, const char *cwd)
{
    g_autofree char *path = NULL;
    if (!g_variant_dict_lookup(options, option, "^ay", &path))
        return NULL;
    return g_canonicalize_filename(path, cwd);
}

WhStart *wh_start_new(GVariantDict *options, const char *cwd)
{
    WhStart *start = g_new0(WhStart, 1);
    start->background = g_variant_dict_contains(options, "background") ||
                        g_variant_dict_contains(options, "sign-in");
    start->socket = path_of(options, "socket", cwd);
    start->icons = path_of(options, "icons", cwd);
    return start;
}

void wh_start_free(WhStart *start)
{
    if (start == NULL)
        return;
    g_free(start->socket);
    g_free(start->icons);
    g_free(start);
}

static GVariant *path_to_value(const char *path)
{
    return g_variant_new_maybe(G_VARIANT_TYPE_BYTESTRING,
                               path != NULL ? g_variant_new_bytestring(path) : NULL);
}

char *wh_start_to_text(const WhStart *start)
{
    g_autoptr(GVariant) value = g_variant_ref_sink(g_variant_new("(b@may@may)", start->background,
                                                                 path_to_value(start->socket),
                                                                 path_to_value(start->icons)));
    return g_variant_print(value, FALSE);
}

static char *path_of_value(GVariant *value, gsize index)
{
    g_autoptr(GVariant) maybe = g_variant_get_child_value(value, index);
    g_autoptr(GVariant) path = g_variant_get_maybe(maybe);
    return path != NULL ? g_variant_dup_bytestring(path, NULL) : NULL;
}

WhStart *wh_start_new_from_text(const char *text)
{
    g_autoptr(GVariant) value = g_variant_parse(G_VARIANT_TYPE(TYPE), text, NULL, NULL, NULL);
    if (value == NULL)
        return NULL;
    WhStart *start = g_new0(WhStart, 1);
    g_variant_get_child(value, 0, "b", &start->background);
    start->socket = path_of_value(value, 1);
    start->icons = path_of_value(value, 2);
    return start;
}

static char *refusal(const char *option, const char *asked, const char *running)
{
    if (asked == NULL || g_strcmp0(asked, running) == 0)
        return NULL;
    /* Translators: the first %s is an option like --socket, the second a path. */
    return g_strdup_printf(
        _("Wayhome runs already, without --%s=%s. Quit it first, then start it again."), option,
        asked);
}

char *wh_start_refusal(const WhStart *start, const WhStart *running)
{
    char *sentence = refusal("socket", start->socket, running->socket);
    return sentence != NULL ? sentence : refusal("icons", start->icons, running->icons);
}
