/* Whom the contract tests of users.h can count on. */
#pragma once

/* Accounts that are no person's, and one that is (NULL: this computer has none), with its
 * principal. */
extern const char *const wh_adapter_system_users[];
const char *wh_adapter_person(void);
const char *wh_adapter_principal(void);
