/* Accounts that are called alike, told apart. Private to the model. */
#pragma once

#include "app/model/model.h"

G_BEGIN_DECLS

/* Gives every account whose label another one has too something behind it: the first value of its
 * form, no secret, that none of the others has, or else its id. */
void wh_account_labels_tell_apart(WhModel *model);

G_END_DECLS
