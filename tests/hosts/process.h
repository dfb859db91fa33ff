/*
 * Figures of the own process, on Linux and on Windows: -1 if one can't be read.
 */
#ifndef TWITTER_HOST_PROCESS_H
#define TWITTER_HOST_PROCESS_H

#if defined(_WIN32)

/* windows.h first: the others need it. */
#include <windows.h>
#include <psapi.h>
#include <tlhelp32.h>

static inline long process_threads(void)
{
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 thread;
    long count = 0;
    BOOL more;

    if (all == INVALID_HANDLE_VALUE) {
        return -1;
    }
    thread.dwSize = sizeof thread;
    for (more = Thread32First(all, &thread); more; more = Thread32Next(all, &thread)) {
        count += thread.th32OwnerProcessID == GetCurrentProcessId();
    }
    CloseHandle(all);
    return count;
}

/* Open files, sockets and other handles. */
static inline long process_handles(void)
{
    DWORD count = 0;

    return GetProcessHandleCount(GetCurrentProcess(), &count) ? (long)count : -1;
}

static inline long process_memory(int peak)
{
    PROCESS_MEMORY_COUNTERS counters;

    if (!GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters)) {
        return -1;
    }
    return (long)((peak ? counters.PeakWorkingSetSize : counters.WorkingSetSize) / 1024);
}

#else

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline long process_entries(const char *folder)
{
    DIR *open = opendir(folder);
    const struct dirent *entry;
    long count = 0;

    if (open == NULL) {
        return -1;
    }
    while ((entry = readdir(open)) != NULL) {
        count += entry->d_name[0] != '.';
    }
    closedir(open);
    return count;
}

static inline long process_threads(void)
{
    return process_entries("/proc/self/task");
}

static inline long process_handles(void)
{
    return process_entries("/proc/self/fd");
}

static inline long process_memory(int peak)
{
    const char *name = peak ? "VmHWM:" : "VmRSS:";
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long kib = -1;

    if (status == NULL) {
        return -1;
    }
    while (fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            kib = strtol(line + strlen(name), NULL, 10);
        }
    }
    fclose(status);
    return kib;
}

#endif

/* Resident memory in KiB: now, and the peak. */
static inline long process_memory_kib(void)
{
    return process_memory(0);
}

static inline long process_peak_kib(void)
{
    return process_memory(1);
}

#endif
