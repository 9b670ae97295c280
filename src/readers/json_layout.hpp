// How JSON records follow each other in an input, and where each ends, without reading what is in them.
#pragma once

#include <cstddef>
#include <string_view>

namespace kadesh::readers {

enum class JsonLayout {
    Lines,  ///< one record a line
    Values, ///< one value, or several with white space between, over any number of lines
    Array,  ///< the items of one array
};

/// @param head the beginning of the input, from its first byte that is not white space.
JsonLayout json_layout(std::string_view head);

/// Finds the end of one JSON value by its brackets, in pieces of any size. It notes no errors of syntax.
class JsonValueEnd {
  public:
    static constexpr std::size_t npos = std::string_view::npos;
    /// Goes on with the next bytes: the number of them that belong to the value if it ends in them, else npos.
    std::size_t feed(std::string_view bytes);

  private:
    std::size_t depth_ = 0;
    bool in_string_ = false;
    bool escaped_ = false;
    bool scalar_ = false;
};

} // namespace kadesh::readers
