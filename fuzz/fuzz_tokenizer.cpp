// Any text must come out as words in order that leave out nothing but white space, in sentences that cover all words.
#include "base/utf8.hpp"
#include "language/sentence_splitter.hpp"
#include "language/tokenizer.hpp"
#include "language/unicode.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

bool may_be_left_out(std::string_view gap) {
    for (std::size_t i = 0; i < gap.size();) {
        const kadesh::CodePoint c = kadesh::decode_utf8(gap, i);
        const kadesh::CharClass kind = kadesh::char_class(c.value);
        if (kind != kadesh::CharClass::Space && kind != kadesh::CharClass::Ignorable) return false;
        i += c.bytes;
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = kadesh::repair_utf8({reinterpret_cast<const char*>(data), size}).text;
    const std::string_view view = text;
    std::vector<kadesh::RawWord> words;
    kadesh::tokenize(view, words);
    std::uint32_t end = 0;
    for (const kadesh::RawWord& word : words) {
        require(word.span.start >= end && word.span.start < word.span.end && word.span.end <= view.size());
        require(may_be_left_out(view.substr(end, word.span.start - end)));
        require(!kadesh::is_continuation_byte(view[word.span.start]));
        require(word.span.start == end || !word.has(kadesh::RawWord::kClitic));
        end = word.span.end;
    }
    require(may_be_left_out(view.substr(end)));
    require(words.empty() || !words.front().has(kadesh::RawWord::kClitic));

    // The first byte chooses weights that split often or hardly ever.
    const float weight = size > 0 ? (static_cast<float>(data[0]) - 128.0f) / 256.0f : 0.0f;
    const kadesh::SentenceSplitter splitter{std::vector<float>(64, weight)};
    std::vector<kadesh::TokenRange> sentences;
    splitter.split(view, words, sentences);
    kadesh::Token next = 0;
    for (const kadesh::TokenRange sentence : sentences) {
        require(sentence.first == next && sentence.last > sentence.first);
        require(sentence.size() <= kadesh::kMaxSentence);
        next = sentence.last;
    }
    require(next == words.size());
    return 0;
}
