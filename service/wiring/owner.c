#include "service/wiring/owner.h"

#include "platform/users.h"
#include "service/base/log.h"

#include <string.h>

#define SETTING "owner"
#define SETTING_NAME "owner name"

/* Before the principal of an owner whose number another user has by now: nobody's principal. */
#define GONE "gone:"

/* naming: cancels the look-up of the name; NULL: none. untold: who the owner is now is logged with
 * the name that is looked up. settings: Setting, under way. */
struct WhOwner {
    WhStore *store;
    WhOwnerListener listener;
    gpointer data;
    char *principal;
    char *name;
    GCancellable *naming;
    gboolean untold;
    GPtrArray *settings;
};

/* owner NULL: it is gone, and this was answered. */
typedef struct {
    WhOwner *owner;
    WhOwnerSet done;
    gpointer data;
} Setting;

typedef struct {
    char *principal;
    char *name;
} Found;

static void found_free(gpointer data)
{
    Found *found = data;

    g_free(found->principal);
    g_free(found->name);
    g_free(found);
}

static void name_in_thread(GTask *task, gpointer source, gpointer principal, GCancellable *cancel)
{
    g_task_return_pointer(task, wh_users_name(principal), g_free);
}

/* That it cannot be written down is not this owner's trouble: it is found out anew next time. */
static void remember_name(WhOwner *owner, const char *name)
{
    g_autoptr(GError) error = NULL;

    if (!wh_store_put_setting(owner->store, SETTING_NAME, name, &error))
        g_info("The name of the owner is not remembered: %s", error->message);
}

/* The number of a user who was deleted is given to a new one, who owns nothing by that. Root, who
 * made it so, says who is the owner now; also when it is the same person under another name. */
static void retire(WhOwner *owner, const char *known, const char *name)
{
    g_autofree char *former = g_steal_pointer(&owner->principal);
    WhLine *line = wh_line_new(WH_LOG_OWNER);

    owner->principal = g_strconcat(GONE, former, NULL);
    g_free(owner->name);
    owner->name = g_strdup(known);
    wh_store_put_setting(owner->store, SETTING, owner->principal, NULL);
    wh_line_set(line, WH_LOG_FIELD_PRINCIPAL, former);
    wh_line_say(line,
                "%s is %s now, and was %s, the owner: nobody manages the service but an "
                "administrator. To make "
                "somebody the owner: wayhomectl owner NAME",
                former, name, known);
    wh_line_write(line);
    owner->listener.changed(former, owner->data);
}

static void log_change(const WhOwner *owner)
{
    WhLine *line = wh_line_new(WH_LOG_OWNER);

    wh_line_set(line, WH_LOG_FIELD_PRINCIPAL, owner->principal);
    if (owner->principal != NULL)
        wh_line_say(line, "The owner is %s (%s) now", owner->name, owner->principal);
    else
        wh_line_say(line, "Nobody is the owner any more");
    wh_line_write(line);
}

/* Also when the name was not found, or is not waited for any longer. */
static void tell_change(WhOwner *owner)
{
    if (owner->untold)
        log_change(owner);
    owner->untold = FALSE;
}

static void take_name(WhOwner *owner, const char *name)
{
    g_autofree char *known = wh_store_setting(owner->store, SETTING_NAME);

    gboolean renamed = known != NULL && !g_str_equal(known, name);

    if (renamed && wh_users_principals_return()) {
        retire(owner, known, name);
        return;
    }
    if (known == NULL || renamed)
        remember_name(owner, name);
    if (g_str_equal(name, owner->name)) {
        tell_change(owner);
        return;
    }
    g_free(owner->name);
    owner->name = g_strdup(name);
    tell_change(owner);
    owner->listener.named(owner->data);
}

static void on_name(GObject *source, GAsyncResult *result, gpointer data)
{
    WhOwner *owner = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *name = g_task_propagate_pointer(G_TASK(result), &error);

    if (error != NULL)
        return;
    g_clear_object(&owner->naming);
    if (name != NULL)
        take_name(owner, name);
    else
        tell_change(owner);
}

static void stop_naming(WhOwner *owner)
{
    tell_change(owner);
    g_cancellable_cancel(owner->naming);
    g_clear_object(&owner->naming);
}

static void look_for_name(WhOwner *owner)
{
    g_autoptr(GTask) task = NULL;

    owner->naming = g_cancellable_new();
    task = g_task_new(NULL, owner->naming, on_name, owner);
    g_task_set_task_data(task, g_strdup(owner->principal), g_free);
    g_task_run_in_thread(task, name_in_thread);
}

/* What stands behind the kind of principal: a number. */
static char *text_of(const char *principal)
{
    const char *colon = strchr(principal, ':');

    return g_strdup(colon != NULL ? colon + 1 : principal);
}

static void take(WhOwner *owner, const char *principal, const char *name)
{
    stop_naming(owner);
    g_free(owner->principal);
    g_free(owner->name);
    owner->principal = g_strdup(principal);
    owner->name = principal == NULL || name != NULL ? g_strdup(name) : text_of(principal);
}

WhOwner *wh_owner_new(WhStore *store, const WhOwnerListener *listener, gpointer data)
{
    WhOwner *owner = g_new0(WhOwner, 1);
    g_autofree char *principal = wh_store_setting(store, SETTING);
    g_autofree char *name = wh_store_setting(store, SETTING_NAME);

    owner->store = store;
    owner->listener = *listener;
    owner->data = data;
    owner->settings = g_ptr_array_new();
    take(owner, principal, principal != NULL ? name : NULL);
    if (principal != NULL)
        look_for_name(owner);
    return owner;
}

void wh_owner_free(WhOwner *owner)
{
    g_autoptr(GError) gone = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "It ends");

    if (owner == NULL)
        return;
    stop_naming(owner);
    for (guint i = 0; i < owner->settings->len; i++) {
        Setting *setting = g_ptr_array_index(owner->settings, i);

        setting->owner = NULL;
        setting->done(gone, setting->data);
    }
    g_ptr_array_unref(owner->settings);
    g_free(owner->principal);
    g_free(owner->name);
    g_free(owner);
}

const char *wh_owner_principal(const WhOwner *owner)
{
    return owner->principal;
}

const char *wh_owner_name(const WhOwner *owner)
{
    return owner->name;
}

static gboolean change(WhOwner *owner, const char *principal, const char *name, GError **error)
{
    g_autofree char *former = g_strdup(owner->principal);

    if (g_strcmp0(former, principal) == 0)
        return TRUE;
    if (!wh_store_put_setting(owner->store, SETTING_NAME, NULL, error) ||
        !wh_store_put_setting(owner->store, SETTING, principal, error))
        return FALSE;
    take(owner, principal, name);
    if (name != NULL)
        remember_name(owner, name);
    else if (principal != NULL)
        look_for_name(owner);
    owner->untold = TRUE;
    if (owner->naming == NULL)
        tell_change(owner);
    owner->listener.changed(former, owner->data);
    return TRUE;
}

gboolean wh_owner_claim(WhOwner *owner, const char *principal, GError **error)
{
    return change(owner, principal, NULL, error);
}

static void find_in_thread(GTask *task, gpointer source, gpointer user, GCancellable *cancel)
{
    g_autoptr(GError) error = NULL;
    Found *found = g_new0(Found, 1);

    if (user != NULL)
        found->principal = wh_users_find(user, &found->name, &error);
    if (error == NULL) {
        g_task_return_pointer(task, found, found_free);
        return;
    }
    found_free(found);
    g_task_return_error(task, g_steal_pointer(&error));
}

static void on_found(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autofree Setting *setting = data;
    g_autoptr(GError) error = NULL;
    Found *found = g_task_propagate_pointer(G_TASK(result), &error);

    if (setting->owner != NULL) {
        g_ptr_array_remove(setting->owner->settings, setting);
        if (found != NULL)
            change(setting->owner, found->principal, found->name, &error);
        setting->done(error, setting->data);
    }
    g_clear_pointer(&found, found_free);
}

void wh_owner_set(WhOwner *owner, const char *user, WhOwnerSet done, gpointer data)
{
    Setting *setting = g_new0(Setting, 1);
    g_autoptr(GTask) task = NULL;

    *setting = (Setting){owner, done, data};
    g_ptr_array_add(owner->settings, setting);
    task = g_task_new(NULL, NULL, on_found, setting);
    g_task_set_task_data(task, g_strdup(user), g_free);
    g_task_run_in_thread(task, find_in_thread);
}
