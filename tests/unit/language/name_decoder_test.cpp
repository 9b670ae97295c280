#include "language/name_agreement.hpp"
#include "language/name_decoder.hpp"
#include "language/name_repair.hpp"
#include "small_model.hpp"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <random>

namespace kadesh {
namespace {

class NameDecoderTest : public testing::Test {
  protected:
    NameDecoderTest() : bytes_(test::small_model().build()) {
        file_ = std::make_unique<neural::ModelFile>(neural::ModelFile::over(test::bytes_of(bytes_), "test").value());
        decoder_ = std::make_unique<NameDecoder>(NameDecoder::load(*file_).value());
    }

    std::vector<std::uint64_t> bytes_;
    std::unique_ptr<neural::ModelFile> file_;
    std::unique_ptr<NameDecoder> decoder_;
};

TEST_F(NameDecoderTest, FindsTheBestSequence) {
    const std::vector<float> transitions = *file_->floats("ner.transitions", {9, 9});
    const std::vector<float> start = *file_->floats("ner.start", {9});
    std::mt19937 random(3);
    std::uniform_real_distribution<float> uniform(-2, 2);
    NameDecoder::Scratch scratch;
    for (int round = 0; round < 50; ++round) {
        constexpr std::size_t words = 4, stride = 16;
        std::vector<float> scores(words * stride);
        for (float& s : scores) s = uniform(random);
        std::vector<std::uint8_t> labels(words);
        decoder_->decode(scores.data(), stride, labels, scratch);
        const auto value = [&](const std::vector<std::uint8_t>& sequence) {
            double sum = static_cast<double>(start[sequence[0]]);
            for (std::size_t i = 0; i < words; ++i) {
                sum += static_cast<double>(scores[i * stride + sequence[i]]);
                if (i > 0) sum += static_cast<double>(transitions[sequence[i - 1] * 9u + sequence[i]]);
            }
            return sum;
        };
        double best = -1e30;
        std::vector<std::uint8_t> sequence(words);
        const std::function<void(std::size_t)> assign = [&](std::size_t i) {
            if (i == words) {
                best = std::max(best, value(sequence));
                return;
            }
            for (std::uint8_t label = 0; label < 9; ++label) {
                sequence[i] = label;
                assign(i + 1);
            }
        };
        assign(0);
        ASSERT_NEAR(value(labels), best, 1e-4) << round;
    }
}

TEST_F(NameDecoderTest, SpellsSpans) {
    std::vector<NameSpan> names;
    const std::vector<std::uint8_t> labels{1, 2, 1, 0, 5, 8, 4}; // B-PER I-PER B-PER O B-LOC I-MISC I-ORG
    decoder_->spans(labels, 10, names);
    ASSERT_EQ(names.size(), 5u);
    EXPECT_EQ(names[0].tokens, (TokenRange{10, 12}));
    EXPECT_EQ(names[1].tokens, (TokenRange{12, 13}));
    EXPECT_EQ(names[2].type, NameType::LOC);
    EXPECT_EQ(names[3].type, NameType::MISC);
    EXPECT_EQ(names[4].type, NameType::ORG);
}

/// An annotation of words that spaces part, without tree.
struct Words {
    explicit Words(std::string_view given) : text(given) {
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = std::min(text.find(' ', start), text.size());
            a.span.push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
            a.form.push_back(std::string_view(text).substr(start, end - start));
            start = end + 1;
        }
        a.upos.assign(a.size(), Upos::PROPN);
        a.xpos.assign(a.size(), "NNP");
        a.head.assign(a.size(), kNoToken);
    }
    std::string text;
    Annotation a;
};

/// Scores of label `label` over all others.
std::vector<float> leaning(std::size_t label, float by) {
    std::vector<float> row(9, 0.0f);
    row[label] = by;
    return row;
}

TEST_F(NameDecoderTest, WhatIsClearElsewhereSettlesWhatIsOpen) {
    // O B-PER I-PER B-ORG I-ORG B-LOC I-LOC B-MISC I-MISC
    const std::vector<std::string_view> forms = {"Séléka", "fought", "near", "Séléka", "Bangui", "fought", "Séléka"};
    std::vector<float> scores;
    for (const std::vector<float>& row : {leaning(5, 1.0f), leaning(0, 8.0f), leaning(0, 8.0f), leaning(3, 8.0f),
                                          leaning(5, 6.0f), leaning(0, 2.0f), leaning(3, 8.0f)})
        scores.insert(scores.end(), row.begin(), row.end());
    const std::vector<float> before = scores;
    NameAgreement::Scratch scratch;
    NameAgreement::apply(*decoder_, forms, scores, scratch);
    EXPECT_GT(scores[3], scores[5]) << "an organisation, as in the other two sentences";
    EXPECT_GT(scores[3 * 9 + 3], scores[3 * 9 + 5]) << "and they stay so";
    for (const std::size_t i : {1u, 2u, 4u, 5u}) // met once, or no capital
        for (std::size_t k = 0; k < 9; ++k) EXPECT_EQ(scores[i * 9 + k], before[i * 9 + k]) << forms[i];
    EXPECT_EQ(scores[3] - scores[4], before[3] - before[4]) << "beginning or going on is the sentence's own affair";
}

TEST(NameRepair, TrimsPossessivesAndPunctuation) {
    Words w("\" Putin 's , said");
    w.a.upos = {Upos::PUNCT, Upos::PROPN, Upos::PART, Upos::PUNCT, Upos::VERB};
    w.a.xpos[2] = "POS";
    w.a.names = {{{0, 3}, NameType::PER}, {{3, 4}, NameType::ORG}};
    repair_names(w.a);
    ASSERT_EQ(w.a.names.size(), 1u);
    EXPECT_EQ(w.a.names[0].tokens, (TokenRange{1, 2}));
}

TEST(NameRepair, JoinsArticles) {
    Words w("The Jordan Times and the said");
    w.a.upos[0] = w.a.upos[4] = Upos::DET;
    w.a.head = {2, 2, kNoToken, 2, 2, 2};
    w.a.names = {{{0, 1}, NameType::ORG}, {{1, 3}, NameType::ORG}, {{4, 5}, NameType::LOC}};
    repair_names(w.a);
    ASSERT_EQ(w.a.names.size(), 1u);
    EXPECT_EQ(w.a.names[0].tokens, (TokenRange{0, 3}));
}

TEST(NameRepair, TheUsualTypeOfANameWins) {
    Words w("Jordan Jordan Jordan Quito Quito");
    w.a.names = {{{0, 1}, NameType::LOC},
                 {{1, 2}, NameType::PER},
                 {{2, 3}, NameType::LOC},
                 {{3, 4}, NameType::PER},
                 {{4, 5}, NameType::LOC}};
    repair_names(w.a);
    EXPECT_EQ(w.a.names[1].type, NameType::LOC);
    EXPECT_EQ(w.a.names[3].type, NameType::PER) << "one against one decides nothing";
    EXPECT_EQ(w.a.names[4].type, NameType::LOC);
}

} // namespace
} // namespace kadesh
