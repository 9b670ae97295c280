// What the parts of the sentence model share: sentences to analyse, and the stretches of them that are encoded at once.
#pragma once

#include "kadesh/annotation.hpp"

#include <cstddef>
#include <cstdint>

namespace kadesh {

/// A sentence of an annotation whose `form` column is filled; the other columns have room.
struct SentenceSlot {
    Annotation* annotation = nullptr;
    TokenRange tokens;
};

/// A sentence, or as much of a long one as the encoder takes at once.
struct SentenceWindow {
    std::size_t sentence = 0;
    TokenRange tokens;
    std::uint32_t rows = 0;     ///< of the encoder
    std::size_t first_part = 0; ///< word pieces: place of the first in the scratch
    std::size_t first_word = 0; ///< word pieces: place of the first word's count in the scratch
};

} // namespace kadesh
