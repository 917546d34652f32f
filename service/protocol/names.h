/* Well-known names of the control protocol, said once. */
#pragma once

#define WH_CONTROL_INTERFACE "org.wayhome.Control"
#define WH_VARLINK_SERVICE_INTERFACE "org.varlink.service"

#define WH_CONTROL_METHOD(name) WH_CONTROL_INTERFACE "." name
#define WH_CONTROL_ERROR(name) WH_CONTROL_INTERFACE "." name
#define WH_VARLINK_ERROR(name) WH_VARLINK_SERVICE_INTERFACE "." name
