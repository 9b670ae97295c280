// Small repairs of names once the whole document is known.
#pragma once

#include "kadesh/annotation.hpp"

namespace kadesh {

/// Cuts possessives and punctuation off the ends of names, joins a lone article to the name behind it or drops it, and
/// gives a name that a document uses often the type that it has most of the time.
void repair_names(Annotation& annotation);

} // namespace kadesh
