/* Compiler attributes, the one place for them. */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define ATTR_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define ATTR_NORETURN __attribute__((noreturn))
#define ATTR_INLINE inline __attribute__((always_inline))
#define ATTR_COLD __attribute__((noinline, cold))        /* kept out of the way of what calls it, and of its registers */
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#else
#define ATTR_PRINTF(f, a)
#define ATTR_NORETURN
#define ATTR_INLINE inline
#define ATTR_COLD
#define LIKELY(x) (x)
#define UNLIKELY(x) (x)
#endif

/* The structure that a member pointer lies in. */
#define container_of(ptr, type, member) ((type *)((uintptr_t)(ptr) - offsetof(type, member)))

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

#endif
