// OpenBLAS hands out its working memory from one list. Debian builds libopenblas-serial without a lock for that list
// (USE_LOCKING), so that two threads that multiply at once may get the same memory and compute wrong numbers. The linker
// (--wrap) puts these functions in front of OpenBLAS's own.

#if defined(__linux__)

#include <pthread.h>

void *__real_blas_memory_alloc(int purpose);
void __real_blas_memory_free(void *memory);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void *__wrap_blas_memory_alloc(int purpose) {
    pthread_mutex_lock(&lock);
    void *memory = __real_blas_memory_alloc(purpose);
    pthread_mutex_unlock(&lock);
    return memory;
}

void __wrap_blas_memory_free(void *memory) {
    pthread_mutex_lock(&lock);
    __real_blas_memory_free(memory);
    pthread_mutex_unlock(&lock);
}

#endif
