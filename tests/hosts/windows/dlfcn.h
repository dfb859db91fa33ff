/*
 * POSIX's functions for loading libraries, on Windows. Include this folder where the system has no <dlfcn.h>.
 */
#ifndef TWITTER_HOST_DLFCN_H
#define TWITTER_HOST_DLFCN_H

#include <stdio.h>
#include <string.h>
#include <windows.h>

#define RTLD_NOW 0
#define RTLD_LOCAL 0

static inline void *dlopen(const char *path, int flags)
{
    (void)flags;
    return (void *)LoadLibraryA(path);
}

static inline void *dlsym(void *library, const char *name)
{
    FARPROC found = GetProcAddress((HMODULE)library, name);
    void *symbol;

    memcpy(&symbol, &found, sizeof symbol);
    return symbol;
}

static inline int dlclose(void *library)
{
    return FreeLibrary((HMODULE)library) ? 0 : -1;
}

static inline const char *dlerror(void)
{
    static char text[32];

    snprintf(text, sizeof text, "Windows error %lu", (unsigned long)GetLastError());
    return text;
}

#endif
