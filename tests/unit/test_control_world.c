#include "tests/unit/test_control_world.h"

#include "platform/fake/fake.h"
#include "platform/fake/keyring_fake.h"
#include "platform/fake/sealer_fake.h"
#include "platform/fake/socket_pair.h"
#include "service/protocol/description.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

#include <string.h>

#define DEADLINE_SECONDS 30

static guint64 publish(WhPublisher *publisher, const WhUpdate *update, WhUpdateDone done,
                       gpointer data)
{
    World *world = (World *)((char *)publisher - G_STRUCT_OFFSET(World, publisher));
    g_assert_cmpuint(update->n_items, ==, 1);
    world->done = done;
    world->done_data = data;
    return ++world->sent;
}

static guint64 ask_witnesses(WhWitnesses *witnesses, const char *name, WhFamily family,
                             WhWitnessesDone done, gpointer data)
{
    return 1;
}

static guint64 ask_outside(WhOutsideAsker *asker, const WhOutsideOperator *operator_,
                           WhFamily family, guint uplink, WhOutsideDone done, gpointer data)
{
    return 1;
}

static void cancel_publish(WhPublisher *publisher, guint64 handle)
{
}

static void cancel_witnesses(WhWitnesses *witnesses, guint64 handle)
{
}

static void cancel_outside(WhOutsideAsker *asker, guint64 handle)
{
}

static void read_interface(WhInterfaceReader *reader, WhFamily family, WhInside *inside)
{
    World *world = (World *)(gpointer)((char *)reader - G_STRUCT_OFFSET(World, reader));
    if (family != WH_FAMILY_IPV4 || world->address == NULL)
        return;
    WhRouteAddress found = {.preferred = TRUE};
    g_assert_true(wh_address_parse(world->address, &found.address));
    g_array_append_val(inside->addresses, found);
    inside->has_route = TRUE;
    g_strlcpy(inside->vpn, world->vpn, sizeof inside->vpn);
    inside->choice = wh_vpn_choices_get(world->vpn_choices, world->vpn);
}

static void keeper_changed(const char *account, const char *host, gpointer data)
{
    World *world = data;
    if (world->control != NULL)
        wh_control_host_changed(world->control, account, host);
}

static void keeper_event(const WhEvent *event, gpointer data)
{
    World *world = data;
    if (world->control != NULL)
        wh_control_event(world->control, event);
}

/* A host that is bound to a network is elsewhere. */
static WhAim aim(WhAimer *aimer, const WhHost *host, WhFamily family, const WhAddress *last)
{
    World *world = (World *)(gpointer)((char *)aimer - G_STRUCT_OFFSET(World, aimer));
    return host->networks != NULL ? wh_aim_nowhere(WH_AIM_ELSEWHERE) : world->aims[family];
}

static void verdict_changed(const WhVerdict *verdict, gpointer data)
{
    World *world = data;
    world->aims[verdict->family] =
        verdict->known ? wh_aim_at(&verdict->address) : wh_aim_nowhere(WH_AIM_NO_ADDRESS);
    wh_keeper_look(world->keeper);
    if (world->control != NULL)
        wh_control_verdict_changed(world->control, verdict->family);
}

static void vault_changed(gpointer data)
{
    World *world = data;
    wh_accounts_secrets_changed(world->accounts);
    if (world->control == NULL)
        return;
    wh_control_service_changed(world->control);
    wh_control_secrets_changed(world->control);
}

static char *label(const char *account, const char *provider, const char *field, gpointer data)
{
    return g_strdup(field);
}

static gboolean remember(const char *note, GError **error, gpointer data)
{
    World *world = data;
    return wh_store_put_setting(world->store, WH_ACCOUNTS_VAULT_NOTE, note, error);
}

static const WhVaultListener vault_listener = {vault_changed, label, remember};

static WhVault *new_vault(World *world, WhClock *clock, WhSecretStore *store)
{
    if (world->keyring)
        return wh_vault_new_for_person(store, FALSE, NULL, &vault_listener, world);
    if (world->sealed)
        return wh_vault_new_for_computer(clock, store, wh_sealer_new(NULL), FALSE, &vault_listener,
                                         world);
    return wh_vault_new(store);
}

static void make_rooms(World *world)
{
    static const WhKeeperListener listener = {keeper_changed, keeper_event};
    WhClock *clock = wh_fake_clock_clock(world->clock);
    world->store = wh_store_open_in_memory();
    WhSecretStore *store = wh_secret_store_open("/secrets", NULL);
    world->vault = new_vault(world, clock, store);
    world->http = wh_http_new(clock, NULL, "test");
    world->dns = wh_dns_client_new(clock);
    world->resolver = wh_resolver_new(clock);
    world->providers = wh_providers_new(clock, world->http, world->dns, world->resolver);
    world->keeper = wh_keeper_new(clock, &world->publisher, &world->witnesses,
                                  wh_store_journal(world->store), &world->aimer, &listener, world);
    world->accounts =
        wh_accounts_new(clock, world->store, world->vault, world->providers, world->keeper);
    world->detector = wh_detector_new(clock, &world->reader, &world->asker, wh_outside_shipped(),
                                      verdict_changed, world);
    wh_detector_set_wanted(world->detector, TRUE, FALSE);
}

typedef enum {
    PLAIN,
    WITH_KEYRING,
    WITH_SEALER,
} Safe;

static World *new_world(Safe safe, gboolean system_scope)
{
    World *world = g_new0(World, 1);
    world->keyring = safe == WITH_KEYRING;
    world->sealed = safe == WITH_SEALER;
    world->system_scope = system_scope;
    world->permission = system_scope ? wh_permission_new() : NULL;
    world->clock = wh_fake_clock_new();
    world->can_save = TRUE;
    world->publisher = (WhPublisher){publish, cancel_publish};
    world->witnesses = (WhWitnesses){ask_witnesses, cancel_witnesses};
    world->aimer.aim = aim;
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        world->aims[i] = wh_aim_nowhere(WH_AIM_NO_ADDRESS);
    world->vpn_choices = wh_vpn_choices_new(NULL);
    world->reader.read = read_interface;
    world->asker = (WhOutsideAsker){ask_outside, cancel_outside};
    make_rooms(world);
    WhControlRooms rooms = {
        .clock = wh_fake_clock_clock(world->clock),
        .accounts = world->accounts,
        .keeper = world->keeper,
        .detector = world->detector,
        .providers = world->providers,
        .store = world->store,
        .vault = world->vault,
        .permission = world->permission,
        .system_scope = system_scope,
        .started = wh_clock_wall(wh_fake_clock_clock(world->clock)),
    };
    world_fill_in(world, &rooms);
    world->control = wh_control_new(&rooms);
    return world;
}

World *world_new(void)
{
    wh_fake_reset();
    return new_world(PLAIN, FALSE);
}

World *world_new_for_all(const char *principal)
{
    wh_fake_reset();
    World *world = new_world(PLAIN, TRUE);
    world->owner = g_strdup(principal);
    return world;
}

World *world_new_with_sealer(const char *principal)
{
    wh_fake_reset();
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_WORKS);
    World *world = new_world(WITH_SEALER, TRUE);
    world->owner = g_strdup(principal);
    return world;
}

World *world_new_with_keyring(WhKeyringState state)
{
    wh_fake_reset();
    wh_fake_keyring_set_state(state);
    World *world = new_world(WITH_KEYRING, FALSE);
    world_settle(world);
    return world;
}

void world_free(World *world)
{
    wh_control_free(g_steal_pointer(&world->control));
    world_settle(world);
    wh_permission_free(world->permission);
    g_free(world->owner);
    wh_detector_free(world->detector);
    wh_vpn_choices_free(world->vpn_choices);
    wh_accounts_free(world->accounts);
    wh_keeper_free(world->keeper);
    wh_providers_free(world->providers);
    wh_resolver_free(world->resolver);
    wh_dns_client_free(world->dns);
    wh_http_free(world->http);
    wh_vault_free(world->vault);
    wh_store_free(world->store);
    wh_fake_clock_free(world->clock);
    g_free(world);
}

void world_answer(World *world, WhResultClass result, const char *detail)
{
    g_autoptr(WhOutcome) outcome = wh_outcome_new(result, detail);
    const WhOutcome *outcomes[] = {outcome};
    gint64 now = wh_clock_wall(wh_fake_clock_clock(world->clock));
    const WhUpdateReport report = {outcomes, 1, now, now};
    g_assert_nonnull(world->done);
    WhUpdateDone done = g_steal_pointer(&world->done);
    done(&report, world->done_data);
    world_settle(world);
}

void world_set_address(World *world, const char *address)
{
    world->address = address;
    wh_detector_look(world->detector);
    world_settle(world);
}

GIOStream *world_connect_as(World *world, const WhPeer *peer)
{
    g_autoptr(GError) error = NULL;
    GIOStream *ends[2];
    wh_fake_socket_pair(ends, &error);
    g_assert_no_error(error);
    wh_control_accept(world->control, ends[0], peer);
    g_object_unref(ends[0]);
    return ends[1];
}

GIOStream *world_connect(World *world)
{
    const WhPeer self = {.known = TRUE, .is_self = TRUE, .principal = "uid:1000"};
    return world_connect_as(world, &self);
}

static gboolean too_late(gpointer data)
{
    g_error("What the test waits for does not come");
    return G_SOURCE_REMOVE;
}

static void turn(World *world, guint *deadline)
{
    wh_fake_clock_advance(world->clock, 0);
    if (*deadline == 0)
        *deadline = g_timeout_add_seconds(DEADLINE_SECONDS, too_late, NULL);
    g_main_context_iteration(NULL, TRUE);
}

void world_settle(World *world)
{
    do
        wh_fake_clock_advance(world->clock, 0);
    while (g_main_context_iteration(NULL, FALSE));
}

static void written(GObject *source, GAsyncResult *result, gpointer data)
{
    gboolean *done = data;
    g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL);
    *done = TRUE;
}

void world_send_bytes(World *world, GIOStream *stream, const char *bytes, gsize length)
{
    gboolean done = FALSE;
    guint deadline = 0;
    g_output_stream_write_all_async(g_io_stream_get_output_stream(stream), bytes, length,
                                    G_PRIORITY_DEFAULT, NULL, written, &done);
    while (!done)
        turn(world, &deadline);
    g_clear_handle_id(&deadline, g_source_remove);
}

void world_send(World *world, GIOStream *stream, const char *text)
{
    world_send_bytes(world, stream, text, strlen(text) + 1);
}

typedef struct {
    gboolean done;
    gssize length;
} Read;

static void was_read(GObject *source, GAsyncResult *result, gpointer data)
{
    Read *got = data;
    got->length = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);
    got->done = TRUE;
}

static void string_free(gpointer string)
{
    g_string_free(string, TRUE);
}

#define REST "bytes of the next messages"

static GString *rest_of(GIOStream *stream)
{
    GString *rest = g_object_get_data(G_OBJECT(stream), REST);
    if (rest == NULL) {
        rest = g_string_new(NULL);
        g_object_set_data_full(G_OBJECT(stream), REST, rest, string_free);
    }
    return rest;
}

static gboolean read_more(World *world, GIOStream *stream, GString *rest)
{
    char bytes[4096];
    Read got = {0};
    guint deadline = 0;
    g_input_stream_read_async(g_io_stream_get_input_stream(stream), bytes, sizeof bytes,
                              G_PRIORITY_DEFAULT, NULL, was_read, &got);
    while (!got.done)
        turn(world, &deadline);
    g_clear_handle_id(&deadline, g_source_remove);
    if (got.length > 0)
        g_string_append_len(rest, bytes, got.length);
    return got.length > 0;
}

json_t *world_receive(World *world, GIOStream *stream)
{
    GString *rest = rest_of(stream);
    const char *end;
    while ((end = memchr(rest->str, '\0', rest->len)) == NULL)
        if (!read_more(world, stream, rest))
            return NULL;
    json_t *message = json_loads(rest->str, JSON_REJECT_DUPLICATES, NULL);
    g_string_erase(rest, 0, end - rest->str + 1);
    return message;
}

static json_t *exchange(World *world, GIOStream *stream, const char *method, const char *parameters)
{
    g_autofree char *text = g_strdup_printf(
        "{\"method\":\"" WH_CONTROL_INTERFACE ".%s\",\"parameters\":%s}", method, parameters);
    world_send(world, stream, text);
    return world_receive(world, stream);
}

json_t *world_call(World *world, GIOStream *stream, const char *method, const char *parameters)
{
    g_autoptr(json_t) reply = exchange(world, stream, method, parameters);
    const char *error_name = json_string_value(json_object_get(reply, "error"));
    if (error_name != NULL)
        g_error("%s %s: %s", method, parameters, error_name);
    json_t *answer = json_object_get(reply, "parameters");
    g_autofree char *member = NULL;
    if (!wh_description_check_output(WH_CONTROL_INTERFACE, method, answer, &member))
        g_error("%s: “%s” is not what the interface file says", method, member);
    return json_incref(answer);
}

json_t *world_refused(World *world, GIOStream *stream, const char *method, const char *parameters,
                      const char *error_name)
{
    g_autoptr(json_t) reply = exchange(world, stream, method, parameters);
    const char *name = json_string_value(json_object_get(reply, "error"));
    g_assert_nonnull(name);
    gboolean own = g_str_has_prefix(name, WH_CONTROL_INTERFACE ".");
    const char *interface = own ? WH_CONTROL_INTERFACE : WH_VARLINK_SERVICE_INTERFACE;
    g_assert_cmpstr(strrchr(name, '.') + 1, ==, error_name);
    json_t *given = json_object_get(reply, "parameters");
    g_autoptr(json_t) answer = given != NULL ? json_incref(given) : json_object();
    g_autofree char *member = NULL;
    if (!wh_description_check_error(interface, error_name, answer, &member))
        g_error("%s: “%s” is not what the interface file says", name, member);
    return g_steal_pointer(&answer);
}

char *world_add_account(World *world, GIOStream *stream)
{
    g_autoptr(json_t) answer =
        world_call(world, stream, "AddAccount",
                   "{\"provider\":\"duckdns\",\"secrets\":{\"token\":\"hush-hush\"}}");
    return g_strdup(json_string_value(json_object_get(answer, "account")));
}

char *world_add_host(World *world, GIOStream *stream, const char *account, const char *name)
{
    g_autofree char *parameters =
        g_strdup_printf("{\"account\":\"%s\",\"name\":\"%s\",\"ipv6\":false}", account, name);
    g_autoptr(json_t) answer = world_call(world, stream, "AddHost", parameters);
    return g_strdup(json_string_value(json_object_get(answer, "host")));
}
