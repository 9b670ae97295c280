// Writes what the classifier of pairs sees of each pair: one JSON object a line, in the order of the input.
//
// usage: pair_features_dump MODEL KNOWLEDGE PAIRS.jsonl > FEATURES.jsonl
#include "base/text_hash.hpp"
#include "coding/coder.hpp"
#include "document/json_writer.hpp"
#include "engine/pair_stream.hpp"
#include "knowledge/world.hpp"
#include "language/annotator.hpp"

#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace kadesh;

void write(const PairQuestion& question, const Annotation& a, const PairFeatures& features, std::string& out) {
    JsonWriter json(out);
    json.begin_object();
    if (!question.id_json.empty()) json.key("id").raw(question.id_json);
    json.key("features").begin_array();
    for (const PairFeature& f : features.features)
        json.value(std::string(name(f.group)) + '\t' + hex(feature_key(f)) + '\t' + f.name);
    json.end_array();
    json.key("words").begin_object();
    for (std::size_t v = 0; v < kWordViews; ++v) {
        json.key(name(static_cast<WordView>(v))).begin_array();
        for (const Token t : features.words[v]) json.value(t);
        json.end_array();
    }
    json.end_object();
    json.key("forms").begin_array();
    for (const std::string_view form : a.form) json.value(form);
    json.end_array();
    json.key("sentences").begin_array();
    for (const TokenRange& s : a.sentences) json.value(s.last);
    json.end_array();
    json.end_object();
    out += '\n';
}

int fail(const std::string& message) {
    std::fprintf(stderr, "pair_features_dump: %s\n", message.c_str());
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) return fail("usage: pair_features_dump MODEL KNOWLEDGE PAIRS.jsonl");
    const auto annotator = Annotator::load(argv[1]);
    if (!annotator) return fail(annotator.error().message);
    const auto world = World::open(argv[2]);
    if (!world) return fail(world.error().message);
    const auto coder = Coder::load(*world);
    if (!coder) return fail(coder.error().message);
    const std::vector<std::string> inputs{argv[3]};
    PairStream stream(inputs);
    Annotator::Scratch scratch;
    std::string out;
    while (auto next = stream.next()) {
        if (!*next) return fail(next->error().message);
        const PairQuestion question = std::move(*next).value();
        if (!question.problem.empty()) return fail(question.problem);
        Document document;
        document.text = question.text;
        const Annotation annotation = annotator->annotate(document, scratch);
        out.clear();
        write(question, annotation, coder->features(document, annotation, {question.source, question.target}), out);
        std::fwrite(out.data(), 1, out.size(), stdout);
    }
    return 0;
}
