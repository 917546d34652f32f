/* A service with canned answers, for tests of its clients. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef struct StubService StubService;

/* Listens at `address` until it is freed. */
StubService *stub_service_new(const char *address);
void stub_service_free(StubService *stub);

/* What the calls of `method` (without its interface) are answered with from now on; an error when
 * `error_name` is not NULL. The text is JSON and is checked against the interface file. Without an
 * answer: MethodNotFound. */
void stub_service_answer(StubService *stub, const char *method, const char *text);
void stub_service_refuse(StubService *stub, const char *method, const char *error_name,
                         const char *text);

/* Calls of `method` are never answered from now on. */
void stub_service_ignore(StubService *stub, const char *method);

/* How often `method` was called. */
guint stub_service_count(StubService *stub, const char *method);

/* The parameters of the last call of `method`, borrowed; NULL: it was not called. */
json_t *stub_service_called(StubService *stub, const char *method);

/* A member of Service that these tests do not look at, after another member. */
#define STUB_SECRETS                                                                               \
    ",\"secrets\":{\"kept_in\":\"file\",\"keyring\":\"unused\",\"writer\":\"service\","            \
    "\"file_allowed\":false}"

/* Sends something to every connection as it is (with a final NUL), or ends them. */
void stub_service_send(StubService *stub, const char *text);
void stub_service_hang_up(StubService *stub);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(StubService, stub_service_free)

G_END_DECLS
