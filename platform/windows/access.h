/* Who owns files and folders, and who may read and write them.
 *
 * access_sid.c knows the accounts, access_judge.c judges a security descriptor and touches nothing
 * else, access.c makes descriptors and reads those of what is open. Accounts are written as the
 * system writes their identifiers ("S-1-5-18"). */
#pragma once

#include <gio/gio.h>
#include <windows.h>

G_BEGIN_DECLS

#define WH_ACCESS_SYSTEM "S-1-5-18"
#define WH_ACCESS_ADMINISTRATORS "S-1-5-32-544"
#define WH_ACCESS_TRUSTED_INSTALLER "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
#define WH_ACCESS_EVERYONE "S-1-1-0"

/* The service whose account "{service}" is below. */
#define WH_ACCESS_SERVICE "wayhome"

/* Descriptors for wh_access_descriptor(). None inherits anything from the folder above. Private:
 * the system, administrators and the user of this program. */
#define WH_ACCESS_PRIVATE_FOLDER "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;{own})"
#define WH_ACCESS_PRIVATE_FILE "D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;{own})"

/* The same with the service in place of the user. */
#define WH_ACCESS_SERVICE_FOLDER "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;{service})"

/* Everybody may look, and only the system and administrators may change something. */
#define WH_ACCESS_ADMIN_FOLDER "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"

/* The user of this process; for g_free(). Never NULL: where the system does not say, it is
 * "S-1-0-0", which is nobody. */
char *wh_access_own_sid(void);

/* "S-1-5-18"; for g_free(). NULL: it is none. */
char *wh_access_sid_text(PSID sid);

/* Whose is what this process makes: its user, or administrators when it runs as one; for g_free().
 * NULL: the system does not say. */
char *wh_access_own_owner(void);

/* The account "NT SERVICE\name", which the system makes from the name alone, whether there is such
 * a service or not; for g_free(). */
char *wh_access_service_sid(const char *name);

/* For sentences: "Everyone", "BUILTIN\Users", or, where the system might have to ask over the
 * network, "the account S-1-5-21-…"; for g_free(). */
char *wh_access_name_of(const char *sid);

/* A list of accounts that may do anything. */
typedef struct WhTrust WhTrust;

/* SYSTEM, Administrators, TrustedInstaller and the user of this process. */
WhTrust *wh_trust_new(void);

/* Nobody yet. */
WhTrust *wh_trust_new_empty(void);
void wh_trust_free(WhTrust *trust);

/* Adds an account; what is no identifier of one is left out. */
void wh_trust_add(WhTrust *trust, const char *sid);
gboolean wh_trust_has(const WhTrust *trust, PSID sid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTrust, wh_trust_free)

typedef enum {
    WH_ACCESS_NOBODY_WRITES = 1 << 0, /* nor removes it, nor changes who may what */
    WH_ACCESS_NOBODY_READS = 1 << 1,
} WhAccessDemand;

typedef enum {
    WH_ACCESS_SOUND,
    WH_ACCESS_OWNER,   /* its owner is not trusted, and could allow themselves anything */
    WH_ACCESS_WRITERS, /* somebody who is not trusted may write */
    WH_ACCESS_READERS, /* the same of reading */
} WhAccessVerdict;

/* Judges the owner and the access list of a file or folder. demands: WhAccessDemand, what nobody
 * but the trusted may do. Entries that are only for what will be made inside (inherit-only), and
 * those of whoever the owner is, give nobody anything here. No list at all, or one that cannot be
 * understood, is open to everyone. An entry that refuses counts only against later ones of the same
 * account, and for everyone's. *who (may be NULL): whom the verdict is about, for g_free(). */
WhAccessVerdict wh_access_judge(PSECURITY_DESCRIPTOR descriptor, const WhTrust *trust,
                                guint demands, char **who);

/* From the text that the system's tools call SDDL; "{own}" in it stands for the user of this
 * process and "{service}" for the account of the service. For LocalFree(). */
PSECURITY_DESCRIPTOR wh_access_descriptor(const char *sddl, GError **error);

/* Owner and access list of what is open with READ_CONTROL; for LocalFree(). */
PSECURITY_DESCRIPTOR wh_access_descriptor_of(HANDLE handle, GError **error);

/* The owner of what is open with READ_CONTROL; for g_free(). NULL: the system does not say. */
char *wh_access_owner_of(HANDLE handle);

/* The access list of what is open as text ("D:P(A;…"); for g_free(). */
char *wh_access_sddl_of(HANDLE handle, GError **error);

/* wh_access_judge() of what is open with READ_CONTROL. FALSE: the system does not say. */
gboolean wh_access_judge_handle(HANDLE handle, const WhTrust *trust, guint demands,
                                WhAccessVerdict *verdict, char **who, GError **error);

G_END_DECLS
