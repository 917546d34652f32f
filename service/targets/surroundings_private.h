/* What the files of this room share. Private to this room. */
#pragma once

#include "service/targets/surroundings.h"

G_BEGIN_DECLS

/* The public address of one family. */
typedef struct {
    gboolean known;
    gboolean direct;
    WhAddress address;
} WhPublic;

/* undecided: see wh_surroundings_set_undecided(). lan: never NULL. neighbours: WhSighting. */
struct WhSurroundings {
    WhPublic public[WH_N_FAMILIES];
    gboolean undecided[WH_N_FAMILIES];
    char *network;
    WhLan *lan;
    GArray *neighbours;
    gboolean unreachable;
};

G_END_DECLS
