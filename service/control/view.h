/* What the rooms know, as the types of the interface file. Every function returns a new reference.
 */
#pragma once

#include "service/control/control.h"

#include <jansson.h>

G_BEGIN_DECLS

json_t *wh_view_state(const WhControlRooms *rooms);
json_t *wh_view_service(const WhControlRooms *rooms);
json_t *wh_view_verdict(const WhVerdict *verdict);
json_t *wh_view_account(const WhControlRooms *rooms, const WhAccount *account);
json_t *wh_view_host(const WhControlRooms *rooms, const WhHost *host);
json_t *wh_view_proof(const WhProof *proof); /* NULL: nothing was asked */
json_t *wh_view_provider(const WhDefinition *definition);
json_t *wh_view_event(const WhEvent *event);
json_t *wh_view_finding(const WhFinding *finding);
json_t *wh_view_findings(const WhControlRooms *rooms);
json_t *wh_view_vpns(const WhControlRooms *rooms);
json_t *wh_view_result(WhResultClass result, const char *detail);

/* "ipv4", "ipv6". */
const char *wh_view_family(WhFamily family);

/* Whom a halt concerns: "host", "account", "provider"; NULL: nobody. */
const char *wh_view_scope(WhHaltScope scope);

/* Sets a member unless `text`, `address` is NULL or `value` 0. What is not UTF-8 is made so. */
void wh_view_set_text(json_t *object, const char *name, const char *text);
void wh_view_set_address(json_t *object, const char *name, const WhAddress *address);
void wh_view_set_integer(json_t *object, const char *name, gint64 value);

G_END_DECLS
