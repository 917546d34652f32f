/* Which names a listener takes, and what others do with them. */
#pragma once

void wh_local_socket_add_names(void);
