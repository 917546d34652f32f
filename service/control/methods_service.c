#include "service/base/product.h"
#include "service/control/methods.h"
#include "service/protocol/description.h"
#include "service/protocol/names.h"

void wh_methods_get_info(WhInvocation *invocation)
{
    wh_invocation_reply(invocation,
                        json_pack("{s:s, s:s, s:s, s:s, s:[s, s]}", "vendor", WH_MAKER, "product",
                                  WH_PRODUCT, "version", WH_VERSION, "url", WH_URL, "interfaces",
                                  WH_VARLINK_SERVICE_INTERFACE, WH_CONTROL_INTERFACE));
}

void wh_methods_get_interface_description(WhInvocation *invocation)
{
    const char *interface = wh_invocation_text(invocation, "interface");
    const char *text = wh_description_text(interface);
    if (text == NULL)
        wh_invocation_fail(invocation, WH_VARLINK_ERROR("InterfaceNotFound"),
                           json_pack("{s:s}", "interface", interface));
    else
        wh_invocation_reply(invocation, json_pack("{s:s}", "description", text));
}
