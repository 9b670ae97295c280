// A dateline ("CARACAS, March 2 (2008) -") is no part of the sentence that follows it.
#pragma once

#include "kadesh/annotation.hpp"

#include <string_view>

namespace kadesh {

/// Takes the words of the text's dateline out of the clause that the parser drew them into: none of them is a subject
/// or an object, and the clause keeps a root of its own.
void set_dateline_apart(std::string_view text, Annotation& annotation);

} // namespace kadesh
