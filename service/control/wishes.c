#include "service/control/wishes.h"

#include "service/control/control_private.h"
#include "service/control/failure.h"

/* An empty text says that the name leads to this computer. */
static gboolean read_device(WhInvocation *invocation, WhHostDraft *draft)
{
    const char *suffix = wh_invocation_text(invocation, "suffix");
    const char *mac = wh_invocation_text(invocation, "mac");
    draft->device_set = suffix != NULL || mac != NULL;
    draft->device = WH_DEVICE_THIS;
    if (suffix != NULL && *suffix != '\0') {
        draft->device = WH_DEVICE_SUFFIX;
        if (!wh_suffix_parse(suffix, draft->suffix)) {
            wh_failure_invalid(invocation, "suffix",
                               "Give the second half of the machine's IPv6 address, such as "
                               "::1234:5678:9abc:def0, or the whole address.");
            return FALSE;
        }
    }
    if (mac == NULL || *mac == '\0')
        return TRUE;
    if (draft->device == WH_DEVICE_SUFFIX || !wh_mac_parse(mac, draft->mac)) {
        wh_failure_invalid(invocation, "mac",
                           draft->device == WH_DEVICE_SUFFIX
                               ? "Name the machine by the end of its address or by its MAC "
                                 "address, not by both."
                               : "Give the machine's MAC address, such as 00:11:22:33:44:55.");
        return FALSE;
    }
    draft->device = WH_DEVICE_MAC;
    return TRUE;
}

static void read_flag(WhInvocation *invocation, const char *name, gboolean *set, gboolean *flag)
{
    json_t *value = wh_invocation_parameter(invocation, name);
    *set = value != NULL;
    *flag = json_is_true(value);
}

static void add_all(GStrvBuilder *builder, const char *const *networks)
{
    for (guint i = 0; networks != NULL && networks[i] != NULL; i++)
        g_strv_builder_add(builder, networks[i]);
}

static void add_listed(GStrvBuilder *builder, json_t *list)
{
    size_t i;
    json_t *network;
    json_array_foreach(list, i, network)
    {
        g_strv_builder_add(builder, json_string_value(network));
    }
}

/* FALSE: NotPossible was answered. */
static gboolean add_present(WhInvocation *invocation, GStrvBuilder *builder)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    const char *here = rooms->network != NULL ? rooms->network(rooms->data) : NULL;
    if (here != NULL) {
        g_strv_builder_add(builder, here);
        return TRUE;
    }
    wh_failure_not_possible(invocation,
                            "The network that this computer is on is not known, so the name cannot "
                            "be bound to it. A network is known by its router: connect to it, wait "
                            "a moment and try again.");
    return FALSE;
}

static gboolean read_networks(WhInvocation *invocation, const WhHost *now, WhWishes *wishes,
                              WhHostDraft *draft)
{
    json_t *list = wh_invocation_parameter(invocation, "networks");
    json_t *only_here = wh_invocation_parameter(invocation, "only_here");
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    draft->networks_set = list != NULL || only_here != NULL;
    if (list != NULL)
        add_listed(builder, list);
    else if (now != NULL && json_is_true(only_here))
        add_all(builder, (const char *const *)now->networks);
    if (json_is_true(only_here) && !add_present(invocation, builder))
        return FALSE;
    wishes->networks = g_strv_builder_end(builder);
    draft->networks = (const char *const *)wishes->networks;
    return TRUE;
}

gboolean wh_wishes_read(WhInvocation *invocation, const WhHost *now, WhWishes *wishes,
                        WhHostDraft *draft)
{
    read_flag(invocation, "lan", &draft->lan_set, &draft->lan);
    read_flag(invocation, "withhold_unreachable", &draft->withhold_unreachable_set,
              &draft->withhold_unreachable);
    return read_device(invocation, draft) && read_networks(invocation, now, wishes, draft);
}

void wh_wishes_clear(WhWishes *wishes)
{
    g_clear_pointer(&wishes->networks, g_strfreev);
}
