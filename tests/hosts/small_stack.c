/* Calls that need much stack, in a thread with a small one. */
#define _XOPEN_SOURCE 700

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

/* musl's default size. In glibc, thread-local storage is a part of it. */
enum { SMALL_STACK = 128 * 1024, DEEP = 40 };

static char *nested(const char *open, const char *close, int depth)
{
    char *text = calloc((size_t)depth, strlen(open) + strlen(close) + 1);
    int i;

    CHECK(text != NULL, "out of memory");
    for (i = 0; i < depth; i++) {
        strcat(text, open);
    }
    strcat(text, "1");
    for (i = 0; i < depth; i++) {
        strcat(text, close);
    }
    return text;
}

static void *call_with_little(void *unused)
{
    char *deep = nested("{\"a\":", "}", DEEP);
    char *body = format_text("{\"text\":\"Deep\",\"body\":%s,\"parameters\":{\"api_url\":"
                             "\"http://127.0.0.1:9\",\"access_token\":\"t\",\"max_retries\":0}}",
                             deep);
    char *signing = format_text("{\"method\":\"GET\",\"url\":\"https://api.x.com/2/tweets?ids=1\","
                                "\"parameters\":%s}",
                                argument("parameters"));

    (void)unused;
    expect_ok("a description", twitter_describe(NULL));
    expect_ok("a signature", twitter_create_authorization_header_v1(signing));
    expect_error("a deep body", twitter_create_custom_tweet(body), "network");
    expect_error("a name that nobody has",
                 twitter_create_text_tweet("{\"text\":\"a\",\"parameters\":{\"access_token\":\"t\","
                                           "\"allow_http\":true,\"proxy\":\"none\",\"max_retries\":0,"
                                           "\"api_url\":\"http://x.invalid\"}}"),
                 "network");
    post_text("From a small stack");
    upload_picture();
    free(signing);
    free(body);
    free(deep);
    return NULL;
}

void scenario_small_stack(void)
{
    pthread_attr_t attributes;
    pthread_t thread;

    CHECK(pthread_attr_init(&attributes) == 0, "no attributes");
    CHECK(pthread_attr_setstacksize(&attributes, SMALL_STACK) == 0, "no small stack");
    CHECK(pthread_create(&thread, &attributes, call_with_little, NULL) == 0, "no thread");
    CHECK(pthread_join(thread, NULL) == 0, "the thread is gone");
    pthread_attr_destroy(&attributes);
}
