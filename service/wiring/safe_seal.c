#include "service/wiring/safe_seal.h"

#include "platform/advice.h"

char *wh_safe_seal_trouble(const WhVaultView *view)
{
    if (view->seal_trouble == NULL)
        return NULL;
    const char *command = wh_advice_sealing_command();
    return g_strdup_printf(
        "Sealing passwords and tokens for this computer does not work now (%s). %sIt is tried "
        "again by itself%s%s",
        view->seal_trouble,
        view->unsaved > 0 ? "What you gave is in use, and lost when the service ends. " : "",
        command != NULL ? ". If it stays like this, run: " : "", command != NULL ? command : "");
}

char *wh_safe_seal_replaced(const WhVaultView *view)
{
    if (!view->seal_replaced)
        return NULL;
    return g_strdup(
        "The passwords and tokens that are kept here were sealed with another key than this "
        "computer has now: the disk comes from another computer, or the system was installed anew. "
        "Nobody can open them any more. Sign in and open Wayhome, so that your keyring hands them "
        "over, or enter them again.");
}

/* A copy that is not wanted is worse to have than one that is not sealed. */
char *wh_safe_seal_files(const WhVaultView *view)
{
    if (view->left_trouble != NULL)
        return g_strdup_printf(
            "A copy of a password or token could not be deleted (%s). It is tried again by itself, "
            "and when you run: wayhomectl unattended off",
            view->left_trouble);
    if (view->place != WH_VAULT_IN_FILE || view->unsealed == 0)
        return NULL;
    return g_strdup_printf("This system has nothing that seals passwords and tokens%s To keep none "
                           "on this computer, run: wayhomectl unattended off",
                           wh_advice_sealing_needs());
}

char *wh_safe_seal_memory(const WhVaultView *view)
{
    if (view->place == WH_VAULT_IN_MEMORY || view->unsaved == 0 || view->file_trouble == NULL)
        return NULL;
    return g_strdup_printf("A password or token is in memory only, and lost when the service ends: "
                           "the file for it could not be written (%s). Put that right%s.",
                           view->file_trouble,
                           view->place == WH_VAULT_IN_FILE ? " and enter it again"
                                                           : ". It is tried again by itself");
}
