// What stands in quotation marks, over sentences and paragraphs.
#pragma once

#include "kadesh/annotation.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace kadesh {

/// The quotations of one document, in text order; none lies in another.
class Quotations {
  public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    /// @param text Document::text
    Quotations(const Annotation& annotation, std::string_view text);

    /// From the opening mark to behind the closing one. A quotation that every paragraph opens anew is one.
    [[nodiscard]] const std::vector<TokenRange>& all() const { return all_; }
    /// Index of the quotation that holds a token, its marks too; kNone outside.
    [[nodiscard]] std::uint32_t at(Token t) const { return at_[t]; }
    /// Whether a token is one of the marks, or opens a quotation's further paragraph.
    [[nodiscard]] bool mark(Token t) const { return mark_[t] != 0; }
    /// Whether a blank line stands before a token.
    [[nodiscard]] bool begins_paragraph(Token t) const { return paragraph_[t] != 0; }

  private:
    std::vector<TokenRange> all_;
    std::vector<std::uint32_t> at_;
    std::vector<std::uint8_t> mark_;
    std::vector<std::uint8_t> paragraph_;
};

} // namespace kadesh
