#include "document/record_names.hpp"

#include <array>
#include <utility>

namespace kadesh {

std::string_view name(Via via) {
    switch (via) {
    case Via::Direct: return {};
    case Via::Coreference: return "coreference";
    case Via::Metonym: return "metonym";
    case Via::Membership: return "membership";
    }
    return {};
}

std::string_view name(DateBasis basis) {
    switch (basis) {
    case DateBasis::Text: return "text";
    case DateBasis::Context: return "context";
    case DateBasis::Document: return "document";
    }
    return {};
}

std::vector<std::string_view> auxiliary_names(std::uint8_t bits) {
    constexpr std::array<std::pair<Auxiliary, std::string_view>, 5> kNames{{{kHistorical, "historical"},
                                                                            {kFuture, "future"},
                                                                            {kHypothetical, "hypothetical"},
                                                                            {kNegated, "negated"},
                                                                            {kAlleged, "alleged"}}};
    std::vector<std::string_view> names;
    for (const auto& [bit, text] : kNames)
        if ((bits & bit) != 0) names.push_back(text);
    return names;
}

std::string_view words_of(const Document& document, TextSpan span) {
    if (span.empty() || span.end > document.text.size()) return {};
    return std::string_view(document.text).substr(span.start, span.end - span.start);
}

} // namespace kadesh
