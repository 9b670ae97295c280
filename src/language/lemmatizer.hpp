// Lemmas by table and by suffix rule (sections `lemma.*` of the model).
#pragma once

#include "base/result.hpp"
#include "kadesh/annotation.hpp"
#include "neural/model_file.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kadesh {

/// Immutable; views the model file, which must outlive it.
class Lemmatizer {
  public:
    static Result<Lemmatizer> load(const neural::ModelFile& file);

    /// The lemma of a word: a view of the model, of the word itself, or of a string added to `owned`.
    [[nodiscard]] std::string_view lemma(std::string_view word, Upos upos, std::string_view xpos,
                                         std::deque<std::string>& owned) const;

  private:
    struct Rule {
        std::uint32_t cut = 0;
        std::string_view add;
    };

    [[nodiscard]] std::string_view find(std::string_view form, std::string_view upos) const;

    std::string_view forms_;
    std::vector<std::uint32_t> lines_;                    ///< where the lines of forms_ begin
    std::unordered_map<std::string_view, Rule> suffixes_; ///< key: `UPOS<TAB>suffix`
};

} // namespace kadesh
