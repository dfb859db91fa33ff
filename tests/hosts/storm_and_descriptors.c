/* Hosts with many signals or with blocked signals, and a host that checks which descriptors are left open. */
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

enum { HIGHEST_DESCRIPTOR = 1024, MICROSECONDS_OF_A_STORM = 100 };

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
    upload_picture();
    return NULL;
}

/* Without SA_RESTART, every system call may fail with EINTR. */
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
        upload_picture();
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

/* No descriptor of the library is inherited by a program that the host starts. */
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
    /* Idle connections. */
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
