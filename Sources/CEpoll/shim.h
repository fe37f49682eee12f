// Linux' epoll, which Swift's module of the C library leaves out. Its event is packed and holds a union, so Swift gets
// functions that take and give sockets.
#pragma once
#if defined(__linux__)
#include <stdint.h>
#include <sys/epoll.h>

/// A socket, and what has happened on it: EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP.
struct cepoll_ready {
    int socket;
    uint32_t events;
};

/// epoll_ctl with EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL.
static inline int cepoll_control(int epoll, int operation, int socket, uint32_t events) {
    struct epoll_event event = {.events = events, .data = {.fd = socket}};
    return epoll_ctl(epoll, operation, socket, &event);
}

/// epoll_wait for at most 256 sockets; the number of those that are ready, negative after an error.
static inline int cepoll_wait(int epoll, struct cepoll_ready *ready, int capacity, int milliseconds) {
    struct epoll_event events[256];
    int count = epoll_wait(epoll, events, capacity < 256 ? capacity : 256, milliseconds);
    for (int i = 0; i < count; i++) ready[i] = (struct cepoll_ready){events[i].data.fd, events[i].events};
    return count;
}
#endif
