/* What deserves a message on the screen, and in which words. Pure: everything it knows is handed
 * in, times included. */
#pragma once

#include "app/model/status.h"
#include "platform/notifier.h"

G_BEGIN_DECLS

/* What a person can switch off. */
typedef enum {
    WH_RULES_CHANGE,   /* a name has a new address; what changed before signing in */
    WH_RULES_TROUBLE,  /* a person is needed, or something does not work for long */
    WH_RULES_RECOVERY, /* what did not work for long works again */
} WhRulesKind;
#define WH_RULES_N_KINDS 3

typedef struct {
    gboolean off[WH_RULES_N_KINDS];
} WhRulesSettings;

/* key, icon, urgency: as in WhNotifierMessage. host: whose page a click opens, NULL: the window.
 * copy: the address that can be copied, NULL: none; copy_label: the words on that button.
 * only_replaces: as in WhNotifierMessage. about: the ids of the troubles it names, or NULL. */
typedef struct {
    char *key;
    char *title;
    char *body;
    const char *icon;
    WhNotifierUrgency urgency;
    char *host;
    char *copy;
    const char *copy_label;
    gboolean only_replaces;
    char **about;
} WhRulesMessage;
void wh_rules_message_free(WhRulesMessage *message);

/* One line of the history, in the words of WhEventItem. */
typedef struct {
    gint64 id;
    gint64 at;
    const char *kind;
    const char *host;
    const char *name;
    const char *family;
    const char *address;
    const char *result_class;
} WhRulesEvent;

/* Whether it says that the provider took a new address for a name. */
gboolean wh_rules_is_change(const WhRulesEvent *event);

/* A record that changed. before: its last address, "" for none; first: the name had no address of
 * either family before; proven: the zone's own servers hold `address`. */
typedef struct {
    const char *host;
    const char *name;
    const char *family;
    const char *address;
    const char *before;
    gboolean first;
    gboolean proven;
} WhRulesChange;

/* What is collected for one message, on a clock that never jumps: when the first and the last of it
 * came; and when the message before it was shown first and last (it may have grown), 0 for never.
 */
typedef struct {
    gint64 first;
    gint64 last;
    gint64 told_first;
    gint64 told;
} WhRulesMoment;

/* Whether it joins the message before it, which may still be on the screen. */
gboolean wh_rules_joins(const WhRulesMoment *moment);

/* When it is told. updating: more is on its way to the provider. A single change comes at once, and
 * many are one message, however they follow each other. */
gint64 wh_rules_moment_ends(const WhRulesMoment *moment, gboolean updating);

/* What changed within the same moment, oldest first; NULL: nothing to say. The key is "changes" or
 * WH_RULES_KEY_CHANGE with the host's id. */
WhRulesMessage *wh_rules_changes(const WhRulesChange *changes, guint count,
                                 const WhRulesSettings *settings);

/* The same changes, some of them proven since: in the place of their message only. */
WhRulesMessage *wh_rules_proof(const WhRulesChange *changes, guint count,
                               const WhRulesSettings *settings);

/* Something that is not as it should be: a name, an account, or the service itself. id: its own;
 * account: of what it waits for (a name for its account), or NULL; host: a name's id, or NULL;
 * since: for how long it has been like that, microseconds of a clock that stands still while the
 * computer sleeps; told: a message was about it. */
typedef struct {
    const char *id;
    const char *account;
    const char *host;
    const char *name;
    WhStatus status;
    const char *sentence;
    const char *next_step;
    gint64 since;
    gboolean told;
} WhRulesTrouble;

/* When it deserves a message, on the same clock; G_MAXINT64: never. */
gint64 wh_rules_due(const WhRulesTrouble *trouble);

/* Whether there is anything to say, whether said already or not; attention: that needs a person. */
gboolean wh_rules_is_any_due(const WhRulesTrouble *troubles, guint count, gint64 now,
                             gboolean attention);

/* A person is needed: about all that is due, when one of it is not told yet, or in the place of the
 * last message when that names something else (shown: the ids, NULL: there is none). */
WhRulesMessage *wh_rules_needs(const WhRulesTrouble *troubles, guint count, gint64 now,
                               const char *const *shown, const WhRulesSettings *settings);

/* It does not work for long: likewise. */
WhRulesMessage *wh_rules_late(const WhRulesTrouble *troubles, guint count, gint64 now,
                              const char *const *shown, const WhRulesSettings *settings);

/* It works again: `troubles` are those that were told as late and are over; sentence is then the
 * address. */
WhRulesMessage *wh_rules_recovered(const WhRulesTrouble *troubles, guint count,
                                   const WhRulesSettings *settings);

/* What changed since `seen`, at signing in: events newest first, now in wall microseconds. */
WhRulesMessage *wh_rules_summary(const WhRulesEvent *events, guint count, gint64 seen, gint64 now,
                                 const WhRulesSettings *settings);

/* The keys of the messages above; what comes after the first is a host's id. */
#define WH_RULES_KEY_CHANGE "change/"
#define WH_RULES_KEY_NEEDS "needs"
#define WH_RULES_KEY_LATE "late"
#define WH_RULES_KEY_RECOVERY "recovery"
#define WH_RULES_KEY_SUMMARY "summary"

/* The id of the trouble that the service does not answer; those that it tells of itself have its
 * codes behind a slash. */
#define WH_RULES_SERVICE "service"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhRulesMessage, wh_rules_message_free)

G_END_DECLS
