/* What the model says about the service itself. */
#include "app/client/sentences.h"
#include "app/model/item_private.h"
#include "app/model/model_private.h"
#include "app/model/summary_notice.h"
#include "platform/advice.h"

#include <string.h>

WhCaller wh_model_caller(WhModel *model)
{
    return wh_link_caller(model->link);
}

gboolean wh_model_must_claim(WhModel *model)
{
    return wh_link_must_claim(model->link);
}

gboolean wh_model_may_change(WhModel *model)
{
    return wh_model_caller(model) != WH_CALLER_OBSERVE || wh_model_must_claim(model) ||
           wh_advice_asks_for_password();
}

const char *wh_model_owner(WhModel *model)
{
    return wh_item_text(model->service, "owner");
}

char *wh_model_owner_sentence(WhModel *model)
{
    return wh_sentence_owner(model->service);
}

WhUnattended wh_model_unattended(WhModel *model)
{
    json_t *unattended = json_object_get(json_object_get(model->service, "secrets"), "unattended");
    if (!json_is_boolean(unattended))
        return WH_UNATTENDED_NONE;
    return json_is_true(unattended) ? WH_UNATTENDED_ON : WH_UNATTENDED_OFF;
}

char *wh_model_secret_place(WhModel *model)
{
    return wh_sentence_secret_place(model->service);
}

const char *wh_model_scope(WhModel *model)
{
    return wh_item_text(model->service, "scope");
}

const char *wh_model_secrets_kept_in(WhModel *model)
{
    return wh_item_text(json_object_get(model->service, "secrets"), "kept_in");
}

const char *wh_model_keyring_state(WhModel *model)
{
    return wh_item_text(json_object_get(model->service, "secrets"), "keyring");
}

const char *wh_model_keyring_writer(WhModel *model)
{
    return wh_item_text(json_object_get(model->service, "secrets"), "writer");
}

guint wh_model_n_notices(WhModel *model)
{
    return (guint)json_array_size(json_object_get(model->service, "notices"));
}

const char *wh_model_notice(WhModel *model, guint index)
{
    const char *code =
        json_string_value(json_array_get(json_object_get(model->service, "notices"), index));
    return code != NULL ? code : "";
}

char *wh_model_notice_sentence(WhModel *model, guint index)
{
    return wh_summary_notice(model->service, index);
}

char *wh_model_notice_next_step(WhModel *model, guint index)
{
    return wh_summary_notice_step(model->service, index);
}

gboolean wh_model_notice_is_pressing(WhModel *model, guint index)
{
    return wh_status_is_pressing(model->service, wh_model_notice(model, index));
}
