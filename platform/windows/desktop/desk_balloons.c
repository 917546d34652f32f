#include "platform/windows/desktop/desk_balloons.h"

#include "platform/windows/desktop/fitting.h"

#include <string.h>

#define TIMER 2
#define PATIENCE_MILLISECONDS 15000

/* current: on the screen, or NULL. last: the key of the one before, which may still be clicked
 * where the system collects what is over, or NULL. expected: the shell has not said yet that it
 * shows it, and what it says of an end is about the one before. overdue: it has been there for so
 * long that those that wait are shown all the same; the shell tells nothing of messages that it
 * keeps back. resting: the shell refused one, and is left alone for a moment. */
struct WhDeskBalloons {
    HWND window;
    char *name;
    WhDeskBalloonsFunc clicked;
    gpointer data;
    WhNotifierQueue *waiting;
    WhNotifierLetter *current;
    char *last;
    gboolean expected;
    gboolean overdue;
    gboolean resting;
    gboolean has_icon;
};

WhDeskBalloons *wh_desk_balloons_new(HWND window, const char *name, WhDeskBalloonsFunc clicked,
                                     gpointer data)
{
    WhDeskBalloons *balloons = g_new0(WhDeskBalloons, 1);

    balloons->window = window;
    balloons->name = g_strdup(name);
    balloons->clicked = clicked;
    balloons->data = data;
    balloons->waiting = wh_notifier_queue_new();
    return balloons;
}

static void current_clear(WhDeskBalloons *balloons)
{
    g_clear_pointer(&balloons->current, wh_notifier_letter_free);
    balloons->expected = FALSE;
    balloons->overdue = FALSE;
    balloons->resting = FALSE;
    KillTimer(balloons->window, TIMER);
}

void wh_desk_balloons_free(WhDeskBalloons *balloons)
{
    if (balloons == NULL)
        return;
    current_clear(balloons);
    wh_notifier_queue_free(balloons->waiting);
    g_free(balloons->last);
    g_free(balloons->name);
    g_free(balloons);
}

static DWORD kind_of(const WhNotifierLetter *letter)
{
    if (letter->picture != NULL)
        return NIIF_USER | NIIF_LARGE_ICON;
    return letter->urgency == WH_NOTIFIER_CRITICAL ? NIIF_WARNING : NIIF_INFO;
}

/* An empty text takes a balloon away: a message without one gets a blank. */
static gboolean show(WhDeskBalloons *balloons, const WhNotifierLetter *letter)
{
    NOTIFYICONDATAW data = {.uFlags = NIF_INFO};
    const char *title = *letter->title != '\0' ? letter->title : balloons->name;

    wh_fitting_copy(data.szInfoTitle, G_N_ELEMENTS(data.szInfoTitle), title);
    wh_fitting_copy(data.szInfo, G_N_ELEMENTS(data.szInfo),
                    *letter->body != '\0' ? letter->body : " ");
    data.dwInfoFlags = kind_of(letter) | NIIF_RESPECT_QUIET_TIME;
    data.hBalloonIcon = letter->picture;
    return wh_desk_icon_ask(balloons->window, NIM_MODIFY, &data);
}

static void take_away(WhDeskBalloons *balloons)
{
    NOTIFYICONDATAW data = {.uFlags = NIF_INFO};

    wh_desk_icon_ask(balloons->window, NIM_MODIFY, &data);
}

static gboolean is_current(WhDeskBalloons *balloons, const char *key)
{
    return balloons->current != NULL && strcmp(balloons->current->key, key) == 0;
}

static void last_set(WhDeskBalloons *balloons, const char *key)
{
    char *copy = g_strdup(key);

    g_free(balloons->last);
    balloons->last = copy;
}

static void put_on_screen(WhDeskBalloons *balloons, WhNotifierLetter *letter)
{
    gboolean shown = show(balloons, letter);

    current_clear(balloons);
    balloons->current = shown ? letter : NULL;
    balloons->expected = shown;
    balloons->resting = !shown;
    if (!shown)
        wh_notifier_queue_unpop(balloons->waiting, letter);
    SetTimer(balloons->window, TIMER, PATIENCE_MILLISECONDS, NULL);
}

/* A withdrawal or a replacement of what is on the screen does not wait behind other messages. */
static void hand_over(WhDeskBalloons *balloons, WhNotifierLetter *letter)
{
    if (!letter->withdraws) {
        put_on_screen(balloons, letter);
        return;
    }
    take_away(balloons);
    current_clear(balloons);
    wh_notifier_letter_free(letter);
}

static gboolean has_room(WhDeskBalloons *balloons)
{
    return balloons->has_icon && !balloons->resting &&
           (balloons->current == NULL || balloons->overdue);
}

static void next(WhDeskBalloons *balloons)
{
    WhNotifierLetter *letter;

    while (has_room(balloons) && (letter = wh_notifier_queue_pop(balloons->waiting)) != NULL) {
        if (wh_notifier_queue_is_stale(letter))
            wh_notifier_letter_free(letter);
        else
            hand_over(balloons, letter);
    }
}

void wh_desk_balloons_push(WhDeskBalloons *balloons, WhNotifierLetter *letter)
{
    if (g_strcmp0(balloons->last, letter->key) == 0)
        last_set(balloons, NULL);
    if (balloons->has_icon && is_current(balloons, letter->key))
        hand_over(balloons, letter);
    else
        wh_notifier_queue_push(balloons->waiting, letter, FALSE);
    next(balloons);
}

void wh_desk_balloons_set_icon(WhDeskBalloons *balloons, gboolean shown)
{
    balloons->has_icon = shown;
    current_clear(balloons);
    last_set(balloons, NULL);
    next(balloons);
}

static void ended(WhDeskBalloons *balloons)
{
    if (balloons->expected || balloons->current == NULL)
        return;
    last_set(balloons, balloons->current->key);
    current_clear(balloons);
    next(balloons);
}

/* The system does not say which one: what is on the screen, or else was there last. */
static void clicked(WhDeskBalloons *balloons)
{
    g_autofree char *key =
        balloons->current != NULL ? g_strdup(balloons->current->key) : g_strdup(balloons->last);

    current_clear(balloons);
    last_set(balloons, NULL);
    if (key != NULL)
        balloons->clicked(key, balloons->data);
    next(balloons);
}

gboolean wh_desk_balloons_message(WhDeskBalloons *balloons, UINT message, WPARAM w, LPARAM l)
{
    if (message == WM_TIMER && w == TIMER) {
        KillTimer(balloons->window, TIMER);
        balloons->expected = FALSE;
        balloons->overdue = TRUE;
        balloons->resting = FALSE;
        next(balloons);
        return TRUE;
    }
    if (message != WH_DESK_ICON_EVENT)
        return FALSE;
    switch (LOWORD(l)) {
    case NIN_BALLOONSHOW:
        balloons->expected = FALSE;
        return TRUE;
    case NIN_BALLOONTIMEOUT:
    case NIN_BALLOONHIDE:
        ended(balloons);
        return TRUE;
    case NIN_BALLOONUSERCLICK:
        clicked(balloons);
        return TRUE;
    default:
        return FALSE;
    }
}
