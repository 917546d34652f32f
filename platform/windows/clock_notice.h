/* That somebody set the clock, from whoever hears of it to all who want to know: the service
 * control manager tells the service, and the service's handler knows nobody by name. */
#pragma once

#include "platform/windows/hop.h"

G_BEGIN_DECLS

/* Rings `hop` from now on until it is taken out, which is to be done before it is freed. */
void wh_clock_notice_add(WhHop *hop);
void wh_clock_notice_remove(WhHop *hop);

/* Rings all of them. Any thread. */
void wh_clock_notice_tell(void);

G_END_DECLS
