#include "app/cli/secret_place.h"

#include "app/cli/lookup.h"
#include "app/cli/output.h"

#include <glib/gi18n.h>
#include <string.h>

void wh_secret_place_print(json_t *service)
{
    json_t *secrets = json_object_get(service, "secrets");
    if (strcmp(wh_lookup_text(secrets, "kept_in"), "file") != 0)
        return;
    if (strcmp(wh_lookup_text(secrets, "keyring"), "unused") == 0)
        wh_output_wrapped("", 0,
                          _("Passwords and tokens are in files that only the service and the "
                            "administrator of this computer can read."));
    else
        wh_output_wrapped("", 0,
                          _("There is no keyring, so passwords and tokens are in files that only "
                            "you can read. To remove the files: wayhomectl secret-file forbid"));
}
