#include "platform/autostart.h"

#include "platform/windows/text.h"

#include <string.h>

#define CURRENT_VERSION L"Software\\Microsoft\\Windows\\CurrentVersion\\"
#define RUN CURRENT_VERSION L"Run"
#define APPROVED CURRENT_VERSION L"Explorer\\StartupApproved\\Run"

/* What Explorer and the Task Manager keep of an entry: an odd number for one that is off, and since
 * when. */
typedef struct {
    guint32 state;
    guint32 since[2];
} Approval;

#define SWITCHED_OFF 3

static wchar_t *value_name(const char *id)
{
    const char *dot = strrchr(id, '.');

    return wh_windows_wide(dot != NULL ? dot + 1 : id);
}

static gboolean has_value(HKEY root, const wchar_t *key, const wchar_t *name)
{
    return RegGetValueW(root, key, name, RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND, NULL,
                        NULL, NULL) == ERROR_SUCCESS;
}

static gboolean is_switched_off(HKEY root, const wchar_t *name)
{
    BYTE data[64];
    DWORD length = sizeof data;

    return RegGetValueW(root, APPROVED, name, RRF_RT_REG_BINARY, NULL, data, &length) ==
               ERROR_SUCCESS &&
           length > 0 && (data[0] & 1) != 0;
}

static gboolean starts(const wchar_t *name)
{
    if (is_switched_off(HKEY_CURRENT_USER, name))
        return FALSE;
    return has_value(HKEY_CURRENT_USER, RUN, name) ||
           (has_value(HKEY_LOCAL_MACHINE, RUN, name) && !is_switched_off(HKEY_LOCAL_MACHINE, name));
}

gboolean wh_autostart_is_enabled(const char *id)
{
    g_autofree wchar_t *name = value_name(id);

    return starts(name);
}

gboolean wh_autostart_is_refused(const char *id)
{
    g_autofree wchar_t *name = value_name(id);

    return is_switched_off(HKEY_CURRENT_USER, name);
}

static gboolean complain(LSTATUS code, GError **error)
{
    if (code == ERROR_SUCCESS)
        return TRUE;
    wh_windows_set_error(error, (guint32)code, "What starts when you sign in could not be changed");
    return FALSE;
}

static gboolean remove_value(const wchar_t *key, const wchar_t *name, GError **error)
{
    LSTATUS code = RegDeleteKeyValueW(HKEY_CURRENT_USER, key, name);

    return complain(code == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : code, error);
}

/* RegSetKeyValue() makes the key when it is missing. */
static gboolean set_value(const wchar_t *key, const wchar_t *name, DWORD type, const void *data,
                          gsize length, GError **error)
{
    return complain(RegSetKeyValueW(HKEY_CURRENT_USER, key, name, type, data, (DWORD)length),
                    error);
}

static gboolean write_command(const wchar_t *name, const char *program, const char *argument,
                              GError **error)
{
    g_autofree char *command = g_strdup_printf("\"%s\" %s", program, argument);
    g_autofree wchar_t *wide = wh_windows_wide(command);

    return set_value(RUN, name, REG_SZ, wide, (wcslen(wide) + 1) * sizeof *wide, error);
}

static gboolean switch_off(const wchar_t *name, GError **error)
{
    Approval approval = {.state = SWITCHED_OFF};
    FILETIME now;

    GetSystemTimeAsFileTime(&now);
    approval.since[0] = now.dwLowDateTime;
    approval.since[1] = now.dwHighDateTime;
    return set_value(APPROVED, name, REG_BINARY, &approval, sizeof approval, error);
}

/* The person's own entry goes, and one for everybody is left in place but switched off. */
static gboolean disable(const wchar_t *name, GError **error)
{
    if (!remove_value(RUN, name, error))
        return FALSE;
    return !has_value(HKEY_LOCAL_MACHINE, RUN, name) || switch_off(name, error);
}

/* An own entry besides one that an administrator switched off. */
static gboolean enable(const wchar_t *name, const char *program, const char *argument,
                       GError **error)
{
    if (!remove_value(APPROVED, name, error))
        return FALSE;
    return starts(name) || write_command(name, program, argument, error);
}

gboolean wh_autostart_set_enabled(const char *id, const char *name, const char *program,
                                  const char *argument, gboolean enabled, GError **error)
{
    g_autofree wchar_t *value = value_name(id);

    if (starts(value) == enabled)
        return TRUE;
    return enabled ? enable(value, program, argument, error) : disable(value, error);
}
