/* Puts on the screen what rules.h finds worth it, as the model tells, and remembers what the person
 * has seen and does not want to see.
 *
 * A change is told at once; what follows it soon joins that message. At its first meeting with the
 * service it sums up what changed since it was last there. */
#pragma once

#include "app/model/model.h"
#include "app/notify/rules.h"

G_BEGIN_DECLS

typedef struct WhAnnouncer WhAnnouncer;

typedef enum {
    WH_ANNOUNCER_OPEN, /* show the window; host: at that name, or NULL */
    WH_ANNOUNCER_COPY, /* put `address` on the clipboard */
} WhAnnouncerAction;

typedef void (*WhAnnouncerFunc)(WhAnnouncerAction action, const char *host, const char *address,
                                gpointer data);

/* name: what people call the program; desktop_entry: its application id; path: the file in which it
 * remembers, made with its folder when there is something to keep; one that cannot be read is begun
 * anew. Takes a reference to `model`. Free with wh_announcer_free(), which leaves messages on the
 * screen. */
WhAnnouncer *wh_announcer_new(WhModel *model, const char *name, const char *desktop_entry,
                              const char *path, WhAnnouncerFunc acted, gpointer data);
void wh_announcer_free(WhAnnouncer *announcer);

/* Each kind of message can be switched off; remembered. */
gboolean wh_announcer_is_enabled(WhAnnouncer *announcer, WhRulesKind kind);
void wh_announcer_set_enabled(WhAnnouncer *announcer, WhRulesKind kind, gboolean enabled);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhAnnouncer, wh_announcer_free)

G_END_DECLS
