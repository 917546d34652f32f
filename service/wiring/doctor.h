/* The doctor's hands: gathers facts, has probes asked, and tells what is found to the watchers and
 * the log.
 *
 * Nothing happens within the turn in which something changed: what is found comes after the update
 * has left. */
#pragma once

#include "service/base/event.h"
#include "service/control/control.h"
#include "service/doctor/facts.h"

G_BEGIN_DECLS

typedef struct WhService WhService;
typedef struct WhDoctor WhDoctor;

/* Of a service that has all its other rooms. problem: why the list of probes in the configuration
 * folder cannot be used, for g_free(), or NULL. */
WhDoctor *wh_doctor_new(WhService *service, char **problem);
void wh_doctor_free(WhDoctor *doctor);

/* Something that is a fact may be another now. Each may be called with NULL, while there is no
 * doctor yet. */
void wh_doctor_look_soon(WhDoctor *doctor);
void wh_doctor_take_event(WhDoctor *doctor, const WhEvent *event);

/* The wall clock was set. */
void wh_doctor_clock_set(WhDoctor *doctor);

/* WhFinding; valid until the main loop turns again. */
const GPtrArray *wh_doctor_findings(WhDoctor *doctor);

/* Asks everything again. As WhControlRooms.diagnose. */
void wh_doctor_diagnose(WhDoctor *doctor, WhControlDiagnosed done, gpointer done_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDoctor, wh_doctor_free)

G_END_DECLS
