#include "coding/attribution.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

class Attribution : public test::CodingTest {
  protected:
    /// "code:cue", innermost first; words stand for a source without a code.
    static std::string of(const std::string& text, std::string_view trigger) {
        const test::Reading r(world(), lexicon(), text, day());
        std::string out;
        for (const Entity& e : attribution_of(r.at(trigger), r.tree, r.mentions, lexicon())) {
            if (!out.empty()) out += ' ';
            out += (e.code.empty() ? "'" + r.parsed.document->text.substr(e.span.start, e.span.end - e.span.start) + "'"
                                   : e.code) +
                   ":" + e.cue;
        }
        return out;
    }
};

TEST_F(Attribution, NoneWhenTheDocumentAssertsIt) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ././2/punct", "attacked"), "");
}

TEST_F(Attribution, SaidBefore) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj said=say/VBD/0/root that/IN/5/mark Iran/NNP/5/nsubj attacked=attack/VBD/2/ccomp "
                 "Syria/NNP/5/obj",
                 "attacked"),
              "RUS:said");
}

TEST_F(Attribution, SaidAfter) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/6/punct Russia/NNP/6/nsubj "
                 "said=say/VBD/2/parataxis ././2/punct",
                 "attacked"),
              "RUS:said");
}

TEST_F(Attribution, OnlyReportsAttribute) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj hoped=hope/VBD/0/root that/IN/5/mark Iran/NNP/5/nsubj attacked=attack/VBD/2/ccomp",
                 "attacked"),
              "");
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/6/punct Russia/NNP/6/nsubj "
                 "left=leave/VBD/2/parataxis",
                 "attacked"),
              "");
}

TEST_F(Attribution, TheReportItselfIsNotAttributed) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj said=say/VBD/0/root that/IN/5/mark Iran/NNP/5/nsubj attacked=attack/VBD/2/ccomp",
                 "said"),
              "");
}

TEST_F(Attribution, AccordingToAtTheStartAndEnd) {
    EXPECT_EQ(of("According=accord/VBG/3/case to/IN/1/fixed Russia/NNP/6/obl ,/,/3/punct Iran/NNP/6/nsubj "
                 "attacked=attack/VBD/0/root "
                 "Syria/NNP/6/obj ././6/punct",
                 "attacked"),
              "RUS:according to");
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/2/punct according=accord/VBG/7/case "
                 "to/IN/5/fixed "
                 "Russia/NNP/2/obl ././2/punct",
                 "attacked"),
              "RUS:according to");
}

TEST_F(Attribution, AccordingToAtTheEdgeWhereverItHangs) {
    // The parser hung it on the object, the act is in another branch.
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root the/DT/4/det town/NN/2/obj according=accord/VBG/7/case "
                 "to/IN/5/fixed "
                 "Russia/NNP/4/nmod ././2/punct",
                 "attacked"),
              "RUS:according to");
}

TEST_F(Attribution, AccordingToInTheMiddleOfAnotherPartDoesNotReach) {
    EXPECT_EQ(of("The/DT/2/det plan/NN/7/nsubj according=accord/VBG/5/case to/IN/3/fixed Russia/NNP/2/nmod ,/,/2/punct "
                 "angered=anger/VBD/0/root "
                 "Iran/NNP/7/obj ././7/punct",
                 "angered"),
              "");
}

TEST_F(Attribution, AccordingAsAVerbOfItsOwn) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/2/punct according=accord/VBG/2/advcl "
                 "to/IN/7/case Russia/NNP/5/obl "
                 "././2/punct",
                 "attacked"),
              "RUS:according to");
}

TEST_F(Attribution, AsReportedBySomebody) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/6/punct as/IN/6/mark "
                 "reported=report/VBN/2/advcl by/IN/8/case "
                 "Russia/NNP/6/obl:agent ././2/punct",
                 "attacked"),
              "RUS:reported");
}

TEST_F(Attribution, FromTheInnermostOutwards) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj said=say/VBD/0/root that/IN/5/mark Georgia/NNP/5/nsubj@LOC "
                 "reported=report/VBD/2/ccomp that/IN/8/mark "
                 "Iran/NNP/8/nsubj attacked=attack/VBD/5/ccomp Syria/NNP/8/obj",
                 "attacked"),
              "GEO:reported RUS:said");
}

TEST_F(Attribution, ASourceWithoutACodeKeepsItsWords) {
    EXPECT_EQ(of("Two/CD/2/nummod witnesses=witness/NNS/3/nsubj said=say/VBD/0/root Iran/NNP/5/nsubj "
                 "attacked=attack/VBD/3/ccomp",
                 "attacked"),
              "'Two witnesses':said");
}

TEST_F(Attribution, AnUnresolvedPronounIsNoSource) {
    EXPECT_EQ(of("It/PRP/2/nsubj said=say/VBD/0/root rebels=rebel/NNS/4/nsubj attacked=attack/VBD/2/ccomp", "attacked"),
              "");
}

TEST_F(Attribution, CoordinatedSourcesAndEachOnce) {
    EXPECT_EQ(of("Russia/NNP/4/nsubj and/CC/3/cc Iran/NNP/1/conj said=say/VBD/0/root rebels=rebel/NNS/6/nsubj "
                 "attacked=attack/VBD/4/ccomp",
                 "attacked"),
              "RUS:said IRN:said");
}

} // namespace
} // namespace kadesh
