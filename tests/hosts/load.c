/* Many calls at once, and an upload that is far larger than the memory that it may use. */
#define _XOPEN_SOURCE 700

#include <pthread.h>
#include <stdlib.h>

#include "host.h"
#include "process.h"

enum { MAX_THREADS = 64 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned long calls_left;

static unsigned long next_call(void)
{
    unsigned long number;

    pthread_mutex_lock(&lock);
    number = calls_left;
    if (calls_left > 0) {
        calls_left--;
    }
    pthread_mutex_unlock(&lock);
    return number;
}

static void *post_until_done(void *unused)
{
    unsigned long number;

    (void)unused;
    while ((number = next_call()) > 0) {
        char *request = format_text("{\"text\":\"Tweet %lu of many\",\"parameters\":%s}", number,
                                    argument("parameters"));

        twitter_free(take_value("one of many tweets", twitter_create_custom_tweet(request),
                                "/result/data/id"));
        free(request);
    }
    return NULL;
}

void scenario_threads(void)
{
    unsigned long count = number_argument("threads", 16);
    pthread_t threads[MAX_THREADS];
    unsigned long i;

    CHECK(count > 0 && count <= MAX_THREADS, "%lu threads", count);
    calls_left = number_argument("calls", 1000);
    for (i = 0; i < count; i++) {
        CHECK(pthread_create(&threads[i], NULL, post_until_done, NULL) == 0, "no thread %lu", i);
    }
    for (i = 0; i < count; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0, "thread %lu is gone", i);
    }
}

/* Prints the media id, by which the caller compares the bytes, and the growth of the peak memory in KiB. */
void scenario_big(void)
{
    long before = process_peak_kib();
    long most = (long)number_argument("most_kib", 24 * 1024);
    char *file = twitter_json_quote(argument("file"));
    char *request = format_text("{\"file\":%s,\"type\":\"tweet_video\",\"wait\":false,"
                                "\"parameters\":%s}",
                                file, argument("parameters"));
    char *media_id =
        take_value("a big upload", twitter_upload_media_file(request), "/result/media_id");
    long after = process_peak_kib();

    printf("%s %ld\n", media_id, after - before);
    CHECK(before > 0 && after - before <= most, "the peak grew by %ld KiB, %ld are allowed",
          after - before, most);
    twitter_free(media_id);
    free(request);
    twitter_free(file);
}
