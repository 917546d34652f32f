/* From facts to findings. Pure. */
#pragma once

#include "service/doctor/facts.h"
#include "service/doctor/finding.h"

G_BEGIN_DECLS

/* More records than these are not told of one by one. */
#define WH_DOCTOR_MAX_RECORDS 20

/* A clock that is wrong by less harms nothing. */
#define WH_DOCTOR_CLOCK_TOLERANCE (5 * G_TIME_SPAN_MINUTE)

/* Everything that is so at this moment (WhFinding, owned by the array), what matters most first;
 * for g_ptr_array_unref(). */
GPtrArray *wh_doctor_find(const WhDoctorFacts *facts);

G_END_DECLS
