// Attachments that the event lexicon knows better than a parser: corrected before anything is read off the tree.
#pragma once

#include "kadesh/annotation.hpp"
#include "knowledge/lexicon.hpp"

namespace kadesh {

/// The columns of an annotation with corrected heads and relations. Views still point where the original's do, so the
/// original must outlive it.
Annotation repaired(const Annotation& annotation, const Lexicon& lexicon);

} // namespace kadesh
