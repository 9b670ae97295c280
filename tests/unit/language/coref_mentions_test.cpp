#include "coref_support.hpp"
#include "language/coref_mentions.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace kadesh {
namespace {

using test::parsed;
using test::words_of;

class CandidateFinderTest : public testing::Test {
  protected:
    void find(const std::string& lines) {
        a_ = parsed(lines);
        finder_.find(a_, words_, found_);
    }
    [[nodiscard]] const Candidate& at(const std::string& phrase) const {
        const auto it = std::find_if(found_.begin(), found_.end(),
                                     [&](const Candidate& c) { return words_of(a_, c.tokens) == phrase; });
        if (it == found_.end()) ADD_FAILURE() << "no candidate '" << phrase << "'";
        return it == found_.end() ? none_ : *it;
    }

    CorefWords words_ = CorefWords::parse(test::kCorefWords).value();
    CandidateFinder finder_;
    Annotation a_;
    std::vector<Candidate> found_;
    Candidate none_;
};

TEST_F(CandidateFinderTest, PhrasesTakeInTheirModifiersAndNotTheirPrepositions) {
    find("He/he/PRON/PRP/2/nsubj met/meet/VERB/VBD/0/root with/with/ADP/IN/6/case the/the/DET/DT/6/det "
         "new/new/ADJ/JJ/6/amod minister/minister/NOUN/NN/2/obl of/of/ADP/IN/8/case "
         "trade/trade/NOUN/NN/6/nmod yesterday/yesterday/NOUN/NN/2/obl:unmarked");
    const Candidate& minister = at("the new minister of trade");
    EXPECT_EQ(minister.form, RefForm::Noun);
    EXPECT_EQ(minister.kind, RefKind::Person);
    EXPECT_EQ(minister.definite, Definite::The);
    EXPECT_EQ(minister.role, RefRole::Oblique);
    EXPECT_TRUE(minister.modified);
    EXPECT_EQ(at("He").form, RefForm::He);
    EXPECT_EQ(at("He").role, RefRole::Subject);
    EXPECT_EQ(at("trade").role, RefRole::Modifier);
}

TEST_F(CandidateFinderTest, NamesKnowTheirGenderFromGivenNamesAndTitles) {
    find("Angela@PER/Angela/PROPN/NNP/3/nsubj Merkel@+/Merkel/PROPN/NNP/1/flat met/meet/VERB/VBD/0/root "
         "Vladimir@PER/Vladimir/PROPN/NNP/3/obj Putin@+/Putin/PROPN/NNP/4/flat\n"
         "Merkel@LOC/Merkel/PROPN/NNP/2/nsubj left/leave/VERB/VBD/0/root\n"
         "spokesman/spokesman/NOUN/NN/2/nmod:desc Peskov@PER/Peskov/PROPN/NNP/3/nsubj left/leave/VERB/VBD/0/root");
    EXPECT_EQ(at("Angela Merkel").kind, RefKind::WomanName);
    EXPECT_EQ(at("Vladimir Putin").kind, RefKind::ManName);
    EXPECT_EQ(at("Merkel").kind, RefKind::WomanName) << "a surname of somebody named in full is hers";
    EXPECT_EQ(at("spokesman Peskov").kind, RefKind::ManName);
}

TEST_F(CandidateFinderTest, JoinedPhrasesStandBesideTheirMembers) {
    find("Russia@LOC/Russia/PROPN/NNP/4/nsubj and/and/CCONJ/CC/3/cc Iran@LOC/Iran/PROPN/NNP/1/conj "
         "signed/sign/VERB/VBD/0/root it/it/PRON/PRP/4/obj");
    const Candidate& both = at("Russia and Iran");
    EXPECT_TRUE(both.joined);
    EXPECT_EQ(both.kind, RefKind::Several);
    EXPECT_EQ(both.number, GramNumber::Plural);
    EXPECT_FALSE(at("Russia").joined);
    EXPECT_EQ(at("Iran").kind, RefKind::PlaceName);
    EXPECT_EQ(&both, &found_.front()) << "outer phrases come first";
}

TEST_F(CandidateFinderTest, QuotationsKnowTheirSpeakers) {
    find("“/“/PUNCT/``/3/punct We/we/PRON/PRP/3/nsubj agree/agree/VERB/VBP/6/ccomp ”/”/PUNCT/''/3/punct "
         "Lavrov@PER/Lavrov/PROPN/NNP/6/nsubj said/say/VERB/VBD/0/root\n"
         "“/“/PUNCT/``/3/punct I/I/PRON/PRP/3/nsubj hope/hope/VERB/VBP/0/root ”/”/PUNCT/''/3/punct");
    ASSERT_EQ(finder_.speakers().size(), 3u);
    EXPECT_EQ(a_.form[finder_.speakers()[1]], "Lavrov");
    EXPECT_EQ(a_.form[finder_.speakers()[2]], "Lavrov") << "what goes on right behind is still his";
    EXPECT_EQ(at("We").quote, 1u);
    EXPECT_EQ(at("Lavrov").quote, 0u);
    find("“/“/PUNCT/``/3/punct I/I/PRON/PRP/3/nsubj agree/agree/VERB/VBP/6/ccomp ”/”/PUNCT/''/3/punct "
         "Lavrov@PER/Lavrov/PROPN/NNP/6/nsubj said/say/VERB/VBD/0/root");
    EXPECT_GT(&at("I"), &at("Lavrov")) << "he is known before his words are read";
}

TEST_F(CandidateFinderTest, InitialsMeetAcronyms) {
    find("United@ORG/United/PROPN/NNP/2/compound Nations@+/Nation/PROPN/NNPS/3/nsubj met/meet/VERB/VBD/0/root\n"
         "U.N.@ORG/U.N./PROPN/NNP/2/nsubj met/meet/VERB/VBD/0/root");
    EXPECT_NE(at("U.N.").acronym, 0u);
    EXPECT_EQ(at("U.N.").acronym, at("United Nations").initials);
    EXPECT_NE(at("U.N.").filter & at("United Nations").filter, 0u);
}

TEST(CorefWords, TellNamesFromNouns) {
    const CorefWords words = CorefWords::parse("grace\twoman-name\ngrace\ttime\nking\tman\n").value();
    EXPECT_EQ(words.given_name("Grace"), WordKind::WomanName);
    EXPECT_EQ(words.noun("grace"), WordKind::Time);
    EXPECT_EQ(words.noun("KING"), WordKind::Man);
    EXPECT_EQ(words.given_name("king"), WordKind::None);
    EXPECT_EQ(CorefWords().noun("king"), WordKind::None);
}

TEST(CorefWords, RefuseLinesThatAreNone) {
    for (const char* const line : {"king", "king\t", "king\tmonarch", "\tman"}) {
        const Result<CorefWords> words = CorefWords::parse(line);
        ASSERT_FALSE(words) << line;
        EXPECT_EQ(words.error().code, ErrorCode::BadArtefact);
    }
}

} // namespace
} // namespace kadesh
