/* What wayhome-setup does: one verb is a list of steps. Windows Installer runs it with the rights
 * of the system, and once with those of the person; every verb may be run again at any time. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tells the person or the administrator a sentence. */
typedef void (*WhSetupSayFunc)(const char *sentence, gboolean is_fatal, gpointer data);

/* bin: the folder that the programs are installed in. is_wine: this is no real Windows. */
typedef struct {
    char *bin;
    gboolean is_wine;
    WhSetupSayFunc say;
    gpointer data;
} WhSetup;

typedef gboolean (*WhSetupFunc)(const WhSetup *setup, GError **error);

typedef enum {
    WH_SETUP_MUST,     /* fails everywhere */
    WH_SETUP_NOT_WINE, /* what Wine lacks: said, and passed over there */
    WH_SETUP_TRY,      /* the rest is worth doing without it: said, and passed over */
} WhSetupNeed;

typedef struct {
    const char *what; /* completes "Wayhome could not ..." */
    WhSetupFunc run;
    WhSetupNeed need;
} WhSetupStep;

typedef struct {
    const char *name;
    const char *summary;  /* one line of the help */
    gboolean is_personal; /* anybody may, and it is about them; the rest is for administrators */
    const WhSetupStep *steps;
    gsize n_steps;
} WhSetupVerb;

/* NULL: there is no such verb. */
const WhSetupVerb *wh_setup_verb(const char *name);

/* All of them; the last one has no name. */
const WhSetupVerb *wh_setup_verbs(void);

/* Whether a step that failed ends the verb. */
gboolean wh_setup_is_fatal(WhSetupNeed need, gboolean is_wine);

/* Runs the steps in their order, up to the first one whose failure is fatal: FALSE. */
gboolean wh_setup_run(const WhSetupVerb *verb, const WhSetup *setup);

G_END_DECLS
