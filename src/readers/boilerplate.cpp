#include "readers/boilerplate.hpp"

#include "base/ascii.hpp"
#include "readers/article_blocks.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kadesh::readers {
namespace {

using namespace std::string_view_literals;

constexpr std::array kWholeLines{
    "advertisement"sv,
    "advertisements"sv,
    "story continues below"sv,
    "story continues below advertisement"sv,
    "share"sv,
    "share this"sv,
    "share this article"sv,
    "share this story"sv,
    "print"sv,
    "listen"sv,
    "comments"sv,
    "image"sv,
    "tags"sv,
    "related"sv,
    "loading"sv,
    "skip advertisement"sv,
    "read more"sv,
    "subscribe"sv,
    "sign up"sv,
    "article continues below"sv,
    "---"sv,
    "***"sv,
    "* * *"sv,
    "\xE2\x80\xA2"sv,
    "all rights reserved"sv,
    "continue reading"sv,
    "recommended"sv,
    "sponsored"sv,
};

constexpr std::array kBeginnings{
    "read more:"sv,
    "read more about"sv,
    "read also:"sv,
    "read also "sv,
    "also read:"sv,
    "also read "sv,
    "see also:"sv,
    "related:"sv,
    "more:"sv,
    "watch:"sv,
    "listen:"sv,
    "photo:"sv,
    "photos:"sv,
    "image:"sv,
    "image source,"sv,
    "image caption,"sv,
    "video:"sv,
    "follow us on"sv,
    "follow us "sv,
    "sign up for"sv,
    "sign up to"sv,
    "subscribe to"sv,
    "click here"sv,
    "tap here"sv,
    "download our"sv,
    "download the app"sv,
    "join our"sv,
    "copyright "sv,
    "\xC2\xA9"sv,
    "photo by"sv,
    "file photo"sv,
    "published"sv,
    "last updated"sv,
    "last modified"sv,
    "updated:"sv,
    "updated on"sv,
    "posted on"sv,
    "posted by"sv,
    "read next:"sv,
    "recommended:"sv,
    "written by"sv,
    "reporting by"sv,
    "(reporting by"sv,
    "editing by"sv,
    "(editing by"sv,
    "writing by"sv,
    "our standards: the thomson"sv,
    "this article was originally published"sv,
    "support our "sv,
    "tags:"sv,
    "topics:"sv,
    "you may also like"sv,
    "more on this story"sv,
};

constexpr std::array kHeadings{
    "related"sv,        "more on"sv,           "more from"sv, "read more"sv,        "read next"sv,    "most read"sv,
    "most popular"sv,   "recommended"sv,       "you may"sv,   "you might"sv,        "also read"sv,    "see also"sv,
    "share this"sv,     "comments"sv,          "leave a"sv,   "about the author"sv, "subscribe"sv,    "sign up"sv,
    "latest news"sv,    "top stories"sv,       "trending"sv,  "editor's pick"sv,    "more stories"sv, "newsletter"sv,
    "follow us"sv,      "popular"sv,           "sponsored"sv, "advertisement"sv,    "tags"sv,         "references"sv,
    "external links"sv, "what to read next"sv, "up next"sv,   "don't miss"sv,       "topics"sv,
};

/// `By Jane Doe and John Roe`: a few words, no sentence.
bool is_byline(std::string_view lower) {
    constexpr std::size_t kLongest = 80;
    return lower.starts_with("by ") && lower.size() <= kLongest && !ends_like_sentence(lower) &&
           std::count(lower.begin(), lower.end(), ' ') <= 8;
}

} // namespace

bool is_boilerplate_line(std::string_view text) {
    constexpr std::size_t kLongest = 160;
    if (text.size() > kLongest) return false;
    const std::string lower = lower_ascii(text);
    std::string_view line = lower;
    while (line.ends_with('.') || line.ends_with(':')) line.remove_suffix(1);
    if (std::find(kWholeLines.begin(), kWholeLines.end(), line) != kWholeLines.end()) return true;
    if (is_byline(lower)) return true;
    const bool begins = std::any_of(kBeginnings.begin(), kBeginnings.end(),
                                    [&](std::string_view beginning) { return lower.starts_with(beginning); });
    if (!begins) return false;
    // "Published figures show that ..." is a sentence of the article; a dating line has none of its length or end.
    if (lower.starts_with("published")) return !ends_like_sentence(lower) && lower.size() <= 60;
    if (lower.starts_with("copyright"))
        return std::any_of(lower.begin(), lower.end(), is_ascii_digit) || lower.find("\xC2\xA9") != std::string::npos;
    return true;
}

bool is_boilerplate_heading(std::string_view text) {
    constexpr std::size_t kLongest = 60;
    if (text.size() > kLongest) return false;
    const std::string lower = lower_ascii(text);
    return std::any_of(kHeadings.begin(), kHeadings.end(),
                       [&](std::string_view beginning) { return lower.starts_with(beginning); });
}

} // namespace kadesh::readers
