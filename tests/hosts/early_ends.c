/* Calls that end early: canceled by the progress function, ended by a shutdown, or refused before the
   request is sent in full. */
#define _XOPEN_SOURCE 700

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "process.h"

enum { ANY_STAGE = 0 };

/* Cancels a call at the first report of `stage` that is at least `after` seconds later than the start. */
struct cancellation {
    uint32_t stage;
    double after, started;
    double canceled_at; /* 0 before it has canceled the call */
    double last_report, longest_gap;
};

static int32_t cancel_when_due(void *context, uint32_t stage, uint64_t done, uint64_t total)
{
    struct cancellation *cancellation = context;
    double moment = now();

    (void)done;
    (void)total;
    CHECK(cancellation->canceled_at == 0, "progress came again after it had canceled the call");
    if (moment - cancellation->last_report > cancellation->longest_gap) {
        cancellation->longest_gap = moment - cancellation->last_report;
    }
    cancellation->last_report = moment;
    if (cancellation->stage != ANY_STAGE && cancellation->stage != stage) {
        return 0;
    }
    if (moment - cancellation->started < cancellation->after) {
        return 0;
    }
    cancellation->canceled_at = moment;
    return 1;
}

static void expect_canceled(const char *what, const char *function, const char *request,
                            uint32_t stage, double after)
{
    struct cancellation cancellation;
    twitter_options options;
    double ended;
    char *envelope;

    memset(&cancellation, 0, sizeof cancellation);
    cancellation.stage = stage;
    cancellation.after = after;
    cancellation.started = cancellation.last_report = now();
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.progress = cancel_when_due;
    options.context = &cancellation;

    envelope = twitter_call(function, request, &options);
    ended = now();
    expect_error(what, envelope, "canceled");
    CHECK(cancellation.canceled_at != 0, "%s: the progress function has not canceled it", what);
    CHECK(ended - cancellation.canceled_at < 1, "%s: the call went on for %.2f s", what,
          ended - cancellation.canceled_at);
    CHECK(cancellation.longest_gap < 0.5, "%s: no progress for %.2f s", what, cancellation.longest_gap);
}

void scenario_cancel(void)
{
    char *file = quoted_path(argument("media"), "video.mp4");
    char *upload =
        format_text("{\"file\":%s,\"parameters\":%s}", file, argument("parameters"));

    expect_canceled("at once", "upload_media_file", upload, ANY_STAGE, 0);
    expect_canceled("while uploading", "upload_media_file", upload, TWITTER_STAGE_UPLOADING, 0);
    expect_canceled("while X processes", "upload_media_file", upload, TWITTER_STAGE_PROCESSING, 0);
    post_text("Posted after the canceled calls");

    free(upload);
    twitter_free(file);
}

/* The server takes every tweet and never answers. */
void scenario_stall(void)
{
    char *text = format_text("{\"text\":\"Never answered\",\"parameters\":%s}",
                             argument("parameters"));

    expect_canceled("while X is silent", "create_text_tweet", text, ANY_STAGE, 1);
    free(text);
}

/* /proc may still list a thread shortly after it was joined. */
static void expect_threads(long expected)
{
    double started = now();

    while (process_threads() != expected) {
        CHECK(now() - started < 1, "%ld threads, %ld expected", process_threads(), expected);
        sleep_milliseconds(5);
    }
}

static void *call_without_answer(void *request)
{
    return twitter_create_text_tweet(request);
}

/* Asks the simulator for the requests that it has received, answered or not. */
static void wait_until_x_has_a_tweet(void)
{
    char *question = format_text("{\"method\":\"GET\",\"path\":\"/_simulator/requests\",\"parameters\":%s}",
                                 argument("parameters"));
    double started = now();
    int has_it = 0;

    while (!has_it) {
        char *told = take_value("what X was sent", twitter_call("request", question, NULL), "/result");

        has_it = strstr(told, "\"/2/tweets\"") != NULL;
        twitter_free(told);
        CHECK(now() - started < 60, "no tweet is at X");
        sleep_milliseconds(10);
    }
    free(question);
}

/* The server never answers the first tweet, and answers those that follow. */
void scenario_shutdown(void)
{
    char *text = format_text("{\"text\":\"Never answered\",\"parameters\":%s}",
                             argument("parameters"));
    long threads_before = process_threads();
    pthread_t thread;
    void *envelope = NULL;
    double started;

    CHECK(pthread_create(&thread, NULL, call_without_answer, text) == 0, "no thread");
    wait_until_x_has_a_tweet();
    started = now();
    twitter_shutdown();
    CHECK(now() - started < 2.5, "the shutdown took %.2f s", now() - started);
    CHECK(pthread_join(thread, &envelope) == 0, "the thread is gone");
    CHECK(now() - started < 3, "the call ended %.2f s after the shutdown", now() - started);
    expect_error("a call at the shutdown", envelope, "canceled");
    expect_threads(threads_before);
    free(text);
    post_text("Posted after the shutdown");
}

/*
 * The server refuses big bodies as soon as it sees their headers and closes the connection. A
 * C program has SIGPIPE at its default, so a careless write would end it.
 */
void scenario_early413(void)
{
    unsigned long rounds = number_argument("rounds", 20);
    char *file = twitter_json_quote(argument("file"));
    char *request =
        format_text("{\"file\":%s,\"wait\":false,\"parameters\":%s}", file, argument("parameters"));
    unsigned long i;

#ifdef SIGPIPE
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR, "SIGPIPE cannot be set to its default");
#endif
    for (i = 0; i < rounds; i++) {
        char *envelope = twitter_upload_media_file(request);

        CHECK(is_envelope(envelope), "not an envelope: %s", envelope);
        expect_value("an early 413", envelope, "/error/kind", "api");
        expect_value("an early 413", twitter_upload_media_file(request), "/error/status", "413");
    }
    free(request);
    twitter_free(file);
}
