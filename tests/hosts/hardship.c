/* Hosts that give little: small stacks, storms of signals, blocked signals; and that look closely
   at what is left in their process. */
#define _XOPEN_SOURCE 700

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "host.h"

/* What musl gives a thread; glibc takes what its libraries keep per thread out of it. */
enum { SMALL_STACK = 128 * 1024, DEEP = 40, HIGHEST_DESCRIPTOR = 1024, MICROSECONDS_OF_A_STORM = 100 };

static void upload_once(void)
{
    char *file = quoted_path(argument("media"), "picture.png");
    char *request =
        format_text("{\"file\":%s,\"parameters\":%s}", file, argument("parameters"));

    expect_ok("an upload", twitter_upload_media_file(request));
    free(request);
    twitter_free(file);
}

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
    upload_once();
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

static volatile sig_atomic_t alarms;

static void count_alarm(int number)
{
    (void)number;
    alarms++;
}

static void *call_with_signals_blocked(void *unused)
{
    sigset_t all;

    (void)unused;
    sigfillset(&all);
    CHECK(pthread_sigmask(SIG_BLOCK, &all, NULL) == 0, "signals can't be blocked");
    post_text("With every signal blocked");
    upload_once();
    return NULL;
}

/* Every system call may end early (EINTR): the handler is without SA_RESTART. */
void scenario_storm(void)
{
    unsigned long rounds = number_argument("rounds", 200), i;
    struct sigaction action, seen;
    struct itimerval timer;
    pthread_t blocked;

    memset(&action, 0, sizeof action);
    action.sa_handler = count_alarm;
    CHECK(sigaction(SIGALRM, &action, NULL) == 0 && sigaction(SIGCHLD, &action, NULL) == 0,
          "no handler");
    memset(&timer, 0, sizeof timer);
    timer.it_interval.tv_usec = timer.it_value.tv_usec = MICROSECONDS_OF_A_STORM;
    CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0, "no timer");
    CHECK(pthread_create(&blocked, NULL, call_with_signals_blocked, NULL) == 0, "no thread");
    for (i = 0; i < rounds; i++) {
        char *text = format_text("In a storm of signals %lu", i);

        kill(getpid(), SIGCHLD);
        post_text(text);
        upload_once();
        free(text);
    }
    CHECK(pthread_join(blocked, NULL) == 0, "the thread is gone");
    memset(&timer, 0, sizeof timer);
    setitimer(ITIMER_REAL, &timer, NULL);
    CHECK(alarms > 2 * (sig_atomic_t)rounds, "%d signals are no storm", (int)alarms);
    CHECK(sigaction(SIGALRM, NULL, &seen) == 0 && seen.sa_handler == count_alarm, "the handler is gone");
}

static char known[HIGHEST_DESCRIPTOR];
static int added;

/* A program that the host starts gets no socket of ours, whenever it is started. */
static int32_t expect_closed_on_exec(void *context, uint32_t stage, uint64_t done, uint64_t total)
{
    DIR *open = opendir("/proc/self/fd");
    const struct dirent *entry;

    (void)context;
    (void)stage;
    (void)done;
    (void)total;
    CHECK(open != NULL, "cannot open /proc/self/fd");
    while ((entry = readdir(open)) != NULL) {
        int number = atoi(entry->d_name);

        if (entry->d_name[0] == '.' || number == dirfd(open) || known[number]) {
            continue;
        }
        CHECK((fcntl(number, F_GETFD) & FD_CLOEXEC) != 0, "descriptor %d outlives an exec", number);
        added++;
    }
    closedir(open);
    return 0;
}

void scenario_descriptors(void)
{
    char *file = quoted_path(argument("media"), "video.mp4");
    char *request = format_text("{\"file\":%s,\"parameters\":%s}", file, argument("parameters"));
    twitter_options options;
    int number;

    for (number = 0; number < HIGHEST_DESCRIPTOR; number++) {
        known[number] = fcntl(number, F_GETFD) >= 0;
    }
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.progress = expect_closed_on_exec;
    expect_ok("an upload", twitter_call("upload_media_file", request, &options));
    CHECK(added > 0, "no descriptor was seen during the call");
    /* What stays open between calls. */
    added = 0;
    expect_closed_on_exec(NULL, 0, 0, 0);
    CHECK(added > 0, "no connection is kept");
    twitter_shutdown();
    added = 0;
    expect_closed_on_exec(NULL, 0, 0, 0);
    CHECK(added == 0, "%d descriptors are open after the shutdown", added);
    free(request);
    twitter_free(file);
}
