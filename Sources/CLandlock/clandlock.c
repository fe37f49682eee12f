// For O_PATH.
#define _GNU_SOURCE

#include "clandlock.h"

#include <errno.h>

#if defined(__linux__)

#include <fcntl.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The numbers are the same on all architectures.
enum { create_ruleset = 444, add_rule = 445, restrict_self = 446 };
enum { version_flag = 1, path_beneath = 1 };

/// The rights that a file can have: to run, write, read and truncate it, and to control a device.
static const uint64_t rights_to_one_file = 1u << 0 | 1u << 1 | 1u << 2 | 1u << 14 | 1u << 15;

struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

struct path_rule {
    uint64_t files;
    int32_t parent;
} __attribute__((packed));

int clandlock_version(void) {
    long version = syscall(create_ruleset, NULL, 0, version_flag);
    return version < 0 ? 0 : (int)version;
}

int clandlock_make_rules(uint64_t files, uint64_t network, uint64_t scopes) {
    struct ruleset rules = {files, network, scopes};
    // An older kernel takes a longer structure whose end is zero.
    return (int)syscall(create_ruleset, &rules, sizeof rules, 0);
}

int clandlock_allow(int rules, const char *path, uint64_t files) {
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0) return -1;
    struct stat status;
    int result = fstat(descriptor, &status);
    if (result == 0) {
        if (!S_ISDIR(status.st_mode)) files &= rights_to_one_file;
        struct path_rule rule = {files, descriptor};
        result = (int)syscall(add_rule, rules, path_beneath, &rule, 0);
    }
    int error = errno;
    close(descriptor);
    errno = error;
    return result;
}

int clandlock_enforce(int rules) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return (int)syscall(restrict_self, rules, 0);
}

#else

int clandlock_version(void) { return 0; }

int clandlock_make_rules(uint64_t files, uint64_t network, uint64_t scopes) {
    errno = ENOSYS;
    return -1;
}

int clandlock_allow(int rules, const char *path, uint64_t files) {
    errno = ENOSYS;
    return -1;
}

int clandlock_enforce(int rules) {
    errno = ENOSYS;
    return -1;
}

#endif
