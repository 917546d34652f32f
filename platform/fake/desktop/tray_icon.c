#include "platform/tray_icon.h"

#include "platform/fake/desktop_fake.h"

typedef enum { PRESENCE, ACTIVATED, CHOSEN } Kind;

typedef struct {
    Kind kind;
    int id;
    WhTrayIconPresence presence;
} Happening;

struct WhTrayIcon {
    WhTrayIconCallbacks callbacks;
    gpointer data;
    char *name;
    gboolean attention;
    char *title;
    char *body;
    GArray *menu; /* of WhTrayMenuItem */
    guint changes;
    WhTrayIconPresence presence;
    GQueue happenings;
    guint turn;
};

typedef struct {
    WhTrayIconPresence presence;
    WhTrayIcon *icon;
} Desktop;

static Desktop *desktop(void)
{
    static Desktop the_desktop;

    return &the_desktop;
}

static void item_clear(gpointer data)
{
    g_free((char *)((WhTrayMenuItem *)data)->label);
}

/* The last thing here is a callback: the callee may free the icon. */
static void tell(WhTrayIcon *icon, const Happening *happening)
{
    switch (happening->kind) {
    case ACTIVATED:
        icon->callbacks.activated(icon->data);
        break;
    case CHOSEN:
        icon->callbacks.chosen(happening->id, icon->data);
        break;
    case PRESENCE:
        if (icon->presence == happening->presence)
            break;
        icon->presence = happening->presence;
        icon->callbacks.presence(icon->presence, icon->data);
        break;
    }
}

static gboolean turned(gpointer data)
{
    WhTrayIcon *icon = data;
    g_autofree Happening *happening = g_queue_pop_head(&icon->happenings);
    gboolean more = !g_queue_is_empty(&icon->happenings);

    if (!more)
        icon->turn = 0;
    tell(icon, happening);
    return more;
}

static void happen(WhTrayIcon *icon, Happening happening)
{
    if (icon == NULL)
        return;
    g_queue_push_tail(&icon->happenings, g_memdup2(&happening, sizeof happening));
    if (icon->turn == 0)
        icon->turn = g_idle_add(turned, icon);
}

WhTrayIcon *wh_tray_icon_new(const char *id, const char *icon_folder,
                             const WhTrayIconCallbacks *callbacks, gpointer data)
{
    WhTrayIcon *icon = g_new0(WhTrayIcon, 1);

    icon->callbacks = *callbacks;
    icon->data = data;
    icon->name = g_strdup(id);
    icon->title = g_strdup(id);
    icon->body = g_strdup("");
    icon->menu = g_array_new(FALSE, FALSE, sizeof(WhTrayMenuItem));
    g_array_set_clear_func(icon->menu, item_clear);
    g_queue_init(&icon->happenings);
    desktop()->icon = icon;
    happen(icon, (Happening){.kind = PRESENCE, .presence = desktop()->presence});
    return icon;
}

void wh_tray_icon_free(WhTrayIcon *icon)
{
    if (icon == NULL)
        return;
    if (desktop()->icon == icon)
        desktop()->icon = NULL;
    if (icon->turn != 0)
        g_source_remove(icon->turn);
    g_queue_clear_full(&icon->happenings, g_free);
    g_array_unref(icon->menu);
    g_free(icon->name);
    g_free(icon->title);
    g_free(icon->body);
    g_free(icon);
}

static gboolean text_set(char **text, const char *value)
{
    if (value == NULL)
        value = "";
    if (g_str_equal(*text, value))
        return FALSE;
    g_free(*text);
    *text = g_strdup(value);
    return TRUE;
}

void wh_tray_icon_set_icon(WhTrayIcon *icon, const char *name, gboolean attention)
{
    gboolean differs = text_set(&icon->name, name);

    if (differs || !icon->attention != !attention)
        icon->changes++;
    icon->attention = attention;
}

void wh_tray_icon_set_tooltip(WhTrayIcon *icon, const char *title, const char *body)
{
    gboolean title_differs = text_set(&icon->title, title);
    gboolean body_differs = text_set(&icon->body, body);

    if (title_differs || body_differs)
        icon->changes++;
}

static gboolean menu_equal(const GArray *menu, const WhTrayMenuItem *items, guint count)
{
    if (menu->len != count)
        return FALSE;
    for (guint i = 0; i < count; i++) {
        const WhTrayMenuItem *item = &g_array_index(menu, WhTrayMenuItem, i);

        if (item->id != items[i].id || g_strcmp0(item->label, items[i].label) != 0 ||
            !item->insensitive != !items[i].insensitive ||
            !item->checkable != !items[i].checkable || !item->checked != !items[i].checked)
            return FALSE;
    }
    return TRUE;
}

void wh_tray_icon_set_menu(WhTrayIcon *icon, const WhTrayMenuItem *items, guint count)
{
    if (menu_equal(icon->menu, items, count))
        return;
    icon->changes++;
    g_array_set_size(icon->menu, 0);
    for (guint i = 0; i < count; i++) {
        WhTrayMenuItem item = items[i];

        item.label = g_strdup(item.label);
        g_array_append_val(icon->menu, item);
    }
}

WhTrayIconPresence wh_tray_icon_presence(WhTrayIcon *icon)
{
    return icon->presence;
}

void wh_fake_tray_icon_set_presence(WhTrayIconPresence presence)
{
    desktop()->presence = presence;
    happen(desktop()->icon, (Happening){.kind = PRESENCE, .presence = presence});
}

void wh_fake_tray_icon_activate(void)
{
    happen(desktop()->icon, (Happening){.kind = ACTIVATED});
}

void wh_fake_tray_icon_choose(int id)
{
    guint count;
    const WhTrayMenuItem *items = wh_fake_tray_icon_menu(&count);

    for (guint i = 0; i < count; i++)
        if (id > 0 && items[i].id == id && !items[i].insensitive)
            happen(desktop()->icon, (Happening){.kind = CHOSEN, .id = id});
}

const char *wh_fake_tray_icon_name(void)
{
    return desktop()->icon == NULL ? "" : desktop()->icon->name;
}

gboolean wh_fake_tray_icon_attention(void)
{
    return desktop()->icon != NULL && desktop()->icon->attention;
}

const char *wh_fake_tray_icon_title(void)
{
    return desktop()->icon == NULL ? "" : desktop()->icon->title;
}

const char *wh_fake_tray_icon_body(void)
{
    return desktop()->icon == NULL ? "" : desktop()->icon->body;
}

const WhTrayMenuItem *wh_fake_tray_icon_menu(guint *count)
{
    GArray *menu = desktop()->icon == NULL ? NULL : desktop()->icon->menu;

    *count = menu == NULL ? 0 : menu->len;
    return *count == 0 ? NULL : &g_array_index(menu, WhTrayMenuItem, 0);
}

const WhTrayMenuItem *wh_fake_tray_icon_line(const char *label)
{
    guint count;
    const WhTrayMenuItem *items = wh_fake_tray_icon_menu(&count);

    for (guint i = 0; i < count; i++)
        if (g_strcmp0(items[i].label, label) == 0)
            return &items[i];
    return NULL;
}

guint wh_fake_tray_icon_changes(void)
{
    return desktop()->icon == NULL ? 0 : desktop()->icon->changes;
}

void wh_fake_tray_icon_reset(void)
{
    *desktop() = (Desktop){0};
}
