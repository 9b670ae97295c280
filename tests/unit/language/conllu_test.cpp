#include "language/conllu.hpp"

#include <gtest/gtest.h>

namespace kadesh {
namespace {

TEST(Conllu, WritesWordsTokensAndNames) {
    Document d;
    d.id = "doc\n1";
    d.text = "Élysée  can't\nwin.";
    Annotation a;
    a.span = {{0, 8}, {10, 12}, {12, 15}, {16, 19}, {19, 20}};
    for (const TextSpan s : a.span) a.form.push_back(std::string_view(d.text).substr(s.start, s.end - s.start));
    a.lemma = {"Élysée", "can", "not", "win", "."};
    a.upos = {Upos::PROPN, Upos::AUX, Upos::PART, Upos::VERB, Upos::PUNCT};
    a.xpos = {"NNP", "MD", "RB", "VB", "."};
    a.head = {3, 3, 3, kNoToken, 3};
    a.rel = {Rel::Nsubj, Rel::Aux, Rel::Advmod, Rel::Root, Rel::Punct};
    a.space_after = {1, 0, 1, 0, 1};
    a.sentences = {{0, 5}};
    a.names = {{{0, 1}, NameType::ORG}};
    std::string out;
    write_conllu(d, a, out);
    EXPECT_EQ(out, "# newdoc id = doc 1\n"
                   "# sent_id = doc 1-1\n"
                   "# text = Élysée can't win.\n"
                   "1\tÉlysée\tÉlysée\tPROPN\tNNP\t_\t4\tnsubj\t_\tNER=B-ORG|TokenRange=0:6\n"
                   "2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\tTokenRange=8:13\n"
                   "2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\tNER=O\n"
                   "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\tNER=O\n"
                   "4\twin\twin\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No|NER=O|TokenRange=14:17\n"
                   "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\tNER=O|TokenRange=17:18\n"
                   "\n");
}

TEST(Conllu, AnEmptyDocumentHasNoSentences) {
    std::string out;
    write_conllu({}, {}, out);
    EXPECT_EQ(out, "# newdoc id = \n");
}

} // namespace
} // namespace kadesh
