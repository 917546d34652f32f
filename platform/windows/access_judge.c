#include "platform/windows/access.h"
#include "platform/windows/text.h"

#include <sddl.h>
#include <string.h>

/* Attributes are among them because they are enough to make a folder a link to another. */
#define CHANGES (DELETE | WRITE_DAC | WRITE_OWNER)
#define WRITES                                                                                     \
    (CHANGES | FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA | FILE_WRITE_ATTRIBUTES |        \
     FILE_DELETE_CHILD)
#define READS (CHANGES | FILE_READ_DATA)

/* What an entry of a list is about. */
typedef struct {
    PSID sid;
    ACCESS_MASK mask;
    gboolean allows;
} Entry;

/* The kinds of entries that are known. conditional: they apply in some cases only. object: two
 * optional identifiers stand before the account. */
typedef struct {
    BYTE type;
    gboolean allows;
    gboolean conditional;
    gboolean object;
} Kind;

static const Kind kinds[] = {
    {ACCESS_ALLOWED_ACE_TYPE, TRUE, FALSE, FALSE},
    {ACCESS_DENIED_ACE_TYPE, FALSE, FALSE, FALSE},
    {ACCESS_ALLOWED_OBJECT_ACE_TYPE, TRUE, FALSE, TRUE},
    {ACCESS_DENIED_OBJECT_ACE_TYPE, FALSE, TRUE, TRUE},
    {ACCESS_ALLOWED_CALLBACK_ACE_TYPE, TRUE, TRUE, FALSE},
    {ACCESS_DENIED_CALLBACK_ACE_TYPE, FALSE, TRUE, FALSE},
    {ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE, TRUE, TRUE, TRUE},
    {ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE, FALSE, TRUE, TRUE},
};

static const Kind *kind_of(BYTE type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (kinds[i].type == type)
            return &kinds[i];
    return NULL;
}

/* Where the account stands in an entry of this kind. */
static gsize sid_offset(const ACE_HEADER *header, const Kind *kind)
{
    const ACCESS_ALLOWED_OBJECT_ACE *object = (const ACCESS_ALLOWED_OBJECT_ACE *)header;
    gsize offset = G_STRUCT_OFFSET(ACCESS_ALLOWED_ACE, SidStart);

    if (!kind->object)
        return offset;
    offset = G_STRUCT_OFFSET(ACCESS_ALLOWED_OBJECT_ACE, ObjectType);
    if (header->AceSize < offset)
        return offset;
    if ((object->Flags & ACE_OBJECT_TYPE_PRESENT) != 0)
        offset += sizeof(GUID);
    if ((object->Flags & ACE_INHERITED_OBJECT_TYPE_PRESENT) != 0)
        offset += sizeof(GUID);
    return offset;
}

/* Whether a whole account identifier is inside the entry at `offset`. */
static gboolean has_sid(const ACE_HEADER *header, gsize offset)
{
    const gsize head = G_STRUCT_OFFSET(SID, SubAuthority);
    const SID *sid = (const SID *)((const BYTE *)header + offset);

    return header->AceSize >= offset + head &&
           header->AceSize >= offset + head + sid->SubAuthorityCount * sizeof(DWORD) &&
           IsValidSid((PSID)sid);
}

static ACCESS_MASK as_rights_of_files(ACCESS_MASK mask)
{
    GENERIC_MAPPING mapping = {FILE_GENERIC_READ, FILE_GENERIC_WRITE, FILE_GENERIC_EXECUTE,
                               FILE_ALL_ACCESS};

    MapGenericMask(&mask, &mapping);
    return (mask & MAXIMUM_ALLOWED) != 0 ? FILE_ALL_ACCESS : mask;
}

/* FALSE: it cannot be understood. A refusal that applies in some cases only refuses nothing. */
static gboolean entry_read(ACE_HEADER *header, Entry *entry)
{
    const Kind *kind = kind_of(header->AceType);
    gsize offset = kind != NULL ? sid_offset(header, kind) : 0;

    if (kind == NULL || !has_sid(header, offset))
        return FALSE;
    *entry = (Entry){
        .sid = (PSID)((BYTE *)header + offset),
        .mask = as_rights_of_files(((ACCESS_ALLOWED_ACE *)header)->Mask),
        .allows = kind->allows,
    };
    if (kind->conditional && !kind->allows)
        entry->mask = 0;
    return TRUE;
}

/* CREATOR OWNER, CREATOR GROUP and OWNER RIGHTS: nobody signs in as one of these, and the owner is
 * judged apart. */
static gboolean is_placeholder(PSID sid)
{
    return IsWellKnownSid(sid, WinCreatorOwnerSid) || IsWellKnownSid(sid, WinCreatorGroupSid) ||
           IsWellKnownSid(sid, WinCreatorOwnerRightsSid);
}

/* Everyone is not quite everyone: who is anonymous does not belong to it. */
static gboolean refuses(const Entry *refusal, PSID sid)
{
    return EqualSid(refusal->sid, sid) ||
           (IsWellKnownSid(refusal->sid, WinWorldSid) && !IsWellKnownSid(sid, WinAnonymousSid));
}

/* What of `entry` earlier entries leave. */
static ACCESS_MASK left_of(const Entry *entry, const GArray *refusals)
{
    ACCESS_MASK mask = entry->mask;

    for (guint i = 0; i < refusals->len; i++) {
        const Entry *refusal = &g_array_index(refusals, Entry, i);
        if (refuses(refusal, entry->sid))
            mask &= ~refusal->mask;
    }
    return mask;
}

static char *text_of(PSID sid)
{
    char *text = wh_access_sid_text(sid);

    return text != NULL ? text : g_strdup(WH_ACCESS_EVERYONE);
}

/* Who is not trusted and may do some of `rights`, or NULL; for g_free(). */
static char *stranger(PACL list, const WhTrust *trust, ACCESS_MASK rights)
{
    g_autoptr(GArray) refusals = g_array_new(FALSE, FALSE, sizeof(Entry));

    for (DWORD i = 0; i < list->AceCount; i++) {
        ACE_HEADER *header = NULL;
        Entry entry;

        if (!GetAce(list, i, (void **)&header) || !entry_read(header, &entry))
            return g_strdup(WH_ACCESS_EVERYONE);
        if ((header->AceFlags & INHERIT_ONLY_ACE) != 0)
            continue;
        if (!entry.allows)
            g_array_append_val(refusals, entry);
        else if ((left_of(&entry, refusals) & rights) != 0 && !wh_trust_has(trust, entry.sid) &&
                 !is_placeholder(entry.sid))
            return text_of(entry.sid);
    }
    return NULL;
}

/* NULL: everyone may do anything. */
static PACL list_of(PSECURITY_DESCRIPTOR descriptor)
{
    BOOL present = FALSE;
    BOOL defaulted = FALSE;
    PACL list = NULL;

    if (!GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted) || !present)
        return NULL;
    return list != NULL && IsValidAcl(list) ? list : NULL;
}

static WhAccessVerdict judge_list(PACL list, const WhTrust *trust, guint demands, char **who)
{
    static const struct {
        WhAccessDemand demand;
        ACCESS_MASK rights;
        WhAccessVerdict verdict;
    } questions[] = {
        {WH_ACCESS_NOBODY_WRITES, WRITES, WH_ACCESS_WRITERS},
        {WH_ACCESS_NOBODY_READS, READS, WH_ACCESS_READERS},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
        if ((demands & questions[i].demand) == 0)
            continue;
        *who = list != NULL ? stranger(list, trust, questions[i].rights)
                            : g_strdup(WH_ACCESS_EVERYONE);
        if (*who != NULL)
            return questions[i].verdict;
    }
    return WH_ACCESS_SOUND;
}

WhAccessVerdict wh_access_judge(PSECURITY_DESCRIPTOR descriptor, const WhTrust *trust,
                                guint demands, char **who)
{
    g_autofree char *found = NULL;
    WhAccessVerdict verdict = WH_ACCESS_OWNER;
    PSID owner = NULL;
    BOOL defaulted;

    if (!IsValidSecurityDescriptor(descriptor) ||
        !GetSecurityDescriptorOwner(descriptor, &owner, &defaulted) || owner == NULL ||
        !IsValidSid(owner))
        found = g_strdup(WH_ACCESS_EVERYONE);
    else if (!wh_trust_has(trust, owner))
        found = text_of(owner);
    else
        verdict = judge_list(list_of(descriptor), trust, demands, &found);
    if (who != NULL && verdict != WH_ACCESS_SOUND)
        *who = g_steal_pointer(&found);
    return verdict;
}
