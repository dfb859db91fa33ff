#define _XOPEN_SOURCE 700

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "host.h"

FILE *host_report;

void host_fail(const char *file, int line, const char *condition, const char *format, ...)
{
    FILE *report = host_report ? host_report : stderr;
    va_list arguments;

    fprintf(report, "%s:%d: not so: %s\n  ", file, line, condition);
    va_start(arguments, format);
    vfprintf(report, format, arguments);
    va_end(arguments);
    fprintf(report, "\n");
    fflush(report);
    _exit(1);
}

char *format_text(const char *format, ...)
{
    va_list arguments;
    int length;
    char *text;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    CHECK(length >= 0, "cannot format \"%s\"", format);

    text = malloc((size_t)length + 1);
    CHECK(text != NULL, "out of memory");
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

uint8_t *read_whole_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    uint8_t *content;
    long size;

    CHECK(file != NULL, "cannot open %s", path);
    CHECK(fseek(file, 0, SEEK_END) == 0, "cannot seek in %s", path);
    size = ftell(file);
    CHECK(size > 0, "%s is empty", path);
    rewind(file);
    content = malloc((size_t)size);
    CHECK(content != NULL, "out of memory");
    CHECK(fread(content, 1, (size_t)size, file) == (size_t)size, "cannot read %s", path);
    fclose(file);
    *length = (size_t)size;
    return content;
}

char *quoted_path(const char *folder, const char *name)
{
    char *path = format_text("%s/%s", folder, name);
    char *quoted = twitter_json_quote(path);

    CHECK(quoted != NULL, "no quoted text for %s", path);
    free(path);
    return quoted;
}

double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void sleep_milliseconds(long milliseconds)
{
    struct timespec time;

    time.tv_sec = milliseconds / 1000;
    time.tv_nsec = milliseconds % 1000 * 1000000L;
    nanosleep(&time, NULL);
}

static int value_is(const char *json, const char *pointer, const char *expected)
{
    char *value = twitter_json_get(json, pointer);
    int same = value != NULL && strcmp(value, expected) == 0;

    twitter_free(value);
    return same;
}

void expect_value(const char *what, char *envelope, const char *pointer, const char *expected)
{
    CHECK(envelope != NULL, "%s: the result is NULL", what);
    CHECK(value_is(envelope, pointer, expected), "%s: expected %s at %s of %s", what, expected,
          pointer, envelope);
    twitter_free(envelope);
}

void expect_ok(const char *what, char *envelope)
{
    expect_value(what, envelope, "/ok", "true");
}

void expect_error(const char *what, char *envelope, const char *kind)
{
    CHECK(envelope != NULL, "%s: the result is NULL", what);
    CHECK(is_envelope(envelope), "%s: not an envelope: %s", what, envelope);
    expect_value(what, envelope, "/error/kind", kind);
}

char *take_value(const char *what, char *envelope, const char *pointer)
{
    char *value;

    CHECK(envelope != NULL, "%s: the result is NULL", what);
    CHECK(value_is(envelope, "/ok", "true"), "%s: failed: %s", what, envelope);
    value = twitter_json_get(envelope, pointer);
    CHECK(value != NULL, "%s: nothing at %s of %s", what, pointer, envelope);
    twitter_free(envelope);
    return value;
}

static int is_known_kind(const char *kind)
{
    /* Without TWITTER_KIND_INTERNAL, which stands for a bug of the library. */
    static const char *const known[] = {
        TWITTER_KIND_INVALID_REQUEST, TWITTER_KIND_MISSING_CREDENTIALS, TWITTER_KIND_AUTHORIZATION,
        TWITTER_KIND_IO, TWITTER_KIND_NETWORK, TWITTER_KIND_TIMEOUT,
        TWITTER_KIND_CANCELED, TWITTER_KIND_RATE_LIMITED, TWITTER_KIND_API,
        TWITTER_KIND_MEDIA_FAILED, TWITTER_KIND_UNEXPECTED_RESPONSE,
    };
    size_t i;

    for (i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(kind, known[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static int is_failure(const char *envelope)
{
    char *kind = twitter_json_get(envelope, "/error/kind");
    char *message = twitter_json_get(envelope, "/error/message");
    char *retryable = twitter_json_get(envelope, "/error/retryable");
    int good = kind != NULL && is_known_kind(kind) && message != NULL && message[0] != '\0'
               && retryable != NULL
               && (strcmp(retryable, "true") == 0 || strcmp(retryable, "false") == 0);

    twitter_free(kind);
    twitter_free(message);
    twitter_free(retryable);
    return good;
}

int is_envelope(const char *envelope)
{
    size_t length = strlen(envelope);

    if (length < 2 || envelope[0] != '{' || envelope[length - 1] != '}') {
        return 0;
    }
    if (value_is(envelope, "/ok", "true")) {
        char *result = twitter_json_get(envelope, "/result");
        int present = result != NULL;

        twitter_free(result);
        return present;
    }
    return value_is(envelope, "/ok", "false") && is_failure(envelope);
}

void upload_picture(void)
{
    char *file = quoted_path(argument("media"), "picture.png");
    char *request =
        format_text("{\"file\":%s,\"parameters\":%s}", file, argument("parameters"));

    expect_ok("an upload", twitter_upload_media_file(request));
    free(request);
    twitter_free(file);
}

void post_text(const char *text)
{
    char *quoted = twitter_json_quote(text);
    char *request =
        format_text("{\"text\":%s,\"parameters\":%s}", quoted, argument("parameters"));

    expect_value(text, twitter_create_text_tweet(request), "/http/status", "201");
    free(request);
    twitter_free(quoted);
}
