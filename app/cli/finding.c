#include "app/cli/finding.h"

#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/step.h"
#include "app/client/sentences.h"

#include <string.h>

gboolean wh_finding_is_note(json_t *finding)
{
    return strcmp(wh_lookup_text(finding, "weight"), "note") == 0;
}

void wh_finding_print(json_t *finding)
{
    g_autofree char *sentence = wh_sentence_finding(finding);
    g_autofree char *step = wh_sentence_finding_next_step(finding);
    g_autofree char *command = wh_step_finding(finding);
    wh_output_wrapped(wh_finding_is_note(finding) ? "- " : "! ", 2, sentence);
    if (*step != '\0')
        wh_output_wrapped("  -> ", 5, step);
    if (command != NULL)
        wh_output_line("     %s", command);
}
