#include "service/protocol/finding_text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 32

static const struct {
    const char *code;
    const char *sentence;
    const char *step;
    const char *command;
} texts[] = {
    {"no_network", N_("This computer is not connected to any network."),
     N_("Plug in the network cable, or choose a Wi-Fi network."), NULL},
    {"captive_portal", N_("This network lets nobody out before they have signed in on its page."),
     N_("Open any web page in the browser of this computer, and sign in there."), NULL},
    {"dns_broken",
     N_("The name server {server} gives no answers although the line works, so nothing on the "
        "internet is found by its name."),
     N_("Restart the router. If it stays like that, enter another name server in the network "
        "settings of this computer, for example 9.9.9.9."),
     NULL},
    {"offline", N_("This computer is on a network, but nobody on the internet answers."),
     N_("Restart the router. If that does not help, ask your internet provider whether there is an "
        "outage. Everything goes on by itself when the line is back."),
     NULL},
    {"vpn_silent",
     N_("Everything goes through the VPN {tunnel}, and nobody on the internet answers there."),
     N_("Connect the VPN anew, or switch it off."), NULL},
    {"clock_wrong",
     N_("The clock of this computer is wrong by {by}. Secure connections and updates may be "
        "refused because of that."),
     N_("Set the date, the time and the time zone of this computer right, and have it set its "
        "clock by itself."),
     NULL},
    {"sources_disagree",
     N_("It is not certain what your public address is, because those who see it contradict each "
        "other: {who}. Until they agree, names keep the address that they have."),
     N_("Wait a few minutes. If it stays like that, look for a VPN or a proxy on this computer or "
        "in the router, and switch it off."),
     NULL},
    {"outside_few",
     N_("Of those on the internet who can tell your address, only {who} answers, and one alone is "
        "not believed. Names keep the address that they have."),
     N_("Look for a firewall or a filter on this network, such as an ad blocker, that keeps this "
        "computer from asking for its address, and make an exception for it."),
     NULL},
    {"vpn",
     N_("The VPN {vpn} is on and everything goes through it. Names keep the address that they "
        "have."),
     N_("Choose what your names hold while the VPN is on: the address of your own line, or that of "
        "the VPN."),
     N_("wayhomectl vpn {vpn} line (or: vpn)")},
    {"cgnat",
     N_("Your internet provider shares one public address among many homes; this one is known as "
        "{address} there. Nobody can reach this computer over IPv4."),
     N_("Ask the provider for a public IPv4 address of your own, or reach this computer over "
        "IPv6."),
     NULL},
    {"double_nat",
     N_("There is a second router between yours and the internet: the address of yours is "
        "{address}, which is not a public one. Nobody can reach this computer over IPv4 unless "
        "both let them through."),
     N_("Switch the router of the provider to bridge mode, or forward the ports in both routers."),
     NULL},
    {"no_public_ipv4",
     N_("The router says that it has no public IPv4 address: your internet provider shares one "
        "among "
        "many homes, or there is a second router in front of it. Nobody can reach this computer "
        "over IPv4."),
     N_("Ask the provider for a public IPv4 address of your own, or reach this computer over "
        "IPv6."),
     NULL},
    {"router_lies",
     N_("The router says that its address is {router_says}, but the internet sees "
        "{internet_sees}."),
     N_("Switch off a VPN or a proxy in the router if there is one, and restart it. If they still "
        "differ, ask your internet provider why."),
     NULL},
    {"no_ipv4", N_("There is no IPv4 on this network, and {names} should have an IPv4 address."),
     N_("Ask your internet provider for IPv4, or keep only the IPv6 address of the name."), NULL},
    {"no_ipv6",
     N_("There is no public IPv6 on this network, and {names} should have an IPv6 address."),
     N_("Switch IPv6 on in the router. If it cannot do that, keep only the IPv4 address of the "
        "name."),
     NULL},
    {"ipv6_temporary_only",
     N_("This computer has only temporary IPv6 addresses, which soon become others, so none of "
        "them is published."),
     N_("In the network settings of this computer, have it use a lasting IPv6 address too."), NULL},
    {"rival",
     N_("Another program keeps changing {name}: it was set right {times} times within a week."),
     N_("Look for another program that updates this name, in the router (“Dynamic DNS”) or on "
        "another computer, and switch it off there."),
     NULL},
    {"changed_by_other",
     N_("Somebody else changed the address of {name}. It is set right by itself, once a day at "
        "most."),
     N_("Look for another program that updates this name, in the router (“Dynamic DNS”) or on "
        "another computer, and switch it off there."),
     NULL},
    {"device_unseen", N_("The device that {name} belongs to is not seen on this network."),
     N_("Switch it on, and connect it to this network."), NULL},
    {"elsewhere",
     N_("{name} keeps the address that it has, because this network is none of those that were "
        "chosen for it."),
     N_("Nothing has to be done. To have the name follow this computer here too, add this network "
        "to the name."),
     N_("wayhomectl edit-host {name} --only-here")},
    {"sleeps",
     N_("This computer goes to sleep after {minutes} minutes without use, and nobody can reach it "
        "then."),
     N_("Switch automatic sleep off in the power settings of this computer."), NULL},
    {"no_port_forward",
     N_("As far as the router says, it lets nothing from the internet through to this computer."),
     N_("If the port of the program that is to be reached is not forwarded to {self} yet, do that "
        "in the settings of the router."),
     NULL},
    {"router_silent",
     N_("The router does not tell its address, so a change is noticed within 90 seconds instead of "
        "at once."),
     N_("Switch on UPnP or NAT-PMP in the settings of the router."), NULL},
    {"router_events_hidden",
     N_("Nothing was heard yet of what the router tells by itself, so it is asked every 30 "
        "seconds. A firewall may be in the way."),
     N_("If this computer has a firewall, have it let in everything that {router} sends."), NULL},
};

static guint find(const char *code)
{
    guint i = 0;

    while (i < G_N_ELEMENTS(texts) && strcmp(texts[i].code, code) != 0)
        i++;
    return i;
}

const char *wh_finding_text_sentence(const char *code)
{
    guint i = find(code);

    return i < G_N_ELEMENTS(texts) ? texts[i].sentence : NULL;
}

const char *wh_finding_text_step(const char *code)
{
    guint i = find(code);

    return i < G_N_ELEMENTS(texts) ? texts[i].step : NULL;
}

const char *wh_finding_text_command(const char *code)
{
    guint i = find(code);

    return i < G_N_ELEMENTS(texts) ? texts[i].command : NULL;
}

const char *wh_finding_text_code(guint index)
{
    return index < G_N_ELEMENTS(texts) ? texts[index].code : NULL;
}

/* Appends the value of the place that begins at `open`, and returns what follows it; NULL: no place
 * begins there. */
static const char *fill_place(GString *filled, const char *open, WhFindingTextValue value,
                              gpointer data)
{
    const char *close = strchr(open, '}');
    char name[MAX_NAME];

    if (close == NULL || close - open > MAX_NAME)
        return NULL;
    g_strlcpy(name, open + 1, (gsize)(close - open));
    const char *given = value(name, data);
    g_string_append(filled, given != NULL ? given : "");
    return close + 1;
}

char *wh_finding_text_fill(const char *text, WhFindingTextValue value, gpointer data)
{
    GString *filled = g_string_new(NULL);

    while (*text != '\0') {
        const char *rest = *text == '{' ? fill_place(filled, text, value, data) : NULL;

        if (rest == NULL)
            g_string_append_c(filled, *text++);
        else
            text = rest;
    }
    return g_string_free(filled, FALSE);
}
