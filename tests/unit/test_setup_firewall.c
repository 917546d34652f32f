/* Which rules of the firewall are added, kept and taken away, in a list that is none of Windows'.
 */
#include "installer/windows/setup/firewall_rules.h"

#include "platform/windows/text.h"

#include <string.h>

#define PROGRAM "C:\\Program Files\\Wayhome\\bin\\wayhomed.exe"

typedef struct {
    INetFwRule rule;
    guint references;
    char *name;
    char *program;
    LONG protocol;
    LONG networks;
    gboolean is_on;
} FakeRule;

static ULONG STDMETHODCALLTYPE rule_release(INetFwRule *self)
{
    FakeRule *rule = (FakeRule *)self;

    if (--rule->references > 0)
        return rule->references;
    g_free(rule->name);
    g_free(rule->program);
    g_free(rule);
    return 0;
}

static HRESULT take(char **place, const wchar_t *text)
{
    g_free(*place);
    *place = wh_windows_utf8(text);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE put_name(INetFwRule *self, BSTR name)
{
    return take(&((FakeRule *)self)->name, name);
}

static HRESULT STDMETHODCALLTYPE put_program(INetFwRule *self, BSTR program)
{
    return take(&((FakeRule *)self)->program, program);
}

static HRESULT STDMETHODCALLTYPE get_program(INetFwRule *self, BSTR *program)
{
    g_autofree wchar_t *wide = wh_windows_wide(((FakeRule *)self)->program);

    *program = SysAllocString(wide);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE put_protocol(INetFwRule *self, LONG protocol)
{
    ((FakeRule *)self)->protocol = protocol;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE put_networks(INetFwRule *self, LONG networks)
{
    ((FakeRule *)self)->networks = networks;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE put_is_on(INetFwRule *self, VARIANT_BOOL is_on)
{
    ((FakeRule *)self)->is_on = is_on != VARIANT_FALSE;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE put_text(INetFwRule *self, BSTR text)
{
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE put_direction(INetFwRule *self, NET_FW_RULE_DIRECTION direction)
{
    return direction == NET_FW_RULE_DIR_IN ? S_OK : E_FAIL;
}

static HRESULT STDMETHODCALLTYPE put_action(INetFwRule *self, NET_FW_ACTION action)
{
    return action == NET_FW_ACTION_ALLOW ? S_OK : E_FAIL;
}

static INetFwRuleVtbl rule_methods = {
    .Release = rule_release,
    .put_Name = put_name,
    .put_Description = put_text,
    .put_ApplicationName = put_program,
    .get_ApplicationName = get_program,
    .put_Protocol = put_protocol,
    .put_RemoteAddresses = put_text,
    .put_Direction = put_direction,
    .put_Action = put_action,
    .put_Profiles = put_networks,
    .put_Grouping = put_text,
    .put_Enabled = put_is_on,
};

static FakeRule *rule_new(const char *name, const char *program)
{
    FakeRule *rule = g_new0(FakeRule, 1);

    rule->rule.lpVtbl = &rule_methods;
    rule->references = 1;
    rule->name = g_strdup(name);
    rule->program = g_strdup(program);
    return rule;
}

static HRESULT WINAPI create(REFCLSID kind, IUnknown *outer, DWORD context, REFIID interface_id,
                             void **made)
{
    if (!IsEqualGUID(kind, &CLSID_NetFwRule) || !IsEqualGUID(interface_id, &IID_INetFwRule))
        return E_NOINTERFACE;
    *made = rule_new(NULL, NULL);
    return S_OK;
}

/* In place of what the import library has: the linker takes what is here already. */
typedef HRESULT(WINAPI *Create)(REFCLSID, IUnknown *, DWORD, REFIID, void **);
extern const Create __imp_CoCreateInstance;
const Create __imp_CoCreateInstance = create;

typedef struct {
    INetFwRules list;
    GPtrArray *rules;
} FakeList;

static void release(gpointer rule)
{
    rule_release(rule);
}

static FakeRule *find(FakeList *list, const char *name)
{
    for (guint i = 0; i < list->rules->len; i++) {
        FakeRule *rule = g_ptr_array_index(list->rules, i);

        if (strcmp(rule->name, name) == 0)
            return rule;
    }
    return NULL;
}

static FakeRule *find_wide(INetFwRules *self, const wchar_t *wide)
{
    g_autofree char *name = wh_windows_utf8(wide);

    return find((FakeList *)self, name);
}

static void put(FakeList *list, FakeRule *rule)
{
    g_ptr_array_add(list->rules, rule);
}

static HRESULT STDMETHODCALLTYPE list_add(INetFwRules *self, INetFwRule *rule)
{
    FakeRule *added = (FakeRule *)rule;

    added->references++;
    put((FakeList *)self, added);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE list_remove(INetFwRules *self, BSTR name)
{
    g_ptr_array_remove(((FakeList *)self)->rules, find_wide(self, name));
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE list_item(INetFwRules *self, BSTR name, INetFwRule **found)
{
    FakeRule *rule = find_wide(self, name);

    if (rule == NULL)
        return HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
    rule->references++;
    *found = &rule->rule;
    return S_OK;
}

static INetFwRulesVtbl list_methods = {.Add = list_add, .Remove = list_remove, .Item = list_item};

static void set_up(FakeList *list, gconstpointer data)
{
    list->list.lpVtbl = &list_methods;
    list->rules = g_ptr_array_new_with_free_func(release);
}

static void tear_down(FakeList *list, gconstpointer data)
{
    g_ptr_array_unref(list->rules);
}

static void assert_new(FakeList *list, const WhFirewallRule *what)
{
    FakeRule *rule = find(list, what->name);

    g_assert_nonnull(rule);
    g_assert_cmpstr(rule->program, ==, PROGRAM);
    g_assert_cmpint(rule->protocol, ==, what->protocol);
    g_assert_cmphex(rule->networks, ==, NET_FW_PROFILE2_PRIVATE | NET_FW_PROFILE2_DOMAIN);
    g_assert_true(rule->is_on);
}

static void test_new(FakeList *list, gconstpointer data)
{
    g_assert_cmphex(wh_firewall_rules_add(&list->list, PROGRAM), ==, S_OK);
    g_assert_cmpuint(list->rules->len, ==, 2);
    assert_new(list, &wh_firewall_rules()[0]);
    assert_new(list, &wh_firewall_rules()[1]);
}

/* data: how the program is written in the rule that an administrator switched off. */
static void test_kept(FakeList *list, gconstpointer data)
{
    FakeRule *kept = rule_new(wh_firewall_rules()[0].name, data);

    put(list, kept);
    g_setenv("WAYHOME_TEST", "C:\\Program Files", TRUE);
    for (int i = 0; i < 2; i++)
        g_assert_cmphex(wh_firewall_rules_add(&list->list, PROGRAM), ==, S_OK);
    g_assert_cmpuint(list->rules->len, ==, 2);
    g_assert_true(find(list, wh_firewall_rules()[0].name) == kept);
    g_assert_false(kept->is_on);
    assert_new(list, &wh_firewall_rules()[1]);
}

/* Of a program that is somewhere else, and there twice. */
static void test_replaced(FakeList *list, gconstpointer data)
{
    const char *name = wh_firewall_rules()[0].name;

    put(list, rule_new(name, "D:\\Wayhome\\bin\\wayhomed.exe"));
    put(list, rule_new(name, NULL));
    put(list, rule_new("somebody else's", PROGRAM));
    g_assert_cmphex(wh_firewall_rules_add(&list->list, PROGRAM), ==, S_OK);
    g_assert_cmpuint(list->rules->len, ==, 3);
    assert_new(list, &wh_firewall_rules()[0]);
    assert_new(list, &wh_firewall_rules()[1]);
}

static void test_removed(FakeList *list, gconstpointer data)
{
    put(list, rule_new("somebody else's", PROGRAM));
    put(list, rule_new(wh_firewall_rules()[1].name, PROGRAM));
    g_assert_cmphex(wh_firewall_rules_add(&list->list, PROGRAM), ==, S_OK);
    g_assert_cmphex(wh_firewall_rules_remove(&list->list), ==, S_OK);
    g_assert_cmpuint(list->rules->len, ==, 1);
    g_assert_nonnull(find(list, "somebody else's"));
    g_assert_cmphex(wh_firewall_rules_remove(&list->list), ==, S_OK);
}

#define ADD(name, data, function)                                                                  \
    g_test_add("/setup-firewall/" name, FakeList, data, set_up, function, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("new", NULL, test_new);
    ADD("kept", PROGRAM, test_kept);
    ADD("kept-in-other-letters", "c:\\PROGRAM FILES\\Wayhome\\bin\\wayhomed.exe", test_kept);
    ADD("kept-with-a-variable", "%WAYHOME_TEST%\\Wayhome\\bin\\wayhomed.exe", test_kept);
    ADD("replaced", NULL, test_replaced);
    ADD("removed", NULL, test_removed);
    return g_test_run();
}
