#include "tests/unit/test_window_world.h"

#include <string.h>

static gboolean too_late(gpointer data)
{
    g_error("What the test waits for does not come: %s", (const char *)data);
    return G_SOURCE_REMOVE;
}

/* Also what the window does a moment later. */
static void turn(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

/* One for all: GTK keeps what it knows of an application for ever. */
static GtkApplication *application(void)
{
    static GtkApplication *app;
    if (app == NULL) {
        g_autoptr(GError) error = NULL;
        app = gtk_application_new("org.wayhome.Test", G_APPLICATION_NON_UNIQUE);
        g_application_register(G_APPLICATION(app), NULL, &error);
        g_assert_no_error(error);
    }
    return app;
}

void window_world_set_up(WindowWorld *w, const char *state)
{
    world_set_up(&w->world, state);
    w->window = WH_WINDOW(wh_window_new(application(), w->world.model));
    g_object_add_weak_pointer(G_OBJECT(w->window), (gpointer *)&w->window);
    gtk_window_present(GTK_WINDOW(w->window));
    turn();
}

void window_world_tear_down(WindowWorld *w)
{
    gtk_widget_destroy(GTK_WIDGET(w->window));
    turn();
    g_assert_null(w->window);
    world_tear_down(&w->world);
}

char *window_world_state(const char *service, const char *hosts)
{
    return world_state(service, "",
                       "{\"id\":\"a1\",\"provider\":\"duckdns\",\"label\":\"Ours\",\"fields\":{},"
                       "\"secrets\":[{\"field\":\"token\",\"state\":\"present\"}],"
                       "\"halted\":false}",
                       hosts);
}

GtkWidget *window_world_dialog(WindowWorld *w)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();
    for (GList *each = windows; each != NULL; each = each->next)
        if (GTK_IS_DIALOG(each->data) && gtk_widget_get_visible(each->data) &&
            gtk_window_get_transient_for(each->data) == GTK_WINDOW(w->window))
            return each->data;
    return NULL;
}

static void add_child(GtkWidget *child, gpointer children)
{
    g_ptr_array_add(children, child);
}

typedef gboolean (*Wanted)(GtkWidget *widget, gpointer data);

static GtkWidget *search(GtkWidget *root, Wanted wanted, gpointer data)
{
    if (!gtk_widget_get_visible(root) || !gtk_widget_get_child_visible(root))
        return NULL;
    if (wanted(root, data))
        return root;
    if (!GTK_IS_CONTAINER(root))
        return NULL;
    g_autoptr(GPtrArray) children = g_ptr_array_new();
    gtk_container_forall(GTK_CONTAINER(root), add_child, children);
    for (guint i = 0; i < children->len; i++) {
        GtkWidget *found = search(children->pdata[i], wanted, data);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* What a screen reader would say: its own name, or that of its label. */
static const char *spoken(GtkWidget *widget)
{
    AtkObject *accessible = gtk_widget_get_accessible(widget);
    const char *name = atk_object_get_name(accessible);
    if (name != NULL && *name != '\0')
        return name;
    g_autoptr(AtkRelationSet) relations = atk_object_ref_relation_set(accessible);
    AtkRelation *labels =
        atk_relation_set_get_relation_by_type(relations, ATK_RELATION_LABELLED_BY);
    if (labels == NULL)
        return NULL;
    return atk_object_get_name(g_ptr_array_index(atk_relation_get_target(labels), 0));
}

typedef struct {
    GType type;
    const char *text;
} Sought;

static gboolean is_sought(GtkWidget *widget, gpointer data)
{
    const Sought *sought = data;
    return G_TYPE_CHECK_INSTANCE_TYPE(widget, sought->type) &&
           g_strcmp0(spoken(widget), sought->text) == 0;
}

static gboolean holds_text(GtkWidget *widget, gpointer data)
{
    const Sought *sought = data;
    return GTK_IS_LABEL(widget) &&
           strstr(gtk_label_get_text(GTK_LABEL(widget)), sought->text) != NULL;
}

GtkWidget *window_world_find(gpointer root, GType type, const char *name)
{
    Sought sought = {type, name};
    return search(root, is_sought, &sought);
}

GtkWidget *window_world_label(gpointer root, const char *text)
{
    Sought sought = {G_TYPE_NONE, text};
    return search(root, holds_text, &sought);
}

gboolean window_world_says(gpointer root, const char *text)
{
    return window_world_label(root, text) != NULL;
}

static void painted(GdkFrameClock *clock, gpointer frames)
{
    ++*(guint *)frames;
}

void window_world_settle(gpointer root)
{
    guint frames = 0;
    GdkFrameClock *clock = gtk_widget_get_frame_clock(root);
    guint deadline = g_timeout_add_seconds(60, too_late, (gpointer) "the window is drawn");
    gulong handler = g_signal_connect(clock, "after-paint", G_CALLBACK(painted), &frames);
    /* The first may have been under way. */
    while (frames < 3) {
        gdk_frame_clock_request_phase(clock, GDK_FRAME_CLOCK_PHASE_PAINT);
        g_main_context_iteration(NULL, TRUE);
    }
    g_signal_handler_disconnect(clock, handler);
    g_source_remove(deadline);
}

void window_world_until_says(gpointer root, const char *text)
{
    guint deadline = g_timeout_add_seconds(60, too_late, (gpointer)(guintptr)text);
    while (!window_world_says(root, text))
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

json_t *window_world_until_called(WindowWorld *w, const char *method)
{
    guint deadline = g_timeout_add_seconds(60, too_late, (gpointer)(guintptr)method);
    json_t *parameters;
    while ((parameters = stub_service_called(w->world.stub, method)) == NULL)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    return parameters;
}

void window_world_until_closed(WindowWorld *w)
{
    guint deadline = g_timeout_add_seconds(60, too_late, (gpointer) "the form closes");
    while (window_world_dialog(w) != NULL)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

void window_world_press(gpointer root, const char *name)
{
    GtkWidget *button = window_world_find(root, GTK_TYPE_BUTTON, name);
    if (button == NULL)
        g_error("There is no button “%s”", name);
    g_assert_true(gtk_widget_is_sensitive(button));
    gtk_button_clicked(GTK_BUTTON(button));
    turn();
}

void window_world_type(gpointer root, const char *name, const char *text)
{
    GtkWidget *entry = window_world_find(root, GTK_TYPE_ENTRY, name);
    if (entry == NULL)
        g_error("There is no entry “%s”", name);
    gtk_entry_set_text(GTK_ENTRY(entry), text);
    turn();
}

/* Without what is no thing of its own to a screen reader. */
static gboolean is_nameless(GtkWidget *widget, gpointer data)
{
    GtkWidget *parent = gtk_widget_get_parent(widget);
    if (!gtk_widget_get_can_focus(widget) || GTK_IS_WINDOW(widget) ||
        GTK_IS_SCROLLED_WINDOW(widget) ||
        (parent != NULL && gtk_widget_get_ancestor(parent, GTK_TYPE_COMBO_BOX) != NULL))
        return FALSE;
    const char *name = spoken(widget);
    return name == NULL || *name == '\0';
}

void window_world_assert_names(gpointer root)
{
    GtkWidget *nameless = search(root, is_nameless, NULL);
    if (nameless != NULL)
        g_error("A %s has no accessible name", G_OBJECT_TYPE_NAME(nameless));
}
