/* The real command line against a service with canned answers. */
#pragma once

#include "tests/unit/test_stub_service.h"

G_BEGIN_DECLS

/* A home for one test: a stub at a socket of its own. */
typedef struct {
    char *folder;
    char *socket;
    StubService *stub;
} Fixture;

/* What came of a run of the program. */
typedef struct {
    gboolean done;
    int code;
    char *out;
    char *err;
} Run;

void set_up(Fixture *fixture, gconstpointer data);
void tear_down(Fixture *fixture, gconstpointer data);

/* An answer of Status: one host with one record; more: further members of the record; hosts:
 * further hosts, of a second account. */
char *state_with(const char *record_state, const char *more, const char *hosts);

/* Starts the program. */
GSubprocess *start(const char *socket, const char *arguments);

/* Fails the test: it waited too long. For a timeout. */
gboolean too_late(gpointer data);

/* Runs it to its end with `input` at standard input. */
Run run_at(const char *socket, const char *arguments, const char *input);

/* The same with a whole command line. */
Run run_line(const char *line, const char *input);

/* Runs it; checks the exit code and that standard output and error hold the texts (NULL: whatever).
 */
void expect_with(Fixture *fixture, const char *arguments, const char *input, int code,
                 const char *out, const char *err);
void expect(Fixture *fixture, const char *arguments, int code, const char *out, const char *err);

/* The last call of `method` had these parameters. */
void expect_called(Fixture *fixture, const char *method, const char *parameters);

/* What is said where "sudo" makes an administrator, and where a terminal is opened as one. */
const char *either(const char *sudo, const char *terminal);

G_END_DECLS
