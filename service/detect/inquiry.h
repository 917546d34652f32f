/* One round of questions to the outside operators about one family. Private to this room. */
#pragma once

#include "service/detect/detector.h"
#include "service/detect/panel.h"

G_BEGIN_DECLS

typedef enum {
    WH_INQUIRY_EVENT,      /* something changed: two at once, and everybody if need be */
    WH_INQUIRY_RETRY,      /* after a round without result: two at once, three in all */
    WH_INQUIRY_LATE_RETRY, /* after many such rounds: the same, and whoever rests is left alone */
    WH_INQUIRY_POLL,  /* is the known address still right? One, and more only if it does not say yes
                       */
    WH_INQUIRY_CHECK, /* after an event at which the router said the known address: as a poll, and
                         nobody rests */
} WhInquiryKind;

/* What is asked for. known: the address that a poll or check expects; no other kind looks at it.
 * router: what the home's router says, copied; NULL: nothing. While its word counts one voice from
 * outside is enough: after an event one is asked over DNS and one over HTTPS at once, and whoever
 * first confirms the word settles it. uplink: as in WhOutsideAsker. */
typedef struct {
    WhInquiryKind kind;
    WhAddress known;
    const WhObservation *router;
    guint uplink;
} WhInquiryTerms;

/* An operator that has not answered after this long gets company: one more is asked. */
#define WH_INQUIRY_PATIENCE (2 * WH_SECOND)

typedef struct WhInquiry WhInquiry;

/* Called once, when sources agree, when a majority of a quarrel is known, when a poll is confirmed,
 * or when nobody is left to ask. Never called before wh_inquiry_new() returned. */
typedef void (*WhInquiryDone)(WhInquiry *inquiry, gpointer data);

/* Asks at once. Returns NULL when nobody may be asked now. Does not own clock, asker and panel. */
WhInquiry *wh_inquiry_new(WhClock *clock, WhOutsideAsker *asker, WhPanel *panel, WhFamily family,
                          const WhInquiryTerms *terms, WhInquiryDone done, gpointer data);

/* Cancels what is under way; `done` is not called any more. */
void wh_inquiry_free(WhInquiry *inquiry);

/* What the inquiry was started for. */
WhInquiryKind wh_inquiry_kind(const WhInquiry *inquiry);

/* What a poll or check expects. */
const WhAddress *wh_inquiry_known(const WhInquiry *inquiry);

/* When it began, monotonic. */
gint64 wh_inquiry_started(const WhInquiry *inquiry);

/* The router says this now (copied; NULL: nothing); it may settle the matter, and `done` is called
 * then. */
void wh_inquiry_set_router(WhInquiry *inquiry, const WhObservation *router);

/* What was heard outside (WhObservation), owned by the inquiry. */
const GPtrArray *wh_inquiry_observations(const WhInquiry *inquiry);

/* The same and the router's word. The caller frees the list; its elements are the inquiry's. */
GPtrArray *wh_inquiry_evidence(const WhInquiry *inquiry);

/* A poll or check that heard what it expected, and nothing else that counts. */
gboolean wh_inquiry_is_confirmed(const WhInquiry *inquiry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhInquiry, wh_inquiry_free)

G_END_DECLS
