#include "platform/windows/desktop/desk.h"

#include "platform/windows/desktop/desk_window.h"
#include "platform/windows/desktop/shell.h"

/* What happens in the window's thread hops from there: the hops end with whoever listens. */
struct WhDesk {
    guint references;
    WhDeskWindow *window;
    WhHop *tray_hop;
    WhDeskTrayFuncs tray;
    gpointer tray_data;
    WhHop *notifier_hop;
    WhDeskClickedFunc clicked;
    gpointer notifier_data;
};

static void hear_activated(WhDeskErrand *errand)
{
    WhDesk *desk = errand->target;

    desk->tray.tray.activated(desk->tray_data);
}

static void hear_chosen(WhDeskErrand *errand)
{
    WhDesk *desk = errand->target;

    desk->tray.tray.chosen(errand->value, desk->tray_data);
}

static void hear_presence(WhDeskErrand *errand)
{
    WhDesk *desk = errand->target;

    desk->tray.tray.presence((WhTrayIconPresence)errand->value, desk->tray_data);
}

static void hear_resized(WhDeskErrand *errand)
{
    WhDesk *desk = errand->target;

    desk->tray.resized(desk->tray_data);
}

static void hear_clicked(WhDeskErrand *errand)
{
    WhDesk *desk = errand->target;

    desk->clicked(errand->text, desk->notifier_data);
}

WhDesk *wh_desk_acquire(void)
{
    static const WhDeskWindowEars ears = {hear_activated, hear_chosen, hear_presence, hear_resized,
                                          hear_clicked};
    WhDesk *desk = wh_desk_window_find();

    if (desk == NULL) {
        desk = g_new0(WhDesk, 1);
        desk->window = wh_desk_window_new(&ears, desk);
    }
    if (desk->window == NULL) {
        g_free(desk);
        return NULL;
    }
    desk->references++;
    return desk;
}

void wh_desk_release(WhDesk *desk)
{
    if (desk == NULL || --desk->references > 0)
        return;
    wh_desk_window_free(desk->window);
    g_free(desk);
}

static WhDeskErrand *errand_new(WhDesk *desk, WhDeskErrandFunc func)
{
    return wh_desk_window_errand(desk->window, func);
}

void wh_desk_settle(WhDesk *desk)
{
    WhDeskErrand *errand = errand_new(desk, wh_desk_window_signal);
    HANDLE done = CreateEventW(NULL, TRUE, FALSE, NULL);

    errand->object = done;
    wh_desk_window_send(errand);
    WaitForSingleObject(done, INFINITE);
    CloseHandle(done);
}

guint wh_desk_icon_size(WhDesk *desk, gboolean large)
{
    return wh_shell_icon_size(wh_desk_window_handle(desk->window), large);
}

void wh_desk_tray_open(WhDesk *desk, const WhDeskTrayFuncs *funcs, gpointer data)
{
    WhDeskErrand *errand = errand_new(desk, wh_desk_window_open_icon);

    desk->tray = *funcs;
    desk->tray_data = data;
    desk->tray_hop = wh_hop_new(NULL, NULL);
    errand->hop = wh_hop_ref(desk->tray_hop);
    wh_desk_window_send(errand);
}

void wh_desk_tray_show(WhDesk *desk)
{
    wh_desk_window_send(errand_new(desk, wh_desk_window_show_icon));
}

void wh_desk_tray_close(WhDesk *desk)
{
    g_clear_pointer(&desk->tray_hop, wh_hop_free);
    wh_desk_window_send(errand_new(desk, wh_desk_window_close_icon));
}

void wh_desk_tray_set_picture(WhDesk *desk, HICON picture)
{
    WhDeskErrand *errand = errand_new(desk, wh_desk_window_set_picture);

    errand->object = picture;
    wh_desk_window_send(errand);
}

void wh_desk_tray_set_tip(WhDesk *desk, const char *tip)
{
    WhDeskErrand *errand = errand_new(desk, wh_desk_window_set_tip);

    errand->text = g_strdup(tip);
    wh_desk_window_send(errand);
}

static void item_clear(gpointer data)
{
    g_free((char *)((WhTrayMenuItem *)data)->label);
}

void wh_desk_tray_set_menu(WhDesk *desk, const GArray *items)
{
    WhDeskErrand *errand = errand_new(desk, wh_desk_window_set_menu);

    errand->items = g_array_sized_new(FALSE, FALSE, sizeof(WhTrayMenuItem), items->len);
    g_array_set_clear_func(errand->items, item_clear);
    for (guint i = 0; i < items->len; i++) {
        WhTrayMenuItem item = g_array_index(items, WhTrayMenuItem, i);

        item.label = g_strdup(item.label);
        g_array_append_val(errand->items, item);
    }
    wh_desk_window_send(errand);
}

void wh_desk_notifier_open(WhDesk *desk, const char *name, WhDeskClickedFunc clicked, gpointer data)
{
    WhDeskErrand *errand = errand_new(desk, wh_desk_window_open_balloons);

    desk->clicked = clicked;
    desk->notifier_data = data;
    desk->notifier_hop = wh_hop_new(NULL, NULL);
    errand->hop = wh_hop_ref(desk->notifier_hop);
    errand->text = g_strdup(name);
    wh_desk_window_send(errand);
}

void wh_desk_notifier_close(WhDesk *desk)
{
    g_clear_pointer(&desk->notifier_hop, wh_hop_free);
    wh_desk_window_send(errand_new(desk, wh_desk_window_close_balloons));
}

void wh_desk_notifier_post(WhDesk *desk, WhNotifierLetter *letter)
{
    WhDeskErrand *errand = errand_new(desk, wh_desk_window_post);

    errand->object = letter;
    wh_desk_window_send(errand);
}
