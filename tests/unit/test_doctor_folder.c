/* What a person who asks the doctor waits for. */
#include "service/wiring/doctor_facts.h"

/* A router that stays unheard behind the line of this verdict. */
static gboolean is_asking(WhVerdictReason reason, const char *vpn, WhVpnChoice choice)
{
    WhVerdict verdicts[WH_N_FAMILIES] = {{.reason = WH_VERDICT_NO_ROUTE},
                                         {.reason = WH_VERDICT_NO_ROUTE}};
    WhDoctorFolder folder = {.unanswered = FALSE};
    WhFactsLine *line = &folder.facts.lines[WH_FAMILY_IPV4];

    verdicts[WH_FAMILY_IPV4].reason = reason;
    verdicts[WH_FAMILY_IPV4].vpn_choice = choice;
    g_strlcpy(verdicts[WH_FAMILY_IPV4].vpn, vpn, sizeof verdicts[WH_FAMILY_IPV4].vpn);
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        folder.facts.lines[family].verdict = &verdicts[family];
    line->route = line->wanted = TRUE;
    folder.facts.gateway.report.state = WH_GATEWAY_ASKING;
    return wh_doctor_folder_is_asking(&folder);
}

static void test_router(void)
{
    g_assert_true(is_asking(WH_VERDICT_AGREED, "", WH_VPN_NOTHING));
    g_assert_true(is_asking(WH_VERDICT_AGREED, "wg0", WH_VPN_LINE));
    g_assert_false(is_asking(WH_VERDICT_DIRECT, "", WH_VPN_NOTHING));
    g_assert_false(is_asking(WH_VERDICT_VPN, "wg0", WH_VPN_NOTHING));
    /* At the VPN's other end the router has no say. */
    g_assert_false(is_asking(WH_VERDICT_AGREED, "wg0", WH_VPN_VPN));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/doctor-folder/router", test_router);
    return g_test_run();
}
