// cmark-gfm, and its extensions of CommonMark.
#pragma once
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
