// A file in memory, by Linux's memfd_create(2), which Swift's module of the C library leaves out.
#pragma once
#include <errno.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>

/// Creates an empty file in memory that no folder has, closed in programs that this process starts.
///
/// Returns a descriptor, or -1 with errno.
static inline int cmemoryfile_create(const char *name) {
    const unsigned int close_on_exec = 1;
    return (int)syscall(SYS_memfd_create, name, close_on_exec);
}
#endif
