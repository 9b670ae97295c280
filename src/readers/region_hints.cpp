#include "readers/region_hints.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kadesh::readers {
namespace {

using namespace std::string_view_literals;

constexpr std::array kAround{
    "ad"sv,
    "ads"sv,
    "adslot"sv,
    "advert"sv,
    "advertisement"sv,
    "advertising"sv,
    "adverts"sv,
    "banner"sv,
    "bio"sv,
    "breadcrumb"sv,
    "breadcrumbs"sv,
    "byline"sv,
    "bylines"sv,
    "caption"sv,
    "captions"sv,
    "carousel"sv,
    "consent"sv,
    "cookie"sv,
    "cookies"sv,
    "copyright"sv,
    "credit"sv,
    "credits"sv,
    "disclaimer"sv,
    "donate"sv,
    "donation"sv,
    "figcaption"sv,
    "footer"sv,
    "gallery"sv,
    "gdpr"sv,
    "highlights"sv,
    "infobox"sv,
    "login"sv,
    "masthead"sv,
    "menu"sv,
    "meta"sv,
    "metadata"sv,
    "modal"sv,
    "mostread"sv,
    "nav"sv,
    "navbar"sv,
    "navigation"sv,
    "newsletter"sv,
    "newsletters"sv,
    "noprint"sv,
    "outbrain"sv,
    "overlay"sv,
    "poll"sv,
    "popular"sv,
    "popup"sv,
    "promo"sv,
    "promos"sv,
    "promotion"sv,
    "pullquote"sv,
    "quiz"sv,
    "readmore"sv,
    "recirc"sv,
    "recirculation"sv,
    "recommendations"sv,
    "recommended"sv,
    "related"sv,
    "search"sv,
    "share"sv,
    "sharebar"sv,
    "sharedaddy"sv,
    "sharetools"sv,
    "sharing"sv,
    "sidebar"sv,
    "signup"sv,
    "skip"sv,
    "social"sv,
    "sponsor"sv,
    "sponsored"sv,
    "storyhighlights"sv,
    "subscribe"sv,
    "subscription"sv,
    "survey"sv,
    "taboola"sv,
    "taglist"sv,
    "tags"sv,
    "teaser"sv,
    "teasers"sv,
    "timestamp"sv,
    "toc"sv,
    "toolbar"sv,
    "topics"sv,
    "trending"sv,
    "visuallyhidden"sv,
};
static_assert(std::is_sorted(kAround.begin(), kAround.end()));

/// Words in a row; spaces mark where words end.
constexpr std::array kAroundPhrases{
    " also read "sv, " author info "sv,  " call to action "sv, " media caption "sv, " more from "sv,
    " more on "sv,   " more stories "sv, " most popular "sv,   " most read "sv,     " pull quote "sv,
    " read also "sv, " read more "sv,    " read next "sv,      " see also "sv,      " sign up "sv,
    " up next "sv,   " you may like "sv, " editor s picks "sv, " reference "sv,     " reflist "sv,
};

/// Text for programs, screen readers or writers, not part of what stands on the page.
constexpr std::array kUnseenPhrases{" sr only "sv, " screen reader "sv, " visually hidden "sv, " visuallyhidden "sv,
                                    " mw editsection "sv};

constexpr std::array kBodyPhrases{
    " article body "sv, " article content "sv, " article text "sv,  " articlebody "sv,  " articletext "sv,
    " body content "sv, " content body "sv,    " entry content "sv, " main content "sv, " news content "sv,
    " news text "sv,    " post body "sv,       " post content "sv,  " rich text "sv,    " single content "sv,
    " story body "sv,   " story content "sv,   " story text "sv,    " storybody "sv,    " td post content "sv,
};

constexpr std::array kStandfirst{"deck"sv,        "dek"sv,      "lede"sv,      "standfirst"sv, "subhead"sv,
                                 "subheadline"sv, "subtitle"sv, "strapline"sv, "excerpt"sv};

/// Class and id as lower-case words with a space before and after each; `storyBody` is two words.
std::string words_of(std::string_view classes, std::string_view id) {
    std::string words = " ";
    for (const std::string_view names : {classes, id}) {
        char before = ' ';
        for (const char c : names) {
            const bool letter = is_ascii_alnum(c);
            const bool begins = is_ascii_upper(c) && !is_ascii_upper(before) && is_ascii_letter(before);
            if ((!letter || begins) && words.back() != ' ') words += ' ';
            if (letter) words += lower_ascii(c);
            before = c;
        }
        if (words.back() != ' ') words += ' ';
    }
    return words;
}

bool is_around_role(std::string_view role) {
    for (const std::string_view known : {"navigation", "complementary", "contentinfo", "banner", "search", "dialog",
                                         "alert", "alertdialog", "menu", "menubar", "toolbar", "form", "tablist"}) {
        if (equals_ignoring_case(role, known)) return true;
    }
    return false;
}

bool is_hidden(const HtmlTree& tree, NodeId node) {
    for (const HtmlAttribute& attribute : tree.attributes(node)) {
        if (attribute.name == "hidden") return true;
        if (attribute.name == "aria-hidden" && equals_ignoring_case(attribute.value, "true")) return true;
        if (attribute.name != "style") continue;
        std::string style;
        for (const char c : attribute.value) {
            if (!is_ascii_space(c)) style += lower_ascii(c);
        }
        if (style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos)
            return true;
    }
    return false;
}

template <typename List> bool has_phrase(const std::string& words, const List& phrases) {
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return words.find(phrase) != std::string::npos; });
}

} // namespace

RegionHints region_hints(const HtmlTree& tree, NodeId node) {
    RegionHints hints;
    hints.hidden = is_hidden(tree, node);
    hints.around = is_around_role(trim_ascii(tree.attribute(node, "role")));
    const std::string_view property = tree.attribute(node, "itemprop");
    hints.microdata_body = property.find("articleBody") != std::string_view::npos;
    hints.standfirst = property == "alternativeHeadline" || property == "alternateName";

    const std::string words = words_of(tree.attribute(node, "class"), tree.attribute(node, "id"));
    if (words.size() == 1) return hints;
    for (std::size_t start = 1; start < words.size();) {
        const std::size_t end = words.find(' ', start);
        const std::string_view word = std::string_view(words).substr(start, end - start);
        hints.around =
            hints.around || std::binary_search(kAround.begin(), kAround.end(), word) || word.ends_with("caption");
        hints.comments =
            hints.comments || word == "comments" || word == "disqus" || word == "commentlist" || word == "respond";
        hints.standfirst =
            hints.standfirst || std::find(kStandfirst.begin(), kStandfirst.end(), word) != kStandfirst.end();
        start = end + 1;
    }
    hints.around = hints.around || has_phrase(words, kAroundPhrases);
    hints.hidden = hints.hidden || has_phrase(words, kUnseenPhrases);
    hints.body = has_phrase(words, kBodyPhrases);
    return hints;
}

} // namespace kadesh::readers
