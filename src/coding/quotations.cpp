#include "coding/quotations.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace kadesh {

namespace {

enum class Mark : std::uint8_t { None, Open, Close };

constexpr Token kLongest = 1500; ///< words after which an open quotation is taken for a lost mark

struct Reading {
    Mark mark = Mark::None;
    bool single = false;
};

/// What a token does to quotations, by its form and the spaces around it.
Reading mark_of(const Annotation& a, Token t) {
    const std::string_view f = a.form[t];
    if (f == "“" || f == "``" || f == "«" || f == "„") return {Mark::Open, false};
    if (f == "”" || f == "»") return {Mark::Close, false};
    if (f == "‘") return {Mark::Open, true};
    const bool twofold = f == "\"" || f == "''";
    if (!twofold && f != "'" && f != "’" && f != "`") return {};
    if (!twofold && a.upos[t] != Upos::PUNCT) return {};
    const bool left = t > 0 && a.span[t - 1].end == a.span[t].start && a.form[t - 1] != "(" && a.form[t - 1] != "[" &&
                      a.form[t - 1] != "—";
    const bool right = t + 1 < a.size() && a.span[t].end == a.span[t + 1].start;
    return {right && !left ? Mark::Open : Mark::Close, !twofold};
}

bool blank_line(std::string_view gap) {
    return std::count(gap.begin(), gap.end(), '\n') > 1 &&
           std::all_of(gap.begin(), gap.end(), [](char c) { return is_ascii_space(c) || (c & 0x80) != 0; });
}

} // namespace

Quotations::Quotations(const Annotation& a, std::string_view text)
    : at_(a.size(), kNone), mark_(a.size(), 0), paragraph_(a.size(), 0) {
    constexpr Token kClosed = kNoToken;
    Token open = kClosed;
    bool single = false;
    std::vector<Token> again; // marks that open a further paragraph
    const auto close = [&](Token last) {
        const auto index = static_cast<std::uint32_t>(all_.size());
        all_.push_back({open, last});
        for (Token t = open; t < last; ++t) at_[t] = index;
        mark_[open] = mark_[last - 1] = 1;
        for (const Token t : again) mark_[t] = 1;
        open = kClosed;
        again.clear();
    };
    for (Token t = 0; t < a.size(); ++t) {
        const std::size_t before = t > 0 ? a.span[t - 1].end : 0;
        if (before <= a.span[t].start && blank_line(text.substr(before, a.span[t].start - before))) paragraph_[t] = 1;
        const Reading here = mark_of(a, t);
        if (open == kClosed) {
            if (here.mark == Mark::Open) {
                open = t;
                single = here.single;
            }
            continue;
        }
        if (paragraph_[t] != 0) {
            // A quotation goes on where the next paragraph opens with a mark again; else its end was forgotten.
            if (here.mark == Mark::Open && here.single == single) {
                again.push_back(t);
                continue;
            }
            if (!single) close(t);
            open = kClosed;
            again.clear();
            if (here.mark == Mark::Open) {
                open = t;
                single = here.single;
            }
            continue;
        }
        if (here.mark == Mark::Close && here.single == single)
            close(t + 1);
        else if (single && here.mark == Mark::Open && !here.single) { // the single one was an apostrophe
            open = t;
            single = false;
            again.clear();
        } else if (t - open > kLongest) {
            open = kClosed;
            again.clear();
        }
    }
}

} // namespace kadesh
