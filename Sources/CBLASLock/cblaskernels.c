// OpenBLAS chooses its kernels by the model of the processor, and the slowest ones for a processor that is newer than the
// library: a third of the speed. Here they are chosen by what the processor can do. OpenBLAS reads the choice in an
// initializer of the program, as it is linked into it, so that it is made in an earlier one. A value that the environment has
// already stays.

#if defined(__linux__) && defined(__x86_64__)

#include <stdlib.h>

static const char *kernels(void) {
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return NULL;
    if (__builtin_cpu_is("amd")) return "Zen";
    if (__builtin_cpu_is("intel") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        return "SkylakeX";
    }
    return "Haswell";
}

__attribute__((constructor(101))) static void choose_kernels(void) {
    const char *name = kernels();
    if (name) setenv("OPENBLAS_CORETYPE", name, 0);
}

#endif
