// Any columns as an annotation, whatever the trees: chains must have sound phrases, and be the same when asked again.
#include "language/coreference.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <vector>

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kadesh;
    static const Coreference coreference = [] {
        std::vector<float> weights(kCorefWeights);
        std::uint32_t state = 1;
        for (float& w : weights) {
            state = state * 1664525 + 1013904223;
            w = static_cast<float>(state >> 16) / 32768.0f - 1.0f;
        }
        return Coreference(CorefWords::parse("angela\twoman-name\nminister\tperson\nking\tman\n").value(),
                           std::move(weights));
    }();
    constexpr std::string_view forms[] = {"he", "her",  "Angela", "Merkel", "it", "minister", "“",    "”",
                                          "\"", "King", "UN",     "we",     "I",  "the",      "2001", "é"};
    constexpr std::string_view tags[] = {"PRP", "PRP$", "NNP", "NNPS", "NN", "NNS", "DT", "POS"};
    // Five bytes a word: form and space, part of speech and tag, head, relation, name or sentence.
    Annotation a;
    const Token count = static_cast<Token>(std::min<std::size_t>(size / 5, 4096));
    Token begin = 0;
    for (Token t = 0; t < count; ++t) {
        const std::uint8_t* const b = data + std::size_t{t} * 5;
        a.span.push_back({});
        a.form.push_back(forms[b[0] % std::size(forms)]);
        a.lemma.push_back(a.form.back());
        a.space_after.push_back(b[0] >> 7);
        a.upos.push_back(static_cast<Upos>(b[1] % kUposCount));
        a.xpos.push_back(tags[b[1] / kUposCount % std::size(tags)]);
        a.head.push_back(b[2] == 0 ? kNoToken : (t + b[2]) % count);
        a.rel.push_back(static_cast<Rel>(b[3] % (static_cast<unsigned>(Rel::Xcomp) + 1)));
        if (b[4] & 1) a.names.push_back({{t, std::min<Token>(count, t + 1)}, static_cast<NameType>(b[4] >> 6)});
        if ((b[4] & 0x3E) == 0x3E || t + 1 == count) {
            a.sentences.push_back({begin, t + 1});
            begin = t + 1;
        }
    }
    Coreference::Scratch scratch;
    coreference.resolve(a, scratch);
    std::vector<std::size_t> sizes(a.chains);
    for (const ChainMention& m : a.coreference) {
        require(m.tokens.first < m.tokens.last && m.tokens.last <= a.size());
        require(m.tokens.contains(m.head));
        require(m.chain < a.chains);
        ++sizes[m.chain];
    }
    for (const std::size_t n : sizes) require(n >= 2);
    const std::vector<ChainMention> first = a.coreference;
    coreference.resolve(a, scratch);
    require(a.coreference == first);
    return 0;
}
