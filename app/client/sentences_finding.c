#include "app/client/sentences_private.h"
#include "service/protocol/finding_text.h"

#include <glib/gi18n.h>

static const char *value_of(const char *name, gpointer data)
{
    json_t *values = json_object_get(data, "values");
    return json_string_value(json_object_get(values, name));
}

/* What the service says itself is used for findings that this program does not know yet. */
static char *tell(json_t *finding, const char *text, const char *served)
{
    return text != NULL ? wh_finding_text_fill(_(text), value_of, finding)
                        : g_strdup(wh_sentences_text(finding, served));
}

char *wh_sentence_finding(json_t *finding)
{
    return tell(finding, wh_finding_text_sentence(wh_sentences_text(finding, "code")), "sentence");
}

char *wh_sentence_finding_next_step(json_t *finding)
{
    return tell(finding, wh_finding_text_step(wh_sentences_text(finding, "code")), "step");
}
