#include "platform/windows/access.h"
#include "platform/windows/text.h"
#include "platform/windows/token.h"

#include <sddl.h>
#include <string.h>

#define NOBODY "S-1-0-0"

struct WhTrust {
    GPtrArray *sids; /* PSID */
};

char *wh_access_sid_text(PSID sid)
{
    wchar_t *wide = NULL;

    if (sid == NULL || !IsValidSid(sid) || !ConvertSidToStringSidW(sid, &wide))
        return NULL;
    char *text = wh_windows_utf8(wide);
    LocalFree(wide);
    return text;
}

char *wh_access_own_sid(void)
{
    char *text = wh_token_own_user();

    return text != NULL ? text : g_strdup(NOBODY);
}

/* The system's own rule ("Service SID"): the SHA-1 of the name in capitals as UTF-16, as five
 * numbers whose lowest byte comes first. */
char *wh_access_service_sid(const char *name)
{
    g_autofree char *capitals = g_ascii_strup(name, -1);
    g_autofree wchar_t *wide = wh_windows_wide(capitals);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA1);
    guint32 parts[5] = {0};
    gsize size = sizeof parts;

    if (wide == NULL)
        return g_strdup(NOBODY);
    g_checksum_update(checksum, (const guchar *)wide, (gssize)(wcslen(wide) * sizeof *wide));
    g_checksum_get_digest(checksum, (guint8 *)parts, &size);
    return g_strdup_printf("S-1-5-80-%u-%u-%u-%u-%u", GUINT32_FROM_LE(parts[0]),
                           GUINT32_FROM_LE(parts[1]), GUINT32_FROM_LE(parts[2]),
                           GUINT32_FROM_LE(parts[3]), GUINT32_FROM_LE(parts[4]));
}

static PSID sid_of(const char *text)
{
    g_autofree wchar_t *wide = wh_windows_wide(text);
    PSID sid = NULL;

    if (wide == NULL || !ConvertStringSidToSidW(wide, &sid))
        return NULL;
    return sid;
}

/* "DOMAIN\name", or only the name of who belongs to no domain. */
static char *looked_up(PSID sid)
{
    wchar_t name[256];
    wchar_t domain[256];
    DWORD name_size = G_N_ELEMENTS(name);
    DWORD domain_size = G_N_ELEMENTS(domain);
    SID_NAME_USE use;

    if (!LookupAccountSidW(NULL, sid, name, &name_size, domain, &domain_size, &use))
        return NULL;
    g_autofree char *name_text = wh_windows_utf8(name);
    g_autofree char *domain_text = wh_windows_utf8(domain);
    return *domain_text == '\0' ? g_steal_pointer(&name_text)
                                : g_strconcat(domain_text, "\\", name_text, NULL);
}

char *wh_access_name_of(const char *sid)
{
    gboolean is_far = g_str_has_prefix(sid, "S-1-5-21-") || g_str_has_prefix(sid, "S-1-12-");
    PSID binary = is_far ? NULL : sid_of(sid);
    char *name = binary != NULL ? looked_up(binary) : NULL;

    LocalFree(binary);
    return name != NULL ? name : g_strconcat("the account ", sid, NULL);
}

static void sid_free(gpointer sid)
{
    LocalFree(sid);
}

WhTrust *wh_trust_new_empty(void)
{
    WhTrust *trust = g_new0(WhTrust, 1);

    trust->sids = g_ptr_array_new_with_free_func(sid_free);
    return trust;
}

WhTrust *wh_trust_new(void)
{
    WhTrust *trust = wh_trust_new_empty();
    g_autofree char *own = wh_access_own_sid();

    wh_trust_add(trust, WH_ACCESS_SYSTEM);
    wh_trust_add(trust, WH_ACCESS_ADMINISTRATORS);
    wh_trust_add(trust, WH_ACCESS_TRUSTED_INSTALLER);
    wh_trust_add(trust, own);
    return trust;
}

void wh_trust_free(WhTrust *trust)
{
    if (trust == NULL)
        return;
    g_ptr_array_unref(trust->sids);
    g_free(trust);
}

void wh_trust_add(WhTrust *trust, const char *sid)
{
    PSID binary = sid_of(sid);

    if (binary != NULL)
        g_ptr_array_add(trust->sids, binary);
}

gboolean wh_trust_has(const WhTrust *trust, PSID sid)
{
    for (guint i = 0; i < trust->sids->len; i++)
        if (EqualSid(g_ptr_array_index(trust->sids, i), sid))
            return TRUE;
    return FALSE;
}
