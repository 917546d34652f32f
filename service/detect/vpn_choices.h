/* What a person decided for each VPN, by the name of its interface. Values; nothing is read or
 * written here.
 *
 * Names such as "tun0" are given to whichever VPN comes first. A decision to publish the address at
 * the other end is therefore bound to this computer's own address in that VPN as well: another
 * network there is another VPN, for which nothing is decided. */
#pragma once

#include "service/detect/verdict.h"

G_BEGIN_DECLS

/* So many VPNs are remembered; one more takes the place of the one that was decided first. */
#define WH_VPN_CHOICES_MOST 64

typedef struct WhVpnChoices WhVpnChoices;

/* `text`: what wh_vpn_choices_to_text() gave, NULL: nothing is decided. What is not understood is
 * left out. Free with wh_vpn_choices_free(). */
WhVpnChoices *wh_vpn_choices_new(const char *text);
void wh_vpn_choices_free(WhVpnChoices *choices);

/* For a setting of the store. The caller frees it; NULL: nothing is decided. */
char *wh_vpn_choices_to_text(const WhVpnChoices *choices);

/* Whether `vpn` can be the name of an interface: text of 1 to 63 bytes without line breaks. */
gboolean wh_vpn_choices_is_name(const char *vpn);

/* WH_VPN_NOTHING when nothing is decided. */
WhVpnChoice wh_vpn_choices_get(const WhVpnChoices *choices, const char *vpn);

/* The same for a VPN that is on; own: this computer's address in it, NULL: none yet. */
WhVpnChoice wh_vpn_choices_get_for(const WhVpnChoices *choices, const char *vpn,
                                   const WhAddress *own);

/* WH_VPN_NOTHING forgets it. own: this computer's address in it, NULL: not known, because it is
 * off; then any VPN of that name will do. */
void wh_vpn_choices_set(WhVpnChoices *choices, const char *vpn, WhVpnChoice choice,
                        const WhAddress *own);

/* The name of the n-th one, first decided first; NULL behind the last. */
const char *wh_vpn_choices_name(const WhVpnChoices *choices, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhVpnChoices, wh_vpn_choices_free)

G_END_DECLS
