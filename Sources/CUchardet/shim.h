// uchardet, which recognises the encoding of a text.
#pragma once
#include <uchardet/uchardet.h>
