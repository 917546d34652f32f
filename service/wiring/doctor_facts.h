/* What the doctor goes by, gathered from the rooms of the service. */
#pragma once

#include "service/doctor/facts.h"
#include "service/doctor/heals.h"
#include "service/doctor/reopening.h"
#include "service/wiring/service_private.h"

G_BEGIN_DECLS

/* The facts and what they borrow. */
typedef struct {
    WhDoctorFacts facts;
    char *names[WH_N_FAMILIES];
    GArray *records;
    gboolean unanswered; /* some provider could not be reached */
} WhDoctorFolder;

/* Gathers what the service itself knows; probes, clock and sleep stay empty. */
void wh_doctor_folder_gather(WhDoctorFolder *folder, WhService *service, WhHeals *heals);
void wh_doctor_folder_clear(WhDoctorFolder *folder);

/* Whether what the detector and the keeper say asks for a look at the way out. */
gboolean wh_doctor_folder_is_worrying(const WhDoctorFolder *folder);

/* What those outside say of the addresses that are wanted. */
WhReopeningLine wh_doctor_folder_voices(const WhDoctorFolder *folder);

/* Whether an answer of the router or of those outside is still awaited. */
gboolean wh_doctor_folder_is_asking(const WhDoctorFolder *folder);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhDoctorFolder, wh_doctor_folder_clear)

G_END_DECLS
