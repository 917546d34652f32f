#include "service/accounts/accounts_private.h"

WhDeclaration *wh_declaration_new(const char *path, const char *id, WhDeclaredFile *file,
                                  GHashTable *secrets)
{
    WhDeclaration *declaration = g_new0(WhDeclaration, 1);
    declaration->path = g_strdup(path);
    declaration->id = g_strdup(id);
    declaration->file = file;
    declaration->secrets = secrets;
    return declaration;
}

void wh_declaration_free(WhDeclaration *declaration)
{
    if (declaration == NULL)
        return;
    g_free(declaration->path);
    g_free(declaration->id);
    wh_declared_file_free(declaration->file);
    g_hash_table_unref(declaration->secrets);
    g_free(declaration);
}

WhDeclaredAccount *wh_declared_account_new(const char *path, const char *endpoint,
                                           GHashTable *secrets)
{
    WhDeclaredAccount *declared = g_new0(WhDeclaredAccount, 1);
    declared->path = g_strdup(path);
    declared->endpoint = g_strdup(endpoint);
    declared->secrets = g_hash_table_ref(secrets);
    return declared;
}

void wh_declared_account_free(WhDeclaredAccount *declared)
{
    if (declared == NULL)
        return;
    g_free(declared->path);
    g_free(declared->endpoint);
    g_hash_table_unref(declared->secrets);
    g_free(declared);
}

WhDeclaredAccount *wh_accounts_declared(WhAccounts *accounts, const char *account)
{
    return g_hash_table_lookup(accounts->declared, account);
}

const char *wh_accounts_declared_in(WhAccounts *accounts, const char *account)
{
    const WhDeclaredAccount *declared = wh_accounts_declared(accounts, account);
    return declared != NULL ? declared->path : NULL;
}

gboolean wh_accounts_check_own(WhAccounts *accounts, const char *account, GError **error)
{
    const char *path = wh_accounts_declared_in(accounts, account);
    if (path == NULL)
        return TRUE;
    g_set_error(error, WH_ACCOUNTS_ERROR, WH_ACCOUNTS_ERROR_NOT_HERE,
                "This account and its names are declared in the file %s. Change it there, and "
                "reload the service (wayhomectl reload).",
                path);
    return FALSE;
}
