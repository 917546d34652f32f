/* The options that say whose address a name is to hold, and where it is kept. */
#pragma once

#include "app/cli/command.h"

G_BEGIN_DECLS

/* What the options set. Clear with wh_wish_options_clear(). */
typedef struct {
    char *suffix;
    char *mac;
    gboolean this_computer;
    gboolean lan;
    gboolean internet;
    gboolean withhold;
    gboolean always;
    gboolean only_here;
    char **only_on;
    gboolean anywhere;
} WhWishOptions;

#define WH_WISH_ENTRIES(wishes)                                                                    \
    {"machine-suffix", 0, 0, G_OPTION_ARG_STRING, &(wishes)->suffix, NULL, NULL},                  \
        {"machine-mac", 0, 0, G_OPTION_ARG_STRING, &(wishes)->mac, NULL, NULL},                    \
        {"this-computer", 0, 0, G_OPTION_ARG_NONE, &(wishes)->this_computer, NULL, NULL},          \
        {"lan", 0, 0, G_OPTION_ARG_NONE, &(wishes)->lan, NULL, NULL},                              \
        {"internet", 0, 0, G_OPTION_ARG_NONE, &(wishes)->internet, NULL, NULL},                    \
        {"withhold-unreachable", 0, 0, G_OPTION_ARG_NONE, &(wishes)->withhold, NULL, NULL},        \
        {"always", 0, 0, G_OPTION_ARG_NONE, &(wishes)->always, NULL, NULL},                        \
        {"only-here", 0, 0, G_OPTION_ARG_NONE, &(wishes)->only_here, NULL, NULL},                  \
        {"only-on", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(wishes)->only_on, NULL, NULL},              \
    {                                                                                              \
        "anywhere", 0, 0, G_OPTION_ARG_NONE, &(wishes)->anywhere, NULL, NULL                       \
    }

/* Adds what the options set to the parameters of AddHost or EditHost. FALSE: they contradict each
 * other; told already. */
gboolean wh_wish_options_add(const WhCommand *command, const WhWishOptions *wishes,
                             json_t *parameters);

void wh_wish_options_clear(WhWishOptions *wishes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhWishOptions, wh_wish_options_clear)

G_END_DECLS
