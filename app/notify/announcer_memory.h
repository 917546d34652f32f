/* What the announcer keeps from one session to the next: a small file. Private to the announcer. */
#pragma once

#include "app/notify/rules.h"

G_BEGIN_DECLS

typedef struct WhAnnouncerMemory WhAnnouncerMemory;

/* A file that is absent, damaged, far too long or no file at all is as if it were empty. */
WhAnnouncerMemory *wh_announcer_memory_new(const char *path);
void wh_announcer_memory_free(WhAnnouncerMemory *memory);

/* The id of the last event that was seen; -1: this person was never here. */
gint64 wh_announcer_memory_seen(WhAnnouncerMemory *memory);
void wh_announcer_memory_set_seen(WhAnnouncerMemory *memory, gint64 id);

/* What is switched off; valid as long as the memory. */
const WhRulesSettings *wh_announcer_memory_settings(WhAnnouncerMemory *memory);
void wh_announcer_memory_set_off(WhAnnouncerMemory *memory, WhRulesKind kind, gboolean off);

/* Writes it down when something changed since. */
void wh_announcer_memory_save(WhAnnouncerMemory *memory);

G_END_DECLS
