/* The parts of the doctor: each adds what it finds to `findings`. */
#pragma once

#include "service/doctor/doctor.h"

G_BEGIN_DECLS

/* Adds a new finding and returns it, still to be filled. */
WhFinding *wh_doctor_add(GPtrArray *findings, WhFindingCode code, WhFindingWeight weight);

/* Whether the verdict of a family is `reason`. */
gboolean wh_doctor_says(const WhFactsLine *line, WhVerdictReason reason);

/* The tunnel that the family's address is looked for through, by name; NULL: there is none, or the
 * home's own line is asked past it. */
const char *wh_doctor_vpn(const WhFactsLine *line);

/* The way out of this computer: network, internet, name server, clock, VPN, families. */
void wh_doctor_find_line(const WhDoctorFacts *facts, GPtrArray *findings);

/* Whether something on the way out stops everything, so that nothing is said of what lies behind
 * it. */
gboolean wh_doctor_is_cut_off(const WhDoctorFacts *facts);

/* The router, and what those outside see. */
void wh_doctor_find_router(const WhDoctorFacts *facts, GPtrArray *findings);

/* Those who say what the public address is. */
void wh_doctor_find_sources(const WhDoctorFacts *facts, GPtrArray *findings);

/* Names. */
void wh_doctor_find_records(const WhDoctorFacts *facts, GPtrArray *findings);

G_END_DECLS
