/* What the library must not change in the host's process: signals, locale, stdout and stderr. */
#define _XOPEN_SOURCE 700

#include <dirent.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "host.h"

enum { HIGHEST_SIGNAL = 64 };

struct surroundings {
    sigset_t mask;
    struct sigaction actions[HIGHEST_SIGNAL + 1];
    char *locale, *folder, *environment;
    mode_t creation_mask;
};

extern char **environ;

/* All environment variables, one on each line. */
static char *environment_text(void)
{
    char *text = format_text("%s", "");
    char **variable;

    for (variable = environ; *variable != NULL; variable++) {
        char *longer = format_text("%s%s\n", text, *variable);

        free(text);
        text = longer;
    }
    return text;
}

static void forget(struct surroundings *seen)
{
    free(seen->locale);
    free(seen->folder);
    free(seen->environment);
}

static int same_action(const struct sigaction *one, const struct sigaction *other)
{
    int number;

    for (number = 1; number <= HIGHEST_SIGNAL; number++) {
        if (sigismember(&one->sa_mask, number) != sigismember(&other->sa_mask, number)) {
            return 0;
        }
    }
    return one->sa_handler == other->sa_handler && one->sa_flags == other->sa_flags;
}

static void look_around(struct surroundings *seen)
{
    int number;

    memset(seen, 0, sizeof *seen);
    CHECK(pthread_sigmask(SIG_SETMASK, NULL, &seen->mask) == 0, "no signal mask");
    for (number = 1; number <= HIGHEST_SIGNAL; number++) {
        if (sigaction(number, NULL, &seen->actions[number]) != 0) {
            memset(&seen->actions[number], 0, sizeof seen->actions[number]);
        }
    }
    seen->locale = format_text("%s", setlocale(LC_ALL, NULL));
    seen->folder = getcwd(NULL, 0);
    seen->environment = environment_text();
    seen->creation_mask = umask(0);
    umask(seen->creation_mask);
}

static void expect_unchanged(const struct surroundings *before)
{
    struct surroundings after;
    int number;

    look_around(&after);
    for (number = 1; number <= HIGHEST_SIGNAL; number++) {
        CHECK(sigismember(&before->mask, number) == sigismember(&after.mask, number),
              "signal %d of the mask changed", number);
        CHECK(same_action(&before->actions[number], &after.actions[number]),
              "what signal %d does changed", number);
    }
    CHECK(strcmp(before->locale, after.locale) == 0, "the locale was %s and is %s", before->locale,
          after.locale);
    CHECK(strcmp(before->folder, after.folder) == 0, "the folder was %s and is %s", before->folder,
          after.folder);
    CHECK(strcmp(before->environment, after.environment) == 0, "the environment was\n%sand is\n%s",
          before->environment, after.environment);
    CHECK(before->creation_mask == after.creation_mask, "the umask changed");
    forget(&after);
}

/* The blocked signals of a thread, as /proc gives them: bit 0 is signal 1. */
static unsigned long long blocked_signals(const char *thread)
{
    char *path = format_text("/proc/self/task/%s/status", thread);
    FILE *status = fopen(path, "r");
    unsigned long long blocked = 0;
    char line[256];

    CHECK(status != NULL, "cannot open %s", path);
    while (fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, "SigBlk:", 7) == 0) {
            blocked = strtoull(line + 7, NULL, 16);
        }
    }
    fclose(status);
    free(path);
    return blocked;
}

/* A signal for the host must not be delivered to a thread of the library. */
static void expect_library_threads_block_signals(void)
{
    static const int signals[] = {SIGHUP,  SIGINT,  SIGPIPE, SIGALRM, SIGTERM,
                                  SIGUSR1, SIGUSR2, SIGCHLD, SIGIO};
    char *own = format_text("%ld", (long)getpid());
    DIR *tasks = opendir("/proc/self/task");
    const struct dirent *task;

    CHECK(tasks != NULL, "cannot open /proc/self/task");
    while ((task = readdir(tasks)) != NULL) {
        size_t i;

        if (task->d_name[0] == '.' || strcmp(task->d_name, own) == 0) {
            continue;
        }
        for (i = 0; i < sizeof signals / sizeof signals[0]; i++) {
            CHECK(blocked_signals(task->d_name) >> (signals[i] - 1) & 1,
                  "thread %s of the library takes signal %d", task->d_name, signals[i]);
        }
    }
    closedir(tasks);
    free(own);
}

static void ignore_it(int number)
{
    (void)number;
}

static void call_everything_once(void)
{
    char *file = quoted_path(argument("media"), "picture.png");
    char *upload =
        format_text("{\"file\":%s,\"parameters\":%s}", file, argument("parameters"));

    expect_ok("an upload", twitter_upload_media_file(upload));
    expect_error("a bad request", twitter_create_text_tweet("{"), "invalid_request");
    expect_error("nobody listens",
                 twitter_create_text_tweet("{\"text\":\"Hello\",\"parameters\":{"
                                           "\"access_token\":\"t\",\"max_retries\":0,"
                                           "\"api_url\":\"http://127.0.0.1:9\"}}"),
                 "network");
    free(upload);
    twitter_free(file);
}

/* A locale that writes 1,5 for 1.5, if the system has one. */
static const char *set_foreign_locale(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "ru_RU.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "C"};
    const char *set = NULL;
    size_t i;

    for (i = 0; set == NULL && i < sizeof names / sizeof names[0]; i++) {
        set = setlocale(LC_ALL, names[i]);
    }
    return set;
}

/* The locale must not change how the library writes numbers. */
static void expect_decimal_points(void)
{
    char *value = twitter_json_get("{\"a\":2.5}", "/a");

    CHECK(value != NULL && strcmp(value, "2.5") == 0, "2.5 became %s", value == NULL ? "NULL" : value);
    twitter_free(value);
}

static int32_t send_sigpipe(void *context, uint32_t stage, uint64_t done, uint64_t total)
{
    int *sent = context;

    (void)stage;
    (void)done;
    (void)total;
    if (!*sent) {
        *sent = 1;
        CHECK(kill(getpid(), SIGPIPE) == 0, "no signal can be sent");
    }
    return 0;
}

/* Posts a tweet. During the call the host sends itself a SIGPIPE. */
static void post_with_sigpipe(void)
{
    char *request = format_text("{\"text\":\"With a signal %ld\",\"parameters\":%s}",
                                (long)(now() * 1e6), argument("parameters"));
    twitter_options options;
    int sent = 0;

    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.progress = send_sigpipe;
    options.context = &sent;
    expect_ok("a tweet with a signal", twitter_call("create_text_tweet", request, &options));
    CHECK(sent, "no progress was told");
    free(request);
}

static volatile sig_atomic_t taken;

static void *take_sigpipes(void *context)
{
    int number;

    for (;;) {
        CHECK(sigwait(context, &number) == 0, "sigwait");
        taken++;
    }
    return NULL;
}

/*
 * SIGPIPE belongs to the host. A signal that is pending during a call is still pending after it. If a
 * thread of the host takes the signals, no call waits for one.
 */
static void expect_sigpipe_is_left_alone(void)
{
    sigset_t pipe, pending, before;
    pthread_t taker;
    int number, round;

    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    CHECK(pthread_sigmask(SIG_BLOCK, &pipe, &before) == 0, "SIGPIPE cannot be blocked");
    post_with_sigpipe();
    CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1,
          "the call took a signal of the host's");
    CHECK(sigwait(&pipe, &number) == 0, "sigwait");

    CHECK(pthread_create(&taker, NULL, take_sigpipes, &pipe) == 0, "no thread");
    for (round = 1; round <= 20; round++) {
        double started = now();

        post_with_sigpipe();
        while (taken < round) {
            CHECK(now() - started < 10, "signal %d did not reach the thread that waits", round);
            sleep_milliseconds(1);
        }
    }
    CHECK(pthread_cancel(taker) == 0 && pthread_join(taker, NULL) == 0, "the thread goes on");
    CHECK(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0, "no signal mask");
}

void scenario_signals(void)
{
    struct surroundings before;
    sigset_t blocked;

    CHECK(set_foreign_locale() != NULL, "no locale");
    CHECK(signal(SIGUSR1, ignore_it) != SIG_ERR, "no handler for SIGUSR1");
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);

    look_around(&before);
    post_text("With one handler and one blocked signal");
    call_everything_once();
    expect_decimal_points();
    expect_unchanged(&before);
    expect_library_threads_block_signals();
    twitter_shutdown();
    expect_unchanged(&before);
    expect_sigpipe_is_left_alone();
    expect_unchanged(&before);

    sigfillset(&blocked);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    post_text("From a thread that blocks every signal");
    forget(&before);
}

/* Redirects a stream to a temporary file, and returns the descriptor of the file. */
static int redirect(int stream)
{
    FILE *file = tmpfile();
    int kept;

    CHECK(file != NULL, "no temporary file");
    kept = dup(fileno(file));
    CHECK(kept >= 0 && dup2(kept, stream) == stream, "stream %d cannot be redirected", stream);
    fclose(file);
    return kept;
}

static void expect_empty(const char *name, int file)
{
    char start[200];
    ssize_t length;

    CHECK(lseek(file, 0, SEEK_SET) == 0, "cannot read what %s got", name);
    length = read(file, start, sizeof start);
    CHECK(length == 0, "%s got: %.*s", name, (int)length, start);
    close(file);
}

void scenario_silent(void)
{
    int own = dup(STDERR_FILENO);
    int out, error;

    CHECK(own >= 0, "stderr cannot be kept");
    host_report = fdopen(own, "w");
    CHECK(host_report != NULL, "stderr cannot be kept");
    out = redirect(STDOUT_FILENO);
    error = redirect(STDERR_FILENO);

    post_text("Without a word");
    call_everything_once();
    expect_error("an unknown function", twitter_call("\xff", "\xff", NULL), "invalid_request");
    twitter_shutdown();
    fflush(NULL);
    expect_empty("stdout", out);
    expect_empty("stderr", error);
}
