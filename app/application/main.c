#include "app/application/application.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <locale.h>

int main(int argc, char **argv)
{
    wh_message_use_wiping_allocator();
    setlocale(LC_ALL, "");
    bindtextdomain(GETTEXT_PACKAGE, WH_APPLICATION_LOCALE_DIR);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
    g_autoptr(GtkApplication) application = wh_application_new();
    return g_application_run(G_APPLICATION(application), argc, argv);
}
