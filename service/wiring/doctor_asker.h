/* Asks the doctor's probes over HTTP and DNS. */
#pragma once

#include "service/doctor/checkup.h"
#include "service/net/dns_client.h"
#include "service/net/http.h"

G_BEGIN_DECLS

/* All must outlive it. */
WhCheckupAsker *wh_doctor_asker_new(WhClock *clock, WhHttp *http, WhDnsClient *dns);
void wh_doctor_asker_free(WhCheckupAsker *asker);

/* The list in `folder` (probes.conf), else the one that is compiled in. *problem: why the file
 * cannot be used, for g_free(), or NULL. */
WhProbes *wh_doctor_probes(const char *folder, char **problem);

G_END_DECLS
