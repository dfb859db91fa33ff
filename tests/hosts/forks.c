/* fork() at any moment: both processes can go on calling, and don't share connections or state. */
#define _XOPEN_SOURCE 700

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host.h"

enum { SECONDS_FOR_A_CHILD = 30, POSTS_AT_ONCE = 5, CHILDREN = 4 };

/* X refuses a text that was posted before. A child has its parent's counter, so the text has the process id. */
static void post_several(const char *who)
{
    static int number;
    int last = number + POSTS_AT_ONCE;

    while (number < last) {
        char *text = format_text("%s %ld: %d", who, (long)getpid(), number++);

        post_text(text);
        free(text);
    }
}

/* Starts a child that runs `act` and exits with 0. */
static pid_t begin_child(void (*act)(void))
{
    pid_t child = fork();

    CHECK(child >= 0, "no child");
    if (child == 0) {
        alarm(SECONDS_FOR_A_CHILD);
        act();
        _exit(0);
    }
    return child;
}

static void end_child(const char *what, pid_t child)
{
    int status = 0;

    CHECK(waitpid(child, &status, 0) == child, "%s: the child is gone", what);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s: the child ended with %s %d", what,
          WIFEXITED(status) ? "exit code" : "signal",
          WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

static void post_as_a_child(void)
{
    post_several("A child");
}

static void shut_down_and_post(void)
{
    twitter_shutdown();
    post_as_a_child();
    twitter_shutdown();
    post_as_a_child();
}

static void post_as_a_grandchild(void)
{
    pid_t child = begin_child(post_as_a_child);

    post_as_a_child();
    end_child("a grandchild", child);
    post_as_a_child();
}

/* The parent uses its idle connections while its children make their own. */
static void all_at_once(void)
{
    pid_t children[CHILDREN];
    int i;

    for (i = 0; i < CHILDREN; i++) {
        children[i] = begin_child(i % 2 == 0 ? post_as_a_child : shut_down_and_post);
    }
    post_several("The parent beside its children");
    for (i = 0; i < CHILDREN; i++) {
        end_child("one of several", children[i]);
    }
    post_several("The parent after its children");
}

/* Forks once during a call. The child makes calls of its own and exits. */
static int32_t fork_in_the_call(void *context, uint32_t stage, uint64_t done, uint64_t total)
{
    pid_t *child = context;

    (void)stage;
    (void)done;
    (void)total;
    if (*child == 0) {
        *child = begin_child(shut_down_and_post);
        end_child("a child out of a callback", *child);
    }
    return 0;
}

static void upload_that_forks(void)
{
    char *file = quoted_path(argument("media"), "video.mp4");
    char *request = format_text("{\"file\":%s,\"wait\":false,\"parameters\":%s}", file,
                                argument("parameters"));
    twitter_options options;
    pid_t child = 0;

    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.progress = fork_in_the_call;
    options.context = &child;
    expect_ok("a call that forked", twitter_call("upload_media_file", request, &options));
    CHECK(child != 0, "the call did not fork");
    free(request);
    twitter_free(file);
}

static void *post_beside(void *unused)
{
    int number;

    (void)unused;
    for (number = 0; number < POSTS_AT_ONCE; number++) {
        char *text = format_text("Another thread %d", number);

        post_text(text);
        free(text);
    }
    return NULL;
}

static volatile sig_atomic_t forks_are_over;

static void *post_until_forks_are_over(void *unused)
{
    unsigned long number = 0;

    (void)unused;
    while (!forks_are_over) {
        char *text = format_text("Beside the forks %lu", number++);

        post_text(text);
        free(text);
    }
    return NULL;
}

/* Children are started, one after another, while another thread is calling. */
void scenario_fork(void)
{
    unsigned long rounds = number_argument("rounds", 20), i;
    pthread_t thread;

    end_child("before any call", begin_child(post_as_a_child));
    post_text("The parent before the fork");
    end_child("after a call", begin_child(post_as_a_child));
    post_text("The parent after the fork");

    CHECK(pthread_create(&thread, NULL, post_until_forks_are_over, NULL) == 0, "no thread");
    for (i = 0; i < rounds; i++) {
        end_child("beside a call", begin_child(post_as_a_child));
    }
    forks_are_over = 1;
    CHECK(pthread_join(thread, NULL) == 0, "the thread is gone");
    post_text("The parent after all of them");
}

void scenario_forks(void)
{
    pthread_t thread;
    pid_t child;

    end_child("before any call", begin_child(post_as_a_child));
    /* A shutdown before any call of the process. */
    end_child("a shutdown first", begin_child(shut_down_and_post));
    post_several("The parent");
    end_child("a family", begin_child(post_as_a_grandchild));
    all_at_once();
    upload_that_forks();

    CHECK(pthread_create(&thread, NULL, post_beside, NULL) == 0, "no thread");
    child = begin_child(post_as_a_child);
    post_several("The parent, two threads");
    CHECK(pthread_join(thread, NULL) == 0, "the thread is gone");
    end_child("beside two threads", child);

    twitter_shutdown();
    end_child("after a shutdown", begin_child(post_as_a_child));
    post_text("The parent after all forks");
}
