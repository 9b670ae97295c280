#include "readers/html_page.hpp"

#include "readers/article_blocks.hpp"
#include "readers/article_text.hpp"
#include "readers/byte_size.hpp"
#include "readers/charset.hpp"
#include "readers/content_kind.hpp"
#include "readers/html_metadata.hpp"
#include "readers/html_text.hpp"
#include "readers/html_tree.hpp"

#include <algorithm>
#include <utility>

namespace kadesh::readers {
namespace {

/// The parser takes a zero byte for the end.
void replace_zeros(RepairedUtf8& page) {
    const auto zeros = std::count(page.text.begin(), page.text.end(), '\0');
    if (zeros == 0) return;
    std::string text;
    for (const char c : page.text) {
        if (c == '\0') {
            append_utf8(text, kReplacement);
        } else {
            text += c;
        }
    }
    page.text = std::move(text);
    page.repaired += static_cast<std::uint32_t>(zeros);
}

/// The headline and the text of JSON-LD: lines of characters, or markup in its turn.
std::string linked_text(const PageMetadata& metadata, const HtmlLimits& limits) {
    std::string text = metadata.titles.empty() ? std::string() : metadata.titles.front();
    const auto add = [&text](std::string_view paragraph) {
        if (paragraph.empty()) return;
        if (!text.empty()) text += "\n\n";
        text += paragraph;
    };
    std::string_view body = metadata.article_body;
    if (body.find("</") != std::string_view::npos || body.find("<br") != std::string_view::npos) {
        const auto tree = HtmlTree::parse(body, limits);
        if (!tree) return {};
        for (const TextBlock& block : text_blocks(*tree)) add(block.text);
        return text;
    }
    while (!body.empty()) {
        const auto line_end = std::min(body.find('\n'), body.size());
        add(running_text(body.substr(0, line_end)));
        body.remove_prefix(std::min(line_end + 1, body.size()));
    }
    return text;
}

class HtmlPage final : public DocumentFormat {
  public:
    HtmlPage(InputBuffer input, std::string id, const ReadOptions& options)
        : input_(std::move(input)), id_(std::move(id)), options_(options) {}

    std::optional<Result<Document>> next() override {
        if (std::exchange(done_, true)) return std::nullopt;
        input_.fill_to(options_.max_html_bytes + 1);
        if (input_.error()) return *input_.error();
        return read_page(input_.bytes(), std::move(id_), options_);
    }

  private:
    InputBuffer input_;
    std::string id_;
    ReadOptions options_;
    bool done_ = false;
};

} // namespace

Result<Document> read_page(std::string_view bytes, std::string id, const ReadOptions& options) {
    if (bytes.size() > options.max_html_bytes)
        return Error{ErrorCode::TooLarge,
                     "is larger than " + byte_size(options.max_html_bytes) + ", the limit for one HTML page"};
    RepairedUtf8 page = decode_page(bytes);
    replace_zeros(page);
    constexpr std::size_t kMaxElements = 1'000'000;
    const HtmlLimits limits{.depth = options.max_html_depth, .elements = kMaxElements};
    auto tree = HtmlTree::parse(page.text, limits);
    if (!tree) return tree.error();

    PageMetadata metadata = page_metadata(*tree, options.max_json_depth);
    Document document;
    document.id = std::move(id);
    document.text = article_text(*tree, metadata);
    // Some pages draw their text by script and have it in JSON-LD as well.
    if (document.text.size() < metadata.article_body.size() / 2) {
        std::string linked = linked_text(metadata, limits);
        if (!linked.empty()) document.text = std::move(linked);
    }
    if (document.text.empty()) return Error{ErrorCode::BadInput, "is empty: the page holds no article text"};
    if (document.text.size() > options.max_text_bytes)
        return Error{ErrorCode::TooLarge,
                     "has more text than " + byte_size(options.max_text_bytes) + ", the limit for one text"};
    document.source = std::move(metadata.site);
    document.url = std::move(metadata.url);
    document.author = std::move(metadata.author);
    document.language = std::move(metadata.language);
    document.date = metadata.date ? metadata.date : options.fallback_date;
    document.repaired = page.repaired;
    return document;
}

std::unique_ptr<DocumentFormat> html_page(InputBuffer input, std::string id, const ReadOptions& options) {
    return std::make_unique<HtmlPage>(std::move(input), std::move(id), options);
}

} // namespace kadesh::readers
