/*
 * Loads the library, calls it, shuts it down and unloads it, again and again. Threads, descriptors and
 * memory must not grow.
 *
 *     reload LIBRARY PARAMETERS [ROUNDS]
 */
#define _XOPEN_SOURCE 700

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "twitter_native.h"

#define PROGRAM "reload"
#include "process.h"
#include "symbols.h"

enum { WARM_UP_ROUNDS = 5, MAX_GROWTH_KIB = 2048 };

static void call_once(const char *path, const char *request)
{
    char *(*create_text_tweet)(const char *);
    char *(*json_get)(const char *, const char *);
    void (*release)(char *);
    void (*shutdown)(void);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    char *envelope, *id;

    if (library == NULL) {
        fail("cannot load", dlerror());
    }
    find(library, "twitter_create_text_tweet", &create_text_tweet);
    find(library, "twitter_json_get", &json_get);
    find(library, "twitter_free", &release);
    find(library, "twitter_shutdown", &shutdown);

    envelope = create_text_tweet(request);
    id = json_get(envelope, "/result/data/id");
    if (id == NULL) {
        fail("the tweet failed", envelope);
    }
    release(id);
    release(envelope);
    shutdown();
    if (dlclose(library) != 0) {
        fail("cannot unload", dlerror());
    }
}

/* /proc may still list a thread shortly after it was joined. */
static long settled_threads(long expected)
{
    const struct timespec moment = {0, 5000000};
    long count = 0;
    int attempts;

    for (attempts = 0; attempts < 200; attempts++) {
        count = process_threads();
        if (count <= expected) {
            break;
        }
        nanosleep(&moment, NULL);
    }
    return count;
}

static void expect(const char *what, long before, long after, long allowed)
{
    if (after > before + allowed) {
        fprintf(stderr, "reload: %s went from %ld to %ld\n", what, before, after);
        exit(1);
    }
}

int main(int count, char **arguments)
{
    long rounds = count > 3 ? strtol(arguments[3], NULL, 10) : 200;
    long threads = 0, descriptors = 0, kib = 0, i;

    if (count < 3) {
        fprintf(stderr, "usage: reload LIBRARY PARAMETERS [ROUNDS]\n");
        return 2;
    }
    threads = process_threads();
    descriptors = process_handles();
    for (i = 0; i < rounds; i++) {
        size_t size = strlen(arguments[2]) + 128;
        char *request = malloc(size);

        if (request == NULL) {
            fail("out of memory", "request");
        }
        snprintf(request, size, "{\"text\":\"Loaded for the time %ld\",\"parameters\":%s}", i,
                 arguments[2]);
        call_once(arguments[1], request);
        free(request);
        expect("the number of threads", threads, settled_threads(threads), 0);
        expect("the number of open files", descriptors, process_handles(), 0);
        if (i == WARM_UP_ROUNDS) {
            kib = process_memory_kib();
        }
    }
    if (rounds > WARM_UP_ROUNDS) {
        expect("the memory in KiB", kib, process_memory_kib(), MAX_GROWTH_KIB);
    }
    return 0;
}
