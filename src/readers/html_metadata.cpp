#include "readers/html_metadata.hpp"

#include "base/ascii.hpp"
#include "readers/html_text.hpp"
#include "readers/json_ld.hpp"
#include "readers/page_date.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kadesh::readers {
namespace {

using namespace std::string_view_literals;

/// Keys of `meta` elements (name, property or itemprop) that give the day of publication, the most reliable first.
constexpr std::array kDateKeys{"article:published_time"sv,
                               "og:article:published_time"sv,
                               "datepublished"sv,
                               "og:published_time"sv,
                               "parsely-pub-date"sv,
                               "sailthru.date"sv,
                               "publishdate"sv,
                               "publish-date"sv,
                               "publish_date"sv,
                               "pubdate"sv,
                               "article.published"sv,
                               "originalpublicationdate"sv,
                               "cxenseparse:recs:publishtime"sv,
                               "dc.date.issued"sv,
                               "dcterms.issued"sv,
                               "dc.date"sv,
                               "dcterms.date"sv,
                               "dcterms.created"sv,
                               "dc.date.created"sv,
                               "datecreated"sv,
                               "date"sv};

void set_if_empty(std::string& field, std::string value) {
    if (field.empty()) field = std::move(value);
}

bool is_address(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://");
}

/// `By Jane Doe` to `Jane Doe`.
std::string author_name(std::string_view text) {
    std::string name = running_text(text);
    if (name.size() > 3 && equals_ignoring_case(std::string_view(name).substr(0, 3), "by ")) name.erase(0, 3);
    return is_address(name) ? std::string() : name;
}

/// Has a language tag's form: letters first, then parts joined by `-` (pages also write `_`).
std::string language_tag(std::string_view text) {
    std::string tag(trim_ascii(text));
    std::replace(tag.begin(), tag.end(), '_', '-');
    const auto valid = [](char c) { return is_ascii_alnum(c) || c == '-'; };
    if (tag.size() < 2 || tag.size() > 35 || !is_ascii_letter(tag[0]) || !std::all_of(tag.begin(), tag.end(), valid))
        return {};
    return tag;
}

constexpr std::size_t kLongestDate = 80; ///< bytes of a date as pages show it

/// Whether an element's class says that it shows the day of publication.
bool is_date_class(std::string_view classes) {
    const std::string lower = lower_ascii(classes);
    if (lower.find("update") != std::string::npos || lower.find("modif") != std::string::npos) return false;
    if (lower.find("publish") != std::string::npos || lower.find("posted") != std::string::npos) return true;
    for (auto at = lower.find("date"); at != std::string::npos; at = lower.find("date", at + 1)) {
        if (at + 4 == lower.size() || !is_ascii_letter(lower[at + 4])) return true;
    }
    return false;
}

/// Gathers what each kind of element says, then weighs it.
class MetadataReader {
  public:
    MetadataReader(const HtmlTree& tree, std::size_t max_json_depth) : tree_(tree), max_json_depth_(max_json_depth) {}

    PageMetadata read() {
        for (NodeId id = 0; id < tree_.size(); ++id) {
            switch (tree_[id].tag) {
            case Tag::Meta: read_meta(id); break;
            case Tag::Link: read_link(id); break;
            case Tag::Script: read_script(id); break;
            case Tag::Time: read_time(id); break;
            case Tag::Html: set_if_empty(html_language_, language_tag(language_attribute(id))); break;
            case Tag::Title:
                // A title within a drawing is not the page's.
                if (page_.page_title.empty() && tree_[tree_[id].parent].tag != Tag::Svg)
                    page_.page_title = text_within(tree_, id);
                break;
            case Tag::Text: break;
            default: read_microdata(id);
            }
        }
        return weigh();
    }

  private:
    std::string_view language_attribute(NodeId id) const {
        const auto lang = tree_.attribute(id, "lang");
        return lang.empty() ? tree_.attribute(id, "xml:lang") : lang;
    }

    void read_meta(NodeId id) {
        const std::string_view content = trim_ascii(tree_.attribute(id, "content"));
        if (content.empty()) return;
        for (const std::string_view kind : {"property", "name", "itemprop", "http-equiv"}) {
            const std::string key = lower_ascii(trim_ascii(tree_.attribute(id, kind)));
            if (!key.empty()) read_meta_entry(key, content);
        }
    }

    void read_meta_entry(std::string_view key, std::string_view content) {
        if (key == "og:title") {
            set_if_empty(open_graph_title_, running_text(content));
        } else if (key == "twitter:title" || key == "dc.title") {
            set_if_empty(other_title_, running_text(content));
        } else if (key == "headline") {
            set_if_empty(microdata_title_, running_text(content));
        } else if (key == "author" || key == "article:author" || key == "dc.creator" || key == "parsely-author" ||
                   key == "sailthru.author") {
            set_if_empty(page_.author, author_name(content));
        } else if (key == "og:url") {
            set_if_empty(open_graph_url_, std::string(content));
        } else if (key == "og:site_name") {
            set_if_empty(page_.site, running_text(content));
        } else if (key == "dc.publisher" || key == "publisher") {
            set_if_empty(publisher_, is_address(content) ? std::string() : running_text(content));
        } else if (key == "og:locale" || key == "content-language" || key == "inlanguage" || key == "dc.language") {
            set_if_empty(other_language_, language_tag(content));
        }
        const auto rank =
            static_cast<std::size_t>(std::find(kDateKeys.begin(), kDateKeys.end(), key) - kDateKeys.begin());
        if (rank < kDateKeys.size() && rank < date_rank_) {
            if (const auto day = page_date(content)) {
                date_ = day;
                date_rank_ = rank;
            }
        }
    }

    void read_link(NodeId id) {
        if (equals_ignoring_case(trim_ascii(tree_.attribute(id, "rel")), "canonical"))
            set_if_empty(page_.url, std::string(trim_ascii(tree_.attribute(id, "href"))));
    }

    void read_script(NodeId id) {
        if (linked_) return;
        std::string json;
        for (NodeId inside = id + 1; inside < tree_[id].end; ++inside) json += tree_[inside].text;
        linked_ = linked_article(json, max_json_depth_);
    }

    void read_time(NodeId id) {
        const std::string_view machine = tree_.attribute(id, "datetime");
        const auto day = page_date(machine.empty() ? text_within(tree_, id, kLongestDate) : std::string(machine));
        if (!day) return;
        const std::string property = lower_ascii(tree_.attribute(id, "itemprop"));
        if (property == "datepublished" || tree_.has_attribute(id, "pubdate")) {
            if (!marked_time_) marked_time_ = day;
        } else if (property != "datemodified") {
            if (!first_time_) first_time_ = day;
        }
    }

    void read_microdata(NodeId id) {
        const std::string_view property = tree_.attribute(id, "itemprop");
        if (!visible_date_ && is_date_class(tree_.attribute(id, "class"))) {
            visible_date_ = page_date(text_within(tree_, id, kLongestDate));
        }
        if (property == "datePublished") {
            const std::string_view machine = tree_.attribute(id, "content");
            const auto day = page_date(machine.empty() ? text_within(tree_, id, kLongestDate) : std::string(machine));
            if (day && !marked_time_) marked_time_ = day;
        } else if (property == "author" || tree_.attribute(id, "rel") == "author") {
            constexpr std::size_t kLongestName = 120;
            if (visible_author_.empty()) visible_author_ = author_name(text_within(tree_, id, kLongestName));
        }
    }

    PageMetadata weigh() {
        LinkedArticle linked = linked_.value_or(LinkedArticle{});
        for (std::string* title : {&linked.headline, &open_graph_title_, &microdata_title_, &other_title_}) {
            std::string clean = running_text(*title);
            if (!clean.empty()) page_.titles.push_back(std::move(clean));
        }
        set_if_empty(page_.author, author_name(linked.author));
        set_if_empty(page_.author, std::move(visible_author_));
        if (!is_address(page_.url)) page_.url = is_address(open_graph_url_) ? open_graph_url_ : std::move(page_.url);
        if (!is_address(page_.url) && is_address(linked.url)) page_.url = std::move(linked.url);
        set_if_empty(page_.site, running_text(linked.publisher));
        set_if_empty(page_.site, std::move(publisher_));
        page_.language = std::move(html_language_);
        set_if_empty(page_.language, language_tag(linked.language));
        set_if_empty(page_.language, std::move(other_language_));
        page_.article_body = std::move(linked.body);

        constexpr std::size_t kPublishedKeys = 3; // of kDateKeys, those that mean publication beyond doubt
        const auto linked_date = page_date(linked.date_published);
        if (date_ && date_rank_ < kPublishedKeys) {
            page_.date = date_;
        } else {
            for (const auto& day :
                 {linked_date, marked_time_, date_, first_time_, date_in_url(page_.url), visible_date_}) {
                if (!page_.date) page_.date = day;
            }
        }
        return std::move(page_);
    }

    const HtmlTree& tree_;
    const std::size_t max_json_depth_;
    PageMetadata page_;
    std::optional<LinkedArticle> linked_;
    std::string open_graph_title_, microdata_title_, other_title_;
    std::string open_graph_url_, publisher_, visible_author_, html_language_, other_language_;
    std::optional<Day> date_, marked_time_, first_time_, visible_date_;
    std::size_t date_rank_ = kDateKeys.size();
};

} // namespace

PageMetadata page_metadata(const HtmlTree& tree, std::size_t max_json_depth) {
    return MetadataReader(tree, max_json_depth).read();
}

} // namespace kadesh::readers
