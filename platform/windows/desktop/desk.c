#include "platform/windows/desktop/desk.h"

#include "platform/windows/desktop/desk_balloons.h"
#include "platform/windows/desktop/desk_icon.h"
#include "platform/windows/desktop/shell.h"
#include "platform/windows/hop.h"

/* The first part belongs to the main loop's thread, the second (balloons: NULL without a notifier)
 * to the window's. What is to be told hops from there: the hops end with whoever listens. */
struct WhDesk {
    guint references;
    WhWindowThread *thread;
    WhHop *tray_hop;
    WhDeskTrayFuncs tray;
    gpointer tray_data;
    WhHop *notifier_hop;
    WhDeskClickedFunc clicked;
    gpointer notifier_data;

    WhDeskIcon *icon;
    WhDeskBalloons *balloons;
    WhHop *to_tray;
    WhHop *to_notifier;
};

/* One thing for the other thread: there `func` does it with what it is about. */
typedef struct Errand Errand;
struct Errand {
    WhDesk *desk;
    void (*func)(Errand *errand);
    WhHop *hop;
    char *text;
    gpointer object;
    GArray *items;
    int value;
};

static void errand_free(gpointer data)
{
    Errand *errand = data;

    g_clear_pointer(&errand->hop, wh_hop_unref);
    g_clear_pointer(&errand->items, g_array_unref);
    g_free(errand->text);
    g_free(errand);
}

static void errand_run(gpointer data)
{
    Errand *errand = data;

    errand->func(errand);
}

static Errand *errand_new(WhDesk *desk, void (*func)(Errand *errand))
{
    Errand *errand = g_new0(Errand, 1);

    errand->desk = desk;
    errand->func = func;
    return errand;
}

static void send(Errand *errand)
{
    wh_window_thread_do(errand->desk->thread, errand_run, errand, errand_free);
}

/* From here to the next such line everything is called in the window's thread. */

static void tell_tray(WhDesk *desk, void (*func)(Errand *errand), int value)
{
    Errand *errand;

    if (desk->to_tray == NULL)
        return;
    errand = errand_new(desk, func);
    errand->value = value;
    wh_hop_send(desk->to_tray, errand_run, errand, errand_free);
}

static void hear_activated(Errand *errand)
{
    errand->desk->tray.tray.activated(errand->desk->tray_data);
}

static void hear_chosen(Errand *errand)
{
    errand->desk->tray.tray.chosen(errand->value, errand->desk->tray_data);
}

static void hear_presence(Errand *errand)
{
    errand->desk->tray.tray.presence((WhTrayIconPresence)errand->value, errand->desk->tray_data);
}

static void hear_resized(Errand *errand)
{
    errand->desk->tray.resized(errand->desk->tray_data);
}

static void hear_clicked(Errand *errand)
{
    errand->desk->clicked(errand->text, errand->desk->notifier_data);
}

static void icon_activated(gpointer data)
{
    tell_tray(data, hear_activated, 0);
}

static void icon_chosen(int id, gpointer data)
{
    tell_tray(data, hear_chosen, id);
}

static void icon_presence(WhTrayIconPresence presence, gpointer data)
{
    WhDesk *desk = data;

    if (desk->balloons != NULL)
        wh_desk_balloons_set_icon(desk->balloons, presence == WH_TRAY_ICON_SHOWN);
    tell_tray(desk, hear_presence, (int)presence);
}

static void icon_resized(gpointer data)
{
    tell_tray(data, hear_resized, 0);
}

static void balloon_clicked(const char *key, gpointer data)
{
    WhDesk *desk = data;
    Errand *errand = errand_new(desk, hear_clicked);

    errand->text = g_strdup(key);
    wh_hop_send(desk->to_notifier, errand_run, errand, errand_free);
}

static gboolean message(HWND window, UINT what, WPARAM w, LPARAM l, LRESULT *result, gpointer data)
{
    WhDesk *desk = data;

    return (desk->balloons != NULL && wh_desk_balloons_message(desk->balloons, what, w, l)) ||
           (desk->icon != NULL && wh_desk_icon_message(desk->icon, what, w, l));
}

static void signalled(gpointer data)
{
    WhDesk *desk = data;

    if (desk->icon != NULL)
        wh_desk_icon_lost(desk->icon);
}

static void do_icon_new(Errand *errand)
{
    static const WhDeskIconFuncs funcs = {{icon_activated, icon_chosen, icon_presence},
                                          icon_resized};
    WhDesk *desk = errand->desk;

    desk->to_tray = g_steal_pointer(&errand->hop);
    desk->icon = wh_desk_icon_new(desk->thread, &funcs, desk);
}

static void do_icon_free(Errand *errand)
{
    WhDesk *desk = errand->desk;

    g_clear_pointer(&desk->icon, wh_desk_icon_free);
    g_clear_pointer(&desk->to_tray, wh_hop_unref);
    if (desk->balloons != NULL)
        wh_desk_balloons_set_icon(desk->balloons, FALSE);
}

static void do_show(Errand *errand)
{
    wh_desk_icon_show(errand->desk->icon);
}

static void do_picture(Errand *errand)
{
    wh_desk_icon_set_picture(errand->desk->icon, errand->object);
}

static void do_tip(Errand *errand)
{
    wh_desk_icon_set_tip(errand->desk->icon, errand->text);
}

static void do_menu(Errand *errand)
{
    wh_desk_icon_set_menu(errand->desk->icon, errand->items);
}

static void do_balloons_new(Errand *errand)
{
    WhDesk *desk = errand->desk;
    HWND window = wh_window_thread_window(desk->thread);

    desk->to_notifier = g_steal_pointer(&errand->hop);
    desk->balloons = wh_desk_balloons_new(window, errand->text, balloon_clicked, desk);
    wh_desk_balloons_set_icon(desk->balloons,
                              desk->icon != NULL && wh_desk_icon_is_shown(desk->icon));
}

static void do_balloons_free(Errand *errand)
{
    g_clear_pointer(&errand->desk->balloons, wh_desk_balloons_free);
    g_clear_pointer(&errand->desk->to_notifier, wh_hop_unref);
}

static void do_post(Errand *errand)
{
    wh_desk_balloons_push(errand->desk->balloons, g_steal_pointer(&errand->object));
}

static void do_signal(Errand *errand)
{
    SetEvent(errand->object);
}

/* From here on everything is called in the main loop's thread. */

WhDesk *wh_desk_acquire(void)
{
    static const WhWindowThreadFuncs funcs = {message, signalled};
    WhDesk *desk = wh_window_thread_find(WH_DESK_CLASS);

    if (desk == NULL) {
        desk = g_new0(WhDesk, 1);
        desk->thread = wh_window_thread_new(WH_DESK_CLASS, &funcs, desk);
    }
    if (desk->thread == NULL) {
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
    wh_window_thread_free(desk->thread);
    g_free(desk);
}

void wh_desk_settle(WhDesk *desk)
{
    Errand *errand = errand_new(desk, do_signal);
    HANDLE done = CreateEventW(NULL, TRUE, FALSE, NULL);

    errand->object = done;
    send(errand);
    WaitForSingleObject(done, INFINITE);
    CloseHandle(done);
}

guint wh_desk_icon_size(WhDesk *desk, gboolean large)
{
    return wh_shell_icon_size(wh_window_thread_window(desk->thread), large);
}

void wh_desk_tray_open(WhDesk *desk, const WhDeskTrayFuncs *funcs, gpointer data)
{
    Errand *errand = errand_new(desk, do_icon_new);

    desk->tray = *funcs;
    desk->tray_data = data;
    desk->tray_hop = wh_hop_new(NULL, NULL);
    errand->hop = wh_hop_ref(desk->tray_hop);
    send(errand);
}

void wh_desk_tray_show(WhDesk *desk)
{
    send(errand_new(desk, do_show));
}

void wh_desk_tray_close(WhDesk *desk)
{
    g_clear_pointer(&desk->tray_hop, wh_hop_free);
    send(errand_new(desk, do_icon_free));
}

void wh_desk_tray_set_picture(WhDesk *desk, HICON picture)
{
    Errand *errand = errand_new(desk, do_picture);

    errand->object = picture;
    send(errand);
}

void wh_desk_tray_set_tip(WhDesk *desk, const char *tip)
{
    Errand *errand = errand_new(desk, do_tip);

    errand->text = g_strdup(tip);
    send(errand);
}

static void item_clear(gpointer data)
{
    g_free((char *)((WhTrayMenuItem *)data)->label);
}

void wh_desk_tray_set_menu(WhDesk *desk, const GArray *items)
{
    Errand *errand = errand_new(desk, do_menu);

    errand->items = g_array_sized_new(FALSE, FALSE, sizeof(WhTrayMenuItem), items->len);
    g_array_set_clear_func(errand->items, item_clear);
    for (guint i = 0; i < items->len; i++) {
        WhTrayMenuItem item = g_array_index(items, WhTrayMenuItem, i);

        item.label = g_strdup(item.label);
        g_array_append_val(errand->items, item);
    }
    send(errand);
}

void wh_desk_notifier_open(WhDesk *desk, const char *name, WhDeskClickedFunc clicked, gpointer data)
{
    Errand *errand = errand_new(desk, do_balloons_new);

    desk->clicked = clicked;
    desk->notifier_data = data;
    desk->notifier_hop = wh_hop_new(NULL, NULL);
    errand->hop = wh_hop_ref(desk->notifier_hop);
    errand->text = g_strdup(name);
    send(errand);
}

void wh_desk_notifier_close(WhDesk *desk)
{
    g_clear_pointer(&desk->notifier_hop, wh_hop_free);
    send(errand_new(desk, do_balloons_free));
}

void wh_desk_notifier_post(WhDesk *desk, WhNotifierLetter *letter)
{
    Errand *errand = errand_new(desk, do_post);

    errand->object = letter;
    send(errand);
}
