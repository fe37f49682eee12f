// libzip.
#pragma once
#include <zip.h>
