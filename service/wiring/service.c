#include "service/wiring/service.h"

#include "platform/dns_servers.h"
#include "platform/uplink.h"
#include "service/wiring/interfaces.h"
#include "service/wiring/outside.h"
#include "service/wiring/publisher.h"
#include "service/wiring/service_private.h"
#include "service/wiring/witnesses.h"

#define SETTING_PAUSED "paused"

static void free_event(gpointer data)
{
    wh_event_free(data);
}

static gboolean is_instant(gpointer data)
{
    WhService *service = data;

    return service->monitor != NULL && wh_address_monitor_is_instant(service->monitor);
}

static gboolean set_paused(gboolean paused, gpointer data)
{
    WhService *service = data;
    g_autoptr(GError) error = NULL;
    gboolean saved =
        wh_store_put_setting(service->store, SETTING_PAUSED, paused ? "1" : "0", &error);

    if (!saved)
        g_warning("The pause is not remembered over a restart: %s", error->message);
    wh_detector_set_paused(service->detector, paused);
    wh_keeper_set_paused(service->keeper, paused);
    wh_events_remember(service, wh_event_new(paused ? WH_EVENT_PAUSED : WH_EVENT_UNPAUSED,
                                             wh_clock_wall(service->clock)));
    wh_control_service_changed(service->control);
    wh_events_settle_soon(service);
    return saved;
}

static void give_notices(const char *const **codes, const char *const **details, gpointer data)
{
    WhService *service = data;

    *codes = wh_notices_codes(service->notices);
    *details = wh_notices_details(service->notices);
}

static const char *give_network(gpointer data)
{
    WhService *service = data;

    return wh_surroundings_network(wh_targets_surroundings(service->targets));
}

static void give_owner(const char **principal, const char **name, gpointer data)
{
    WhService *service = data;

    *principal = wh_owner_principal(service->owner);
    *name = wh_owner_name(service->owner);
}

static gboolean claim(const char *principal, GError **error, gpointer data)
{
    WhService *service = data;

    return wh_owner_claim(service->owner, principal, error);
}

static void set_owner(const char *user, WhControlOwnerSet done, gpointer done_data, gpointer data)
{
    WhService *service = data;

    wh_owner_set(service->owner, user, done, done_data);
}

static const GPtrArray *give_findings(gpointer data)
{
    WhService *service = data;

    return service->doctor != NULL ? wh_doctor_findings(service->doctor) : NULL;
}

static void diagnose(WhControlDiagnosed done, gpointer done_data, gpointer data)
{
    WhService *service = data;

    wh_doctor_diagnose(service->doctor, done, done_data);
}

static void on_owner_changed(const char *former, gpointer data)
{
    WhService *service = data;

    wh_control_owner_changed(service->control, former);
}

static void on_owner_named(gpointer data)
{
    WhService *service = data;

    wh_control_service_changed(service->control);
}

static void on_connection(GIOStream *stream, const WhPeer *peer, gpointer data)
{
    WhService *service = data;

    wh_control_accept(service->control, stream, peer);
}

static void on_stop(gpointer data)
{
    WhService *service = data;

    service->stopped(service->stopped_data);
}

static void make_net(WhService *service, const WhOptions *options)
{
    g_autofree char *ca_folder = wh_paths_ca_folder();
    g_autofree char *folder = g_build_filename(options->config, "providers", NULL);
    g_autofree char *detail = NULL;
    g_auto(GStrv) problems = NULL;

    service->http = wh_http_new(service->clock, ca_folder, wh_paths_system_name());
    service->dns = wh_dns_client_new(service->clock);
    wh_http_set_binder(service->http, wh_uplink_bind);
    wh_dns_client_set_binder(service->dns, wh_uplink_bind);
    service->resolver = wh_resolver_new(service->clock);
    service->authority = wh_authority_new(service->clock, service->dns, wh_dns_servers_list);
    service->providers =
        wh_providers_new(service->clock, service->http, service->dns, service->resolver);
    problems = wh_providers_load_folder(service->providers, folder);
    detail = g_strjoinv(" ", problems);
    wh_notices_set(service->notices, "provider_files", problems[0] != NULL ? detail : NULL);
}

static void watch_rival(WhService *service)
{
    g_autofree char *address = wh_paths_control_address(WH_PATHS_SYSTEM);

    if (service->scope == WH_PATHS_USER)
        service->rival = wh_rival_new(service, address);
}

static void make_keeper(WhService *service)
{
    const WhKeeperListener listener = {.changed = wh_events_keeper_changed,
                                       .event = wh_events_keeper_event};

    service->publisher = wh_publisher_new(service->providers);
    service->witnesses = wh_witnesses_new(service->authority);
    service->targets = wh_targets_new();
    service->keeper = wh_keeper_new(service->clock, service->publisher, service->witnesses,
                                    wh_store_journal(service->store),
                                    wh_targets_aimer(service->targets), &listener, service);
    service->accounts = wh_accounts_new(service->clock, service->store, service->vault,
                                        service->providers, service->keeper);
    wh_publisher_set_accounts(service->publisher, service->accounts);
    wh_chronicle_set_rooms(service->chronicle, service->accounts, service->keeper);
    watch_rival(service);
    wh_accounts_restore(service->accounts);
    wh_declared_load(service);
}

static void make_detector(WhService *service, const WhOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *problem = NULL;
    g_autofree char *detail = NULL;

    service->outlook = wh_outlook_new();
    service->monitor = wh_address_monitor_new(wh_events_addresses_changed, service, &error);
    if (service->monitor == NULL) {
        detail = g_strdup_printf("This computer's addresses cannot be read: %s", error->message);
        wh_notices_set(service->notices, "addresses_unreadable", detail);
    } else {
        wh_outlook_take(service->outlook, wh_address_monitor_snapshot(service->monitor));
    }
    wh_vpn_restore(service);
    service->interfaces = wh_interfaces_new(service->monitor, service->vpn_choices);
    service->outside = wh_outside_asker_new(service->http, service->dns);
    service->detector = wh_detector_new(service->clock, service->interfaces, service->outside,
                                        wh_outside_operators(options->config, &problem),
                                        wh_events_verdict, service);
    wh_notices_set(service->notices, "outside_file", problem);
}

static void make_doctor(WhService *service)
{
    g_autofree char *problem = NULL;

    service->doctor = wh_doctor_new(service, &problem);
    wh_notices_set(service->notices, "probes_file", problem);
}

static void make_surroundings(WhService *service)
{
    service->home_router = wh_home_router_new(service);
    service->whereabouts = wh_whereabouts_new(service);
    service->neighbourhood = wh_neighbourhood_new(service);
}

static void make_owner(WhService *service)
{
    const WhOwnerListener listener = {.changed = on_owner_changed, .named = on_owner_named};

    if (service->scope == WH_PATHS_USER)
        return;
    service->permission = wh_permission_new();
    service->owner = wh_owner_new(service->store, &listener, service);
}

static void make_control(WhService *service)
{
    const WhControlRooms rooms = {
        .clock = service->clock,
        .accounts = service->accounts,
        .keeper = service->keeper,
        .detector = service->detector,
        .providers = service->providers,
        .store = service->store,
        .vault = service->vault,
        .permission = service->permission,
        .system_scope = service->scope == WH_PATHS_SYSTEM,
        .started = wh_clock_wall(service->clock),
        .is_instant = is_instant,
        .look_again = wh_events_look_again,
        .set_paused = set_paused,
        .allow_secret_file = wh_safe_allow_file,
        .keep_unattended = wh_safe_keep_unattended,
        .reload = wh_declared_reload,
        .owner = give_owner,
        .claim = claim,
        .set_vpn = wh_vpn_set,
        .vpn_choices = wh_vpn_choices_of,
        .set_owner = set_owner,
        .notices = give_notices,
        .findings = give_findings,
        .diagnose = diagnose,
        .network = give_network,
        .data = service,
    };

    service->control = wh_control_new(&rooms);
}

static void restore_pause(WhService *service)
{
    g_autofree char *paused = wh_store_setting(service->store, SETTING_PAUSED);

    if (g_strcmp0(paused, "1") != 0)
        return;
    wh_detector_set_paused(service->detector, TRUE);
    wh_keeper_set_paused(service->keeper, TRUE);
}

static void watch_sleep(WhService *service)
{
    g_autoptr(GError) error = NULL;

    service->sleep = wh_sleep_monitor_new(wh_events_resumed, service, &error);
    if (service->sleep == NULL)
        g_info("Nobody tells when this computer wakes up: %s", error->message);
}

static void watch_clock(WhService *service)
{
    g_autoptr(GError) error = NULL;

    service->clock_watch = wh_clock_watch_new(wh_events_clock_set, service, &error);
    if (service->clock_watch == NULL)
        g_info("Nobody tells when this computer's clock is set: %s", error->message);
}

/* The first verdict starts the first update, so everything that only people need comes after it. */
static void start(WhService *service)
{
    wh_events_settle(service);
    wh_events_look(service);
    wh_service_host_ready(service->host, "Running");
    watch_sleep(service);
    watch_clock(service);
    wh_events_remember(service, wh_event_new(WH_EVENT_STARTED, wh_clock_wall(service->clock)));
    wh_chronicle_add_start(service->chronicle, service->scope == WH_PATHS_USER,
                           wh_accounts_hosts(service->accounts)->len);
}

WhService *wh_service_new(const WhOptions *options, WhServiceStopped stopped, gpointer data,
                          GError **error)
{
    g_autoptr(WhService) service = g_new0(WhService, 1);

    service->clock = wh_clock_system();
    service->scope = options->scope;
    service->config = g_strdup(options->config);
    service->stopped = stopped;
    service->stopped_data = data;
    service->pending_events = g_ptr_array_new_with_free_func(free_event);
    service->chronicle = wh_chronicle_new(service->clock);
    service->notices = wh_notices_new(service->chronicle);
    service->host = wh_service_host_new(on_stop, wh_declared_reload_now, service);
    /* First, while there is one thread: what the service manager handed over stands in the
     * environment. Nobody is served before the main loop runs. */
    service->door = wh_front_door_new(service->clock, options, on_connection, service, error);
    if (service->door == NULL)
        return NULL;
    if (!wh_state_open(service, options, error))
        return NULL;
    wh_safe_open(service, options);
    make_net(service, options);
    make_keeper(service);
    make_detector(service, options);
    make_doctor(service);
    make_surroundings(service);
    make_owner(service);
    make_control(service);
    restore_pause(service);
    start(service);
    return g_steal_pointer(&service);
}

static void say_end(WhService *service)
{
    WhLine *line = wh_line_new(WH_LOG_STOPPING);

    wh_line_say(line, "Wayhome ends");
    wh_chronicle_add(service->chronicle, line);
    wh_chronicle_flush(service->chronicle);
    wh_chronicle_set_rooms(service->chronicle, NULL, NULL);
}

void wh_service_free(WhService *service)
{
    wh_service_host_stopping(service->host);
    g_clear_pointer(&service->door, wh_front_door_free);
    g_clear_pointer(&service->sleep, wh_sleep_monitor_free);
    g_clear_pointer(&service->clock_watch, wh_clock_watch_free);
    g_clear_pointer(&service->monitor, wh_address_monitor_free);
    g_clear_pointer(&service->outlook, wh_outlook_free);
    if (service->control != NULL) {
        wh_events_flush(service);
        say_end(service);
    }
    wh_clock_remove_timer(service->clock, &service->settle_timer);
    g_clear_pointer(&service->control, wh_control_free);
    g_clear_pointer(&service->owner, wh_owner_free);
    g_clear_pointer(&service->permission, wh_permission_free);
    g_clear_pointer(&service->home_router, wh_home_router_free);
    g_clear_pointer(&service->whereabouts, wh_whereabouts_free);
    g_clear_pointer(&service->neighbourhood, wh_neighbourhood_free);
    g_clear_pointer(&service->doctor, wh_doctor_free);
    g_clear_pointer(&service->detector, wh_detector_free);
    g_clear_pointer(&service->rival, wh_rival_free);
    g_clear_pointer(&service->accounts, wh_accounts_free);
    g_clear_pointer(&service->keeper, wh_keeper_free);
    g_clear_pointer(&service->targets, wh_targets_free);
    wh_clock_remove_timer(service->clock, &service->settle_timer);
    g_clear_pointer(&service->publisher, wh_publisher_free);
    g_clear_pointer(&service->witnesses, wh_witnesses_free);
    g_clear_pointer(&service->interfaces, wh_interfaces_free);
    g_clear_pointer(&service->vpn_choices, wh_vpn_choices_free);
    g_clear_pointer(&service->outside, wh_outside_asker_free);
    g_clear_pointer(&service->providers, wh_providers_free);
    g_clear_pointer(&service->authority, wh_authority_free);
    g_clear_pointer(&service->resolver, wh_resolver_free);
    g_clear_pointer(&service->dns, wh_dns_client_free);
    g_clear_pointer(&service->http, wh_http_free);
    wh_safe_finish(service);
    g_clear_pointer(&service->vault, wh_vault_free);
    g_clear_pointer(&service->store, wh_store_free);
    g_clear_pointer(&service->host, wh_service_host_free);
    g_clear_pointer(&service->notices, wh_notices_free);
    g_clear_pointer(&service->chronicle, wh_chronicle_free);
    g_ptr_array_unref(service->pending_events);
    g_free(service->config);
    g_free(service);
}
