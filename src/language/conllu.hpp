// Annotations as CoNLL-U.
#pragma once

#include "kadesh/annotation.hpp"
#include "kadesh/document.hpp"

#include <string>

namespace kadesh {

/// Appends an annotation as CoNLL-U: `# newdoc id`, `# sent_id` and `# text`, multi-word ranges for words with clitics,
/// and in MISC `SpaceAfter=No`, `NER=B-PER`…, `Coref=` and `TokenRange=start:end`, offsets in code points of the
/// document's text. `Coref=` has a bracket `(N` where a phrase of chain N begins, `N)` where it ends, `(N)` for a
/// phrase of one word; outer phrases open first and close last; chains are numbered from 1 through the document.
void write_conllu(const Document& document, const Annotation& annotation, std::string& out);

} // namespace kadesh
