#include "coding/quotations.hpp"

#include <gtest/gtest.h>
#include <string>

namespace kadesh {
namespace {

/// Words and marks of a text, without a tree.
Annotation words_of(const std::string& text) {
    Annotation a;
    const auto add = [&](std::size_t first, std::size_t last) {
        a.form.emplace_back(std::string_view(text).substr(first, last - first));
        a.span.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)});
        const bool letter = static_cast<unsigned char>(text[first]) < 128 && std::isalnum(text[first]) != 0;
        a.upos.push_back(letter ? Upos::NOUN : Upos::PUNCT);
    };
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ' || text[i] == '\n') {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0) ++end;
        if (end == i) {
            end = i + 1;
            if (text.compare(i, 2, "''") == 0) end = i + 2;
            while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        }
        add(i, end);
        i = end;
    }
    return a;
}

/// The quotations' texts, each in brackets.
std::string quoted(const std::string& text) {
    const Annotation a = words_of(text);
    const Quotations q(a, text);
    std::string out;
    for (const TokenRange& r : q.all())
        out += '[' + text.substr(a.span[r.first].start, a.span[r.last - 1].end - a.span[r.first].start) + ']';
    return out;
}

TEST(Quotations, MarksWithADirection) {
    EXPECT_EQ(quoted("He said “yes.” She said “no”."), "[“yes.”][“no”]");
}

TEST(Quotations, StraightMarksBySpaces) {
    EXPECT_EQ(quoted("\"Yes,\" he said. \"No.\""), "[\"Yes,\"][\"No.\"]");
    EXPECT_EQ(quoted("''Yes,'' he said."), "[''Yes,'']");
}

TEST(Quotations, OneWithinAnotherIsPartOfIt) {
    EXPECT_EQ(quoted("“He said ‘yes’ to us,” she said."), "[“He said ‘yes’ to us,”]");
}

TEST(Quotations, GoesOnWhereTheNextParagraphOpensAnew) {
    EXPECT_EQ(quoted("“One.\n\n“Two.” He left."), "[“One.\n\n“Two.”]");
}

TEST(Quotations, AForgottenEndIsThatOfTheParagraph) {
    EXPECT_EQ(quoted("“One.\n\nHe left. “Two.”"), "[“One.][“Two.”]");
}

TEST(Quotations, AnApostropheOpensNothing) {
    EXPECT_EQ(quoted("The allies' plan failed. “Yes.”"), "[“Yes.”]");
}

} // namespace
} // namespace kadesh
