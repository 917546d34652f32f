#include "platform/common/wifi_name.h"

#include "platform/linux/netlink_socket.h"
#include "platform/linux/netlink_wifi.h"

#include <glib-unix.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/nl80211.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_BYTES (32 * 1024)
#define ANSWERS_A_QUESTION 4
#define VALUE_BYTES 16

/* A question with one attribute. */
typedef struct {
    struct nlmsghdr header;
    struct genlmsghdr command;
    struct nlattr attribute;
    guint8 value[VALUE_BYTES];
} Question;

typedef WhNetlinkOutcome (*ReadFunc)(const WhNetlinkMessage *message, gpointer result);

static gboolean ask(int fd, guint16 family, guint8 command, guint8 version, guint16 attribute,
                    gconstpointer value, gsize length)
{
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    Question question = {
        .header = {.nlmsg_type = family, .nlmsg_flags = NLM_F_REQUEST},
        .command = {.cmd = command, .version = version},
        .attribute = {.nla_len = (guint16)(sizeof(struct nlattr) + length), .nla_type = attribute},
    };

    g_assert(length <= VALUE_BYTES);
    memcpy(question.value, value, length);
    question.header.nlmsg_len = (guint32)(offsetof(Question, value) + NLMSG_ALIGN(length));
    return TEMP_FAILURE_RETRY(sendto(fd, &question, question.header.nlmsg_len, 0,
                                     (struct sockaddr *)&kernel, sizeof kernel)) > 0;
}

/* The kernel answers at once; nothing here waits. */
static gboolean hear(int fd, ReadFunc read, gpointer result)
{
    guint8 answer[ANSWER_BYTES];

    for (guint i = 0; i < ANSWERS_A_QUESTION; i++) {
        gsize length = 0;
        gsize offset = 0;
        WhNetlinkMessage message;
        WhNetlinkReceipt receipt = wh_netlink_socket_receive(fd, answer, sizeof answer, &length);

        if (receipt == WH_NETLINK_FOREIGN)
            continue;
        return receipt == WH_NETLINK_RECEIVED &&
               wh_netlink_message_next(answer, length, &offset, &message) == WH_NETLINK_OK &&
               read(&message, result) == WH_NETLINK_OK;
    }
    return FALSE;
}

static WhNetlinkOutcome family_read(const WhNetlinkMessage *message, gpointer result)
{
    return wh_netlink_wifi_read_family(message, result);
}

static WhNetlinkOutcome name_read(const WhNetlinkMessage *message, gpointer result)
{
    return wh_netlink_wifi_read_name(message, result);
}

char *wh_wifi_name_read(guint interface)
{
    guint32 index = interface;
    guint16 family = 0;
    char *name = NULL;
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_GENERIC);

    if (fd < 0)
        return NULL;
    if (ask(fd, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1, CTRL_ATTR_FAMILY_NAME, NL80211_GENL_NAME,
            sizeof NL80211_GENL_NAME) &&
        hear(fd, family_read, &family) &&
        ask(fd, family, NL80211_CMD_GET_INTERFACE, 0, NL80211_ATTR_IFINDEX, &index, sizeof index))
        (void)hear(fd, name_read, &name);
    close(fd);
    return name;
}
