/* A detector in a made-up world: a fake clock, an interface of the test's choice, and operators
 * that answer what the test says when it says so. */
#pragma once

#include "service/detect/detector.h"
#include "tests/support/fake_clock.h"

G_BEGIN_DECLS

typedef struct DetectorWorld DetectorWorld;

/* Each letter of `operators` is one operator, of an organisation of the same letter in capitals; w
 * to z are asked over DNS. IPv4 is wanted; there is no route. */
DetectorWorld *detector_world_new(const char *operators);
void detector_world_free(DetectorWorld *world);

WhFakeClock *detector_world_clock(DetectorWorld *world);
WhDetector *detector_world_detector(DetectorWorld *world);

/* The interface shows these addresses from the next look on: words, with "*" behind a preferred
 * one. NULL: no route. */
void detector_world_set_inside(DetectorWorld *world, WhFamily family, const char *addresses);

/* Sets the interface and looks. */
void detector_world_look(DetectorWorld *world, const char *ipv4);

/* From the next look on the way out leads through this VPN ("": none), and that was decided for it;
 * the outside is to be asked over `uplink`. */
void detector_world_set_vpn(DetectorWorld *world, const char *vpn, WhVpnChoice choice,
                            guint uplink);

/* From the next look on the way out leads over that interface; 0 at first. */
void detector_world_set_way(DetectorWorld *world, guint interface);

/* The router says: "11.1.1.1", "11.1.1.1 watched", "no_address", "silent", "asking", "none". */
void detector_world_set_router(DetectorWorld *world, const char *says);

/* Operators that are being asked, in the order of asking: "ab". */
void detector_world_check_open(DetectorWorld *world, const char *letters);

/* How many questions were asked since the last call. */
guint detector_world_take_asked(DetectorWorld *world);

/* Answers open questions: "a=11.1.1.1 b!" ("!": fails). */
void detector_world_answer(DetectorWorld *world, const char *answers);

/* Answers every question, and those that follow, with the same address; NULL: they fail. */
void detector_world_answer_all(DetectorWorld *world, const char *address);

/* FALSE: a cancelled question is answered by detector_world_flush() only. TRUE at first. */
void detector_world_set_cancel_at_once(DetectorWorld *world, gboolean at_once);
void detector_world_flush(DetectorWorld *world);

/* What `changed` was called with since the last call: "agreed 11.1.1.1, silent". */
void detector_world_check_changes(DetectorWorld *world, const char *changes);

/* The standing verdict: "agreed 11.1.1.1" or "silent". */
void detector_world_check(DetectorWorld *world, WhFamily family, const char *verdict);

/* Sources among the verdict's evidence, each once: "interface a b". */
void detector_world_check_evidence(DetectorWorld *world, const char *sources);

/* Called in `changed`, after it was noted. */
void detector_world_on_change(DetectorWorld *world, void (*func)(DetectorWorld *world));

/* Behind a router with the address 11.1.1.1, asked and answered by "a" and "b"; nothing noted. */
DetectorWorld *detector_world_new_settled(const char *operators);

/* The same behind a router that says so and is watched; a quarter of an hour ago. */
DetectorWorld *detector_world_new_watched(const char *operators);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(DetectorWorld, detector_world_free)

G_END_DECLS
