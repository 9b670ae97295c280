// One event told several times in a document (headline, lead, body) becomes one record with several places of evidence.
#pragma once

#include "kadesh/findings.hpp"

#include <vector>

namespace kadesh {

/// Merges in place; the first telling that is best specified leads, the others become Event::further. Order is kept.
void merge_events(std::vector<Event>& events);

} // namespace kadesh
