/*
 * The command line in UTF-8: main()'s is in the system's code page, which may lack letters.
 */
#ifndef TWITTER_HOST_ARGUMENTS_H
#define TWITTER_HOST_ARGUMENTS_H

#include <stdlib.h>
#include <windows.h>
#include <shellapi.h>

/* NULL without memory; never released. */
static inline char **utf8_arguments(void)
{
    int count = 0, i;
    LPWSTR *wide = CommandLineToArgvW(GetCommandLineW(), &count);
    char **arguments = wide == NULL ? NULL : (char **)calloc((size_t)count + 1, sizeof *arguments);

    for (i = 0; arguments != NULL && i < count; i++) {
        int size = WideCharToMultiByte(CP_UTF8, 0, wide[i], -1, NULL, 0, NULL, NULL);

        arguments[i] = (char *)malloc((size_t)size);
        if (arguments[i] == NULL) {
            return NULL;
        }
        WideCharToMultiByte(CP_UTF8, 0, wide[i], -1, arguments[i], size, NULL, NULL);
    }
    LocalFree(wide);
    return arguments;
}

#endif
