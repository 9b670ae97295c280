// The Result of the public face, under the name that the rooms know it by.
#pragma once

#include "kadesh/result.hpp" // IWYU pragma: export
