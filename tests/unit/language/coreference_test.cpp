#include "coref_support.hpp"
#include "language/annotator.hpp"
#include "language/conllu.hpp"
#include "language/coreference.hpp"
#include "small_model.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <iterator>
#include <random>

namespace kadesh {
namespace {

using test::parsed;
using test::words_of;

CorefWords words() {
    return CorefWords::parse(test::kCorefWords).value();
}

/// Weights of chance: they know nothing, but every rule must hold whatever they say.
Coreference of_chance(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> weights(kCorefWeights);
    for (float& w : weights) w = static_cast<float>(random() % 2001) / 1000.0f - 1.0f;
    return {words(), std::move(weights)};
}

/// Any heads, relations, tags and names, cycles and nonsense among them.
Annotation of_chance(std::mt19937& random) {
    const char* const forms[] = {"he", "Putin", "its", "“", "”", "\"", "minister", "we", "UN", "the", "2001", "", "é"};
    const char* const tags[] = {"PRP", "NNP", "PRP$", "DT", "NN", "NNS", "POS", "CD", "NNPS"};
    Annotation a;
    const Token size = static_cast<Token>(random() % 120);
    for (Token t = 0; t < size; ++t) {
        a.span.push_back({});
        a.form.emplace_back(forms[random() % std::size(forms)]);
        a.lemma.push_back(a.form.back());
        a.upos.push_back(static_cast<Upos>(random() % kUposCount));
        a.xpos.emplace_back(tags[random() % std::size(tags)]);
        a.head.push_back(random() % 8 == 0 ? kNoToken : static_cast<Token>(random() % size));
        a.rel.push_back(static_cast<Rel>(random() % (static_cast<unsigned>(Rel::Xcomp) + 1)));
        a.space_after.push_back(static_cast<std::uint8_t>(random() % 2));
    }
    for (Token t = 0; t < size;) {
        const Token end = std::min(size, t + 1 + static_cast<Token>(random() % 30));
        a.sentences.push_back({t, end});
        t = end;
    }
    for (Token t = 0; t + 1 < size; t += 1 + static_cast<Token>(random() % 9)) {
        a.names.push_back({{t, t + 1}, static_cast<NameType>(random() % 4)});
    }
    return a;
}

void expect_sound(const Annotation& a) {
    std::vector<std::size_t> sizes(a.chains);
    std::uint32_t next = 0;
    Token before = 0;
    for (const ChainMention& m : a.coreference) {
        ASSERT_LT(m.tokens.first, m.tokens.last);
        ASSERT_LE(m.tokens.last, a.size());
        EXPECT_TRUE(m.tokens.contains(m.head));
        EXPECT_GE(m.tokens.first, before);
        before = m.tokens.first;
        ASSERT_LT(m.chain, a.chains);
        EXPECT_LE(m.chain, next) << "chains are numbered by their first mention";
        next = std::max(next, m.chain + 1);
        ++sizes[m.chain];
    }
    for (const std::size_t size : sizes) EXPECT_GE(size, 2u);
}

TEST(Coreference, AnyTreeGivesSoundChainsAndTheSameAgain) {
    std::mt19937 random(5);
    Coreference::Scratch reused;
    for (unsigned round = 0; round < 300; ++round) {
        const Coreference coreference = of_chance(round % 7);
        Annotation a = of_chance(random);
        coreference.resolve(a, reused);
        expect_sound(a);
        const std::vector<ChainMention> first = a.coreference;
        Coreference::Scratch fresh;
        coreference.resolve(a, fresh);
        EXPECT_EQ(a.coreference, first);
    }
}

TEST(Coreference, RulesHoldWhateverTheWeights) {
    const std::string text =
        "Thomas@PER/Thomas/PROPN/NNP/3/nsubj Sam@+/Sam/PROPN/NNP/1/flat left/leave/VERB/VBD/0/root\n"
        "Manju@PER/Manju/PROPN/NNP/3/nsubj Sam@+/Sam/PROPN/NNP/1/flat saw/see/VERB/VBD/0/root "
        "it/it/PRON/PRP/3/obj\n"
        "It/it/PRON/PRP/2/expl seemed/seem/VERB/VBD/0/root so/so/ADV/RB/2/advmod";
    Coreference::Scratch scratch;
    for (unsigned seed = 0; seed < 50; ++seed) {
        Annotation a = parsed(text);
        of_chance(seed).resolve(a, scratch);
        EXPECT_EQ(a.chains, 0u) << "two persons, 'it' that is neither, and an expletive: seed " << seed;
    }
}

TEST(Coreference, ConlluShowsChainsAsBrackets) {
    Document d;
    d.text = "Putin and his aide spoke .";
    Annotation a = parsed("Putin@PER/Putin/PROPN/NNP/5/nsubj and/and/CCONJ/CC/4/cc his/he/PRON/PRP$/4/nmod:poss "
                          "aide/aide/NOUN/NN/1/conj spoke/speak/VERB/VBD/0/root ././PUNCT/./5/punct");
    a.coreference = {{{0, 4}, 0, 0}, {{0, 1}, 0, 1}, {{2, 4}, 3, 2}, {{2, 3}, 2, 1}, {{3, 4}, 3, 0}};
    a.chains = 3;
    std::string out;
    write_conllu(d, a, out);
    std::vector<std::string> cells;
    for (std::size_t at = out.find("Coref="); at != std::string::npos; at = out.find("Coref=", at + 1)) {
        cells.push_back(out.substr(at, out.find_first_of("|\n", at) - at));
    }
    EXPECT_EQ(cells, (std::vector<std::string>{"Coref=(1(2)", "Coref=(3(2)", "Coref=(1)3)1)"}));
}

TEST(Coreference, IsAbsentFromModelsThatHaveNoneAndTellsWhatIsWrong) {
    test::ModelBuilder none = test::small_model();
    const std::vector<std::uint64_t> bytes = none.build();
    const neural::ModelFile file = neural::ModelFile::over(test::bytes_of(bytes), "none").value();
    EXPECT_FALSE(Coreference::present(file));

    test::ModelBuilder bad = test::small_model();
    bad.random("coref.weights", {kCorefWeights}, 0.1f);
    bad.text("coref.words", "king\tmonarch\n");
    const std::vector<std::uint64_t> bad_bytes = bad.build();
    const neural::ModelFile bad_file = neural::ModelFile::over(test::bytes_of(bad_bytes), "bad").value();
    EXPECT_TRUE(Coreference::present(bad_file));
    const Result<Coreference> loaded = Coreference::load(bad_file);
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("bad: coref.words"), std::string::npos) << loaded.error().message;
}

TEST(Coreference, IsSwitchedOffByAnOption) {
    test::ModelBuilder b = test::small_model();
    b.floats("coref.weights", {kCorefWeights}, std::vector<float>(kCorefWeights, 0.0f));
    b.text("coref.words", "king\tman\n");
    const test::TemporaryFile file(testing::TempDir() + "kadesh_coreference_test.kdm", b.build());
    const Annotator off = Annotator::load(file.path(), {.coreference = false}).value();
    const Annotator on = Annotator::load(file.path()).value();
    Document d;
    d.text = "Iran minister signed Iran treaty of Russia minister. Iran Russia signed Iran.";
    Annotator::Scratch scratch;
    EXPECT_EQ(off.annotate(d, scratch).chains, 0u);
    expect_sound(on.annotate(d, scratch));
}

/// With the shipped model, whose file the environment names.
class ShippedCoreferenceTest : public testing::Test {
  protected:
    void SetUp() override {
        const char* const path = std::getenv("KADESH_MODEL");
        if (path == nullptr) GTEST_SKIP() << "KADESH_MODEL is not set";
        Result<Annotator> loaded = Annotator::load(path);
        if (!loaded && loaded.error().code == ErrorCode::NotFound) GTEST_SKIP() << loaded.error().message;
        ASSERT_TRUE(loaded) << loaded.error().message;
        annotator_.emplace(std::move(loaded).value());
    }

    /// The phrases of the chain that holds the last mention with these words, joined by " | ".
    std::string chain_of(const std::string& text, const std::string& phrase) {
        Document d;
        d.text = text;
        Annotator::Scratch scratch;
        const Annotation a = annotator_->annotate(d, scratch);
        expect_sound(a);
        std::uint32_t chain = UINT32_MAX;
        for (const ChainMention& m : a.coreference) {
            if (words_of(a, m.tokens) == phrase) chain = m.chain;
        }
        std::string out;
        for (const ChainMention& m : a.coreference) {
            if (m.chain == chain) out += (out.empty() ? "" : " | ") + words_of(a, m.tokens);
        }
        return out;
    }

    std::optional<Annotator> annotator_;
};

TEST_F(ShippedCoreferenceTest, PronounsFindTheirNames) {
    const std::string text = "Angela Merkel met Vladimir Putin in Moscow on Friday. Merkel said she was satisfied.";
    EXPECT_EQ(chain_of(text, "she"), "Angela Merkel | Merkel | she");
}

TEST_F(ShippedCoreferenceTest, WhoSpeaksOfHimselfIsTheSpeaker) {
    const std::string text = "Sergey Lavrov arrived in Geneva on Monday. “I hope for peace,” Lavrov said.";
    EXPECT_EQ(chain_of(text, "I"), "Sergey Lavrov | I | Lavrov");
}

TEST_F(ShippedCoreferenceTest, OrganisationsAndTheirAcronymsAreOne) {
    const std::string text = "The United Nations criticised the attack. The UN said its staff was safe.";
    EXPECT_EQ(chain_of(text, "its"), "The United Nations | The UN | its");
}

} // namespace
} // namespace kadesh
