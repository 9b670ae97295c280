#include "base/utf8.hpp"
#include "readers/boilerplate.hpp"
#include "readers/html_page.hpp"
#include "readers/html_tree.hpp"
#include "readers/page_date.hpp"
#include "readers/region_hints.hpp"
#include "readers/tag_size.hpp"
#include "support.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace kadesh {
namespace {

using namespace testing_support;

Result<Document> page(std::string_view html, const ReadOptions& options = {}) {
    return readers::read_page(html, "page.html", options);
}

std::string text_of(std::string_view html) {
    const auto document = page(html);
    return document ? document->text : "ERROR " + document.error().message;
}

/// What the `.expected` file beside a fixture holds: fields, an empty line, the text.
std::string rendered(const Document& d) {
    return "date: " + (d.date ? d.date->iso() : "-") + "\nsource: " + d.source + "\nurl: " + d.url +
           "\nauthor: " + d.author + "\nlanguage: " + d.language + "\n\n" + d.text + "\n";
}

class Fixtures : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Fixtures, GiveTheirArticle) {
    const std::string html = read_file(GetParam());
    const auto document = readers::read_page(html, "x", {});
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(rendered(*document), read_file(std::filesystem::path(GetParam()).replace_extension(".expected")));
    EXPECT_TRUE(is_valid_utf8(document->text));
    const auto again = readers::read_page(html, "x", {});
    EXPECT_EQ(again->text, document->text);
}

std::vector<std::filesystem::path> fixtures() {
    std::vector<std::filesystem::path> all;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(KADESH_TEST_DATA) + "/fixtures")) {
        if (entry.path().extension() == ".html") all.push_back(entry.path());
    }
    std::sort(all.begin(), all.end());
    return all;
}

INSTANTIATE_TEST_SUITE_P(Pages, Fixtures, testing::ValuesIn(fixtures()),
                         [](const auto& fixture) { return fixture.param.stem().string(); });

TEST(Fixtures, AreThere) {
    EXPECT_GE(fixtures().size(), 10u);
}

TEST(HtmlPage, ReadsTheSmallestPage) {
    EXPECT_EQ(text_of("<p>Chad left."), "Chad left.");
    EXPECT_EQ(text_of("<html><head><title>Chad leaves</title></head><body>It left the bloc.</body></html>"),
              "Chad leaves\n\nIt left the bloc.");
}

TEST(HtmlPage, DecodesReferences) {
    EXPECT_EQ(
        text_of("<p>A&amp;B &lt;C&gt; &quot;D&quot; &rsquo;&#8217;&#x2019;&#146; &eacute;&nbsp;E &hellip; F.</p>"),
        "A&B <C> \"D\" \xE2\x80\x99\xE2\x80\x99\xE2\x80\x99\xE2\x80\x99 \xC3\xA9 E \xE2\x80\xA6 F.");
}

TEST(HtmlPage, MakesRunningText) {
    EXPECT_EQ(text_of("<p>\r\n  Two \t words&nbsp;&nbsp;and\xC2\xA0more, co\xC2\xADop&shy;er\xE2\x80\x8B"
                      "ate.\r\n</p>"),
              "Two words and more, cooperate.");
    EXPECT_EQ(text_of("<p><b>O</b>MAN <i>si</i>gned<span> it</span>.</p>"), "OMAN signed it.");
    EXPECT_EQ(text_of("<p>Line one.<br>Line two.<br><br>Paragraph two.</p>"), "Line one.\nLine two.\n\nParagraph two.");
}

TEST(HtmlPage, KeepsScriptsAndHiddenPartsOut) {
    const std::string text = text_of(
        "<body><script>var a='<p>script one.</p>';</script><style>p{}</style><noscript>no script.</noscript>"
        "<template><p>A template.</p></template><p hidden>Hidden paragraph.</p><svg><title>Drawing</title></svg>"
        "<p>Niger closed its border with Benin.</p><iframe src=x>frame</iframe></body>");
    EXPECT_EQ(text, "Niger closed its border with Benin.");
}

TEST(HtmlPage, TakesTheHeadlineOnce) {
    const std::string body = "<p>Niger closed its border with Benin on Monday, the army said.</p>";
    const std::string expected =
        "Niger closes border with Benin\n\nNiger closed its border with Benin on Monday, the army said.";
    EXPECT_EQ(text_of("<body><h1>Niger closes border with Benin</h1>" + body), expected);
    EXPECT_EQ(text_of("<head><meta property='og:title' content='Niger closes border with Benin'></head><body>" + body),
              expected);
    EXPECT_EQ(text_of("<head><title>Niger closes border with Benin | Sahel Post</title></head><body>" + body),
              expected);
    EXPECT_EQ(text_of("<head><title>Niger closes border with Benin | Sahel Post</title></head><body>"
                      "<h1>Sahel Post</h1><h2>Niger closes border with Benin</h2>" +
                      body),
              expected);
}

TEST(HtmlPage, FindsTheDateInTheUsualPlaces) {
    const std::string body = "<body><p>Niger closed its border with Benin.</p>";
    const Day day = Day::of(2023, 8, 6);
    for (const std::string head :
         {"<meta property='article:published_time' content='2023-08-06T23:10:00-05:00'>",
          "<meta name=date content=2023-08-06>", "<meta name='DC.date.issued' content='2023-08-06'>",
          "<meta name=pubdate content='Sun, 06 Aug 2023 10:00:00 GMT'>",
          "<meta itemprop=datePublished content='2023-08-06'>", "<time datetime='2023-08-06T10:00Z'>yesterday</time>",
          "<time>6 August 2023</time>", "<span class='post-date'>August 6, 2023</span>",
          "<link rel=canonical href='https://a.example/2023/08/06/niger'>",
          "<script "
          "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2023-08-06T10:00:00Z\"}</"
          "script>"}) {
        const auto document = page(head + body);
        ASSERT_TRUE(document);
        EXPECT_EQ(document->date, day) << head;
    }
    EXPECT_EQ(
        page("<meta name=date content='2023-08-09'><meta property='article:published_time' content='2023-08-06'>" +
             body)
            ->date,
        day);
    EXPECT_EQ(page("<meta property='article:modified_time' content='2023-08-06'>" + body)->date, std::nullopt);
}

TEST(HtmlPage, ReadsCharsets) {
    const std::string_view body = "<p>Lom\xE9 \x93yes\x94</p>";
    const std::string expected = "Lom\xC3\xA9 \xE2\x80\x9Cyes\xE2\x80\x9D";
    for (const std::string head : {"<html>", "<meta charset=windows-1252>", "<meta charset='ISO-8859-1'>",
                                   "<meta http-equiv=content-type content='text/html; charset=latin1'>"}) {
        const auto document = page(head + std::string(body));
        ASSERT_TRUE(document);
        EXPECT_EQ(document->text, expected) << head;
        EXPECT_EQ(document->repaired, 0u);
    }
    // Declared as one, written as the other.
    EXPECT_EQ(text_of("<meta charset=iso-8859-1><p>Lom\xC3\xA9"), "Lom\xC3\xA9");
    const auto repaired = page("<meta charset=utf-8>" + std::string(body));
    EXPECT_EQ(repaired->text, "Lom\xEF\xBF\xBD \xEF\xBF\xBDyes\xEF\xBF\xBD");
    EXPECT_EQ(repaired->repaired, 3u);
    EXPECT_EQ(text_of("\xEF\xBB\xBF<p>Lom\xC3\xA9"), "Lom\xC3\xA9");
    std::string wide = "\xFF\xFE";
    for (const char c : std::string_view("<html><body><p>Wide words.</p>")) (wide += c) += '\0';
    EXPECT_EQ(text_of(wide), "Wide words.");
    EXPECT_EQ(text_of(std::string("<p>A zero") + '\0' + "byte."), "A zero\xEF\xBF\xBD"
                                                                  "byte.");
}

TEST(HtmlPage, RefusesDeepNestingWithoutHarm) {
    for (const std::string tag : {"<div>", "<b>", "<span>", "<ul><li>", "<table><tr><td>", "<article>", "<font>"}) {
        std::string html = "<html><body>";
        for (int i = 0; i < 100000; ++i) html += tag;
        const auto document = page(html + "<p>Some text.");
        ASSERT_FALSE(document) << tag;
        EXPECT_EQ(document.error().code, ErrorCode::TooLarge);
        EXPECT_NE(document.error().message.find("512 levels"), std::string::npos) << document.error().message;
    }
    std::string open;
    for (int i = 0; i < 100; ++i) open += "<div>";
    EXPECT_EQ(text_of(open + "<p>Some text."), "Some text.");
}

TEST(HtmlPage, RefusesTooManyAttributesAndElements) {
    std::string html = "<p ";
    for (int i = 0; i < 100000; ++i) html += "a" + std::to_string(i) + " ";
    const auto document = page(html + ">Some text.");
    ASSERT_FALSE(document);
    EXPECT_NE(document.error().message.find("attributes"), std::string::npos);
    std::string many;
    for (int i = 0; i < 1100000; ++i) many += "<i>x";
    const auto elements = page(many);
    ASSERT_FALSE(elements);
    EXPECT_EQ(elements.error().code, ErrorCode::TooLarge);
}

TEST(HtmlPage, SurvivesBrokenMarkup) {
    for (const std::string html : {"<",
                                   "<p",
                                   "<p>a</",
                                   "<p a='",
                                   "<!--",
                                   "<!doctype",
                                   "<script>",
                                   "<p>Text.</div></p></body></p>",
                                   "</p></p>a",
                                   "<p>&",
                                   "<p>&#;</p>",
                                   "<p>&#xFFFFFFFF;&#0;&#xD800;x</p>",
                                   "<table><p>x</table>",
                                   "<p><![CDATA[x]]>",
                                   "<html></html>x",
                                   "<body><body a=b><p>x",
                                   "<p>a<script>b</p>",
                                   "<title>t",
                                   "<a href=x><a href=y>z",
                                   "<?xml ?><p>x",
                                   "<p>\xFF\xFE\x80"}) {
        const auto document = page(html);
        if (document) {
            EXPECT_TRUE(is_valid_utf8(document->text)) << html;
            EXPECT_FALSE(document->text.empty()) << html;
        }
    }
    EXPECT_EQ(text_of("<p>One.</div></p></span><p>Two.</body></html><p>Three."), "One.\n\nTwo.\n\nThree.");
}

TEST(HtmlTree, HoldsNodesInOrder) {
    const auto tree = readers::HtmlTree::parse("<body CLASS='A b'><P id=x>one<br/>two</p>three</body>", {100, 100});
    ASSERT_TRUE(tree);
    std::string shape;
    for (readers::NodeId id = 1; id < tree->size(); ++id) {
        const auto& node = (*tree)[id];
        EXPECT_LT(node.parent, id);
        EXPECT_GT(node.end, id);
        EXPECT_LE(node.end, (*tree)[node.parent].end);
        if (node.tag == readers::Tag::Text) shape += "[" + std::string(node.text) + "]";
        if (node.tag == readers::Tag::Body) {
            shape += "body";
            EXPECT_EQ(tree->attribute(id, "class"), "A b");
            EXPECT_TRUE(tree->has_attribute(id, "class"));
            EXPECT_FALSE(tree->has_attribute(id, "id"));
        }
        if (node.tag == readers::Tag::P) shape += "p";
        if (node.tag == readers::Tag::Br) shape += "br";
    }
    EXPECT_EQ(shape, "bodyp[one]br[two][three]");
}

TEST(TagSize, CountsAttributesOfTagsOnly) {
    using readers::has_tag_with_more_attributes;
    EXPECT_FALSE(has_tag_with_more_attributes("<a b c=d e='f g h' i=\"j k > l\">", 4));
    EXPECT_TRUE(has_tag_with_more_attributes("<a b c=d e='f g h' i=\"j k > l\">", 3));
    EXPECT_TRUE(has_tag_with_more_attributes("text <b>x</b> <a b c d e f", 4));
    EXPECT_FALSE(has_tag_with_more_attributes("<!-- <a b c d e f> --> a < b c d e f", 2));
    EXPECT_FALSE(has_tag_with_more_attributes("<script>if (a<b c d e f g)</script><p x>", 2));
    EXPECT_FALSE(has_tag_with_more_attributes("", 0));
}

TEST(PageDate, ReadsTheUsualForms) {
    const Day day = Day::of(2025, 1, 17);
    for (const char* text :
         {"2025-01-17", "2025-01-17T10:00:00+03:30", "2025/01/17", "2025-1-17", "2025.01.17 10:00",
          "Fri, 17 Jan 2025 10:00:00 GMT", "Friday, January 17, 2025", "January 17th, 2025 at 10:05 am",
          "17 January 2025", "Jan. 17, 2025", "17.01.2025", "17/01/2025", "01/17/2025", "17.1.2025, 16:30",
          "Updated 1102 GMT January 17, 2025", "Updated 2005 GMT January 17, 2025", "10:05, 17 January 2025"})
        EXPECT_EQ(readers::page_date(text), day) << text;
    for (const char* text : {"", "yesterday", "January 2025", "17 January", "05/06/2025", "2025-13-01", "2025/02/30",
                             "31 April 2025", "January 17, 25", "2025", "1.2.3"})
        EXPECT_FALSE(readers::page_date(text)) << text;
    EXPECT_EQ(readers::date_in_url("https://a.example/news/2025/01/17/treaty"), day);
    EXPECT_EQ(readers::date_in_url("https://a.example/news/2025-01-17-treaty"), day);
    EXPECT_FALSE(readers::date_in_url("https://a.example/news/20250117/13/45"));
    EXPECT_TRUE(readers::is_date_line("Published: Friday, 17 January 2025 at 10:05 am"));
    EXPECT_FALSE(readers::is_date_line("The treaty of 17 January 2025"));
}

TEST(RegionHints, ReadWordsOfClassAndId) {
    const auto tree =
        readers::HtmlTree::parse("<div class='articleBody__related-Links'></div><div class='relation paddle'></div>"
                                 "<div id='story-body'></div><div class='ad-slot'></div><div class='shaded'></div>"
                                 "<span class='sr-only'></span><div style='Display : none'></div>"
                                 "<div role='navigation'></div><div itemprop='articleBody text'></div>",
                                 {100, 100});
    ASSERT_TRUE(tree);
    std::vector<readers::RegionHints> hints;
    for (readers::NodeId id = 1; id < tree->size(); ++id) {
        if ((*tree)[id].attributes > 0) hints.push_back(readers::region_hints(*tree, id));
    }
    ASSERT_EQ(hints.size(), 9u);
    EXPECT_TRUE(hints[0].around && hints[0].body);
    EXPECT_FALSE(hints[1].around || hints[1].body || hints[1].hidden);
    EXPECT_TRUE(hints[2].body && !hints[2].around);
    EXPECT_TRUE(hints[3].around);
    EXPECT_FALSE(hints[4].around);
    EXPECT_TRUE(hints[5].hidden);
    EXPECT_TRUE(hints[6].hidden);
    EXPECT_TRUE(hints[7].around);
    EXPECT_TRUE(hints[8].microdata_body);
}

TEST(Boilerplate, IsToldFromSentences) {
    using readers::is_boilerplate_line;
    for (const char* line : {"Advertisement", "ADVERTISEMENT", "Read more: Grain prices rise", "Follow us on Twitter",
                             "By Jane Doe and John Roe", "Published 3 hours ago",
                             "\xC2\xA9 2024 Wire. All rights reserved.", "Share this article"})
        EXPECT_TRUE(is_boilerplate_line(line)) << line;
    for (const char* line :
         {"By Monday both armies had left the town.", "Published figures show that trade fell in May.",
          "The minister will read more letters from citizens.", "Share prices fell in Lagos on Monday.",
          "Oman signed."})
        EXPECT_FALSE(is_boilerplate_line(line)) << line;
    EXPECT_TRUE(readers::is_boilerplate_heading("Related stories"));
    EXPECT_FALSE(readers::is_boilerplate_heading("What the treaty says"));
}

} // namespace
} // namespace kadesh
