#include "app/client/caller.h"

#include "app/client/sentences_private.h"

#include <string.h>

WhCaller wh_caller_of(json_t *service)
{
    const char *caller = wh_sentences_text(service, "caller");
    if (strcmp(caller, "observe") == 0)
        return WH_CALLER_OBSERVE;
    return strcmp(caller, "owner") == 0 ? WH_CALLER_OWNER : WH_CALLER_MANAGE;
}

gboolean wh_caller_must_claim(json_t *service)
{
    return strcmp(wh_sentences_text(service, "scope"), "system") == 0 &&
           *wh_sentences_text(service, "owner") == '\0' &&
           wh_caller_of(service) == WH_CALLER_OBSERVE;
}
