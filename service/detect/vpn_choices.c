#include "service/detect/vpn_choices.h"

#include <string.h>

typedef struct {
    char name[WH_TUNNEL_NAME_SIZE];
    WhVpnChoice choice;
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

void wh_vpn_choices_set(WhVpnChoices *choices, const char *vpn, WhVpnChoice choice)
{
    Decision decision = {.choice = choice};
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
    g_array_append_val(choices->decisions, decision);
}

const char *wh_vpn_choices_name(const WhVpnChoices *choices, guint n)
{
    if (n >= choices->decisions->len)
        return NULL;
    return g_array_index(choices->decisions, Decision, n).name;
}

/* "line tun0" */
static void read_line(WhVpnChoices *choices, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    WhVpnChoice choice;
    if (g_strv_length(words) == 2 && wh_vpn_choice_parse(words[0], &choice))
        wh_vpn_choices_set(choices, words[1], choice);
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
        g_string_append_printf(text, "%s %s\n", wh_vpn_choice_name(decision->choice),
                               decision->name);
    }
    return text->len == 0 ? NULL : g_string_free(g_steal_pointer(&text), FALSE);
}
