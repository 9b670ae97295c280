#include "coding/attribution.hpp"
#include "support/coding_world.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

/// A few weights by hand, enough to choose between what short sentences offer.
AttributionModel few_weights() {
    AttributionModel m;
    for (const char* cue : {"say/V", "report/V", "want/V", "according/P", "claim/N"})
        m.set(std::string("cue ") + cue, 3);
    m.set("src nsubj", 3);
    m.set("src obl:agent", 3);
    m.set("src nmod:poss", 3);
    m.set("src case^", 3);
    m.set("src obl:to according/P", 3);
    for (const char* start : {"R|ccomp", "R|acl", "R|xcomp", "R|comma", "L|up parataxis0", "L|up advcl0", "L|up obl1"})
        m.set(std::string("con ") + start, 3);
    m.set("con R|sentence", 1);
    m.set("con R|cue&acl&own", 1);
    m.set("con L|up nmod1", 5);
    m.set("con L|up obj2", 6);
    m.set("con L|quotation", 4);
    m.set("con LR", 1);
    m.set("con LR|quotation next quotation", 5);
    m.set("con cuts a quotation", -9);
    return m;
}

class AttributionTest : public test::CodingTest {
  protected:
    /// "code:cue", innermost first; words stand for a source without a code.
    static std::string of(const std::string& text, std::string_view trigger) {
        const test::Reading r(world(), lexicon(), text, day());
        const AttributionModel model = few_weights();
        const Attributions attributions(r.tree, r.parsed.document->text, model, lexicon());
        std::string out;
        for (const Entity& e : attributions.of(r.at(trigger), r.mentions)) {
            if (!out.empty()) out += ' ';
            out += (e.code.empty() ? "'" + r.parsed.document->text.substr(e.span.start, e.span.end - e.span.start) + "'"
                                   : e.code) +
                   ":" + e.cue;
        }
        return out;
    }
    /// "source|cue|content / content", each on a line, with `>` before it for each content that it lies in.
    static std::string spans(const std::string& text) {
        const test::Reading r(world(), lexicon(), text, day());
        const auto words = [&](TokenRange range) {
            const TextSpan s = r.tree.text_span(range);
            return r.parsed.document->text.substr(s.start, s.end - s.start);
        };
        std::string out;
        for (const FoundAttribution& f : find_attributions(r.tree, r.parsed.document->text, few_weights())) {
            out += std::string(static_cast<std::size_t>(f.depth), '>') + words(f.source_words) + '|' +
                   words(f.cue_words) + '|';
            for (const TokenRange& piece : f.content) out += (piece == f.content.front() ? "" : " / ") + words(piece);
            out += f.direct ? " (direct)\n" : "\n";
        }
        return out;
    }
};

TEST_F(AttributionTest, NoneWhenTheDocumentAssertsIt) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ././2/punct", "attacked"), "");
}

TEST_F(AttributionTest, SaidBefore) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj said=say/VBD/0/root that/IN/5/mark Iran/NNP/5/nsubj attacked=attack/VBD/2/ccomp "
                 "Syria/NNP/5/obj",
                 "attacked"),
              "RUS:said");
}

TEST_F(AttributionTest, SaidAfter) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/6/punct Russia/NNP/6/nsubj "
                 "said=say/VBD/2/parataxis ././2/punct",
                 "attacked"),
              "RUS:said");
}

TEST_F(AttributionTest, OnlyReportsAttribute) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj hoped=hope/VBD/0/root that/IN/5/mark Iran/NNP/5/nsubj attacked=attack/VBD/2/ccomp",
                 "attacked"),
              "");
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/6/punct Russia/NNP/6/nsubj "
                 "left=leave/VBD/2/parataxis",
                 "attacked"),
              "");
}

TEST_F(AttributionTest, TheReportItselfIsNotAttributed) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj said=say/VBD/0/root that/IN/5/mark Iran/NNP/5/nsubj attacked=attack/VBD/2/ccomp",
                 "said"),
              "");
}

TEST_F(AttributionTest, AccordingToAtTheStartAndEnd) {
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

TEST_F(AttributionTest, AccordingToAtTheEdgeWhereverItHangs) {
    // The parser hung it on the object, the act is in another branch.
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root the/DT/4/det town/NN/2/obj according=accord/VBG/7/case "
                 "to/IN/5/fixed "
                 "Russia/NNP/4/nmod ././2/punct",
                 "attacked"),
              "RUS:according to");
}

TEST_F(AttributionTest, AccordingToInTheMiddleOfAnotherPartDoesNotReach) {
    EXPECT_EQ(of("The/DT/2/det plan/NN/7/nsubj according=accord/VBG/5/case to/IN/3/fixed Russia/NNP/2/nmod ,/,/2/punct "
                 "angered=anger/VBD/0/root "
                 "Iran/NNP/7/obj ././7/punct",
                 "angered"),
              "");
}

TEST_F(AttributionTest, AccordingAsAVerbOfItsOwn) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/2/punct according=accord/VBG/2/advcl "
                 "to/IN/7/case Russia/NNP/5/obl "
                 "././2/punct",
                 "attacked"),
              "RUS:according to");
}

TEST_F(AttributionTest, AsReportedBySomebody) {
    EXPECT_EQ(of("Iran/NNP/2/nsubj attacked=attack/VBD/0/root Syria/NNP/2/obj ,/,/6/punct as/IN/6/mark "
                 "reported=report/VBN/2/advcl by/IN/8/case "
                 "Russia/NNP/6/obl:agent ././2/punct",
                 "attacked"),
              "RUS:reported");
}

TEST_F(AttributionTest, FromTheInnermostOutwards) {
    EXPECT_EQ(of("Russia/NNP/2/nsubj said=say/VBD/0/root that/IN/5/mark Georgia/NNP/5/nsubj@LOC "
                 "reported=report/VBD/2/ccomp that/IN/8/mark "
                 "Iran/NNP/8/nsubj attacked=attack/VBD/5/ccomp Syria/NNP/8/obj",
                 "attacked"),
              "GEO:reported RUS:said");
}

TEST_F(AttributionTest, ASourceWithoutACodeKeepsItsWords) {
    EXPECT_EQ(of("Two/CD/2/nummod witnesses=witness/NNS/3/nsubj said=say/VBD/0/root Iran/NNP/5/nsubj "
                 "attacked=attack/VBD/3/ccomp",
                 "attacked"),
              "'Two witnesses':said");
}

TEST_F(AttributionTest, AnUnresolvedPronounIsNoSource) {
    EXPECT_EQ(of("It/PRP/2/nsubj said=say/VBD/0/root rebels=rebel/NNS/4/nsubj attacked=attack/VBD/2/ccomp", "attacked"),
              "");
}

TEST_F(AttributionTest, CoordinatedSourcesAndEachOnce) {
    EXPECT_EQ(of("Russia/NNP/4/nsubj and/CC/3/cc Iran/NNP/1/conj said=say/VBD/0/root rebels=rebel/NNS/6/nsubj "
                 "attacked=attack/VBD/4/ccomp",
                 "attacked"),
              "RUS:said IRN:said");
}

TEST_F(AttributionTest, WantingIsNoReport) {
    const std::string wants = "Russia/NNP/2/nsubj wants=want/VBZ/0/root Iran/NNP/5/nsubj to/TO/5/mark "
                              "attack=attack/VB/2/ccomp Syria/NNP/5/obj";
    EXPECT_EQ(of(wants, "attack"), "");
    EXPECT_EQ(spans(wants), "Russia|wants|Iran to attack Syria\n");
}

TEST_F(AttributionTest, NestedOnesLieInTheContentOfTheOuter) {
    EXPECT_EQ(
        spans("Russia/NNP/3/nsubj has/VBZ/3/aux said=say/VBN/0/root that/IN/6/mark Georgia/NNP/6/nsubj "
              "reported=report/VBD/3/ccomp that/IN/9/mark Iran/NNP/9/nsubj attacked=attack/VBD/6/ccomp ././3/punct"),
        "Russia|has said|that Georgia reported that Iran attacked\n>Georgia|reported|that Iran attacked\n");
}

TEST_F(AttributionTest, ANounAndItsClause) {
    EXPECT_EQ(spans("Russia/NNP/3/nmod:poss 's/POS/1/case claim=claim/NN/7/nsubj that/IN/6/mark Iran/NNP/6/nsubj "
                    "attacked=attack/VBD/3/acl angered=anger/VBD/0/root Syria/NNP/7/obj ././7/punct"),
              "Russia|claim|that Iran attacked\n");
}

TEST_F(AttributionTest, AQuotationGoesOnAfterTheCue) {
    EXPECT_EQ(
        spans("“/``/3/punct Iran/NNP/3/nsubj attacked=attack/VBD/0/root ,/,/3/punct ”/''/3/punct Russia/NNP/7/nsubj "
              "said=say/VBD/3/parataxis ././3/punct\n"
              "“/``/3/punct Syria/NNP/3/nsubj burns=burn/VBZ/0/root ././3/punct ”/''/3/punct"),
        "Russia|said|“ Iran attacked , ” / “ Syria burns . ” (direct)\n");
}

TEST_F(AttributionTest, NothingWithoutTheTable) {
    const test::Reading r(world(), lexicon(),
                          "Russia/NNP/2/nsubj said=say/VBD/0/root rebels=rebel/NNS/4/nsubj "
                          "attacked=attack/VBD/2/ccomp",
                          day());
    EXPECT_TRUE(find_attributions(r.tree, r.parsed.document->text, AttributionModel()).empty());
}

} // namespace
} // namespace kadesh
