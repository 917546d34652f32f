/* The methods: one small function each, in one table. Each answers its invocation exactly once, now
 * or later. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

/* name: fully qualified. wants_more: makes sense as a stream only. */
typedef struct {
    const char *name;
    void (*call)(WhInvocation *invocation);
    gboolean wants_more;
} WhMethod;

/* NULL: nobody serves it. */
const WhMethod *wh_methods_find(const char *name);

/* All of them, `*count` elements. */
const WhMethod *wh_methods_all(gsize *count);

/* methods_service.c */
void wh_methods_get_info(WhInvocation *invocation);
void wh_methods_get_interface_description(WhInvocation *invocation);

/* methods_state.c */
void wh_methods_status(WhInvocation *invocation);
void wh_methods_watch(WhInvocation *invocation);
void wh_methods_list_providers(WhInvocation *invocation);
void wh_methods_history(WhInvocation *invocation);

/* methods_account.c */
void wh_methods_add_account(WhInvocation *invocation);
void wh_methods_edit_account(WhInvocation *invocation);
void wh_methods_remove_account(WhInvocation *invocation);
void wh_methods_set_secret(WhInvocation *invocation);
void wh_methods_forget_secrets(WhInvocation *invocation);

/* methods_secrets.c */
void wh_methods_unlock_keyring(WhInvocation *invocation);
void wh_methods_allow_secret_file(WhInvocation *invocation);
void wh_methods_keep_unattended(WhInvocation *invocation);

/* methods_owner.c */
void wh_methods_claim(WhInvocation *invocation);
void wh_methods_set_owner(WhInvocation *invocation);
void wh_methods_set_vpn(WhInvocation *invocation);

/* methods_host.c */
void wh_methods_add_host(WhInvocation *invocation);
void wh_methods_edit_host(WhInvocation *invocation);
void wh_methods_remove_host(WhInvocation *invocation);

/* methods_keeps.c */
void wh_methods_keeps(WhInvocation *invocation);

/* methods_doctor.c */
void wh_methods_diagnose(WhInvocation *invocation);

/* methods_test.c */
void wh_methods_test(WhInvocation *invocation);

/* methods_action.c */
void wh_methods_update_now(WhInvocation *invocation);
void wh_methods_pause(WhInvocation *invocation);
void wh_methods_resume(WhInvocation *invocation);
void wh_methods_reload(WhInvocation *invocation);

G_END_DECLS
