/* Tells SHIM_RANDOM, a file, how many bytes each question to the system's random generator asks for: a line each. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

ssize_t getrandom(void *bytes, size_t length, unsigned flags) {
    static ssize_t (*real)(void *, size_t, unsigned);
    if (real == NULL) real = (ssize_t (*)(void *, size_t, unsigned))dlsym(RTLD_NEXT, "getrandom");
    const char *path = getenv("SHIM_RANDOM");
    FILE *told = path ? fopen(path, "a") : NULL;
    if (told != NULL) {
        fprintf(told, "%zu\n", length);
        fclose(told);
    }
    return real(bytes, length, flags);
}
