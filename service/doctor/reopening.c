#include "service/doctor/reopening.h"

gboolean wh_reopening_take(WhReopening *way, WhFactsWeb web, WhReopeningLine line)
{
    gboolean opens =
        web == WH_FACTS_WEB_FREE && (way->blocked || (line == WH_REOPENING_IN_VAIN && !way->acted));

    if (web == WH_FACTS_WEB_PORTAL || web == WH_FACTS_WEB_SILENT)
        way->blocked = TRUE;
    else if (web == WH_FACTS_WEB_FREE)
        way->blocked = FALSE;
    if (way->blocked || line == WH_REOPENING_SETTLED)
        way->acted = FALSE;
    else if (opens)
        way->acted = TRUE;
    return opens;
}
