/* What the store's tests share: a folder of their own, and things to put into it. */
#pragma once

#include "service/store/store.h"

G_BEGIN_DECLS

/* A new folder that does not exist yet, inside one that does. */
char *test_store_folder_new(void);

/* Removes it with everything in it, and frees the text. */
void test_store_folder_free(char *folder);

/* The file of that name in the folder; for g_free(). */
char *test_store_file(const char *folder, const char *name);

/* The only database, or log of one, that was set aside; or NULL. */
char *test_store_aside(const char *folder, gboolean log);

/* The whole file; for g_bytes_unref(). */
GBytes *test_store_contents(const char *path);

/* Opens and expects neither error nor notice. */
WhStore *test_store_open(const char *folder);

void test_store_put_account(WhStore *store, const char *id, const char *label);
void test_store_put_host(WhStore *store, const char *id, const char *account, const char *name);

/* The ids of all accounts or hosts, joined by spaces. */
char *test_store_account_ids(WhStore *store);
char *test_store_host_ids(WhStore *store);

/* 203.0.113.`last` and 2001:db8::`last`. */
WhAddress test_store_address(WhFamily family, guint last);

G_END_DECLS
