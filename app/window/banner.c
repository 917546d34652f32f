#include "app/window/banner.h"

#include "app/window/remedy.h"
#include "app/window/strip.h"
#include "platform/advice.h"

#include <glib/gi18n.h>
#include <string.h>

/* More strips than this would hide the names. */
#define MOST_ACCOUNTS 3

/* knows_owner: the person closed the strip that says who manages it. */
struct _WhBanner {
    GtkBox parent_instance;
    WhModel *model;
    GHashTable *wanted;
    WhKeyringCopyNeed copy_need;
    gboolean knows_owner;
};

G_DEFINE_TYPE(WhBanner, wh_banner, GTK_TYPE_BOX)

/* What a person closes, not the model. */
#define TOLD "told"

static GtkWidget *find(WhBanner *self, const char *key)
{
    g_autoptr(GList) strips = gtk_container_get_children(GTK_CONTAINER(self));
    for (GList *each = strips; each != NULL; each = each->next)
        if (strcmp(wh_strip_key(each->data), key) == 0)
            return each->data;
    return NULL;
}

static GtkWidget *want(WhBanner *self, const char *key)
{
    g_hash_table_add(self->wanted, g_strdup(key));
    GtkWidget *strip = find(self, key);
    if (strip == NULL) {
        strip = wh_strip_new(key);
        gtk_box_pack_start(GTK_BOX(self), strip, FALSE, FALSE, 0);
    }
    return strip;
}

static void sweep(WhBanner *self)
{
    g_autoptr(GList) strips = gtk_container_get_children(GTK_CONTAINER(self));
    for (GList *each = strips; each != NULL; each = each->next)
        if (!g_hash_table_contains(self->wanted, wh_strip_key(each->data)) &&
            strcmp(wh_strip_key(each->data), TOLD) != 0)
            gtk_widget_destroy(each->data);
}

static void set_button(GtkWidget *strip, const char *label, const char *action)
{
    GtkButton *button = wh_strip_button(strip);
    gtk_button_set_label(button, label);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
    gtk_widget_show(GTK_WIDGET(button));
}

static void say_away(WhBanner *self)
{
    GtkWidget *strip = want(self, "away");
    wh_strip_set_words(strip, GTK_MESSAGE_WARNING, wh_model_summary(self->model),
                       wh_model_next_step(self->model));
    set_button(strip, _("Try Again"), "win.retry");
}

static void say_paused(WhBanner *self)
{
    GtkWidget *strip = want(self, "paused");
    wh_strip_set_words(strip, GTK_MESSAGE_INFO, _("Everything is paused"),
                       _("No address is sent to any provider until you resume."));
    wh_remedy_set_button(wh_strip_button(strip), WH_REMEDY_RESUME, NULL, NULL);
}

static gboolean anybody_needs_attention(WhModel *model)
{
    GListModel *hosts = wh_model_hosts(model);
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);
        if (wh_host_item_status(host) == WH_STATUS_ATTENTION)
            return TRUE;
    }
    GListModel *accounts = wh_model_accounts(model);
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        if (wh_account_item_status(account) == WH_STATUS_ATTENTION)
            return TRUE;
    }
    return FALSE;
}

static gboolean needs_keyring(WhModel *model)
{
    return g_list_model_get_n_items(wh_model_accounts(model)) > 0 &&
           strcmp(wh_model_keyring_state(model), "locked") == 0;
}

/* Said here once, and by no card. */
static void say_keyring(WhBanner *self)
{
    GtkWidget *strip = want(self, "keyring");
    wh_strip_set_words(strip, GTK_MESSAGE_INFO, _("The keyring is locked"),
                       _("It holds the passwords and tokens. Once it is open, everything goes on "
                         "by itself; what you type in until then is put there too, if the "
                         "service still runs."));
    wh_remedy_set_button(wh_strip_button(strip), WH_REMEDY_UNLOCK_KEYRING, NULL, NULL);
}

/* What the service itself needs, or how it is. */
static void say_service(WhBanner *self)
{
    WhRemedy remedy = wh_model_remedy(self->model);
    WhStatus status = wh_model_status(self->model);
    const char *next_step = wh_model_next_step(self->model);
    if (remedy == WH_REMEDY_UNLOCK_KEYRING)
        return; /* say_keyring() does */
    if (remedy == WH_REMEDY_ALLOW_FILE) {
        GtkWidget *strip = want(self, "secrets");
        wh_strip_set_words(strip, GTK_MESSAGE_INFO, _("Passwords and tokens are not kept for good"),
                           next_step);
        wh_remedy_set_button(wh_strip_button(strip), remedy, NULL, NULL);
    } else if (status == WH_STATUS_OFFLINE && next_step != NULL) {
        wh_strip_set_words(want(self, "service"), GTK_MESSAGE_INFO, wh_model_summary(self->model),
                           next_step);
    } else if (status == WH_STATUS_ATTENTION && !anybody_needs_attention(self->model)) {
        wh_strip_set_words(want(self, "service"), GTK_MESSAGE_WARNING,
                           wh_model_summary(self->model), next_step);
    }
}

static void say_copy(WhBanner *self)
{
    if (self->copy_need == WH_KEYRING_COPY_LOCKED) {
        GtkWidget *strip = want(self, "copy");
        wh_strip_set_words(strip, GTK_MESSAGE_INFO, _("Your keyring is locked"),
                           _("The copies of passwords and tokens that it keeps cannot be used or "
                             "added to until you unlock it."));
        set_button(strip, wh_remedy_label(WH_REMEDY_UNLOCK_KEYRING), "app.unlock-keyring");
    } else if (self->copy_need == WH_KEYRING_COPY_ABSENT) {
        GtkWidget *strip = want(self, "no-copy");
        wh_strip_set_words(
            strip, GTK_MESSAGE_INFO, _("Passwords and tokens are not kept for good"),
            _("You have no keyring, and this computer keeps no copy: after a restart "
              "they have to be given again."));
        set_button(strip, _("Keep a copy"), "win.unattended");
    }
}

static void owner_known(GtkWidget *strip, int response, gpointer data)
{
    WhBanner *self = data;
    self->knows_owner = TRUE;
    gtk_widget_destroy(strip);
}

static const char *who_may(gboolean owned)
{
    if (!wh_advice_asks_for_password())
        return owned ? _("You can look. To change something takes them, or an administrator.")
                     : _("Whoever adds a name becomes the one who does.");
    return owned ? _("You can look. To change something, you are asked for an administrator's "
                     "password.")
                 : _("Whoever adds a name becomes the one who does. For anything else you are "
                     "asked for an administrator's password.");
}

/* Said once, and not before every click: the system asks for the password where it is needed. */
static void say_owner(WhBanner *self)
{
    const char *owner = wh_model_owner(self->model);
    gboolean known = find(self, "owner") != NULL;
    GtkWidget *strip = want(self, "owner");
    g_autofree char *words = *owner != '\0'
                                 ? g_strdup_printf(_("Managed by %s"), owner)
                                 : g_strdup(_("Nobody manages Wayhome on this computer yet"));
    wh_strip_set_words(strip, GTK_MESSAGE_OTHER, words, who_may(*owner != '\0'));
    if (known)
        return;
    wh_strip_set_closable(strip);
    g_signal_connect(strip, "response", G_CALLBACK(owner_known), self);
}

static guint count_hosts(WhModel *model, const char *account)
{
    guint count = 0;
    GListModel *hosts = wh_model_hosts(model);
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);
        count += g_strcmp0(wh_host_item_account(host), account) == 0;
    }
    return count;
}

static gboolean say_account(WhBanner *self, WhAccountItem *account)
{
    const char *id = wh_account_item_id(account);
    const char *sentence = wh_account_item_sentence(account);
    WhRemedy remedy = wh_account_item_remedy(account);
    if (wh_account_item_status(account) != WH_STATUS_ATTENTION ||
        count_hosts(self->model, id) == 1 || remedy == WH_REMEDY_UNLOCK_KEYRING)
        return FALSE;
    g_autofree char *key = g_strconcat("account ", id, NULL);
    g_autofree char *words = g_strdup_printf(_("%s: %s"), wh_account_item_label(account), sentence);
    GtkWidget *strip = want(self, key);
    wh_strip_set_words(strip, GTK_MESSAGE_WARNING, words, wh_account_item_next_step(account));
    wh_remedy_set_button(wh_strip_button(strip), remedy, NULL, id);
    return TRUE;
}

static void say_accounts(WhBanner *self)
{
    guint said = 0;
    GListModel *accounts = wh_model_accounts(self->model);
    for (guint i = 0; i < g_list_model_get_n_items(accounts) && said < MOST_ACCOUNTS; i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        said += (guint)say_account(self, account);
    }
}

static void changed(WhBanner *self)
{
    g_hash_table_remove_all(self->wanted);
    gboolean known = g_list_model_get_n_items(wh_model_hosts(self->model)) > 0;
    WhLinkState state = wh_link_state(wh_model_link(self->model));
    if (state != WH_LINK_UP && state != WH_LINK_CONNECTING && known) {
        say_away(self);
    } else if (state == WH_LINK_UP) {
        if (wh_model_is_paused(self->model))
            say_paused(self);
        if (needs_keyring(self->model))
            say_keyring(self);
        if (known && !self->knows_owner && wh_model_caller(self->model) == WH_CALLER_OBSERVE)
            say_owner(self);
        say_copy(self);
        say_service(self);
        say_accounts(self);
    }
    sweep(self);
}

static void dispose(GObject *object)
{
    WhBanner *self = WH_BANNER(object);
    g_clear_object(&self->model);
    g_clear_pointer(&self->wanted, g_hash_table_unref);
    G_OBJECT_CLASS(wh_banner_parent_class)->dispose(object);
}

static void wh_banner_class_init(WhBannerClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = dispose;
}

static void wh_banner_init(WhBanner *self)
{
    self->wanted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void wh_banner_set_model(WhBanner *banner, WhModel *model)
{
    banner->model = g_object_ref(model);
    g_signal_connect_object(model, "changed", G_CALLBACK(changed), banner, G_CONNECT_SWAPPED);
    changed(banner);
}

void wh_banner_set_copy_need(WhBanner *banner, WhKeyringCopyNeed need)
{
    banner->copy_need = need;
    changed(banner);
}

static void tell(WhBanner *banner, GtkMessageType type, const char *words)
{
    GtkWidget *strip = find(banner, TOLD);
    if (strip == NULL) {
        strip = wh_strip_new(TOLD);
        wh_strip_set_closable(strip);
        g_signal_connect(strip, "response", G_CALLBACK(gtk_widget_destroy), NULL);
        gtk_box_pack_start(GTK_BOX(banner), strip, FALSE, FALSE, 0);
        gtk_box_reorder_child(GTK_BOX(banner), strip, 0);
    }
    wh_strip_set_words(strip, type, words, NULL);
}

void wh_banner_tell(WhBanner *banner, const char *words)
{
    GtkWidget *strip = find(banner, TOLD);
    if (words != NULL)
        tell(banner, GTK_MESSAGE_ERROR, words);
    else if (strip != NULL)
        gtk_widget_destroy(strip);
}

void wh_banner_say(WhBanner *banner, const char *words)
{
    tell(banner, GTK_MESSAGE_INFO, words);
}
