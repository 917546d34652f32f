#include "platform/windows/desktop/desk_menu.h"

#include "platform/tray_icon.h"
#include "platform/windows/desktop/shell.h"
#include "platform/windows/text.h"

/* In a menu "&" is what "_" is elsewhere, and stands for itself when it is doubled; what comes
 * after a tab is put to the right. */
static wchar_t *label_of(const char *label)
{
    g_autofree char *valid = g_utf8_make_valid(label != NULL ? label : "", -1);
    g_auto(GStrv) parts = g_strsplit(valid, "&", -1);
    g_autofree char *doubled = g_strjoinv("&&", parts);

    return wh_windows_wide(g_strdelimit(doubled, "\t\n\r", ' '));
}

static void append(HMENU menu, const WhTrayMenuItem *item)
{
    g_autofree wchar_t *label = label_of(item->label);
    MENUITEMINFOW info = {.cbSize = sizeof info,
                          .fMask = MIIM_FTYPE | MIIM_ID | MIIM_STATE | MIIM_STRING,
                          .fType = item->id == 0 ? MFT_SEPARATOR : MFT_STRING,
                          .wID = (UINT)item->id,
                          .dwTypeData = label};

    if (item->id == 0)
        info.fMask &= ~(UINT)MIIM_STRING;
    info.fState = (item->insensitive ? MFS_DISABLED : MFS_ENABLED) |
                  (item->checkable && item->checked ? MFS_CHECKED : MFS_UNCHECKED);
    InsertMenuItemW(menu, (UINT)GetMenuItemCount(menu), TRUE, &info);
}

int wh_desk_menu_run(HWND window, const GArray *items, int x, int y)
{
    HMENU menu = CreatePopupMenu();
    int id = 0;

    if (menu == NULL)
        return 0;
    for (guint i = 0; i < items->len; i++)
        append(menu, &g_array_index(items, WhTrayMenuItem, i));
    id = wh_shell_track_menu(window, menu, x, y);
    DestroyMenu(menu);
    return id;
}
