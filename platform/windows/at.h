/* Files and folders by a plain name in a folder that is held open: nothing can be put in their way
 * between a look and a use. (NtCreateFile and NtSetInformationFile with a RootDirectory; names that
 * are devices in a path, like "con", are ordinary here.)
 *
 * A link (reparse point) is never followed; it is opened itself. Each function returns a code as
 * GetLastError() does, ERROR_SUCCESS when it is done. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

typedef enum {
    WH_AT_OPEN,   /* what is there */
    WH_AT_CREATE, /* something new; ERROR_ALREADY_EXISTS (or ERROR_FILE_EXISTS) otherwise */
    WH_AT_EITHER,
} WhAtHow;

typedef struct {
    WhAtHow how;
    ACCESS_MASK access;              /* besides SYNCHRONIZE and reading the attributes */
    DWORD share;                     /* FILE_SHARE_... */
    gboolean folder;                 /* FALSE: it may be anything, and what is made is a file */
    gboolean through;                /* what is done with it is on the disk when it is done */
    PSECURITY_DESCRIPTOR descriptor; /* of what is made; NULL: as the folder says */
} WhAtWish;

guint32 wh_at_open(HANDLE folder, const char *name, const WhAtWish *wish, HANDLE *handle);

/* What is open with DELETE gets another name in `folder`. */
guint32 wh_at_rename(HANDLE handle, HANDLE folder, const char *name, gboolean replace);

/* What is open with DELETE is gone when it is closed. Its name is free then, where the system can
 * do that, also while somebody else, such as a virus scanner, has it open. */
guint32 wh_at_delete(HANDLE handle);

/* Of what is open. */
gboolean wh_at_is_link(HANDLE handle);
gboolean wh_at_is_folder(HANDLE handle);

/* Everything in a folder (open with FILE_LIST_DIRECTORY) whose name ends with `suffix`, for
 * g_strfreev(), in *names. */
guint32 wh_at_list(HANDLE folder, const char *suffix, char ***names);

/* The suffix is compared as the file system does: ASCII in either case. */
gboolean wh_at_has_suffix(const char *name, const char *suffix);

G_END_DECLS
