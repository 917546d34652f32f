#include "app/application/application.h"
#include "platform/paths.h"
#include "platform/process_setup.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <locale.h>

int main(int argc, char **argv)
{
    wh_process_setup();
    wh_message_use_wiping_allocator();
    setlocale(LC_ALL, "");
    g_autofree char *folder = wh_paths_locale_folder(WH_APPLICATION_LOCALE_DIR);
    bindtextdomain(GETTEXT_PACKAGE, folder);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
    g_autoptr(GtkApplication) application = wh_application_new();
    return g_application_run(G_APPLICATION(application), argc, argv);
}
