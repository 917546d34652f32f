#include "installer/windows/setup/setup.h"

gboolean wh_setup_is_fatal(WhSetupNeed need, gboolean is_wine)
{
    return need == WH_SETUP_MUST || (need == WH_SETUP_NOT_WINE && !is_wine);
}

gboolean wh_setup_run(const WhSetupVerb *verb, const WhSetup *setup)
{
    for (gsize i = 0; i < verb->n_steps; i++) {
        const WhSetupStep *step = &verb->steps[i];
        g_autoptr(GError) error = NULL;
        g_autofree char *sentence = NULL;
        gboolean fatal;

        if (step->run(setup, &error))
            continue;
        fatal = wh_setup_is_fatal(step->need, setup->is_wine);
        sentence = g_strdup_printf("Wayhome could not %s. %s", step->what, error->message);
        setup->say(sentence, fatal, setup->data);
        if (fatal)
            return FALSE;
    }
    return TRUE;
}
