#include "installer/windows/setup/firewall_rules.h"

#include "platform/windows/text.h"

#define TCP 6
#define UDP 17
#define GROUP L"Wayhome"
#define MOST_PATH 32768

/* Routers that Wayhome talks to are at home or at work, not in a café. */
#define NETWORKS (NET_FW_PROFILE2_PRIVATE | NET_FW_PROFILE2_DOMAIN)

/* Of rules with the same name, one call takes one away: somebody may have made copies. */
#define MOST_COPIES 8

static const WhFirewallRule rules[] = {
    {"Wayhome (router messages, UDP)", UDP, "LocalSubnet", NETWORKS,
     "Lets the router tell that the public address has changed."},
    {"Wayhome (router messages, TCP)", TCP, "LocalSubnet", NETWORKS,
     "Lets the router tell that the public address has changed."},
    {NULL, 0, NULL, 0, NULL},
};

const WhFirewallRule *wh_firewall_rules(void)
{
    return rules;
}

typedef BSTR Text;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Text, SysFreeString, NULL)
typedef INetFwRule *Rule;

static void release_rule(Rule rule)
{
    INetFwRule_Release(rule);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Rule, release_rule, NULL)

static BSTR text_of(const char *utf8)
{
    g_autofree wchar_t *wide = wh_windows_wide(utf8);

    return SysAllocString(wide);
}

static HRESULT fill(INetFwRule *rule, const WhFirewallRule *what, const char *program)
{
    g_auto(Text) name = text_of(what->name);
    g_auto(Text) explanation = text_of(what->explanation);
    g_auto(Text) application = text_of(program);
    g_auto(Text) remote = text_of(what->remote);
    g_auto(Text) group = SysAllocString(GROUP);
    const HRESULT all[] = {
        INetFwRule_put_Name(rule, name),
        INetFwRule_put_Description(rule, explanation),
        INetFwRule_put_ApplicationName(rule, application),
        INetFwRule_put_Protocol(rule, what->protocol),
        INetFwRule_put_RemoteAddresses(rule, remote),
        INetFwRule_put_Direction(rule, NET_FW_RULE_DIR_IN),
        INetFwRule_put_Action(rule, NET_FW_ACTION_ALLOW),
        INetFwRule_put_Profiles(rule, what->networks),
        INetFwRule_put_Grouping(rule, group),
        INetFwRule_put_Enabled(rule, VARIANT_TRUE),
    };

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        if (FAILED(all[i]))
            return all[i];
    return S_OK;
}

static HRESULT add(INetFwRules *list, const WhFirewallRule *what, const char *program)
{
    g_auto(Rule) rule = NULL;
    HRESULT code = CoCreateInstance(&CLSID_NetFwRule, NULL, CLSCTX_INPROC_SERVER, &IID_INetFwRule,
                                    (void **)&rule);

    if (SUCCEEDED(code))
        code = fill(rule, what, program);
    return SUCCEEDED(code) ? INetFwRules_Add(list, rule) : code;
}

static HRESULT forget(INetFwRules *list, const WhFirewallRule *what)
{
    g_auto(Text) name = text_of(what->name);
    HRESULT code = S_OK;

    for (int i = 0; i < MOST_COPIES && SUCCEEDED(code); i++) {
        g_auto(Rule) rule = NULL;

        if (FAILED(INetFwRules_Item(list, name, &rule)))
            return S_OK;
        code = INetFwRules_Remove(list, name);
    }
    return code;
}

/* The firewall's own windows write paths with names of variables in them (%ProgramFiles%). */
static char *path_of(const wchar_t *written)
{
    g_autofree wchar_t *path = g_new0(wchar_t, MOST_PATH);

    if (written == NULL || ExpandEnvironmentStringsW(written, path, MOST_PATH - 1) == 0)
        return NULL;
    return wh_windows_utf8(path);
}

static gboolean is_for(INetFwRule *rule, const char *program)
{
    g_auto(Text) written = NULL;
    g_autofree char *path = NULL;
    g_autofree char *one = NULL;
    g_autofree char *other = g_utf8_casefold(program, -1);

    if (FAILED(INetFwRule_get_ApplicationName(rule, &written)))
        return FALSE;
    path = path_of(written);
    one = path != NULL ? g_utf8_casefold(path, -1) : NULL;
    return g_strcmp0(one, other) == 0;
}

static gboolean has(INetFwRules *list, const WhFirewallRule *what, const char *program)
{
    g_auto(Text) name = text_of(what->name);
    g_auto(Rule) rule = NULL;

    return SUCCEEDED(INetFwRules_Item(list, name, &rule)) && is_for(rule, program);
}

HRESULT wh_firewall_rules_add(INetFwRules *list, const char *program)
{
    HRESULT code = S_OK;

    for (const WhFirewallRule *rule = rules; rule->name != NULL && SUCCEEDED(code); rule++) {
        if (has(list, rule, program))
            continue;
        code = forget(list, rule);
        if (SUCCEEDED(code))
            code = add(list, rule, program);
    }
    return code;
}

HRESULT wh_firewall_rules_remove(INetFwRules *list)
{
    HRESULT code = S_OK;

    for (const WhFirewallRule *rule = rules; rule->name != NULL && SUCCEEDED(code); rule++)
        code = forget(list, rule);
    return code;
}
