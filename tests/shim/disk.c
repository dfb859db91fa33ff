/* Makes the disk fail, dawdle, or the process die at a chosen step of its work on a token file.
 *
 * Steps are counted over the calls below that touch a file whose name holds "token.json", or
 * flush its folder, and over what is sent and received meanwhile.
 *   SHIM_KILL_AT=n         dies (SIGKILL) before step n
 *   SHIM_FAIL=rename:2:28  the second rename fails with errno 28; likewise fsync, write, and open
 *                          that creates; "+" behind it: all later ones too
 *   SHIM_SLOW_RENAME=300   a rename takes so many milliseconds
 *   SHIM_SLOW_READ=300     reading from a file whose name holds "slow" takes so many milliseconds a time
 *   SHIM_LEASED=3          opening a file whose name holds "leased" fails so often with EWOULDBLOCK, as where
 *                          another process has a lease on it
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define DESCRIPTORS 1024

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char watched[DESCRIPTORS], slow[DESCRIPTORS];
static int begun, steps;

static int is_ours(const char *path) { return path != NULL && strstr(path, "token.json") != NULL; }
static int is_watched(int fd) { return fd >= 0 && fd < DESCRIPTORS && watched[fd]; }

static void step(void) {
    const char *at = getenv("SHIM_KILL_AT");
    pthread_mutex_lock(&mutex);
    begun = 1;
    if (++steps == (at ? atoi(at) : 0)) {
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    pthread_mutex_unlock(&mutex);
}

/* Whether this call is the one that fails; errno is set then. */
static int fails(const char *name) {
    static struct { char name[16]; int count; } known[8];
    const char *spec = getenv("SHIM_FAIL");
    size_t length = strlen(name);
    if (spec == NULL || strncmp(spec, name, length) != 0 || spec[length] != ':') return 0;
    int from = 0, code = EIO, one_only = 0;
    char end = 0;
    sscanf(spec + length + 1, "%d:%d%c", &from, &code, &end);
    one_only = end != '+';
    pthread_mutex_lock(&mutex);
    int at = 0;
    while (known[at].name[0] != 0 && strcmp(known[at].name, name) != 0) at++;
    strncpy(known[at].name, name, sizeof known[at].name - 1);
    int count = ++known[at].count;
    pthread_mutex_unlock(&mutex);
    if (one_only ? count != from : count < from) return 0;
    errno = code;
    return 1;
}

#define REAL(name) static __typeof__(&name) real; if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int opened(int fd, const char *path) {
    if (fd >= 0 && fd < DESCRIPTORS) {
        watched[fd] = (char)is_ours(path);
        slow[fd] = path != NULL && strstr(path, "slow") != NULL;
    }
    return fd;
}

ssize_t read(int fd, void *data, size_t length) {
    REAL(read);
    const char *time = getenv("SHIM_SLOW_READ");
    if (time != NULL && fd >= 0 && fd < DESCRIPTORS && slow[fd]) usleep((useconds_t)atoi(time) * 1000);
    return real(fd, data, length);
}

/* Whether another process has a lease on the file still. */
static int is_leased(const char *path) {
    static int asked;
    const char *times = getenv("SHIM_LEASED");
    if (times == NULL || path == NULL || strstr(path, "leased") == NULL) return 0;
    pthread_mutex_lock(&mutex);
    int leased = asked++ < atoi(times);
    pthread_mutex_unlock(&mutex);
    if (leased) errno = EWOULDBLOCK;
    return leased;
}

int openat64(int folder, const char *path, int flags, ...) {
    REAL(openat64);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if ((flags & O_NONBLOCK) && is_leased(path)) return -1;
    /* A folder that was opened to go through it is opened again to be flushed. */
    int is_flushed = strcmp(path, ".") == 0 && folder != AT_FDCWD;
    if (is_ours(path) || is_flushed) {
        step();
        if ((flags & O_CREAT) && fails("open")) return -1;
    }
    int fd = opened(real(folder, path, flags, mode), path);
    if (is_flushed && fd >= 0 && fd < DESCRIPTORS) watched[fd] = 1;
    return fd;
}

int openat(int folder, const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return openat64(folder, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return openat64(AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return openat64(AT_FDCWD, path, flags, mode);
}

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < DESCRIPTORS) watched[fd] = slow[fd] = 0;
    return real(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write);
    if (is_watched(fd)) {
        step();
        if (fails("write")) return -1;
    }
    return real(fd, data, length);
}

int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64);
    if (is_watched(fd)) step();
    return real(fd, length);
}

int fsync(int fd) {
    REAL(fsync);
    if (is_watched(fd)) {
        step();
        if (fails("fsync")) return -1;
    }
    return real(fd);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    REAL(renameat);
    if (is_ours(to)) {
        step();
        const char *slow = getenv("SHIM_SLOW_RENAME");
        if (slow != NULL) usleep((useconds_t)atoi(slow) * 1000);
        if (fails("rename")) return -1;
    }
    return real(from_folder, from, to_folder, to);
}

int unlinkat(int folder, const char *path, int flags) {
    REAL(unlinkat);
    if (is_ours(path)) step();
    return real(folder, path, flags);
}

ssize_t send(int fd, const void *data, size_t length, int flags) {
    REAL(send);
    if (begun) step();
    return real(fd, data, length, flags);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    if (begun) step();
    return real(fd, parts, count);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    REAL(sendmsg);
    if (begun) step();
    return real(fd, message, flags);
}

ssize_t recv(int fd, void *data, size_t length, int flags) {
    REAL(recv);
    if (begun) step();
    return real(fd, data, length, flags);
}
