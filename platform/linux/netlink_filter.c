#include "platform/linux/netlink_filter.h"

#include "platform/common/internet_probe.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#define TYPE offsetof(struct nlmsghdr, nlmsg_type)
#define FAMILY (sizeof(struct nlmsghdr) + offsetof(struct rtmsg, rtm_family))
#define LENGTH (sizeof(struct nlmsghdr) + offsetof(struct rtmsg, rtm_dst_len))
#define ATTRIBUTES (sizeof(struct nlmsghdr) + sizeof(struct rtmsg))
/* A place that stands for a question to the kernel: where the attribute whose type is in the index
 * register begins, 0 when it is not there. */
#define FIND_ATTRIBUTE ((guint32)(SKF_AD_OFF + SKF_AD_NLATTR))

/* A jump from instruction `here` to one further down. */
#define TO(here, there) ((guint8)((there) - (here)-1))

enum { WORD_OF_IPV6 = 13, KEEP_WORD = 15, SHORT_ENOUGH = 19, PASS = 26, DROP = 27 };

static guint32 first_word(guint family)
{
    guint32 word;

    memcpy(&word, wh_internet_probe(family), sizeof word);
    return g_ntohl(word);
}

void wh_netlink_filter_attach(int fd)
{
    /* The machine loads numbers in network order, netlink's are in the host's. */
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, TYPE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, g_htons(RTM_NEWROUTE), TO(1, 3), 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, g_htons(RTM_DELROUTE), 0, TO(2, PASS)),
        BPF_STMT(BPF_LDX | BPF_IMM, RTA_DST),
        BPF_STMT(BPF_LD | BPF_IMM, ATTRIBUTES),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIND_ATTRIBUTE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, TO(6, PASS), 0),
        BPF_STMT(BPF_MISC | BPF_TAX, 0),
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, FAMILY),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 0, TO(9, WORD_OF_IPV6)),
        BPF_STMT(BPF_LD | BPF_W | BPF_IND, sizeof(struct rtattr)),
        BPF_STMT(BPF_ALU | BPF_XOR | BPF_K, first_word(4)),
        BPF_STMT(BPF_JMP | BPF_JA, TO(12, KEEP_WORD)),
        /* WORD_OF_IPV6 */
        BPF_STMT(BPF_LD | BPF_W | BPF_IND, sizeof(struct rtattr)),
        BPF_STMT(BPF_ALU | BPF_XOR | BPF_K, first_word(6)),
        /* KEEP_WORD: its upper bits, as many as the prefix has, must be 0. */
        BPF_STMT(BPF_ST, 0),
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, LENGTH),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 32, 0, TO(17, SHORT_ENOUGH)),
        BPF_STMT(BPF_LD | BPF_IMM, 32),
        /* SHORT_ENOUGH */
        BPF_STMT(BPF_MISC | BPF_TAX, 0),
        BPF_STMT(BPF_LD | BPF_IMM, 32),
        BPF_STMT(BPF_ALU | BPF_SUB | BPF_X, 0),
        BPF_STMT(BPF_MISC | BPF_TAX, 0),
        BPF_STMT(BPF_LD | BPF_MEM, 0),
        BPF_STMT(BPF_ALU | BPF_RSH | BPF_X, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, TO(25, PASS), TO(25, DROP)),
        /* PASS */
        BPF_STMT(BPF_RET | BPF_K, G_MAXUINT32),
        /* DROP */
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog program = {.len = G_N_ELEMENTS(code), .filter = code};

    if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0)
        g_debug("Route messages are not filtered: %s", g_strerror(errno));
}
