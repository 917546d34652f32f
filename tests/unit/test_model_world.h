/* A model at a service with canned answers. */
#pragma once

#include "app/model/model.h"
#include "tests/unit/test_stub_service.h"

G_BEGIN_DECLS

/* changes: how often "changed" came. events: of the events that came, their sentences. */
typedef struct {
    StubService *stub;
    WhLink *link;
    WhModel *model;
    guint changes;
    GString *events;
} World;

/* A service that answers Watch with the state, and ListProviders with three. state NULL: no
 * service.
 */
void world_set_up(World *world, const char *state);
void world_tear_down(World *world);

/* A state: members of service beyond the needed ones, and the arrays' elements. */
char *world_state(const char *service, const char *verdicts, const char *accounts,
                  const char *hosts);

/* A host with one record for IPv4. */
char *world_host(const char *id, const char *name, const char *state);

/* Sends what changed, and waits until the model has taken it. */
void world_send(World *world, const char *changes);

/* Until the model tells of the next change. */
void world_wait(World *world);

#define WORLD_ACCOUNT                                                                              \
    "{\"id\":\"a1\",\"provider\":\"duckdns\",\"label\":\"\",\"fields\":{\"user\":\"me\"},"         \
    "\"secrets\":[{\"field\":\"token\",\"state\":\"present\"}],\"halted\":false}"

G_END_DECLS
