#include "readers/article_text.hpp"

#include "base/ascii.hpp"
#include "readers/article_blocks.hpp"
#include "readers/boilerplate.hpp"
#include "readers/html_text.hpp"
#include "readers/page_date.hpp"
#include "readers/region_hints.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kadesh::readers {
namespace {

using Weight = std::uint64_t;

/// Letters and digits only, so that quotation marks, case and spaces make no difference.
std::string comparable(std::string_view text) {
    std::string key;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) == "\xE2\x80") {
            i += 2; // dashes, quotation marks and other general punctuation
        } else if (is_ascii_alnum(text[i]) || static_cast<unsigned char>(text[i]) >= 0x80) {
            key += lower_ascii(text[i]);
        }
    }
    return key;
}

/// Whether two titles are one, or one is the other with a site's name or a section added.
bool same_title(const std::string& a, const std::string& b) {
    constexpr std::size_t kShortest = 10;
    if (a == b) return !a.empty();
    if (std::min(a.size(), b.size()) < kShortest) return false;
    return a.starts_with(b) || b.starts_with(a) || a.ends_with(b) || b.ends_with(a);
}

/// Cuts ` | Site` and the like from a title, when the site's name is known or the rest is by far the longer part.
std::string without_site(std::string title, const std::string& site) {
    for (const std::string_view bar : {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: ", " \xC2\xBB "}) {
        const auto at = title.rfind(bar);
        if (at == std::string::npos) continue;
        const std::string_view tail = std::string_view(title).substr(at + bar.size());
        const bool is_site = !site.empty() && comparable(tail) == comparable(site);
        const auto words = [](std::string_view text) { return 1 + std::count(text.begin(), text.end(), ' '); };
        if (is_site || (words(tail) <= 3 && words(std::string_view(title).substr(0, at)) >= 5)) {
            title.resize(at);
            return title;
        }
    }
    return title;
}

class ArticleFinder {
  public:
    ArticleFinder(const HtmlTree& tree, const PageMetadata& metadata)
        : tree_(tree), metadata_(metadata), hints_(tree.size()), removed_(tree.size()) {}

    std::string find() {
        std::vector<std::uint8_t> unseen(tree_.size());
        for (NodeId id = 0; id < tree_.size(); ++id) {
            if (tree_[id].attributes > 0) hints_[id] = region_hints(tree_, id);
            unseen[id] = hints_[id].hidden;
        }
        blocks_ = text_blocks(tree_, unseen);
        find_headline();
        remove_surroundings();
        auto kept = blocks_within(article_node());
        if (kept.empty()) kept = all_text();
        return assemble(kept);
    }

  private:
    // --- weights ---

    static Weight prose_weight(const TextBlock& block, Tag tag) {
        constexpr std::size_t kShortest = 25;
        constexpr std::size_t kEnough = 500;
        if (is_heading(tag) || block.is_mostly_links()) return 0;
        const std::size_t own = std::min(block.text.size() - std::min(block.link_bytes, block.text.size()), kEnough);
        if (own < kShortest) return 0;
        const Weight weight = Weight{own} * own;
        return ends_like_sentence(block.text) || tag == Tag::P ? weight : weight / 4;
    }

    /// For each node the weight of all blocks in it, those in removed parts not counted.
    std::vector<Weight> weights() const {
        std::vector<Weight> weight(tree_.size());
        for (const TextBlock& block : blocks_) {
            if (!removed_[block.node]) weight[block.node] += prose_weight(block, tree_[block.node].tag);
        }
        for (NodeId id = tree_.size() - 1; id > 0; --id) weight[tree_[id].parent] += weight[id];
        return weight;
    }

    // --- headline ---

    bool is_outside_articles(NodeId id) const {
        for (; id != kNoNode; id = tree_[id].parent) {
            const Tag tag = tree_[id].tag;
            if (tag == Tag::Nav || tag == Tag::Footer || tag == Tag::Aside) return true;
            if (hints_[id].hidden) return true;
        }
        return false;
    }

    /// The heading that the page's metadata name, the longest if several fit; else the first of level one.
    void find_headline() {
        std::vector<std::string> titles;
        for (const std::string& title : metadata_.titles) titles.push_back(comparable(title));
        titles.push_back(comparable(metadata_.page_title));
        const std::string site = comparable(metadata_.site);
        const TextBlock* first = nullptr;
        const TextBlock* named = nullptr;
        constexpr int kLooked = 20;
        int seen = 0;
        for (const TextBlock& block : blocks_) {
            const NodeId heading = heading_around(block.node);
            if (heading == kNoNode || is_outside_articles(heading)) continue;
            if (++seen > kLooked) break;
            const std::string key = comparable(block.text);
            if (key.empty() || key == site) continue;
            const bool fits = std::any_of(titles.begin(), titles.end(),
                                          [&](const std::string& title) { return same_title(key, title); });
            if (fits && (named == nullptr || block.text.size() > named->text.size())) named = &block;
            if (first == nullptr && tree_[heading].tag == Tag::H1) first = &block;
        }
        if (named == nullptr && metadata_.titles.empty()) named = first;
        if (named != nullptr) {
            headline_node_ = heading_around(named->node);
            headline_ = named->text;
        } else {
            headline_ = without_site(metadata_.titles.empty() ? metadata_.page_title : metadata_.titles.front(),
                                     metadata_.site);
        }
    }

    /// The heading of the first or second level that a block stands in.
    NodeId heading_around(NodeId id) const {
        constexpr int kSteps = 4;
        for (int i = 0; i < kSteps && id != kNoNode; ++i, id = tree_[id].parent) {
            if (tree_[id].tag == Tag::H1 || tree_[id].tag == Tag::H2) return id;
        }
        return kNoNode;
    }

    // --- surroundings ---

    static bool is_around_tag(Tag tag) {
        return tag == Tag::Nav || tag == Tag::Footer || tag == Tag::Aside || tag == Tag::Menu || tag == Tag::Figure ||
               tag == Tag::Figcaption || tag == Tag::Header || tag == Tag::Form || tag == Tag::Caption ||
               tag == Tag::Picture || tag == Tag::Address;
    }

    void remove_surroundings() {
        const std::vector<Weight> weight = weights();
        const Weight total = weight[0];
        for (NodeId id = 1; id < tree_.size(); ++id) {
            removed_[id] = removed_[tree_[id].parent];
            if (removed_[id] || tree_[id].tag == Tag::Text) continue;
            const Tag tag = tree_[id].tag;
            const RegionHints& hints = hints_[id];
            if (hints.comments && tag != Tag::Body && tag != Tag::Html) {
                removed_[id] = headline_node_ == kNoNode || !tree_.contains(id, headline_node_);
                continue;
            }
            const bool marked =
                (hints.around && tag != Tag::Body && tag != Tag::Html && tag != Tag::Main) || hints.hidden;
            if (!marked && !is_around_tag(tag)) continue;
            const bool has_headline = headline_node_ != kNoNode && tree_.contains(id, headline_node_) &&
                                      tag != Tag::Header && tag != Tag::Nav && tag != Tag::Footer;
            removed_[id] = !has_headline && weight[id] * 2 <= total;
        }
    }

    // --- the article's element ---

    bool is_candidate(NodeId id, int rank) const {
        switch (rank) {
        case 0: return tree_[id].tag == Tag::Main || tree_.attribute(id, "role") == "main";
        case 1: return tree_[id].tag == Tag::Article;
        case 2: return hints_[id].body;
        default: return hints_[id].microdata_body;
        }
    }

    NodeId article_node() {
        const std::vector<Weight> weight = weights();
        NodeId base = 0;
        // From wide marks to narrow ones, as long as most of the prose stays.
        for (int rank = 0; rank < 4; ++rank) {
            NodeId best = kNoNode;
            for (NodeId id = base; id < tree_[base].end; ++id) {
                if (tree_[id].tag == Tag::Text || removed_[id] || !is_candidate(id, rank)) continue;
                // An article that holds the headline is the page's, even beside much else.
                const bool headed = headline_node_ != kNoNode && tree_.contains(id, headline_node_);
                const Weight share = headed && rank == 1 ? 1 : 6;
                if (weight[id] == 0 || weight[id] * 10 < weight[base] * share) continue;
                if (best == kNoNode || weight[id] > weight[best]) best = id;
            }
            if (best != kNoNode) base = best;
        }
        base_ = base;
        const Weight needed = weight[base] / 10 * (base == 0 ? 7 : 9);
        if (needed == 0) return base;
        for (NodeId node = base;;) {
            NodeId next = kNoNode;
            for (NodeId child = node + 1; child < tree_[node].end; child = tree_[child].end) {
                if (weight[child] >= needed) next = child;
            }
            if (next == kNoNode || !is_block_element(tree_[next].tag) || tree_[next].tag == Tag::P) return node;
            node = next;
        }
    }

    // --- the article's blocks ---

    bool is_headline(const TextBlock& block) const {
        if (headline_node_ != kNoNode && tree_.contains(headline_node_, block.node)) return true;
        constexpr std::size_t kSlack = 4;
        if (headline_.empty() || block.text.size() > headline_.size() + headline_.size() / kSlack + kSlack)
            return false;
        return comparable(block.text) == comparable(headline_);
    }

    bool is_content(const TextBlock& block) const {
        if (removed_[block.node] || block.is_mostly_links() || is_boilerplate_line(block.text) ||
            is_date_line(block.text))
            return false;
        // Headings above the headline are the site's and the section's names.
        if (headline_node_ != kNoNode && block.node < headline_node_ && is_heading(tree_[block.node].tag)) return false;
        constexpr std::size_t kShortProse = 60;
        const bool sentence = ends_like_sentence(block.text);
        switch (tree_[block.node].tag) {
        case Tag::P:
        case Tag::Blockquote:
        case Tag::Pre:
        case Tag::Li:
        case Tag::Dd: return true;
        case Tag::Td:
        case Tag::Th: return sentence && block.text.size() >= kShortProse;
        case Tag::Label:
        case Tag::Dt: return false;
        default: return is_heading(tree_[block.node].tag) || sentence || block.text.size() >= kShortProse;
        }
    }

    std::vector<const TextBlock*> blocks_within(NodeId node) const {
        std::vector<const TextBlock*> kept;
        for (const TextBlock& block : blocks_) {
            if (is_headline(block)) continue;
            const bool inside = tree_.contains(node, block.node);
            if ((inside || is_lead(block, node)) && is_content(block)) kept.push_back(&block);
        }
        drop_link_lists(kept);
        drop_empty_headings(kept);
        return kept;
    }

    /// A paragraph of the marked article that stands between the headline and the element chosen.
    bool is_lead(const TextBlock& block, NodeId node) const {
        constexpr std::size_t kShortest = 60;
        return base_ != 0 && tree_.contains(base_, block.node) && block.node < node &&
               (headline_node_ == kNoNode || block.node > headline_node_) && block.text.size() >= kShortest &&
               ends_like_sentence(block.text);
    }

    /// Lists of which most is links are navigation, even if some of their items are not.
    void drop_link_lists(std::vector<const TextBlock*>& kept) const {
        std::vector<std::pair<std::size_t, std::size_t>> lists(tree_.size()); // bytes, bytes within links
        const auto list_of = [&](const TextBlock& block) {
            const NodeId node = block.node;
            return tree_[node].tag == Tag::Li ? tree_[node].parent : kNoNode;
        };
        for (const TextBlock& block : blocks_) {
            if (const NodeId list = list_of(block); list != kNoNode) {
                lists[list].first += block.text.size();
                lists[list].second += block.link_bytes;
            }
        }
        std::erase_if(kept, [&](const TextBlock* block) {
            const NodeId list = list_of(*block);
            return list != kNoNode && lists[list].second * 2 > lists[list].first;
        });
    }

    /// Headings without a paragraph below them, and those of related stories.
    void drop_empty_headings(std::vector<const TextBlock*>& kept) const {
        bool followed = false;
        std::vector<const TextBlock*> result;
        for (auto block = kept.rbegin(); block != kept.rend(); ++block) {
            const bool heading = is_heading(tree_[(*block)->node].tag);
            if (!heading || (followed && !is_boilerplate_heading((*block)->text))) result.push_back(*block);
            if (!heading) followed = true;
        }
        std::reverse(result.begin(), result.end());
        kept = std::move(result);
    }

    /// For pages that are no articles to the rules above: all that is not removed and no link.
    std::vector<const TextBlock*> all_text() const {
        std::vector<const TextBlock*> kept;
        for (const TextBlock& block : blocks_) {
            if (!removed_[block.node] && !block.is_mostly_links() && !is_headline(block) &&
                !is_boilerplate_line(block.text) && !is_heading(tree_[block.node].tag))
                kept.push_back(&block);
        }
        return kept;
    }

    // --- the text ---

    /// The summary that stands between the headline and the first paragraph kept.
    std::string standfirst(const std::vector<const TextBlock*>& kept) const {
        if (headline_node_ == kNoNode || kept.empty()) return {};
        constexpr std::size_t kShortest = 20;
        constexpr std::size_t kLongest = 500;
        for (NodeId id = tree_[headline_node_].end; id < kept.front()->node; ++id) {
            if (tree_[id].tag == Tag::Text || !hints_[id].standfirst || hints_[id].hidden) continue;
            std::string text = text_within(tree_, id, kLongest);
            if (text.size() < kShortest) continue;
            const std::string key = comparable(text);
            return same_title(key, comparable(kept.front()->text)) || key == comparable(headline_) ? std::string()
                                                                                                   : text;
        }
        return {};
    }

    std::string assemble(const std::vector<const TextBlock*>& kept) const {
        if (kept.empty()) return {};
        std::string text;
        const auto add = [&text](std::string_view paragraph) {
            if (paragraph.empty()) return;
            if (!text.empty()) text += "\n\n";
            text += paragraph;
        };
        add(headline_);
        add(standfirst(kept));
        std::string_view before;
        for (const TextBlock* block : kept) {
            if (block->text != before) add(block->text);
            before = block->text;
        }
        return text;
    }

    const HtmlTree& tree_;
    const PageMetadata& metadata_;
    std::vector<RegionHints> hints_;
    std::vector<std::uint8_t> removed_; ///< part of the page's surroundings
    std::vector<TextBlock> blocks_;
    std::string headline_;
    NodeId headline_node_ = kNoNode;
    NodeId base_ = 0; ///< the innermost element marked as the article
};

} // namespace

std::string article_text(const HtmlTree& tree, const PageMetadata& metadata) {
    return ArticleFinder(tree, metadata).find();
}

} // namespace kadesh::readers
