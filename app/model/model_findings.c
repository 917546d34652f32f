/* What the model says of what the doctor found, and of what was decided for VPNs. */
#include "app/client/sentences.h"
#include "app/client/session_finding.h"
#include "app/model/item_private.h"
#include "app/model/model_private.h"

#include <string.h>

/* More than these are no help to anybody; the service tells fewer. */
#define MOST_FINDINGS 100
#define MOST_VPNS 100

/* A service from before there was a doctor says nothing of the kind. */
static void take_array(json_t **where, json_t *array, gboolean whole)
{
    if (!json_is_array(array) && !whole)
        return;
    json_decref(*where);
    *where = json_is_array(array) ? json_incref(array) : NULL;
}

/* As for the service: without a name, nobody wants to reach this computer. */
static void join(WhModel *model)
{
    gboolean wanted = g_list_model_get_n_items(wh_model_hosts(model)) > 0;
    json_decref(model->findings);
    model->findings =
        wh_session_finding_join(model->served_findings, wanted ? model->sleeps : NULL);
}

void wh_model_take_findings(WhModel *model, json_t *changes, gboolean whole)
{
    take_array(&model->served_findings, json_object_get(changes, "findings"), whole);
    take_array(&model->vpns, json_object_get(changes, "vpns"), whole);
    if (whole)
        wh_model_look_at_session(model);
    else
        join(model);
}

void wh_model_look_at_session(WhModel *model)
{
    json_decref(model->sleeps);
    model->sleeps = wh_session_finding_sleeps();
    join(model);
}

static json_t *finding_at(WhModel *model, guint index)
{
    return json_array_get(model->findings, index);
}

guint wh_model_n_findings(WhModel *model)
{
    return (guint)MIN(json_array_size(model->findings), MOST_FINDINGS);
}

const char *wh_model_finding(WhModel *model, guint index)
{
    return wh_item_text(finding_at(model, index), "code");
}

char *wh_model_finding_sentence(WhModel *model, guint index)
{
    return wh_sentence_finding(finding_at(model, index));
}

char *wh_model_finding_next_step(WhModel *model, guint index)
{
    return wh_sentence_finding_next_step(finding_at(model, index));
}

gboolean wh_model_finding_is_note(WhModel *model, guint index)
{
    return strcmp(wh_item_text(finding_at(model, index), "weight"), "note") == 0;
}

const char *wh_model_finding_value(WhModel *model, guint index, const char *name)
{
    return wh_item_text(json_object_get(finding_at(model, index), "values"), name);
}

/* The one of this number among those that are on and decided, or NULL; *count: how many there are.
 */
static json_t *choice_at(WhModel *model, guint index, guint *count)
{
    json_t *found = NULL;
    guint chosen = 0;
    size_t i;
    json_t *vpn;
    json_array_foreach(model->vpns, i, vpn)
    {
        g_autofree char *sentence = i < MOST_VPNS ? wh_sentence_vpn_choice(vpn) : NULL;
        if (sentence != NULL && chosen++ == index)
            found = vpn;
    }
    *count = chosen;
    return found;
}

guint wh_model_n_vpn_choices(WhModel *model)
{
    guint count;
    choice_at(model, 0, &count);
    return count;
}

const char *wh_model_vpn_choice(WhModel *model, guint index)
{
    guint count;
    return wh_item_text(choice_at(model, index, &count), "vpn");
}

char *wh_model_vpn_choice_sentence(WhModel *model, guint index)
{
    guint count;
    return wh_sentence_vpn_choice(choice_at(model, index, &count));
}
