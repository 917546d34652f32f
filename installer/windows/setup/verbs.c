#include "installer/windows/setup/setup.h"

#include "installer/windows/setup/firewall.h"
#include "installer/windows/setup/folders.h"
#include "installer/windows/setup/personal.h"
#include "installer/windows/setup/profile.h"
#include "installer/windows/setup/programs.h"
#include "installer/windows/setup/service.h"

/* The firewall is asked for nothing without which Wayhome would not work, but nobody would find out
 * why it learns of changes late: where there is one, the rules have to be there. */
static const WhSetupStep configure_steps[] = {
    {"prepare its folders", wh_folders_make, WH_SETUP_MUST},
    {"give its service the program and the account", wh_service_set_account, WH_SETUP_MUST},
    {"give its service an identity of its own", wh_service_set_identity, WH_SETUP_NOT_WINE},
    {"limit the rights of its service", wh_service_set_privileges, WH_SETUP_NOT_WINE},
    {"have its service started again after a failure", wh_service_set_recovery, WH_SETUP_NOT_WINE},
    {"give its service time when the computer shuts down", wh_service_set_shutdown,
     WH_SETUP_NOT_WINE},
    {"let the router's messages through the firewall", wh_firewall_allow, WH_SETUP_NOT_WINE},
};

static const WhSetupStep unconfigure_steps[] = {
    {"take its rules out of the firewall", wh_firewall_forget, WH_SETUP_TRY},
    {"remove its empty folders", wh_folders_remove_empty, WH_SETUP_TRY},
    {"remove the profile of its account", wh_profile_remove, WH_SETUP_TRY},
};

static const WhSetupStep close_steps[] = {
    {"end its programs", wh_programs_end, WH_SETUP_TRY},
};

static const WhSetupStep purge_steps[] = {
    {"delete what its service kept", wh_service_demand_gone, WH_SETUP_MUST},
    {"delete what its service kept", wh_folders_purge, WH_SETUP_MUST},
};

static const WhSetupStep purge_user_steps[] = {
    {"delete its tokens in Credential Manager", wh_personal_forget_tokens, WH_SETUP_TRY},
    {"delete its settings of this person", wh_personal_forget_files, WH_SETUP_TRY},
    {"delete its entries in this person's registry", wh_personal_forget_registry, WH_SETUP_TRY},
};

#define STEPS(list) list, G_N_ELEMENTS(list)

static const WhSetupVerb verbs[] = {
    {"configure", "sets up folders, service and firewall", FALSE, STEPS(configure_steps)},
    {"unconfigure", "takes back what configure did, but for the service and what it kept", FALSE,
     STEPS(unconfigure_steps)},
    {"close", "ends the programs of Wayhome that run, of everybody", FALSE, STEPS(close_steps)},
    {"purge", "deletes what the service kept, once that is gone: names, history, tokens", FALSE,
     STEPS(purge_steps)},
    {"purge-user", "deletes tokens and settings of the person who runs it", TRUE,
     STEPS(purge_user_steps)},
    {NULL, NULL, FALSE, NULL, 0},
};

const WhSetupVerb *wh_setup_verbs(void)
{
    return verbs;
}

const WhSetupVerb *wh_setup_verb(const char *name)
{
    for (const WhSetupVerb *verb = verbs; verb->name != NULL; verb++)
        if (g_strcmp0(verb->name, name) == 0)
            return verb;
    return NULL;
}
