// libxml2: its parser of HTML.
#pragma once
#include <libxml/HTMLparser.h>
