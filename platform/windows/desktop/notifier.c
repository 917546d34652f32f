#include "platform/notifier.h"

#include "platform/windows/desktop/desk.h"
#include "platform/windows/desktop/icon_image.h"

/* desk: NULL when the system has no more windows. */
struct WhNotifier {
    WhNotifierFunc acted;
    gpointer data;
    WhDesk *desk;
};

/* Toasts of the tray have no buttons: the message's own click is all that can be pressed. */
static void clicked(const char *key, gpointer data)
{
    WhNotifier *notifier = data;

    notifier->acted(key, "default", notifier->data);
}

WhNotifier *wh_notifier_new(const char *name, const char *desktop_entry, WhNotifierFunc acted,
                            gpointer data)
{
    WhNotifier *notifier = g_new0(WhNotifier, 1);

    notifier->acted = acted;
    notifier->data = data;
    notifier->desk = wh_desk_acquire();
    if (notifier->desk != NULL)
        wh_desk_notifier_open(notifier->desk, name, clicked, notifier);
    return notifier;
}

void wh_notifier_free(WhNotifier *notifier)
{
    if (notifier == NULL)
        return;
    if (notifier->desk != NULL)
        wh_desk_notifier_close(notifier->desk);
    wh_desk_release(notifier->desk);
    g_free(notifier);
}

static void picture_free(gpointer picture)
{
    DestroyIcon(picture);
}

void wh_notifier_show(WhNotifier *notifier, const WhNotifierMessage *message)
{
    WhNotifierLetter *letter;

    if (notifier->desk == NULL)
        return;
    letter = wh_notifier_letter_new(message);
    if (*letter->icon != '\0')
        letter->picture =
            wh_icon_image_new(letter->icon, NULL, wh_desk_icon_size(notifier->desk, TRUE));
    letter->picture_free = picture_free;
    wh_desk_notifier_post(notifier->desk, letter);
}

void wh_notifier_withdraw(WhNotifier *notifier, const char *key)
{
    if (notifier->desk != NULL)
        wh_desk_notifier_post(notifier->desk, wh_notifier_letter_new_withdrawal(key));
}
