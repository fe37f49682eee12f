// OpenBLAS chooses its kernels by the model of the processor, and the slowest ones for a processor that is newer than the
// library: a third of the speed. Here they are chosen by what the processor can do. OpenBLAS reads a choice from the environment,
// before main; the linker (--wrap) puts this function in front of the one that reads it. A choice that is there already stays.
//
// The environment itself is left as it was, and where it was: Swift's runtime finds the program's arguments in front of it.

#if defined(__linux__)

#include <stdlib.h>
#include <string.h>

extern char **environ;

void __real_gotoblas_dynamic_init(void);

// An entry of the environment that names the kernels, or NULL if OpenBLAS is to choose.
static char *choice(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return NULL;
    if (__builtin_cpu_is("amd")) return "OPENBLAS_CORETYPE=Zen";
    if (__builtin_cpu_is("intel") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        return "OPENBLAS_CORETYPE=SkylakeX";
    }
    return "OPENBLAS_CORETYPE=Haswell";
#else
    return NULL;
#endif
}

void __wrap_gotoblas_dynamic_init(void) {
    char *chosen = getenv("OPENBLAS_CORETYPE") ? NULL : choice();
    char **whole = environ;
    size_t count = 0;
    while (chosen && whole && whole[count]) count++;
    char **extended = chosen ? calloc(count + 2, sizeof(char *)) : NULL;
    if (extended) {
        if (count) memcpy(extended, whole, count * sizeof(char *));
        extended[count] = chosen;
        environ = extended;
    }
    __real_gotoblas_dynamic_init();
    environ = whole;
    free(extended);
}

#endif
