#include "language/annotator.hpp"
#include "language/conllu.hpp"
#include "small_model.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <random>
#include <thread>

namespace kadesh {
namespace {

Document document(std::string id, std::string text) {
    Document d;
    d.id = std::move(id);
    d.text = std::move(text);
    return d;
}

std::string written(const Document& d, const Annotation& a) {
    std::string out;
    write_conllu(d, a, out);
    return out;
}

void expect_sound(const Document& d, const Annotation& a) {
    const std::size_t n = a.size();
    ASSERT_EQ(a.form.size(), n);
    ASSERT_EQ(a.lemma.size(), n);
    ASSERT_EQ(a.upos.size(), n);
    ASSERT_EQ(a.xpos.size(), n);
    ASSERT_EQ(a.head.size(), n);
    ASSERT_EQ(a.rel.size(), n);
    ASSERT_EQ(a.space_after.size(), n);
    Token next = 0;
    std::uint32_t end = 0;
    for (const TokenRange s : a.sentences) {
        ASSERT_EQ(s.first, next);
        ASSERT_LT(s.first, s.last);
        next = s.last;
        std::size_t roots = 0;
        for (Token t = s.first; t < s.last; ++t) {
            ASSERT_GE(a.span[t].start, end);
            end = a.span[t].end;
            ASSERT_LE(end, d.text.size());
            ASSERT_EQ(a.form[t], std::string_view(d.text).substr(a.span[t].start, end - a.span[t].start));
            ASSERT_FALSE(a.xpos[t].empty());
            roots += a.head[t] == kNoToken;
            EXPECT_EQ(a.rel[t] == Rel::Root, a.head[t] == kNoToken);
            Token node = t;
            for (Token steps = 0; node != kNoToken; ++steps) {
                ASSERT_TRUE(s.contains(node));
                ASSERT_LE(steps, s.size()) << "a cycle";
                node = a.head[node];
            }
        }
        EXPECT_EQ(roots, 1u);
    }
    EXPECT_EQ(next, n);
    Token last = 0;
    for (const NameSpan& name : a.names) {
        EXPECT_GE(name.tokens.first, last);
        EXPECT_LT(name.tokens.first, name.tokens.last);
        last = name.tokens.last;
        std::size_t inside = 0;
        for (const TokenRange s : a.sentences) inside += s.first <= name.tokens.first && name.tokens.last <= s.last;
        EXPECT_EQ(inside, 1u) << "a name crosses sentences";
    }
}

/// With small random models of both networks.
class SmallAnnotatorTest : public testing::TestWithParam<test::Network> {
  protected:
    SmallAnnotatorTest()
        : file_(testing::TempDir() + "kadesh_annotator_test.kdm", test::small_model("", GetParam()).build()),
          annotator_(Annotator::load(file_.path()).value()) {}

    /// Texts of many shapes and lengths.
    std::vector<Document> documents() const {
        std::vector<Document> out;
        std::mt19937 random(11);
        const char* const words[] = {"the",   "Minister", "Moscow", "unable",   "signed", "cafe", "qwx",  "12",
                                     "don't", ".",        ",",      "“treaty”", "—",      "\n",   "\n\n", "and"};
        for (int k = 0; k < 24; ++k) {
            std::string text;
            const unsigned count = k == 0 ? 0 : k == 1 ? 900 : static_cast<unsigned>(random() % 60);
            for (unsigned i = 0; i < count; ++i) text += std::string(words[random() % std::size(words)]) + ' ';
            out.push_back(document("d" + std::to_string(k), text));
        }
        return out;
    }

    test::TemporaryFile file_;
    Annotator annotator_;
};

TEST_P(SmallAnnotatorTest, AnnotationsAreSound) {
    Annotator::Scratch scratch;
    for (const Document& d : documents()) expect_sound(d, annotator_.annotate(d, scratch));
}

TEST_P(SmallAnnotatorTest, ADocumentComesOutTheSameAloneInABatchAndOnAnyThread) {
    const std::vector<Document> texts = documents();
    std::vector<Annotation> together(texts.size());
    Annotator::Scratch scratch;
    annotator_.annotate(texts, together, scratch);
    std::vector<std::string> threaded(texts.size());
    std::vector<std::thread> threads;
    for (std::size_t k = 0; k < 3; ++k) {
        threads.emplace_back([&, k] {
            Annotator::Scratch own;
            for (std::size_t i = k; i < texts.size(); i += 3)
                threaded[i] = written(texts[i], annotator_.annotate(texts[i], own));
        });
    }
    for (std::thread& t : threads) t.join();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(written(texts[i], together[i]), threaded[i]) << i;
        EXPECT_EQ(written(texts[i], annotator_.annotate(texts[i], scratch)), threaded[i]) << i;
    }
}

TEST_P(SmallAnnotatorTest, SentencesLongerThanTheEncoderHaveOneTree) {
    Annotator::Scratch scratch;
    std::string text;
    for (int i = 0; i < 150; ++i)
        text += "unable "; // 300 pieces, of which an encoder takes 62; or 150 words, of which one takes 23
    const Document d = document("long", text);
    const Annotation a = annotator_.annotate(d, scratch);
    expect_sound(d, a);
}

TEST_P(SmallAnnotatorTest, ViewsSurviveMovesOfTheAnnotation) {
    const Document d = document("d", "Treaties ministers signed deals. Ministers Treaties.");
    Annotator::Scratch scratch;
    Annotation a = annotator_.annotate(d, scratch);
    const std::string before = written(d, a);
    std::vector<Annotation> store;
    store.push_back(std::move(a));
    for (int i = 0; i < 10; ++i) store.emplace_back();
    EXPECT_EQ(written(d, store[0]), before);
}

TEST_P(SmallAnnotatorTest, TakesOddTexts) {
    Annotator::Scratch scratch;
    for (const std::string& text : {std::string(), std::string(" \n\t "), std::string("\0\0", 2), std::string("😀😀"),
                                    std::string("\u200B"), std::string(5000, 'a'), std::string("a\0b", 3)}) {
        const Document d = document("odd", text);
        expect_sound(d, annotator_.annotate(d, scratch));
    }
}

TEST_P(SmallAnnotatorTest, HashIsTwelveHexadecimalDigits) {
    EXPECT_EQ(annotator_.hash().size(), 12u);
    EXPECT_EQ(annotator_.hash().find_first_not_of("0123456789abcdef"), std::string_view::npos);
}

INSTANTIATE_TEST_SUITE_P(Networks, SmallAnnotatorTest, testing::Values(test::Network::Pieces, test::Network::Words),
                         [](const auto& network) {
                             return network.param == test::Network::Words ? "Words" : "Pieces";
                         });

TEST(Annotator, TellsWhatIsWrongWithAModel) {
    const Result<Annotator> none = Annotator::load("/nonexistent/model.kdm");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::NotFound);
    test::ModelBuilder b;
    test::add_encoder(b);
    const test::TemporaryFile file(testing::TempDir() + "kadesh_annotator_bad.kdm", b.build());
    const Result<Annotator> bare = Annotator::load(file.path());
    ASSERT_FALSE(bare);
    EXPECT_EQ(bare.error().code, ErrorCode::BadArtefact);
    EXPECT_NE(bare.error().message.find("splitter.weights"), std::string::npos);
}

TEST(Annotator, ASelfTestThatDoesNotComeOutIsAnError) {
    const test::TemporaryFile file(
        testing::TempDir() + "kadesh_annotator_self.kdm",
        test::small_model("The minister .\tThe minister .\tX X X\t0 1 1\troot dep dep\tO O O\n").build());
    const Result<Annotator> annotator = Annotator::load(file.path());
    ASSERT_TRUE(annotator) << annotator.error().message;
    const Status status = annotator->self_test();
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message.find("tags differ"), std::string::npos) << status.error().message;
}

/// With the shipped model, whose file the environment names.
class ShippedModelTest : public testing::Test {
  protected:
    void SetUp() override {
        const char* const path = std::getenv("KADESH_MODEL");
        if (path == nullptr) GTEST_SKIP() << "KADESH_MODEL is not set";
        Result<Annotator> loaded = Annotator::load(path);
        if (!loaded && loaded.error().code == ErrorCode::NotFound) GTEST_SKIP() << loaded.error().message;
        ASSERT_TRUE(loaded) << loaded.error().message;
        annotator_.emplace(std::move(loaded).value());
    }
    std::optional<Annotator> annotator_;
};

TEST_F(ShippedModelTest, PassesItsSelfTest) {
    const Status status = annotator_->self_test();
    EXPECT_TRUE(status) << status.error().message;
}

TEST_F(ShippedModelTest, ReadsASentence) {
    const Document d = document("d", "France's foreign minister met Angela Merkel in Berlin on Tuesday.");
    Annotator::Scratch scratch;
    const Annotation a = annotator_->annotate(d, scratch);
    expect_sound(d, a);
    ASSERT_EQ(a.size(), 12u);
    EXPECT_EQ(a.form[1], "'s");
    EXPECT_EQ(a.lemma[4], "meet");
    EXPECT_EQ(a.upos[4], Upos::VERB);
    EXPECT_EQ(a.xpos[4], "VBD");
    EXPECT_EQ(a.head[4], kNoToken);
    EXPECT_EQ(a.head[3], 4u);
    EXPECT_EQ(a.rel[3], Rel::Nsubj);
    EXPECT_EQ(a.rel[0], Rel::NmodPoss);
    EXPECT_EQ(a.rel[5], Rel::Obj);
    ASSERT_EQ(a.names.size(), 3u);
    EXPECT_EQ(a.names[0].type, NameType::LOC);
    EXPECT_EQ(a.names[1].type, NameType::PER);
    EXPECT_EQ(a.names[1].tokens, (TokenRange{5, 7}));
    EXPECT_EQ(a.names[2].type, NameType::LOC);
}

} // namespace
} // namespace kadesh
