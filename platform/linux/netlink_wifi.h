/* Reads what generic netlink says about Wi-Fi (linux/genetlink.h, linux/nl80211.h). */
#pragma once

#include "platform/linux/netlink_message.h"

G_BEGIN_DECLS

/* CTRL_CMD_NEWFAMILY: the number by which a family of messages is called on this system. */
WhNetlinkOutcome wh_netlink_wifi_read_family(const WhNetlinkMessage *message, guint16 *family);

/* NL80211_CMD_NEW_INTERFACE of a computer that is in a Wi-Fi: *name for g_free(). */
WhNetlinkOutcome wh_netlink_wifi_read_name(const WhNetlinkMessage *message, char **name);

G_END_DECLS
