/* Who lives on the fake computer: root, www-data and these two people, uid:1000 and uid:1001. */
#pragma once

#define WH_FAKE_USERS_ALICE "alice"
#define WH_FAKE_USERS_BOB "bob"
