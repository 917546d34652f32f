/* The options that say which kinds of address a name is to hold. */
#pragma once

#include "app/cli/command.h"

G_BEGIN_DECLS

/* What the options set. */
typedef struct {
    gboolean ipv4_only;
    gboolean ipv6_only;
    gboolean both;
} WhFamilies;

/* Adds "ipv4" and "ipv6" to the parameters when an option was given. FALSE: they contradict each
 * other; told already. */
gboolean wh_families_add(const WhCommand *command, const WhFamilies *families, json_t *parameters);

/* The option's value, -1 when absent, as "ttl". FALSE: told already. */
gboolean wh_families_add_ttl(const WhCommand *command, gint64 ttl, json_t *parameters);

G_END_DECLS
