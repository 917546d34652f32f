/* One round of questions to the outside operators about one family. Private to this room. */
#pragma once

#include "service/detect/detector.h"
#include "service/detect/panel.h"

G_BEGIN_DECLS

typedef enum {
    WH_INQUIRY_EVENT,      /* something changed: two at once, and everybody if need be */
    WH_INQUIRY_RETRY,      /* after a round without result: two at once, three in all */
    WH_INQUIRY_LATE_RETRY, /* after many such rounds: the same, and whoever rests is left alone */
    WH_INQUIRY_POLL, /* is the known address still right? One, and more only if it does not say yes
                      */
} WhInquiryKind;

/* An operator that has not answered after this long gets company: one more is asked. */
#define WH_INQUIRY_PATIENCE (2 * WH_SECOND)

typedef struct WhInquiry WhInquiry;

/* Called once, when two organisations agree, when a majority of a quarrel is known, when a poll is
 * confirmed, or when nobody is left to ask. Never called before wh_inquiry_new() returned. */
typedef void (*WhInquiryDone)(WhInquiry *inquiry, gpointer data);

/* Asks at once. `known` is the address that a poll expects; no other kind looks at it. Returns NULL
 * when nobody may be asked now. Does not own clock, asker and panel. */
WhInquiry *wh_inquiry_new(WhClock *clock, WhOutsideAsker *asker, WhPanel *panel, WhFamily family,
                          WhInquiryKind kind, const WhAddress *known, WhInquiryDone done,
                          gpointer data);

/* Cancels what is under way; `done` is not called any more. */
void wh_inquiry_free(WhInquiry *inquiry);

/* What the inquiry was started for. */
WhInquiryKind wh_inquiry_kind(const WhInquiry *inquiry);

/* When it began, monotonic. */
gint64 wh_inquiry_started(const WhInquiry *inquiry);

/* What was heard (WhObservation), owned by the inquiry. */
const GPtrArray *wh_inquiry_observations(const WhInquiry *inquiry);

/* A poll that heard what it expected and nothing else. */
gboolean wh_inquiry_is_confirmed(const WhInquiry *inquiry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhInquiry, wh_inquiry_free)

G_END_DECLS
