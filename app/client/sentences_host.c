#include "app/client/sentences_private.h"

#include <glib/gi18n.h>

static gboolean is_set(json_t *host, const char *name)
{
    return json_is_true(json_object_get(host, name));
}

/* Whose address it holds. */
static char *machine(json_t *host)
{
    const char *suffix = wh_sentences_text(host, "suffix");
    const char *mac = wh_sentences_text(host, "mac");
    if (*suffix != '\0')
        return g_strdup_printf(
            _("Its IPv6 address is that of another machine, which ends with %s."), suffix);
    if (*mac != '\0')
        return g_strdup_printf(
            _("Its IPv6 address is that of another machine, with the MAC address %s."), mac);
    if (*wh_sentences_text(host, "device") != '\0')
        return g_strdup(_("Its IPv6 address is that of another machine."));
    if (is_set(host, "lan"))
        return g_strdup(_("It holds this computer's address on the local network."));
    return NULL;
}

/* A local address has nothing to do with it. */
static char *withholding(json_t *host)
{
    return is_set(host, "withhold_unreachable") && !is_set(host, "lan")
               ? g_strdup(_("IPv4 is left as it is while nobody can connect to it."))
               : NULL;
}

static char *networks(json_t *host)
{
    gulong count = (gulong)json_array_size(json_object_get(host, "networks"));
    if (count == 0)
        return NULL;
    g_autofree char *only = g_strdup_printf(
        ngettext("It is kept on %lu network only.", "It is kept on %lu networks only.", count),
        count);
    return g_strdup_printf("%s %s", only,
                           is_set(host, "here") ? _("This computer is there now.")
                                                : _("This computer is not there now."));
}

char *wh_sentence_host(json_t *host)
{
    char *parts[] = {machine(host), withholding(host), networks(host)};
    g_autoptr(GString) words = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *part = parts[i];
        if (part != NULL)
            g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", part);
    }
    return words->len > 0 ? g_strdup(words->str) : NULL;
}
