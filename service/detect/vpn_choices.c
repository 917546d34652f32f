#include "service/detect/vpn_choices.h"

#include <string.h>

/* How much of an address tells one VPN's network from another's: servers of one hand out addresses
 * of several subnets. */
#define SAME_IPV4_BITS 16
#define SAME_IPV6_BITS 48

/* own: this computer's address in it at that time. */
typedef struct {
    char name[WH_TUNNEL_NAME_SIZE];
    WhVpnChoice choice;
    gboolean has_own;
    WhAddress own;
} Decision;

struct WhVpnChoices {
    GArray *decisions;
};

gboolean wh_vpn_choices_is_name(const char *vpn)
{
    gsize length = strlen(vpn);
    if (length == 0 || length >= WH_TUNNEL_NAME_SIZE || !g_utf8_validate(vpn, -1, NULL))
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (g_ascii_iscntrl(vpn[i]))
            return FALSE;
    return TRUE;
}

static Decision *find(const WhVpnChoices *choices, const char *vpn, guint *at)
{
    for (guint i = 0; i < choices->decisions->len; i++) {
        Decision *decision = &g_array_index(choices->decisions, Decision, i);
        if (strcmp(decision->name, vpn) != 0)
            continue;
        *at = i;
        return decision;
    }
    return NULL;
}

WhVpnChoice wh_vpn_choices_get(const WhVpnChoices *choices, const char *vpn)
{
    guint at;
    const Decision *decision = find(choices, vpn, &at);
    return decision != NULL ? decision->choice : WH_VPN_NOTHING;
}

static gboolean is_same_network(const WhAddress *a, const WhAddress *b)
{
    return wh_address_shares_prefix(a, b,
                                    a->family == WH_FAMILY_IPV4 ? SAME_IPV4_BITS : SAME_IPV6_BITS);
}

WhVpnChoice wh_vpn_choices_get_for(const WhVpnChoices *choices, const char *vpn,
                                   const WhAddress *own)
{
    guint at;
    const Decision *decision = find(choices, vpn, &at);
    if (decision == NULL)
        return WH_VPN_NOTHING;
    if (decision->choice == WH_VPN_VPN && decision->has_own &&
        (own == NULL || !is_same_network(own, &decision->own)))
        return WH_VPN_NOTHING;
    return decision->choice;
}

void wh_vpn_choices_set(WhVpnChoices *choices, const char *vpn, WhVpnChoice choice,
                        const WhAddress *own)
{
    Decision decision = {.choice = choice, .has_own = choice == WH_VPN_VPN && own != NULL};
    guint at;
    if (!wh_vpn_choices_is_name(vpn))
        return;
    if (find(choices, vpn, &at) != NULL)
        g_array_remove_index(choices->decisions, at);
    if (choice == WH_VPN_NOTHING)
        return;
    if (choices->decisions->len == WH_VPN_CHOICES_MOST)
        g_array_remove_index(choices->decisions, 0);
    g_strlcpy(decision.name, vpn, sizeof decision.name);
    if (decision.has_own)
        decision.own = *own;
    g_array_append_val(choices->decisions, decision);
}

const char *wh_vpn_choices_name(const WhVpnChoices *choices, guint n)
{
    if (n >= choices->decisions->len)
        return NULL;
    return g_array_index(choices->decisions, Decision, n).name;
}

/* "line tun0", "vpn@10.8.0.2 tun1" */
static void read_line(WhVpnChoices *choices, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    if (g_strv_length(words) != 2)
        return;
    g_auto(GStrv) parts = g_strsplit(words[0], "@", 2);
    WhVpnChoice choice;
    WhAddress own;
    gboolean has_own = parts[0] != NULL && parts[1] != NULL;
    if (parts[0] != NULL && wh_vpn_choice_parse(parts[0], &choice) &&
        (!has_own || wh_address_parse(parts[1], &own)))
        wh_vpn_choices_set(choices, words[1], choice, has_own ? &own : NULL);
}

WhVpnChoices *wh_vpn_choices_new(const char *text)
{
    WhVpnChoices *choices = g_new0(WhVpnChoices, 1);
    choices->decisions = g_array_new(FALSE, FALSE, sizeof(Decision));
    g_auto(GStrv) lines = text == NULL ? NULL : g_strsplit(text, "\n", WH_VPN_CHOICES_MOST + 1);
    for (guint i = 0; lines != NULL && i < WH_VPN_CHOICES_MOST && lines[i] != NULL; i++)
        read_line(choices, lines[i]);
    return choices;
}

void wh_vpn_choices_free(WhVpnChoices *choices)
{
    if (choices == NULL)
        return;
    g_array_unref(choices->decisions);
    g_free(choices);
}

char *wh_vpn_choices_to_text(const WhVpnChoices *choices)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < choices->decisions->len; i++) {
        const Decision *decision = &g_array_index(choices->decisions, Decision, i);
        g_autofree char *own = decision->has_own ? wh_address_to_string(&decision->own) : NULL;
        g_string_append_printf(text, "%s%s%s %s\n", wh_vpn_choice_name(decision->choice),
                               own != NULL ? "@" : "", own != NULL ? own : "", decision->name);
    }
    return text->len == 0 ? NULL : g_string_free(g_steal_pointer(&text), FALSE);
}
