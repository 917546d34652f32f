/* Whom the doctor asks when something is wrong, and what they always answer. Data; the list is
 * configuration. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* A page. status 0: 200, with `body` in it; otherwise that number and any body. */
typedef struct {
    char *id;
    char *url;
    guint status;
    char *body;
} WhProbePage;

/* A name server and a name that every name server knows. */
typedef struct {
    char *id;
    WhAddress server;
    char *name;
} WhProbeServer;

/* pages: WhProbePage; servers: WhProbeServer; both owned, either may be empty. */
typedef struct {
    GPtrArray *pages;
    GPtrArray *servers;
} WhProbes;

/* Reads a keyfile: one group each, keys url with status or body, or server with name. A wrong entry
 * is an error that names group and key; a list without a page is one too. G_IO_ERROR_INVALID_DATA.
 */
WhProbes *wh_probes_parse(const char *text, gsize length, GError **error);

/* The list that is compiled in. */
WhProbes *wh_probes_shipped(void);
void wh_probes_free(WhProbes *probes);

/* Whether an answer is the one that the page always gives. FALSE: somebody else gave it. */
gboolean wh_probe_page_is_genuine(const WhProbePage *page, guint status, const char *body,
                                  gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhProbes, wh_probes_free)

G_END_DECLS
