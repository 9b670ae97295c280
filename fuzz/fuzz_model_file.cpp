// A model file of any content must be refused or read, never believed beyond its bounds. The checksum is renewed first,
// so that the fuzzer gets past it.
#include "language/coreference.hpp"
#include "language/lemmatizer.hpp"
#include "language/name_decoder.hpp"
#include "language/sentence_model.hpp"
#include "language/sentence_splitter.hpp"
#include "neural/model_file.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <string>
#include <vector>

namespace {

void seal(std::vector<std::uint64_t>& file) {
    if (file.size() < 8) return;
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (std::size_t i = 8; i < file.size(); ++i) h = (h ^ file[i]) * 0x100000001b3ULL;
    file[2] = file.size() * 8;
    file[3] = h;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::uint64_t> words(size / 64 * 8);
    if (!words.empty()) std::memcpy(words.data(), data, words.size() * 8);
    seal(words);
    const kadesh::Result<kadesh::neural::ModelFile> file =
        kadesh::neural::ModelFile::over(std::as_bytes(std::span(words)), "input");
    if (!file) return 0;
    for (const kadesh::neural::Section& section : file->sections()) {
        (void)file->text(section.name);
        (void)file->floats(section.name, {section.dims[0]});
        (void)file->floats(section.name, {section.dims[0], section.dims[1]});
    }
    (void)kadesh::SentenceModel::load(*file);
    (void)kadesh::SentenceSplitter::load(*file);
    (void)kadesh::NameDecoder::load(*file);
    (void)kadesh::Coreference::load(*file);
    if (const kadesh::Result<kadesh::Lemmatizer> lemmatizer = kadesh::Lemmatizer::load(*file)) {
        std::deque<std::string> owned;
        for (const char* const word : {"Treaties", "was", "s"}) {
            (void)lemmatizer->lemma(word, kadesh::Upos::NOUN, "NNS", owned);
            (void)lemmatizer->lemma(word, kadesh::Upos::PROPN, "NNPS", owned);
        }
    }
    return 0;
}
