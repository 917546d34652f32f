#include "app/window/remedy.h"

static void set_action(GtkButton *button, const char *action, const char *target)
{
    GtkActionable *actionable = GTK_ACTIONABLE(button);
    gtk_actionable_set_action_name(actionable, NULL);
    gtk_actionable_set_action_target_value(actionable,
                                           target != NULL ? g_variant_new_string(target) : NULL);
    gtk_actionable_set_action_name(actionable, action);
}

static void set_resume(GtkButton *button, const char *host, const char *account)
{
    if (host != NULL)
        set_action(button, "win.resume-host", host);
    else if (account != NULL)
        set_action(button, "win.resume-account", account);
    else
        set_action(button, "win.resume-all", NULL);
}

void wh_remedy_set_button(GtkButton *button, WhRemedy remedy, const char *host, const char *account)
{
    const char *label = wh_remedy_label(remedy);
    gtk_widget_set_visible(GTK_WIDGET(button), label != NULL);
    if (label == NULL)
        return;
    gtk_button_set_label(button, label);
    switch (remedy) {
    case WH_REMEDY_RESUME:
        set_resume(button, host, account);
        break;
    case WH_REMEDY_GIVE_SECRET:
        set_action(button, "win.give-secret", account != NULL ? account : "");
        break;
    case WH_REMEDY_EDIT_ACCOUNT:
        set_action(button, "win.edit-account", account != NULL ? account : "");
        break;
    case WH_REMEDY_UNLOCK_KEYRING:
        set_action(button, "win.unlock-keyring", NULL);
        break;
    case WH_REMEDY_ALLOW_FILE:
        set_action(button, "win.allow-file", NULL);
        break;
    case WH_REMEDY_NONE:
        break;
    }
}
