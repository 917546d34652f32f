#include "service/control/view.h"

static json_t *view_values(const WhFinding *finding)
{
    json_t *values = json_object();
    for (guint i = 0; i < finding->n_values; i++)
        wh_view_set_text(values, finding->values[i].name, finding->values[i].value);
    return values;
}

json_t *wh_view_finding(const WhFinding *finding)
{
    g_autofree char *sentence = wh_finding_sentence(finding);
    g_autofree char *step = wh_finding_step(finding);
    json_t *view =
        json_pack("{s:s, s:s, s:o, s:s, s:s}", "code", wh_finding_code_name(finding->code),
                  "weight", wh_finding_weight_name(finding->weight), "values", view_values(finding),
                  "sentence", sentence, "step", step);
    if (finding->has_family)
        wh_view_set_text(view, "family", wh_view_family(finding->family));
    wh_view_set_text(view, "host", finding->host);
    return view;
}

json_t *wh_view_findings(const WhControlRooms *rooms)
{
    json_t *array = json_array();
    const GPtrArray *findings = rooms->findings != NULL ? rooms->findings(rooms->data) : NULL;
    for (guint i = 0; findings != NULL && i < findings->len; i++)
        json_array_append_new(array, wh_view_finding(findings->pdata[i]));
    return array;
}
