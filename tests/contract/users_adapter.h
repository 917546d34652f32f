/* Whom the contract tests of users.h can count on. */
#pragma once

/* Accounts that are no person's, and one that is (NULL: this computer has none), with its
 * principal. */
extern const char *const wh_adapter_system_users[];
const char *wh_adapter_person(void);
const char *wh_adapter_principal(void);

/* An account that every computer has: its principal and its name; and principals that mean nobody,
 * the last of them NULL. */
extern const char *const wh_adapter_known_principal;
extern const char *const wh_adapter_known_name;
extern const char *const wh_adapter_nobodies[];
