#include "language/name_decoder.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace kadesh {

Result<NameDecoder> NameDecoder::load(const neural::ModelFile& file) {
    NameDecoder out;
    const Result<std::string_view> text = file.text("labels.ner");
    if (!text) return text.error();
    for (std::string_view left = *text; !left.empty();) {
        const std::size_t end = std::min(left.find('\n'), left.size());
        const std::string_view label = left.substr(0, end);
        left.remove_prefix(std::min(end + 1, left.size()));
        Kind kind;
        if (label != "O") {
            kind.name = true;
            kind.begins = label.starts_with("B-");
            const std::string_view type = label.substr(std::min<std::size_t>(2, label.size()));
            constexpr NameType types[] = {NameType::PER, NameType::ORG, NameType::LOC, NameType::MISC};
            const auto* const found =
                std::find_if(std::begin(types), std::end(types), [&](NameType t) { return kadesh::name(t) == type; });
            if (found == std::end(types) || (!kind.begins && !label.starts_with("I-"))) {
                return Error{ErrorCode::BadArtefact, file.name() + ": labels.ner: unknown label " + std::string(label)};
            }
            kind.type = *found;
        }
        out.kinds_.push_back(kind);
    }
    const auto n = static_cast<std::uint32_t>(out.kinds_.size());
    if (n == 0 || n > 64) return Error{ErrorCode::BadArtefact, file.name() + ": labels.ner: no labels, or too many"};
    Result<std::vector<float>> transitions = file.floats("ner.transitions", {n, n});
    if (!transitions) return transitions.error();
    Result<std::vector<float>> start = file.floats("ner.start", {n});
    if (!start) return start.error();
    Result<std::vector<float>> end = file.floats("ner.end", {n});
    if (!end) return end.error();
    out.transitions_ = std::move(transitions).value();
    out.start_ = std::move(start).value();
    out.end_ = std::move(end).value();
    return out;
}

void NameDecoder::decode(const float* scores, std::size_t stride, std::span<std::uint8_t> labels,
                         Scratch& scratch) const {
    const std::size_t n = kinds_.size();
    if (labels.empty()) return;
    scratch.best.resize(n);
    scratch.next.resize(n);
    scratch.back.resize(n * labels.size());
    for (std::size_t k = 0; k < n; ++k) scratch.best[k] = scores[k] + start_[k];
    for (std::size_t i = 1; i < labels.size(); ++i) {
        for (std::size_t k = 0; k < n; ++k) {
            std::size_t from = 0;
            float top = scratch.best[0] + transitions_[k];
            for (std::size_t j = 1; j < n; ++j) {
                const float value = scratch.best[j] + transitions_[j * n + k];
                if (value > top) {
                    top = value;
                    from = j;
                }
            }
            scratch.next[k] = top + scores[i * stride + k];
            scratch.back[i * n + k] = static_cast<std::uint8_t>(from);
        }
        std::swap(scratch.best, scratch.next);
    }
    for (std::size_t k = 0; k < n; ++k) scratch.best[k] += end_[k];
    auto label =
        static_cast<std::uint8_t>(std::max_element(scratch.best.begin(), scratch.best.end()) - scratch.best.begin());
    for (std::size_t i = labels.size(); i-- > 0;) {
        labels[i] = label;
        label = scratch.back[i * n + label];
    }
}

void NameDecoder::spans(std::span<const std::uint8_t> labels, Token base, std::vector<NameSpan>& out) const {
    bool open = false;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const Kind kind = kinds_[labels[i]];
        const Token token = base + static_cast<Token>(i);
        if (kind.name && open && !kind.begins && out.back().type == kind.type) {
            out.back().tokens.last = token + 1;
        } else if (kind.name) {
            out.push_back({{token, token + 1}, kind.type});
        }
        open = kind.name;
    }
}

} // namespace kadesh
