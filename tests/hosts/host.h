/*
 * What the scenarios of the C host share: checks that say what failed, arguments by name, and
 * helpers for the library's envelopes.
 */
#ifndef TWITTER_HOST_H
#define TWITTER_HOST_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "twitter_native.h"

#if defined(__GNUC__)
#define HOST_PRINTF(text, values) __attribute__((format(printf, text, values)))
#define HOST_NORETURN __attribute__((noreturn))
#else
#define HOST_PRINTF(text, values)
#define HOST_NORETURN
#endif

/* Ends the process with exit code 1 and a message when `condition` is false. */
#define CHECK(condition, ...) \
    ((condition) ? (void)0 : host_fail(__FILE__, __LINE__, #condition, __VA_ARGS__))

HOST_NORETURN HOST_PRINTF(4, 5)
void host_fail(const char *file, int line, const char *condition, const char *format, ...);

/* Where failures are written. NULL means stderr; a scenario that redirects stderr sets it. */
extern FILE *host_report;

/* The value of `name=value` on the command line. A missing argument fails the scenario. */
const char *argument(const char *name);
const char *argument_or(const char *name, const char *fallback);
unsigned long number_argument(const char *name, unsigned long fallback);

/* What printf would print, as a new string; release it with free(). */
HOST_PRINTF(1, 2)
char *format_text(const char *format, ...);

/* The content of a file; release it with free(). */
uint8_t *read_whole_file(const char *path, size_t *length);

/* `folder`/`name` as a JSON string; release it with twitter_free(). */
char *quoted_path(const char *folder, const char *name);

/* Seconds of a monotonic clock. */
double now(void);
void sleep_milliseconds(long milliseconds);

/* Each of these checks an envelope and releases it. `what` is for the message of a failure. */
void expect_ok(const char *what, char *envelope);
void expect_error(const char *what, char *envelope, const char *kind);
void expect_value(const char *what, char *envelope, const char *pointer, const char *expected);

/* The value at `pointer` of a successful envelope, which is released; release it with twitter_free(). */
char *take_value(const char *what, char *envelope, const char *pointer);

/* Whether the text is an envelope: "ok" true with a result, or false with a known kind. */
int is_envelope(const char *envelope);

/* Uploads a picture with the parameters of the command line and checks that X took it. */
void upload_picture(void);

/* Posts `text` with the parameters of the command line and checks that X took it. */
void post_text(const char *text);

void scenario_basics(void);
void scenario_big(void);
void scenario_cancel(void);
void scenario_descriptors(void);
void scenario_early413(void);
void scenario_fork(void);
void scenario_forks(void);
void scenario_malformed(void);
void scenario_operations(void);
void scenario_post(void);
void scenario_shutdown(void);
void scenario_signals(void);
void scenario_silent(void);
void scenario_small_stack(void);
void scenario_stall(void);
void scenario_storm(void);
void scenario_threads(void);

#endif
