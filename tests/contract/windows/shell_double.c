#include "tests/contract/windows/shell_double.h"

#include "platform/windows/desktop/desk.h"
#include "platform/windows/desktop/shell.h"
#include "platform/windows/text.h"

/* Read and written in the test's thread and the desk's. */
typedef struct {
    GMutex lock;
    gboolean present;
    gboolean busy;
    gboolean old;
    HANDLE process;
    HWND window; /* of the icon, NULL: there is none */
    UINT message;
    UINT version;
    GQueue choices;
    guint calls;
    char *tip;
    char *picture;
    char *menu;
    char *title;
    char *body;
    DWORD kind;
    gboolean end_first;
} Shell;

static Shell *shell(void)
{
    static Shell the_shell;

    return &the_shell;
}

static void lock(void)
{
    g_mutex_lock(&shell()->lock);
}

/* What changed may be what the main loop waits for. */
static void unlock(void)
{
    g_mutex_unlock(&shell()->lock);
    g_main_context_wakeup(NULL);
}

static void take(char **text, char *value)
{
    g_free(*text);
    *text = value;
}

static void balloon_clear(void)
{
    g_clear_pointer(&shell()->title, g_free);
    g_clear_pointer(&shell()->body, g_free);
}

static void forget_icon(void)
{
    shell()->window = NULL;
    shell()->version = 0;
    take(&shell()->tip, NULL);
    take(&shell()->picture, NULL);
    balloon_clear();
}

static void process_end(void)
{
    if (shell()->process == NULL)
        return;
    SetEvent(shell()->process);
    CloseHandle(shell()->process);
    shell()->process = NULL;
}

void wh_shell_double_reset(void)
{
    lock();
    forget_icon();
    process_end();
    shell()->present = FALSE;
    shell()->busy = FALSE;
    shell()->old = FALSE;
    g_queue_clear(&shell()->choices);
    shell()->calls = 0;
    shell()->end_first = FALSE;
    unlock();
}

static void tell_that_it_came(void)
{
    HWND window = FindWindowW(WH_DESK_CLASS, NULL);

    if (window != NULL)
        PostMessageW(window, RegisterWindowMessageW(L"TaskbarCreated"), 0, 0);
}

void wh_shell_double_set_present(gboolean present)
{
    lock();
    forget_icon();
    process_end();
    shell()->present = present;
    if (present)
        shell()->process = CreateEventW(NULL, TRUE, FALSE, NULL);
    unlock();
    if (present)
        tell_that_it_came();
}

void wh_shell_double_restart(void)
{
    lock();
    forget_icon();
    unlock();
    tell_that_it_came();
}

void wh_shell_double_set_busy(gboolean busy)
{
    lock();
    shell()->busy = busy;
    unlock();
}

void wh_shell_double_set_old(gboolean old)
{
    lock();
    shell()->old = old;
    unlock();
}

/* Shell_NotifyIcon(), NOTIFYICON_VERSION_4: the place in wParam, the event and the icon's number in
 * lParam. */
void wh_shell_double_send(UINT event)
{
    lock();
    if (shell()->window != NULL && shell()->version == NOTIFYICON_VERSION_4)
        PostMessageW(shell()->window, shell()->message, MAKEWPARAM(3, 4), MAKELPARAM(event, 1));
    unlock();
}

void wh_shell_double_dismiss(void)
{
    lock();
    balloon_clear();
    unlock();
    wh_shell_double_send(NIN_BALLOONTIMEOUT);
}

void wh_shell_double_announce_end_first(void)
{
    lock();
    shell()->end_first = TRUE;
    unlock();
}

void wh_shell_double_choose(int id)
{
    lock();
    g_queue_push_tail(&shell()->choices, GINT_TO_POINTER(id));
    unlock();
    wh_shell_double_send(WM_CONTEXTMENU);
}

char *wh_shell_double_sum(HICON picture)
{
    ICONINFO info;
    BITMAP bitmap;
    BITMAPINFO header = {.bmiHeader = {.biSize = sizeof header.bmiHeader,
                                       .biPlanes = 1,
                                       .biBitCount = 32,
                                       .biCompression = BI_RGB}};
    g_autofree guchar *pixels = NULL;
    gsize length;
    HDC screen;

    g_assert_true(GetIconInfo(picture, &info));
    g_assert_cmpint(GetObjectW(info.hbmColor, sizeof bitmap, &bitmap), >, 0);
    header.bmiHeader.biWidth = bitmap.bmWidth;
    header.bmiHeader.biHeight = -bitmap.bmHeight;
    length = (gsize)bitmap.bmWidth * (gsize)bitmap.bmHeight * 4;
    pixels = g_malloc0(length);
    screen = GetDC(NULL);
    GetDIBits(screen, info.hbmColor, 0, (UINT)bitmap.bmHeight, pixels, &header, DIB_RGB_COLORS);
    ReleaseDC(NULL, screen);
    DeleteObject(info.hbmColor);
    DeleteObject(info.hbmMask);
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, pixels, length);
}

static void balloon_set(const NOTIFYICONDATAW *data)
{
    balloon_clear();
    if (data->szInfo[0] == 0)
        return;
    if (shell()->end_first)
        PostMessageW(data->hWnd, shell()->message, 0, MAKELPARAM(NIN_BALLOONTIMEOUT, data->uID));
    shell()->title = wh_windows_utf8(data->szInfoTitle);
    shell()->body = wh_windows_utf8(data->szInfo);
    shell()->kind = data->dwInfoFlags;
    PostMessageW(data->hWnd, shell()->message, 0, MAKELPARAM(NIN_BALLOONSHOW, data->uID));
}

static void look(const NOTIFYICONDATAW *data)
{
    if ((data->uFlags & NIF_MESSAGE) != 0)
        shell()->message = data->uCallbackMessage;
    if ((data->uFlags & NIF_TIP) != 0)
        take(&shell()->tip, wh_windows_utf8(data->szTip));
    if ((data->uFlags & NIF_ICON) != 0)
        take(&shell()->picture, wh_shell_double_sum(data->hIcon));
    if ((data->uFlags & NIF_INFO) != 0)
        balloon_set(data);
}

static gboolean answer(DWORD message, const NOTIFYICONDATAW *data)
{
    gboolean known = shell()->window == data->hWnd && data->uID == 1;

    if (!shell()->present || shell()->busy || (message == NIM_ADD) == known)
        return FALSE;
    if (message == NIM_SETVERSION && shell()->old)
        return FALSE;
    if (message == NIM_SETVERSION)
        shell()->version = data->uVersion;
    if (message == NIM_DELETE)
        forget_icon();
    if (message == NIM_ADD)
        shell()->window = data->hWnd;
    if (message == NIM_ADD || message == NIM_MODIFY)
        look(data);
    return TRUE;
}

gboolean wh_shell_notify_icon(DWORD message, NOTIFYICONDATAW *data)
{
    gboolean taken;

    lock();
    shell()->calls++;
    taken = answer(message, data);
    unlock();
    return taken;
}

HANDLE wh_shell_process(void)
{
    HANDLE process = NULL;

    lock();
    if (shell()->process != NULL)
        DuplicateHandle(GetCurrentProcess(), shell()->process, GetCurrentProcess(), &process, 0,
                        FALSE, DUPLICATE_SAME_ACCESS);
    unlock();
    return process;
}

static void append_line(GString *text, HMENU menu, UINT position)
{
    wchar_t label[256];
    MENUITEMINFOW info = {.cbSize = sizeof info,
                          .fMask = MIIM_FTYPE | MIIM_ID | MIIM_STATE | MIIM_STRING,
                          .dwTypeData = label,
                          .cch = G_N_ELEMENTS(label)};
    g_autofree char *utf8 = NULL;
    gboolean disabled;

    g_assert_true(GetMenuItemInfoW(menu, position, TRUE, &info));
    g_string_append(text, position > 0 ? ", " : "");
    if ((info.fType & MFT_SEPARATOR) != 0) {
        g_string_append(text, "-");
        return;
    }
    utf8 = wh_windows_utf8(label);
    disabled = (info.fState & MFS_DISABLED) != 0;
    g_string_append_printf(text, "%s%s%u %s%s", disabled ? "(" : "",
                           (info.fState & MFS_CHECKED) != 0 ? "x" : "", info.wID, utf8,
                           disabled ? ")" : "");
}

int wh_shell_track_menu(HWND window, HMENU menu, int x, int y)
{
    GString *text = g_string_new(NULL);
    int chosen;

    g_assert_cmpint(x, ==, 3);
    g_assert_cmpint(y, ==, 4);
    for (int i = 0; i < GetMenuItemCount(menu); i++)
        append_line(text, menu, (UINT)i);
    lock();
    take(&shell()->menu, g_string_free(text, FALSE));
    chosen = GPOINTER_TO_INT(g_queue_pop_head(&shell()->choices));
    unlock();
    return chosen;
}

guint wh_shell_icon_size(HWND window, gboolean large)
{
    return large ? 32 : 16;
}

/* The desk has done what was asked of it. */
static void settle(void)
{
    WhDesk *desk = wh_desk_acquire();

    wh_desk_settle(desk);
    wh_desk_release(desk);
}

static char *copy_of(char *const *text)
{
    char *copy;

    settle();
    lock();
    copy = g_strdup(*text);
    unlock();
    return copy;
}

char *wh_shell_double_tip(void)
{
    return copy_of(&shell()->tip);
}

char *wh_shell_double_picture(void)
{
    return copy_of(&shell()->picture);
}

char *wh_shell_double_menu(void)
{
    lock();
    take(&shell()->menu, g_strdup(""));
    unlock();
    wh_shell_double_send(WM_CONTEXTMENU);
    return copy_of(&shell()->menu);
}

char *wh_shell_double_balloon(void)
{
    char *text;

    settle();
    lock();
    text = shell()->title != NULL ? g_strconcat(shell()->title, ": ", shell()->body, NULL)
                                  : g_strdup("");
    unlock();
    return text;
}

DWORD wh_shell_double_balloon_kind(void)
{
    return shell()->kind;
}

guint wh_shell_double_icons(void)
{
    settle();
    return shell()->window != NULL ? 1 : 0;
}

guint wh_shell_double_calls(void)
{
    settle();
    return shell()->calls;
}
