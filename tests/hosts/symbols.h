/*
 * For hosts that load the library by dlopen. Each defines PROGRAM, its name, before it includes this.
 */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, PROGRAM ": %s: %s\n", what, detail);
    exit(1);
}

/* ISO C has no cast from an object pointer to a function pointer; POSIX promises the same size. */
static void find(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);

    if (symbol == NULL) {
        fail("no such function", name);
    }
    memcpy(function, &symbol, sizeof symbol);
}

#endif
