// The system calls of Landlock, with which a process gives up rights to files and the network. See landlock(7).
//
// Nothing is taken from the kernel's headers, which may be older than the kernel that runs the program.
#pragma once
#include <stdint.h>

/// The version of Landlock's interface that the kernel has; 0 where it has none, or on another system than Linux.
int clandlock_version(void);

/// Makes a set of rules that refuses rights unless a rule allows them.
///
/// @param files The rights to files that are refused, as bits of LANDLOCK_ACCESS_FS.
/// @param network The rights to the network that are refused, as bits of LANDLOCK_ACCESS_NET.
/// @param scopes What outside cannot be reached, as bits of LANDLOCK_SCOPE.
/// @return A descriptor, or -1 with errno.
int clandlock_make_rules(uint64_t files, uint64_t network, uint64_t scopes);

/// Allows rights to a file, or to all that is in a folder.
///
/// @param rules The set of rules.
/// @param path The path of the file or folder.
/// @param files The rights to folders and files; of those, a file is only given the ones that a file can have.
/// @return 0, or -1 with errno.
int clandlock_allow(int rules, const char *path, uint64_t files);

/// Puts the rules into force for this thread, and for each thread and process that it starts from here on.
///
/// None of them can gain privileges any more, such as by a set-user-ID program.
///
/// @param rules The set of rules.
/// @return 0, or -1 with errno.
int clandlock_enforce(int rules);
