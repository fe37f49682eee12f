// libxml2: its parser of HTML.
#pragma once
#include <libxml/xmlversion.h>
// Where libxml2 was built with ICU, its headers include those of the system's ICU, whose types differ from the ICU that
// Foundation carries. The fields that this leaves out are of structures of which only pointers are used here.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
