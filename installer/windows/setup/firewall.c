#include "installer/windows/setup/firewall.h"

#include "platform/windows/text.h"

#include <initguid.h>
#include <netfw.h>
#include <windows.h>

#define TCP 6
#define UDP 17
#define GROUP L"Wayhome"

static const WhFirewallRule rules[] = {
    {"Wayhome (router messages, UDP)", UDP, "LocalSubnet",
     "Lets the router tell that the public address has changed."},
    {"Wayhome (router messages, TCP)", TCP, "LocalSubnet",
     "Lets the router tell that the public address has changed."},
    {NULL, 0, NULL, NULL},
};

const WhFirewallRule *wh_firewall_rules(void)
{
    return rules;
}

gboolean wh_firewall_is_absent(guint32 code)
{
    return code == (guint32)HRESULT_FROM_WIN32(EPT_S_NOT_REGISTERED) ||
           code == (guint32)HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE) ||
           code == (guint32)HRESULT_FROM_WIN32(ERROR_SERVICE_DISABLED) ||
           code == (guint32)HRESULT_FROM_WIN32(ERROR_SERVICE_NOT_ACTIVE);
}

typedef BSTR Text;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Text, SysFreeString, NULL)
typedef INetFwPolicy2 *Policy;
typedef INetFwRules *Rules;
typedef INetFwRule *Rule;

static void release_policy(Policy policy)
{
    INetFwPolicy2_Release(policy);
}

static void release_rules(Rules list)
{
    INetFwRules_Release(list);
}

static void release_rule(Rule rule)
{
    INetFwRule_Release(rule);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Policy, release_policy, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Rules, release_rules, NULL)
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
        INetFwRule_put_Profiles(rule, NET_FW_PROFILE2_ALL),
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

/* Of rules with the same name, one call takes one away: somebody may have made copies. */
static HRESULT forget(INetFwRules *list, const WhFirewallRule *what)
{
    g_auto(Text) name = text_of(what->name);
    HRESULT code = S_OK;

    for (int i = 0; i < 8 && SUCCEEDED(code); i++) {
        g_auto(Rule) rule = NULL;

        if (FAILED(INetFwRules_Item(list, name, &rule)))
            return S_OK;
        code = INetFwRules_Remove(list, name);
    }
    return code;
}

/* program: NULL only takes the rules away. */
static HRESULT replace(INetFwRules *list, const char *program)
{
    HRESULT code = S_OK;

    for (const WhFirewallRule *rule = rules; rule->name != NULL && SUCCEEDED(code); rule++) {
        code = forget(list, rule);
        if (SUCCEEDED(code) && program != NULL)
            code = add(list, rule, program);
    }
    return code;
}

static HRESULT replace_in_policy(const char *program)
{
    g_auto(Policy) policy = NULL;
    g_auto(Rules) list = NULL;
    HRESULT code = CoCreateInstance(&CLSID_NetFwPolicy2, NULL, CLSCTX_INPROC_SERVER,
                                    &IID_INetFwPolicy2, (void **)&policy);

    if (SUCCEEDED(code))
        code = INetFwPolicy2_get_Rules(policy, &list);
    return SUCCEEDED(code) ? replace(list, program) : code;
}

static gboolean change(const char *program, GError **error)
{
    HRESULT code = CoInitializeEx(NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);

    if (SUCCEEDED(code)) {
        code = replace_in_policy(program);
        CoUninitialize();
    }
    if (SUCCEEDED(code) || wh_firewall_is_absent((guint32)code))
        return TRUE;
    wh_windows_set_error(error, (guint32)code, "Windows' firewall refused (0x%08x)", (guint)code);
    return FALSE;
}

gboolean wh_firewall_allow(const WhSetup *setup, GError **error)
{
    g_autofree char *program = g_strdup_printf("%s\\wayhomed.exe", setup->bin);

    return change(program, error);
}

gboolean wh_firewall_forget(const WhSetup *setup, GError **error)
{
    return change(NULL, error);
}
