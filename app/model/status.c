#include "app/model/status.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE(WhStatus, wh_status, G_DEFINE_ENUM_VALUE(WH_STATUS_OK, "ok"),
                   G_DEFINE_ENUM_VALUE(WH_STATUS_PAUSED, "paused"),
                   G_DEFINE_ENUM_VALUE(WH_STATUS_UPDATING, "updating"),
                   G_DEFINE_ENUM_VALUE(WH_STATUS_OFFLINE, "offline"),
                   G_DEFINE_ENUM_VALUE(WH_STATUS_ATTENTION, "attention"))

G_DEFINE_ENUM_TYPE(WhRemedy, wh_remedy, G_DEFINE_ENUM_VALUE(WH_REMEDY_NONE, "none"),
                   G_DEFINE_ENUM_VALUE(WH_REMEDY_RESUME, "resume"),
                   G_DEFINE_ENUM_VALUE(WH_REMEDY_GIVE_SECRET, "give-secret"),
                   G_DEFINE_ENUM_VALUE(WH_REMEDY_EDIT_ACCOUNT, "edit-account"),
                   G_DEFINE_ENUM_VALUE(WH_REMEDY_UNLOCK_KEYRING, "unlock-keyring"),
                   G_DEFINE_ENUM_VALUE(WH_REMEDY_ALLOW_FILE, "allow-file"))

static const char *const names[] = {
    [WH_STATUS_OK] = "wayhome-ok",
    [WH_STATUS_PAUSED] = "wayhome-paused",
    [WH_STATUS_UPDATING] = "wayhome-updating",
    [WH_STATUS_OFFLINE] = "wayhome-offline",
    [WH_STATUS_ATTENTION] = "wayhome-attention",
};

const char *wh_status_icon(WhStatus status)
{
    g_return_val_if_fail((guint)status < G_N_ELEMENTS(names), NULL);
    return names[status];
}

const char *wh_status_name(WhStatus status)
{
    g_return_val_if_fail((guint)status < G_N_ELEMENTS(names), NULL);
    return names[status] + sizeof "wayhome-" - 1;
}

static const char *const labels[] = {
    [WH_REMEDY_NONE] = NULL,
    [WH_REMEDY_RESUME] = N_("Resume"),
    [WH_REMEDY_GIVE_SECRET] = N_("Give it now"),
    [WH_REMEDY_EDIT_ACCOUNT] = N_("Change the settings"),
    [WH_REMEDY_UNLOCK_KEYRING] = N_("Unlock the keyring"),
    [WH_REMEDY_ALLOW_FILE] = N_("Keep it in a private file"),
};

const char *wh_remedy_label(WhRemedy remedy)
{
    g_return_val_if_fail((guint)remedy < G_N_ELEMENTS(labels), NULL);
    return labels[remedy] != NULL ? _(labels[remedy]) : NULL;
}
