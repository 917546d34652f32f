/* What one file of the administrator says: an account and its hosts.
 *
 *   [account]                          [host home.example.org]
 *   provider=duckdns                   ipv4=true
 *   label=At home                      ipv6=false
 *   field.NAME=...                     ttl=300
 *   secret.NAME=credential:CREDENTIAL, or file:PATH
 *
 * and, of a host, suffix=, mac=, lan=, withhold-unreachable= and networks=.
 *
 * Nothing passes silently: what is not known, is there twice or is missing is a problem with its
 * line. No problem quotes what may be a secret. Whether a provider has such fields is not known
 * here. */
#pragma once

#include <glib.h>

#include "service/base/device.h"

G_BEGIN_DECLS

/* Where a secret is. */
typedef enum {
    WH_DECLARED_CREDENTIAL, /* of the service manager, by name */
    WH_DECLARED_PATH,       /* a file of its own; may be relative */
} WhDeclaredPlace;

typedef struct {
    char *field;
    WhDeclaredPlace place;
    char *where;
    guint line;
} WhDeclaredSecret;

/* name: as it is written, with %h filled in. The others: see WhHost. */
typedef struct {
    char *name;
    gboolean wants[WH_N_FAMILIES];
    guint32 ttl;
    WhDevice device;
    guint8 suffix[WH_SUFFIX_SIZE];
    guint8 mac[WH_MAC_SIZE];
    gboolean lan;
    gboolean withhold_unreachable;
    GStrv networks;
    guint line;
} WhDeclaredHost;

/* fields: name to text. secrets: WhDeclaredSecret; hosts: WhDeclaredHost, in the file's order.
 * lines: the number of the line by key ("provider", "field.NAME", ...). */
typedef struct {
    char *path;
    char *provider;
    char *label;
    GHashTable *fields;
    GPtrArray *secrets;
    GPtrArray *hosts;
    GHashTable *lines;
} WhDeclaredFile;

/* NULL: `problems` (of char *) got one or more "PATH:LINE: sentence", or the file says nothing at
 * all. computer: see wh_computer_label_fill_in(). */
WhDeclaredFile *wh_declared_file_parse(const char *path, const char *text, gsize length,
                                       const char *computer, GPtrArray *problems);
void wh_declared_file_free(WhDeclaredFile *file);

/* The line of that key, else that of [account]. */
guint wh_declared_file_line(const WhDeclaredFile *file, const char *key);

/* Adds "PATH:LINE: SENTENCE" to `problems`; line 0: of the whole file. */
void wh_declared_file_complain(GPtrArray *problems, const char *path, guint line,
                               const char *sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDeclaredFile, wh_declared_file_free)

G_END_DECLS
