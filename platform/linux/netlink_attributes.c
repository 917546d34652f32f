#include "platform/linux/netlink_attributes.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

gboolean wh_netlink_attributes_read(const guint8 *bytes, gsize length,
                                    WhNetlinkAttributes *attributes)
{
    *attributes = (WhNetlinkAttributes){0};
    while (length >= sizeof(struct rtattr)) {
        struct rtattr header;
        guint type;
        gsize step;

        memcpy(&header, bytes, sizeof header);
        if (header.rta_len < sizeof header || header.rta_len > length)
            return FALSE;
        type = header.rta_type & NLA_TYPE_MASK;
        if (type <= WH_NETLINK_HIGHEST_ATTRIBUTE)
            attributes->of[type] =
                (WhNetlinkAttribute){bytes + sizeof header, header.rta_len - sizeof header};
        step = MIN((gsize)RTA_ALIGN(header.rta_len), length);
        bytes += step;
        length -= step;
    }
    return TRUE;
}

gboolean wh_netlink_attributes_read_payload(const WhNetlinkMessage *message, gpointer fixed,
                                            gsize size, WhNetlinkAttributes *attributes)
{
    gsize start = NLMSG_ALIGN(size);

    if (message->payload_length < size)
        return FALSE;
    memcpy(fixed, message->payload, size);
    if (message->payload_length <= start)
        return wh_netlink_attributes_read(NULL, 0, attributes);
    return wh_netlink_attributes_read(message->payload + start, message->payload_length - start,
                                      attributes);
}

gboolean wh_netlink_attribute_copy(const WhNetlinkAttribute *attribute, gpointer value, gsize size)
{
    if (attribute->bytes == NULL)
        return TRUE;
    if (attribute->length < size)
        return FALSE;
    memcpy(value, attribute->bytes, size);
    return TRUE;
}

void wh_netlink_attribute_copy_text(const WhNetlinkAttribute *attribute, char *text, gsize size)
{
    g_autofree char *found = NULL;
    g_autofree char *valid = NULL;
    const char *end;

    if (attribute->bytes == NULL)
        return;
    found = g_strndup((const char *)attribute->bytes, attribute->length);
    valid = g_utf8_make_valid(found, -1);
    g_strlcpy(text, valid, size);
    /* What was cut may have been the middle of a letter. */
    if (!g_utf8_validate(text, -1, &end))
        text[end - text] = '\0';
}
