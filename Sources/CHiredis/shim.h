#pragma once
/// hiredis as a protocol engine: its reply reader and its command formatter.
/// Its own sockets and event loop are not used; SwiftNIO moves the bytes.
#include <hiredis/hiredis.h>
