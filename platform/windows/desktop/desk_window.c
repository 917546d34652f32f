#include "platform/windows/desktop/desk_window.h"

#include "platform/windows/desktop/desk.h"
#include "platform/windows/desktop/desk_balloons.h"
#include "platform/windows/desktop/desk_icon.h"

/* icon, balloons: NULL without. The hops end with whoever listens. */
struct WhDeskWindow {
    const WhDeskWindowEars *ears;
    gpointer desk;
    WhWindowThread *thread;
    WhDeskIcon *icon;
    WhDeskBalloons *balloons;
    WhHop *to_tray;
    WhHop *to_notifier;
};

static void tell_tray(WhDeskWindow *window, WhDeskErrandFunc func, int value)
{
    WhDeskErrand *errand;

    if (window->to_tray == NULL)
        return;
    errand = wh_desk_errand_new(window->desk, func);
    errand->value = value;
    wh_hop_send(window->to_tray, wh_desk_errand_run, errand, wh_desk_errand_free);
}

static void icon_activated(gpointer data)
{
    WhDeskWindow *window = data;

    tell_tray(window, window->ears->activated, 0);
}

static void icon_chosen(int id, gpointer data)
{
    WhDeskWindow *window = data;

    tell_tray(window, window->ears->chosen, id);
}

static void icon_presence(WhTrayIconPresence presence, gpointer data)
{
    WhDeskWindow *window = data;

    if (window->balloons != NULL)
        wh_desk_balloons_set_icon(window->balloons, presence == WH_TRAY_ICON_SHOWN);
    tell_tray(window, window->ears->presence, (int)presence);
}

static void icon_resized(gpointer data)
{
    WhDeskWindow *window = data;

    tell_tray(window, window->ears->resized, 0);
}

static void balloon_clicked(const char *key, gpointer data)
{
    WhDeskWindow *window = data;
    WhDeskErrand *errand = wh_desk_errand_new(window->desk, window->ears->clicked);

    errand->text = g_strdup(key);
    wh_hop_send(window->to_notifier, wh_desk_errand_run, errand, wh_desk_errand_free);
}

static gboolean message(HWND handle, UINT what, WPARAM w, LPARAM l, LRESULT *result, gpointer data)
{
    WhDeskWindow *window = data;

    return (window->balloons != NULL && wh_desk_balloons_message(window->balloons, what, w, l)) ||
           (window->icon != NULL && wh_desk_icon_message(window->icon, what, w, l));
}

static void signalled(gpointer data)
{
    WhDeskWindow *window = data;

    if (window->icon != NULL)
        wh_desk_icon_lost(window->icon);
}

WhDeskWindow *wh_desk_window_new(const WhDeskWindowEars *ears, gpointer desk)
{
    static const WhWindowThreadFuncs funcs = {message, signalled};
    WhDeskWindow *window = g_new0(WhDeskWindow, 1);

    window->ears = ears;
    window->desk = desk;
    window->thread = wh_window_thread_new(WH_DESK_CLASS, &funcs, window);
    if (window->thread == NULL)
        g_clear_pointer(&window, g_free);
    return window;
}

void wh_desk_window_free(WhDeskWindow *window)
{
    wh_window_thread_free(window->thread);
    g_free(window);
}

gpointer wh_desk_window_find(void)
{
    WhDeskWindow *window = wh_window_thread_find(WH_DESK_CLASS);

    return window != NULL ? window->desk : NULL;
}

HWND wh_desk_window_handle(WhDeskWindow *window)
{
    return wh_window_thread_window(window->thread);
}

WhDeskErrand *wh_desk_window_errand(WhDeskWindow *window, WhDeskErrandFunc func)
{
    return wh_desk_errand_new(window, func);
}

void wh_desk_window_send(WhDeskErrand *errand)
{
    WhDeskWindow *window = errand->target;

    wh_window_thread_do(window->thread, wh_desk_errand_run, errand, wh_desk_errand_free);
}

void wh_desk_window_open_icon(WhDeskErrand *errand)
{
    static const WhDeskIconFuncs funcs = {{icon_activated, icon_chosen, icon_presence},
                                          icon_resized};
    WhDeskWindow *window = errand->target;

    window->to_tray = g_steal_pointer(&errand->hop);
    window->icon = wh_desk_icon_new(window->thread, &funcs, window);
}

void wh_desk_window_close_icon(WhDeskErrand *errand)
{
    WhDeskWindow *window = errand->target;

    g_clear_pointer(&window->icon, wh_desk_icon_free);
    g_clear_pointer(&window->to_tray, wh_hop_unref);
    if (window->balloons != NULL)
        wh_desk_balloons_set_icon(window->balloons, FALSE);
}

void wh_desk_window_show_icon(WhDeskErrand *errand)
{
    wh_desk_icon_show(((WhDeskWindow *)errand->target)->icon);
}

void wh_desk_window_set_picture(WhDeskErrand *errand)
{
    wh_desk_icon_set_picture(((WhDeskWindow *)errand->target)->icon, errand->object);
}

void wh_desk_window_set_tip(WhDeskErrand *errand)
{
    wh_desk_icon_set_tip(((WhDeskWindow *)errand->target)->icon, errand->text);
}

void wh_desk_window_set_menu(WhDeskErrand *errand)
{
    wh_desk_icon_set_menu(((WhDeskWindow *)errand->target)->icon, errand->items);
}

void wh_desk_window_open_balloons(WhDeskErrand *errand)
{
    WhDeskWindow *window = errand->target;
    HWND handle = wh_window_thread_window(window->thread);

    window->to_notifier = g_steal_pointer(&errand->hop);
    window->balloons = wh_desk_balloons_new(handle, errand->text, balloon_clicked, window);
    wh_desk_balloons_set_icon(window->balloons,
                              window->icon != NULL && wh_desk_icon_is_shown(window->icon));
}

void wh_desk_window_close_balloons(WhDeskErrand *errand)
{
    WhDeskWindow *window = errand->target;

    g_clear_pointer(&window->balloons, wh_desk_balloons_free);
    g_clear_pointer(&window->to_notifier, wh_hop_unref);
}

void wh_desk_window_post(WhDeskErrand *errand)
{
    WhDeskWindow *window = errand->target;

    wh_desk_balloons_push(window->balloons, g_steal_pointer(&errand->object));
}

void wh_desk_window_signal(WhDeskErrand *errand)
{
    SetEvent(errand->object);
}
