#include "tests/unit/test_model_world.h"

#include "platform/fake/fake.h"

#define PROVIDERS                                                                                  \
    "{\"providers\":[{\"id\":\"zz\",\"name\":\"zebra\",\"untested\":true,\"fields\":[]},"          \
    "{\"id\":\"duckdns\",\"name\":\"Duck DNS\",\"untested\":false,\"signup\":"                     \
    "\"https://duck.example\",\"home\":\"http://duck.example\",\"name_suffix\":\"duck.example\","  \
    "\"fields\":[{\"name\":\"token\",\"label\":\"Token\",\"kind\":\"secret\",\"required\":true,"   \
    "\"choices\":[]},{\"name\":\"mode\",\"label\":\"Mode\",\"kind\":\"choice\",\"required\":"      \
    "false,\"choices\":[\"a\",\"b\"],\"fallback\":\"a\"}]},"                                       \
    "{\"id\":\"own\",\"name\":\"Own server\",\"untested\":false,\"fields\":["                      \
    "{\"name\":\"server\",\"label\":\"Server\",\"kind\":\"host\",\"required\":true,"               \
    "\"endpoint\":true,\"choices\":[]},"                                                           \
    "{\"name\":\"user\",\"label\":\"User\",\"kind\":\"text\",\"required\":false,"                  \
    "\"choices\":[]},"                                                                             \
    "{\"name\":\"port\",\"label\":\"Port\",\"kind\":\"number\",\"required\":false,"                \
    "\"choices\":[],\"minimum\":1,\"maximum\":9},"                                                 \
    "{\"name\":\"password\",\"label\":\"Password\",\"kind\":\"secret\",\"required\":true,"         \
    "\"choices\":[]},"                                                                             \
    "{\"name\":\"key\",\"label\":\"Key\",\"kind\":\"secret\",\"required\":false,"                  \
    "\"choices\":[]}]}]}"

static gboolean too_late(gpointer data)
{
    g_error("What the test waits for does not come");
    return G_SOURCE_REMOVE;
}

static void changed(WhModel *model, gpointer data)
{
    World *world = data;
    world->changes++;
}

static void event_came(WhModel *model, WhEventItem *item, gpointer data)
{
    World *world = data;
    g_string_append_printf(world->events, "%s;", wh_event_item_sentence(item));
}

void world_wait(World *world)
{
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    guint before = world->changes;
    while (world->changes == before)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

/* Also until the connection of that request is over: what is sent goes to all that there are. */
static void wait_for_providers(World *world)
{
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    while (g_list_model_get_n_items(wh_model_providers(world->model)) == 0)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

void world_set_up(World *world, const char *state)
{
    wh_fake_reset();
    *world = (World){.events = g_string_new(NULL), .link = wh_link_new("/here")};
    if (state != NULL) {
        world->stub = stub_service_new("/here");
        stub_service_answer(world->stub, "Watch", state);
        stub_service_answer(world->stub, "ListProviders", PROVIDERS);
    }
    world->model = wh_model_new(world->link);
    g_signal_connect(world->model, "changed", G_CALLBACK(changed), world);
    g_signal_connect(world->model, "event", G_CALLBACK(event_came), world);
    if (state == NULL)
        return;
    world_wait(world);
    wait_for_providers(world);
}

void world_tear_down(World *world)
{
    g_assert_finalize_object(world->model);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_finalize_object(world->link);
    g_clear_pointer(&world->stub, stub_service_free);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_string_free(world->events, TRUE);
}

char *world_state(const char *service, const char *verdicts, const char *accounts,
                  const char *hosts)
{
    return g_strdup_printf("{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"user\","
                           "\"started\":1,\"instant\":true,%s},\"verdicts\":[%s],"
                           "\"accounts\":[%s],\"hosts\":[%s]}}",
                           service, verdicts, accounts, hosts);
}

char *world_host(const char *id, const char *name, const char *state)
{
    return g_strdup_printf("{\"id\":\"%s\",\"name\":\"%s\",\"account\":\"a1\",\"paused\":false,"
                           "\"records\":[{\"family\":\"ipv4\",\"state\":\"%s\","
                           "\"acknowledged\":\"203.0.113.9\",\"proof\":{\"status\":\"none\","
                           "\"witnesses\":[]}}]}",
                           id, name, state);
}

void world_send(World *world, const char *changes)
{
    g_autofree char *text = g_strdup_printf("{\"continues\":true,\"parameters\":%s}", changes);
    stub_service_send(world->stub, text);
    world_wait(world);
}
