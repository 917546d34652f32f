/* Proof: do the zone's own servers hold the right address? Pure judgement over what they said. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

typedef enum {
    WH_WITNESS_ANSWERED,    /* with authority; addresses holds what it has, none is an answer too */
    WH_WITNESS_UNREACHABLE, /* silence, refusal, failure */
    WH_WITNESS_NO_AUTHORITY, /* it answered, but not with authority */
    WH_WITNESS_ALIASED,      /* with authority: the name is an alias (CNAME) */
} WhWitnessKind;

/* One authoritative server. server: its name; at: the address that was asked, as text. */
typedef struct {
    char *server;
    char *at;
    WhWitnessKind kind;
    GArray *addresses; /* WhAddress */
    guint32 ttl;
} WhWitness;

WhWitness *wh_witness_new(const char *server, const char *at, WhWitnessKind kind);
WhWitness *wh_witness_copy(const WhWitness *witness);
void wh_witness_free(WhWitness *witness);

typedef enum {
    WH_PROOF_NONE,     /* not asked yet */
    WH_PROOF_CHECKING, /* servers are being asked, or do not show the change yet */
    WH_PROOF_PROVEN,   /* every server that answered with authority agrees, and at least one did */
    WH_PROOF_DIFFERS,  /* at least one server holds something else */
    WH_PROOF_UNPROVABLE,
} WhProofStatus;

typedef enum {
    WH_UNPROVABLE_NOT,
    WH_UNPROVABLE_NO_ZONE,     /* the zone of the name was not found */
    WH_UNPROVABLE_NO_ANSWER,   /* none of its servers answered */
    WH_UNPROVABLE_INTERCEPTED, /* answers came, but none with authority: something stands in between
                                */
    WH_UNPROVABLE_ALIASED,     /* the name is an alias; its address is somebody else's record */
    WH_UNPROVABLE_PROXIED,     /* the provider answers with its own addresses */
} WhUnprovable;

/* witnesses: WhWitness, owned. zone: the zone that holds the name, or NULL. ttl: the longest one
 * seen, in seconds; after it old answers are gone from caches. at: wall microseconds of the last
 * answer. */
typedef struct {
    WhProofStatus status;
    WhUnprovable why;
    char *zone;
    GPtrArray *witnesses;
    guint32 ttl;
    gint64 at;
} WhProof;

/* The words of the control interface: "none", "checking", "proven", "differs", "unprovable";
 * "no_zone", "no_answer", "intercepted", "aliased", "proxied" ("" for WH_UNPROVABLE_NOT). */
const char *wh_proof_status_name(WhProofStatus status);
const char *wh_unprovable_name(WhUnprovable why);

WhProof *wh_proof_new(void);
void wh_proof_free(WhProof *proof);

/* Judges. zone NULL: it was not found. A witness agrees when it holds exactly `expected` and
 * nothing else. */
WhProof *wh_proof_conclude(const char *zone, const GPtrArray *witnesses, const WhAddress *expected,
                           gint64 at);

/* How many witnesses hold exactly `expected`. */
guint wh_proof_count_agreeing(const WhProof *proof, const WhAddress *expected);

/* Whether somebody else must have changed the record: it differs, and all that were reached
 * answered with authority and hold the same one other address or none. Anything mixed may be a
 * server that lags. */
gboolean wh_proof_is_clear_difference(const WhProof *proof);

/* Asks the servers of a name; filled in by the service's wiring. */
typedef void (*WhWitnessesDone)(const char *zone, const GPtrArray *witnesses, gpointer data);
typedef struct WhWitnesses WhWitnesses;
struct WhWitnesses {
    /* Returns a handle for cancel(), never 0. `done` is called once and not before this returned;
     * not at all after cancel(). zone NULL: not found. */
    guint64 (*ask)(WhWitnesses *witnesses, const char *name, WhFamily family, WhWitnessesDone done,
                   gpointer data);
    void (*cancel)(WhWitnesses *witnesses, guint64 handle);
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhWitness, wh_witness_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhProof, wh_proof_free)

G_END_DECLS
