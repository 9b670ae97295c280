#include "readers/plain_text.hpp"

#include "base/ascii.hpp"
#include "readers/byte_size.hpp"
#include "readers/charset.hpp"
#include "readers/content_kind.hpp"

#include <utility>

namespace kadesh::readers {
namespace {

class PlainText final : public DocumentFormat {
  public:
    PlainText(InputBuffer input, std::string id, const ReadOptions& options)
        : input_(std::move(input)), id_(std::move(id)), options_(options) {}

    std::optional<Result<Document>> next() override {
        if (std::exchange(done_, true)) return std::nullopt;
        return read();
    }

  private:
    Result<Document> read() {
        const Error too_large{ErrorCode::TooLarge,
                              "is larger than " + byte_size(options_.max_text_bytes) + ", the limit for one text"};
        // UTF-16 takes two bytes where English in UTF-8 takes one.
        input_.fill_to(options_.max_text_bytes * 2 + 1);
        if (input_.error()) return *input_.error();
        if (!input_.at_end()) return too_large;
        if (auto kind = not_text(input_.bytes()))
            return Error{ErrorCode::BadInput, "looks like " + *kind + ", not like text in UTF-8"};
        RepairedUtf8 decoded = decode_text(input_.bytes());
        if (decoded.text.size() > options_.max_text_bytes) return too_large;
        if (trim_ascii(decoded.text).empty()) return Error{ErrorCode::BadInput, "is empty: it holds only white space"};

        Document document;
        document.id = std::move(id_);
        document.text = std::move(decoded.text);
        document.repaired = decoded.repaired;
        document.date = options_.fallback_date;
        return document;
    }

    InputBuffer input_;
    std::string id_;
    ReadOptions options_;
    bool done_ = false;
};

} // namespace

std::unique_ptr<DocumentFormat> plain_text(InputBuffer input, std::string id, const ReadOptions& options) {
    return std::make_unique<PlainText>(std::move(input), std::move(id), options);
}

} // namespace kadesh::readers
