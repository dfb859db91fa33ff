/*
 * Calls one function again and again, and prints the number of allocations of all calls, the largest
 * number of threads, and the time that loading the library took.
 *
 *     budgets LIBRARY FUNCTION REQUEST COUNT
 *
 * "#####" in the request becomes the number of the call.
 *
 * The allocation functions of the executable take the place of the C library's for the whole process
 * (glibc manual, "Replacing malloc"), the library's calls included.
 */
#define _XOPEN_SOURCE 700

#include <dirent.h>
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PROGRAM "budgets"
#include "symbols.h"

enum { WARM_UP_CALLS = 20 };

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static unsigned long allocations;

static void count_one(void)
{
    __atomic_fetch_add(&allocations, 1, __ATOMIC_RELAXED);
}

void *malloc(size_t size)
{
    count_one();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    count_one();
    return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    count_one();
    return __libc_realloc(block, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    count_one();
    *block = __libc_memalign(alignment, size);
    return *block == NULL ? 12 : 0;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    count_one();
    return __libc_memalign(alignment, size);
}

static unsigned long microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned long)now.tv_sec * 1000000UL + (unsigned long)now.tv_nsec / 1000UL;
}

/* The number of threads without this one. The folder has "." and ".." too. */
static unsigned long other_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    unsigned long count = 0;

    if (tasks == NULL) {
        fail("cannot open", "/proc/self/task");
    }
    while (readdir(tasks) != NULL) {
        count++;
    }
    closedir(tasks);
    return count - 3;
}

static void put_number(char *place, unsigned long number)
{
    int at;

    for (at = 4; place != NULL && at >= 0; at--) {
        place[at] = (char)('0' + number % 10);
        number /= 10;
    }
}

int main(int count, char **arguments)
{
    char *(*call)(const char *, const char *, const void *);
    void (*release)(char *);
    unsigned long calls, before, loaded, i, counted = 0, threads = 0;
    char *place;
    void *library;

    if (count != 5) {
        fprintf(stderr, "usage: budgets LIBRARY FUNCTION REQUEST COUNT\n");
        return 2;
    }
    place = strstr(arguments[3], "#####");
    calls = strtoul(arguments[4], NULL, 10);
    before = microseconds();
    library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    loaded = microseconds() - before;
    if (library == NULL) {
        fail("cannot load", dlerror());
    }
    find(library, "twitter_call", &call);
    find(library, "twitter_free", &release);
    for (i = 0; i < WARM_UP_CALLS + calls; i++) {
        unsigned long start, seen;
        char *envelope;

        put_number(place, i);
        start = allocations;
        envelope = call(arguments[2], arguments[3], NULL);

        if (i >= WARM_UP_CALLS) {
            counted += allocations - start;
        }
        if (strncmp(envelope, "{\"ok\":true", 10) != 0) {
            fail(arguments[2], envelope);
        }
        release(envelope);
        seen = other_threads();
        threads = seen > threads ? seen : threads;
    }
    printf("dlopen_us=%lu\nallocations=%lu\nthreads=%lu\n", loaded, counted, threads);
    return 0;
}
