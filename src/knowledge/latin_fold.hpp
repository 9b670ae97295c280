// Latin letters without their accents.
#pragma once

#include <string_view>

namespace kadesh {

struct LatinFold {
    std::string_view ascii; ///< lower-case ASCII letters; empty: not a Latin letter outside ASCII
    bool capital = false;
};

/// "É" gives "e", "ß" gives "ss".
LatinFold fold_latin(char32_t letter);

} // namespace kadesh
