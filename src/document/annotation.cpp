#include "kadesh/annotation.hpp"

#include <algorithm>
#include <array>

namespace kadesh {
namespace {

constexpr std::array<std::string_view, kUposCount> kUposNames{"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                              "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                              "PUNCT", "SCONJ", "SYM", "VERB", "X"};

constexpr std::array<std::string_view, static_cast<std::size_t>(Rel::Xcomp) + 1> kRelNames{
    "root",          "acl",          "acl:relcl",   "advcl",      "advcl:relcl", "advmod",     "amod",
    "appos",         "aux",          "aux:pass",    "case",       "cc",          "cc:preconj", "ccomp",
    "compound",      "compound:prt", "conj",        "cop",        "csubj",       "csubj:pass", "dep",
    "det",           "det:predet",   "discourse",   "dislocated", "expl",        "fixed",      "flat",
    "goeswith",      "iobj",         "list",        "mark",       "nmod",        "nmod:desc",  "nmod:poss",
    "nmod:unmarked", "nsubj",        "nsubj:outer", "nsubj:pass", "nummod",      "obj",        "obl",
    "obl:agent",     "obl:unmarked", "orphan",      "parataxis",  "punct",       "reparandum", "vocative",
    "xcomp"};

constexpr std::array<std::string_view, 4> kNameTypeNames{"PER", "ORG", "LOC", "MISC"};

template <std::size_t N> std::size_t index_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

} // namespace

std::string_view name(Upos tag) {
    return kUposNames[static_cast<std::size_t>(tag)];
}

Upos upos_from(std::string_view name) {
    const std::size_t i = index_of(kUposNames, name);
    return i < kUposNames.size() ? static_cast<Upos>(i) : Upos::X;
}

std::string_view name(Rel rel) {
    return kRelNames[static_cast<std::size_t>(rel)];
}

Rel rel_from(std::string_view label) {
    std::size_t i = index_of(kRelNames, label);
    if (i == kRelNames.size()) i = index_of(kRelNames, label.substr(0, label.find(':')));
    return i < kRelNames.size() ? static_cast<Rel>(i) : Rel::Dep;
}

std::string_view name(NameType type) {
    return kNameTypeNames[static_cast<std::size_t>(type)];
}

} // namespace kadesh
