#include "installer/windows/setup/firewall.h"

#include "installer/windows/setup/firewall_rules.h"
#include "platform/windows/text.h"

gboolean wh_firewall_is_absent(guint32 code)
{
    return code == (guint32)HRESULT_FROM_WIN32(EPT_S_NOT_REGISTERED) ||
           code == (guint32)HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE) ||
           code == (guint32)HRESULT_FROM_WIN32(ERROR_SERVICE_DISABLED) ||
           code == (guint32)HRESULT_FROM_WIN32(ERROR_SERVICE_NOT_ACTIVE);
}

typedef INetFwPolicy2 *Policy;
typedef INetFwRules *Rules;

static void release_policy(Policy policy)
{
    INetFwPolicy2_Release(policy);
}

static void release_rules(Rules list)
{
    INetFwRules_Release(list);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Policy, release_policy, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(Rules, release_rules, NULL)

/* program: NULL takes the rules away. */
static HRESULT change_in_policy(const char *program)
{
    g_auto(Policy) policy = NULL;
    g_auto(Rules) list = NULL;
    HRESULT code = CoCreateInstance(&CLSID_NetFwPolicy2, NULL, CLSCTX_INPROC_SERVER,
                                    &IID_INetFwPolicy2, (void **)&policy);

    if (SUCCEEDED(code))
        code = INetFwPolicy2_get_Rules(policy, &list);
    if (FAILED(code))
        return code;
    return program != NULL ? wh_firewall_rules_add(list, program) : wh_firewall_rules_remove(list);
}

static gboolean change(const char *program, GError **error)
{
    HRESULT code = CoInitializeEx(NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);

    if (SUCCEEDED(code)) {
        code = change_in_policy(program);
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
