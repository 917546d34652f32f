/* What the files of the model share. */
#pragma once

#include "app/model/item_list.h"
#include "app/model/model.h"

#include <jansson.h>

G_BEGIN_DECLS

#define WH_MODEL_N_FAMILIES 2

/* service, served_findings, vpns: as they came last, or NULL. sleeps: what the session adds to the
 * findings, or NULL; findings: both. The choices are WhStatus, WhRemedy and gboolean. */
struct _WhModel {
    GObject parent_instance;
    WhLink *link;
    json_t *service;
    json_t *served_findings;
    json_t *sleeps;
    json_t *findings;
    json_t *vpns;
    WhItemList *hosts;
    WhItemList *accounts;
    GListStore *providers;
    gboolean asking_providers;
    int ready;
    int status;
    int remedy;
    int paused;
    char *summary;
    char *next_step;
    char *remedy_host;
    char *remedy_account;
    char *addresses[WH_MODEL_N_FAMILIES];
    char *address_sentences[WH_MODEL_N_FAMILIES];
};

/* The lists, empty. */
void wh_model_make_lists(WhModel *model);

/* Takes one reply of Watch; whole: the first of a connection. */
void wh_model_take_message(WhModel *model, json_t *message, gboolean whole);

/* Takes the array of ListProviders. */
void wh_model_take_providers(WhModel *model, json_t *providers);

/* Takes what the doctor found, and the VPNs, of a message or a state; whole: nothing else is so. */
void wh_model_take_findings(WhModel *model, json_t *changes, gboolean whole);

/* Looks again at what only the session knows. */
void wh_model_look_at_session(WhModel *model);

/* Tells everybody what is so now, and that something changed. */
void wh_model_tell(WhModel *model);

G_END_DECLS
