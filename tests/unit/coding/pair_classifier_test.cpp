#include "base/text_hash.hpp"
#include "coding/attribution.hpp"
#include "coding/pair_acts.hpp"
#include "coding/pair_classifier.hpp"
#include "support/coding_world.hpp"
#include "unit/neural/model_builder.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <set>

namespace kadesh {
namespace {

const std::string kShelled = "Russia/NNP/2/nsubj@LOC shelled=shell/VBD/0/root Georgia/NNP/2/obj@LOC "
                             "on/IN/5/case Friday/NNP/2/obl";

class Pairs : public test::CodingTest {
  protected:
    struct Seen {
        std::vector<RankedAct> acts;
        PairFeatures features;
        std::set<std::string> names; ///< `group:name`
    };
    static TextSpan span(const test::Reading& r, std::string_view form) {
        return r.parsed.annotation->span[r.at(form)];
    }
    static Seen see(const test::Reading& r, TextSpan source, TextSpan target) {
        Seen seen;
        const AttributionModel nothing;
        const Attributions attributions(r.tree, r.parsed.document->text, nothing, lexicon());
        seen.acts = rank_acts(r.tree, r.mentions, lexicon(), attributions, {source, target});
        seen.features = pair_features(r.tree, r.mentions, lexicon(), {source, target}, seen.acts);
        for (const PairFeature& f : seen.features.features)
            seen.names.insert(std::string(name(f.group)) + ':' + f.name);
        return seen;
    }
};

TEST_F(Pairs, ActBetweenThePairComesFirst) {
    const test::Reading r(world(), lexicon(),
                          "Russia/NNP/2/nsubj@LOC shelled=shell/VBD/0/root Georgia/NNP/2/obj@LOC and/CC/5/cc "
                          "met=meet/VBD/2/conj Ukraine/NNP/5/obj@LOC",
                          day());
    EXPECT_EQ(see(r, span(r, "Russia"), span(r, "Georgia")).acts.at(0).act.type, EventType::Assault);
    const Seen other = see(r, span(r, "Russia"), span(r, "Ukraine"));
    EXPECT_EQ(other.acts.at(0).act.type, EventType::Consult);
    EXPECT_TRUE(other.acts.at(0).actor);
    EXPECT_TRUE(other.acts.at(0).recipient);
}

TEST_F(Pairs, TurnedRoundIsSeen) {
    const test::Reading r(world(), lexicon(), kShelled, day());
    const Seen turned = see(r, span(r, "Georgia"), span(r, "Russia"));
    EXPECT_TRUE(turned.acts.at(0).swapped);
    EXPECT_TRUE(turned.names.contains("predicate:v:shell S=obj T=subj"));
}

TEST_F(Pairs, FeaturesTellRulesGrammarAndMaskedWords) {
    const test::Reading r(world(), lexicon(), kShelled, day());
    const Seen seen = see(r, span(r, "Russia"), span(r, "Georgia"));
    for (const char* wanted : {"rules:0:ASSAULT/AR", "rules:0:ASSAULT.heavy-weapons", "lexicon:v:ASSAULT S=subj T=obj",
                               "predicate:v:shell S=subj T=obj", "path:top shell", "between:>= <S> shell <T> ",
                               "sentence:<S> shell <T>", "participant:other state", "participant:S first"})
        EXPECT_TRUE(seen.names.contains(wanted)) << wanted;
    // What the two are called is no feature: names change, relations stay.
    for (const std::string& n : seen.names) {
        EXPECT_EQ(n.find("russia"), std::string::npos) << n;
        EXPECT_EQ(n.find("georgia"), std::string::npos) << n;
        EXPECT_EQ(n.find("friday"), std::string::npos) << n;
    }
    EXPECT_TRUE(std::is_sorted(seen.features.features.begin(), seen.features.features.end(),
                               [](const PairFeature& x, const PairFeature& y) {
                                   return x.group != y.group ? x.group < y.group : x.name < y.name;
                               }));
}

TEST_F(Pairs, AbsentTarget) {
    const test::Reading r(world(), lexicon(), kShelled, day());
    const Seen seen = see(r, span(r, "Russia"), {0, 1});
    EXPECT_TRUE(seen.names.contains("participant:T:none"));
    EXPECT_TRUE(seen.names.contains("predicate:v:shell S=subj T=-"));
}

/// Three classes; `predicate:v:shell` speaks for the first, the word vector of "shelled" for the second.
class Classifier : public Pairs {
  protected:
    static constexpr const char* kLabels =
        "ASSAULT\nRETREAT CONCEDE\nAGREE CONSULT SUPPORT COOPERATE AID REQUEST ACCUSE REJECT THREATEN PROTEST "
        "SANCTION MOBILIZE COERCE\n";

    static test::ModelBuilder builder(float word_weight, const std::string& without = {},
                                      std::vector<float> curve = {0.0F, 0.1F, 1.0F, 0.9F}, bool ascending = true) {
        test::ModelBuilder b;
        const auto give = [&](const std::string& name, const auto& add) {
            if (name != without) add(name);
        };
        give("config", [&](const std::string& n) { b.text(n, "vector = 2\n"); });
        give("labels", [&](const std::string& n) { b.text(n, kLabels); });
        std::vector<std::uint64_t> keys = {feature_key({FeatureGroup::Predicate, "v:shell"}),
                                           feature_key({FeatureGroup::Predicate, "v:meet"})};
        std::sort(keys.begin(), keys.end());
        if (!ascending) std::swap(keys[0], keys[1]);
        const std::size_t shell = keys[0] == feature_key({FeatureGroup::Predicate, "v:shell"}) ? 0 : 1;
        std::vector<std::int8_t> rows(6, 0);
        rows[shell * 3] = 100;
        give("features.keys", [&](const std::string& n) { b.numbers(n, keys); });
        give("features.weights", [&](const std::string& n) { b.bytes(n, {2, 3}, rows); });
        give("features.weights.scale", [&](const std::string& n) { b.floats(n, {2}, {0.02F, 0.02F}); });
        give("bias", [&](const std::string& n) { b.floats(n, {3}, {0, 0, 0.5F}); });
        give("words.keys", [&](const std::string& n) { b.numbers(n, {hash64("shelled")}); });
        give("words.vectors", [&](const std::string& n) { b.bytes(n, {1, 2}, {0, 50}); });
        give("words.vectors.scale", [&](const std::string& n) { b.floats(n, {1}, {0.02F}); });
        give("views", [&](const std::string& n) { b.text(n, "predicates\n"); });
        give("views.weights", [&](const std::string& n) { b.floats(n, {1, 2, 3}, {0, 0, 0, 0, word_weight, 0}); });
        const auto knots = static_cast<std::uint32_t>(curve.size() / 2);
        give("calibration", [&](const std::string& n) { b.floats(n, {knots, 2}, curve); });
        return b;
    }
    static PairOpinion judge(float word_weight, const std::string& text, std::string_view source,
                             std::string_view target) {
        const std::vector<std::uint64_t> bytes = builder(word_weight).build();
        const auto file = neural::ModelFile::over(test::bytes_of(bytes), "m.kdm");
        const auto classifier = PairClassifier::load(*file);
        EXPECT_TRUE(classifier.ok()) << (classifier.ok() ? "" : classifier.error().message);
        const test::Reading r(world(), lexicon(), text, day());
        return classifier->judge(see(r, span(r, source), span(r, target)).features, *r.parsed.annotation);
    }
};

TEST_F(Classifier, FeaturesSpeakForTheirClass) {
    const PairOpinion opinion = judge(0, kShelled, "Russia", "Georgia");
    EXPECT_EQ(opinion.best, 0U);
    EXPECT_EQ(opinion.reason, "predicate:v:shell");
    // Scores 2, 0 and 0.5.
    EXPECT_NEAR(static_cast<double>(opinion.probabilities[0]), 0.7361, 1e-3);
    EXPECT_NEAR(opinion.confidence, 0.1 + 0.8 * static_cast<double>(opinion.probabilities[0]), 1e-6);
}

TEST_F(Classifier, WordVectorsAreHeard) {
    EXPECT_EQ(judge(3.0F, kShelled, "Russia", "Georgia").best, 1U);
}

TEST_F(Classifier, WithoutAnyKnownFeatureTheBiasDecides) {
    const PairOpinion opinion =
        judge(0, "Russia/NNP/2/nsubj@LOC likes=like/VBZ/0/root Georgia/NNP/2/obj@LOC", "Russia", "Georgia");
    EXPECT_EQ(opinion.best, 2U);
    EXPECT_EQ(opinion.reason, "");
}

TEST_F(Classifier, TypesShareAClass) {
    const std::vector<std::uint64_t> bytes = builder(0).build();
    const auto file = neural::ModelFile::over(test::bytes_of(bytes), "m.kdm");
    const auto classifier = PairClassifier::load(*file);
    ASSERT_TRUE(classifier.ok());
    EXPECT_EQ(classifier->class_of(EventType::Concede), 1U);
    EXPECT_EQ(classifier->type(1), EventType::Retreat);
}

TEST_F(Classifier, DamagedFilesAreRefused) {
    const auto problem = [](const test::ModelBuilder& b) {
        const std::vector<std::uint64_t> bytes = b.build();
        const auto file = neural::ModelFile::over(test::bytes_of(bytes), "m.kdm");
        EXPECT_TRUE(file.ok());
        const auto classifier = PairClassifier::load(*file);
        return classifier.ok() ? std::string() : classifier.error().message;
    };
    EXPECT_EQ(problem(builder(0)), "");
    for (const char* section :
         {"config", "labels", "features.keys", "features.weights", "features.weights.scale", "bias", "words.keys",
          "words.vectors", "words.vectors.scale", "views", "views.weights", "calibration"})
        EXPECT_TRUE(problem(builder(0, section)).starts_with("m.kdm: ")) << section;
    EXPECT_EQ(problem(builder(0, {}, {0.0F, 0.9F, 1.0F, 0.1F})),
              "m.kdm: section calibration: no rising curve from 0 to 1");
    EXPECT_EQ(problem(builder(0, {}, {0.0F, 0.1F, 1.0F, 0.9F}, false)), "m.kdm: section features.keys: not ascending");
    EXPECT_EQ(problem(builder(std::numeric_limits<float>::quiet_NaN())),
              "m.kdm: section views.weights: has values that are not finite");
}

} // namespace
} // namespace kadesh
