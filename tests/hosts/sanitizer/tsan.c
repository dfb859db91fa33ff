/* What a library of Rust's ThreadSanitizer calls and older runtimes of gcc don't have. The C functions are
   watched by the runtime themselves. */
#include <stddef.h>
#include <string.h>

void *__tsan_memset(void *to, int byte, size_t count) {
    return memset(to, byte, count);
}

void *__tsan_memcpy(void *to, const void *from, size_t count) {
    return memcpy(to, from, count);
}

void *__tsan_memmove(void *to, const void *from, size_t count) {
    return memmove(to, from, count);
}
