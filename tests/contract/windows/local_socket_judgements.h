/* What the local socket says of accounts and processes that are only written down. */
#pragma once

void wh_local_socket_add_judgements(void);
