#include "app/client/sentences_private.h"

#include <glib/gi18n.h>
#include <string.h>

static const WhSentencesEntry reasons[] = {
    {"no_address", N_("Not known: this computer has no usable address of this kind")},
    {"asking", N_("Not known yet: being asked for")},
    {"silent", N_("Not known: nobody on the internet could be asked")},
    {"one_witness", N_("Not known for sure: only one source on the internet answers")},
    {"special", N_("Not known: the sources see an address that is not public")},
    {"vpn", N_("Not asked for: everything goes through a VPN")},
    {NULL, NULL},
};

/* Organisations have names of their own; the router has none. */
static const char *name_of(json_t *source)
{
    if (strcmp(wh_sentences_text(source, "name"), "gateway") == 0)
        /* Translators: as in "your router says 203.0.113.1". */
        return _("your router");
    return wh_sentences_text(source, "organisation");
}

/* "Cloudflare says 203.0.113.1, ipify says 203.0.113.2". */
static char *who_said_what(json_t *sources)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t i;
    json_t *source;
    json_array_foreach(sources, i, source)
    {
        const char *address = json_string_value(json_object_get(source, "address"));
        if (address == NULL || strcmp(wh_sentences_text(source, "name"), "interface") == 0)
            continue;
        if (text->len > 0)
            g_string_append(text, ", ");
        g_string_append_printf(text, _("%s says %s"), name_of(source), address);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *wh_sentence_verdict(json_t *verdict)
{
    const char *address = wh_sentences_text(verdict, "address");
    const char *reason = wh_sentences_text(verdict, "reason");
    if (strcmp(reason, "direct") == 0)
        return g_strdup_printf(_("%s, on this computer's own line"), address);
    if (strcmp(reason, "agreed") == 0)
        return g_strdup_printf(_("%s, as independent sources see it"), address);
    if (strcmp(reason, "no_route") == 0)
        return g_strdup_printf(_("None, because there is no %s connection"),
                               wh_sentences_family(verdict));
    if (strcmp(reason, "disagreed") == 0) {
        g_autofree char *who = who_said_what(json_object_get(verdict, "sources"));
        return g_strdup_printf(_("Not known for sure: %s"), who);
    }
    if (strcmp(reason, "vpn") == 0 && *wh_sentences_text(verdict, "vpn") != '\0')
        return g_strdup_printf(_("Not asked for: everything goes through the VPN %s, and names "
                                 "keep the address that they have"),
                               wh_sentences_text(verdict, "vpn"));
    const char *sentence = wh_sentences_look_up(reasons, reason);
    return g_strdup(sentence != NULL ? sentence : _("Not known"));
}

char *wh_sentence_vpn(json_t *vpn)
{
    const char *publish = wh_sentences_text(vpn, "publish");
    gboolean active = json_is_true(json_object_get(vpn, "active"));
    if (strcmp(publish, "line") == 0)
        return g_strdup(active ? _("is on; names point to your home's own line")
                               : _("is off; while it is on, names point to your home's own line"));
    if (strcmp(publish, "vpn") == 0)
        return g_strdup(active ? _("is on; names point to its other end")
                               : _("is off; while it is on, names point to its other end"));
    return g_strdup(active ? _("is on; names keep the address that they have")
                           : _("is off; while it is on, names keep the address that they have"));
}

char *wh_sentence_vpn_choice(json_t *vpn)
{
    const char *name = wh_sentences_text(vpn, "vpn");
    const char *publish = wh_sentences_text(vpn, "publish");
    if (!json_is_true(json_object_get(vpn, "active")))
        return NULL;
    if (strcmp(publish, "line") == 0)
        return g_strdup_printf(_("The VPN %s is on. As it was chosen, names hold the address of "
                                 "your own line."),
                               name);
    if (strcmp(publish, "vpn") == 0)
        return g_strdup_printf(_("The VPN %s is on. As it was chosen, names hold the address of "
                                 "the VPN."),
                               name);
    return NULL;
}
