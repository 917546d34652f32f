/* What the model says of what the doctor found. */
#include "app/client/sentences.h"
#include "app/model/item_private.h"
#include "app/model/model_private.h"

#include <string.h>

/* More than these are no help to anybody; the service tells fewer. */
#define MOST_FINDINGS 100

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
