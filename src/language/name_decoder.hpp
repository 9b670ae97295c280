// Names from label scores: the best BIO sequence, then spans.
#pragma once

#include "base/result.hpp"
#include "kadesh/annotation.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kadesh {

/// Viterbi over `labels.ner` with the model's transitions. Immutable.
class NameDecoder {
  public:
    static Result<NameDecoder> load(const neural::ModelFile& file);

    struct Scratch {
        std::vector<float> best, next;
        std::vector<std::uint8_t> back;
    };

    [[nodiscard]] std::size_t labels() const { return kinds_.size(); }
    /// What a label speaks for, whether it begins or goes on: 0 for no name, else 1 + its type.
    [[nodiscard]] std::size_t view(std::size_t label) const {
        return kinds_[label].name ? 1 + static_cast<std::size_t>(kinds_[label].type) : 0;
    }
    /// The best label of each word. @param scores [words, stride]
    void decode(const float* scores, std::size_t stride, std::span<std::uint8_t> labels, Scratch& scratch) const;
    /// Appends the names that the labels of one sentence spell; `base` is the sentence's first token.
    void spans(std::span<const std::uint8_t> labels, Token base, std::vector<NameSpan>& out) const;

  private:
    /// What a label means.
    struct Kind {
        bool name = false;
        bool begins = false;
        NameType type = NameType::MISC;
    };
    std::vector<Kind> kinds_;
    std::vector<float> transitions_, start_, end_;
};

} // namespace kadesh
