#include "app/tray/tray_menu.h"

#include <glib/gi18n.h>
#include <string.h>

#define HOSTS_MOST 10
#define LABEL_CHARACTERS_MOST 80

/* Of names the ids come after these. */
enum { STATE = 1, MORE, ADD, COPY_IPV4, COPY_IPV6, UPDATE, PAUSE, RESUME, OPEN, QUIT, FIRST_HOST };

/* What stands behind a line, with texts of its own. */
typedef struct {
    int id;
    WhTrayAction action;
    char *host;
    char *address;
} Meaning;

/* ids: of a name -> of its line. items: of WhTrayMenuItem, labels owned. */
struct WhTrayMenu {
    char *name;
    GHashTable *ids;
    int next;
    GArray *items;
    GPtrArray *meanings;
};

static void item_clear(gpointer data)
{
    g_free((char *)((WhTrayMenuItem *)data)->label);
}

static void meaning_free(gpointer data)
{
    Meaning *meaning = data;

    g_free(meaning->host);
    g_free(meaning->address);
    g_free(meaning);
}

static GArray *items_new(void)
{
    GArray *items = g_array_new(FALSE, TRUE, sizeof(WhTrayMenuItem));

    g_array_set_clear_func(items, item_clear);
    return items;
}

WhTrayMenu *wh_tray_menu_new(const char *name)
{
    WhTrayMenu *menu = g_new0(WhTrayMenu, 1);

    menu->name = g_strdup(name);
    menu->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    menu->next = FIRST_HOST;
    menu->items = items_new();
    menu->meanings = g_ptr_array_new_with_free_func(meaning_free);
    return menu;
}

void wh_tray_menu_free(WhTrayMenu *menu)
{
    g_free(menu->name);
    g_hash_table_unref(menu->ids);
    g_array_unref(menu->items);
    g_ptr_array_unref(menu->meanings);
    g_free(menu);
}

static char *shortened(char *label)
{
    char *end;

    if (g_utf8_strlen(label, -1) <= LABEL_CHARACTERS_MOST)
        return label;
    end = g_utf8_offset_to_pointer(label, LABEL_CHARACTERS_MOST - 1);
    *end = '\0';
    end = g_strconcat(label, "…", NULL);
    g_free(label);
    return end;
}

/* Takes the label over. */
static WhTrayMenuItem *add(WhTrayMenu *menu, int id, char *label)
{
    WhTrayMenuItem item = {.id = id, .label = shortened(label)};

    g_array_append_val(menu->items, item);
    return &g_array_index(menu->items, WhTrayMenuItem, menu->items->len - 1);
}

static void add_separator(WhTrayMenu *menu)
{
    WhTrayMenuItem item = {0};

    if (menu->items->len > 0)
        g_array_append_val(menu->items, item);
}

static void mean(WhTrayMenu *menu, int id, WhTrayAction action, const char *host,
                 const char *address)
{
    Meaning *meaning = g_new0(Meaning, 1);

    meaning->id = id;
    meaning->action = action;
    meaning->host = g_strdup(host);
    meaning->address = g_strdup(address);
    g_ptr_array_add(menu->meanings, meaning);
}

static int id_of_host(WhTrayMenu *menu, const char *host)
{
    int id = GPOINTER_TO_INT(g_hash_table_lookup(menu->ids, host));

    if (id == 0) {
        id = menu->next++;
        g_hash_table_insert(menu->ids, g_strdup(host), GINT_TO_POINTER(id));
    }
    return id;
}

/* Where everything is well a line of its own would only be one more to read. */
static void add_state(WhTrayMenu *menu, WhModel *model)
{
    WhStatus status = wh_model_status(model);

    if (!wh_model_is_ready(model)) {
        add(menu, STATE, g_strdup(wh_model_summary(model)))->insensitive = TRUE;
    } else if (status == WH_STATUS_ATTENTION || status == WH_STATUS_OFFLINE) {
        add(menu, STATE, g_strdup(wh_model_summary(model)));
        mean(menu, STATE, WH_TRAY_OPEN, wh_model_remedy_host(model), NULL);
    }
}

static void add_host(WhTrayMenu *menu, WhHostItem *host)
{
    int id = id_of_host(menu, wh_host_item_id(host));
    const char *address = wh_host_item_address(host);
    gboolean well = wh_host_item_status(host) == WH_STATUS_OK && *address != '\0';

    /* Translators: a name, and its address or how it is. */
    add(menu, id,
        g_strdup_printf(_("%s — %s"), wh_host_item_display_name(host),
                        well ? address : wh_host_item_sentence(host)));
    mean(menu, id, WH_TRAY_OPEN, wh_host_item_id(host), NULL);
}

static void add_hosts(WhTrayMenu *menu, WhModel *model)
{
    GListModel *hosts = wh_model_hosts(model);
    guint count = g_list_model_get_n_items(hosts);
    guint shown = count <= HOSTS_MOST + 1 ? count : HOSTS_MOST;

    for (guint i = 0; i < shown; i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);

        add_host(menu, host);
    }
    if (shown < count) {
        add(menu, MORE,
            g_strdup_printf(ngettext("and %u more…", "and %u more…", count - shown),
                            count - shown));
        mean(menu, MORE, WH_TRAY_OPEN, NULL, NULL);
    }
    if (count == 0) {
        add(menu, ADD, g_strdup(_("Add the first name…")));
        mean(menu, ADD, WH_TRAY_OPEN, NULL, NULL);
    }
}

static void add_copies(WhTrayMenu *menu, WhModel *model)
{
    g_autofree char *ipv4 = NULL;
    g_autofree char *ipv6 = NULL;

    g_object_get(model, "ipv4", &ipv4, "ipv6", &ipv6, NULL);
    if (ipv4 == NULL || ipv6 == NULL || *ipv4 + *ipv6 == '\0')
        return;
    add_separator(menu);
    if (*ipv4 != '\0') {
        add(menu, COPY_IPV4, g_strdup_printf(_("Copy IPv4 address %s"), ipv4));
        mean(menu, COPY_IPV4, WH_TRAY_COPY, NULL, ipv4);
    }
    if (*ipv6 != '\0') {
        add(menu, COPY_IPV6, g_strdup_printf(_("Copy IPv6 address %s"), ipv6));
        mean(menu, COPY_IPV6, WH_TRAY_COPY, NULL, ipv6);
    }
}

static void add_commands(WhTrayMenu *menu, WhModel *model)
{
    gboolean ready = wh_model_is_ready(model) && wh_model_may_change(model);
    gboolean paused = wh_model_is_paused(model);
    int pause = paused ? RESUME : PAUSE;
    WhTrayMenuItem *item;

    add_separator(menu);
    add(menu, UPDATE, g_strdup(_("Update now")))->insensitive = !ready || paused;
    mean(menu, UPDATE, WH_TRAY_UPDATE_NOW, NULL, NULL);
    /* Two lines, so that a click that was meant for one is never taken for the other. */
    item = add(menu, pause, g_strdup(_("Pause everything")));
    item->insensitive = !ready;
    item->checkable = TRUE;
    item->checked = paused;
    mean(menu, pause, paused ? WH_TRAY_RESUME : WH_TRAY_PAUSE, NULL, NULL);
    add_separator(menu);
    /* Translators: %s is Wayhome. */
    add(menu, OPEN, g_strdup_printf(_("Open %s"), menu->name));
    mean(menu, OPEN, WH_TRAY_OPEN, NULL, NULL);
    add(menu, QUIT, g_strdup(_("Quit")));
    mean(menu, QUIT, WH_TRAY_QUIT, NULL, NULL);
}

static gboolean items_equal(GArray *a, GArray *b)
{
    if (a->len != b->len)
        return FALSE;
    for (guint i = 0; i < a->len; i++) {
        const WhTrayMenuItem *one = &g_array_index(a, WhTrayMenuItem, i);
        const WhTrayMenuItem *other = &g_array_index(b, WhTrayMenuItem, i);

        if (one->id != other->id || g_strcmp0(one->label, other->label) != 0 ||
            one->insensitive != other->insensitive || one->checkable != other->checkable ||
            one->checked != other->checked)
            return FALSE;
    }
    return TRUE;
}

gboolean wh_tray_menu_update(WhTrayMenu *menu, WhModel *model)
{
    g_autoptr(GArray) before = g_steal_pointer(&menu->items);

    menu->items = items_new();
    g_ptr_array_set_size(menu->meanings, 0);
    add_state(menu, model);
    if (wh_model_is_ready(model)) {
        add_hosts(menu, model);
        add_copies(menu, model);
    }
    add_commands(menu, model);
    return !items_equal(before, menu->items);
}

const WhTrayMenuItem *wh_tray_menu_items(WhTrayMenu *menu, guint *count)
{
    *count = menu->items->len;
    return (const WhTrayMenuItem *)(gpointer)menu->items->data;
}

gboolean wh_tray_menu_choice(WhTrayMenu *menu, int id, WhTrayChoice *choice)
{
    for (guint i = 0; i < menu->meanings->len; i++) {
        const Meaning *meaning = g_ptr_array_index(menu->meanings, i);

        if (meaning->id != id)
            continue;
        *choice = (WhTrayChoice){meaning->action, meaning->host, meaning->address};
        return TRUE;
    }
    return FALSE;
}

char *wh_tray_menu_tooltip(WhModel *model)
{
    const char *next_step = wh_model_next_step(model);

    if (next_step == NULL || *next_step == '\0')
        return g_strdup(wh_model_summary(model));
    return g_strconcat(wh_model_summary(model), "\n", next_step, NULL);
}
