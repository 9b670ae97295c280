#include "readers/json_records.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "readers/byte_size.hpp"
#include "readers/json_layout.hpp"
#include "readers/json_text.hpp"

#include <simdjson.h>
#include <utility>

namespace kadesh::readers {
namespace {

namespace dom = simdjson::dom;

Error bad(std::string message) {
    return {ErrorCode::BadInput, std::move(message)};
}

std::string quoted(std::string_view value) {
    constexpr std::size_t kShown = 40;
    std::size_t end = std::min(value.size(), kShown);
    while (end < value.size() && is_continuation_byte(value[end])) ++end;
    return "\"" + std::string(value.substr(0, end)) + (end < value.size() ? "…\"" : "\"");
}

/// Why the parser refused a record.
std::string reason(simdjson::error_code status) {
    switch (status) {
    case simdjson::STRING_ERROR: return "a string has a wrong escape";
    case simdjson::UNESCAPED_CHARS: return "a string holds a control character that is not escaped";
    case simdjson::UNCLOSED_STRING: return "a string is not closed";
    case simdjson::NUMBER_ERROR: return "a number is malformed or out of range";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return "a word is none of true, false and null";
    case simdjson::TAPE_ERROR:
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return "brackets, commas or colons are missing or too many";
    default: return simdjson::error_message(status);
    }
}

/// A string's value; nothing for null and for other types.
std::optional<std::string_view> string_of(dom::element value) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
}

std::string names_of(dom::element value) {
    if (const auto name = string_of(value)) return std::string(*name);
    dom::array list;
    std::string names;
    if (value.get(list) != simdjson::SUCCESS) return names;
    for (const dom::element item : list) {
        const auto name = string_of(item);
        if (!name || name->empty()) continue;
        if (!names.empty()) names += ", ";
        names += *name;
    }
    return names;
}

class JsonRecords final : public DocumentFormat {
  public:
    JsonRecords(InputBuffer input, std::string name, const ReadOptions& options)
        : input_(std::move(input)), name_(std::move(name)), options_(options), parser_(options.max_document_bytes + 1) {
        constexpr std::size_t kUsualRecord = std::size_t{1} << 16;
        allocated_ = parser_.allocate(std::min(kUsualRecord, options.max_document_bytes), options.max_json_depth + 1) ==
                     simdjson::SUCCESS;
    }

    std::optional<Result<Document>> next() override {
        if (done_) return std::nullopt;
        if (!started_) start();
        auto record = layout_ == JsonLayout::Lines ? next_line() : next_value();
        if (!record) {
            done_ = true;
            if (input_.error()) return *input_.error();
            return std::nullopt;
        }
        if (!*record) return located(record->error());
        Result<Document> document = read(std::move(*record).value());
        if (!document) return located(document.error());
        return document;
    }

  private:
    using Record = std::optional<Result<std::string>>;

    void start() {
        started_ = true;
        input_.fill_to(3);
        if (input_.bytes().starts_with("\xEF\xBB\xBF")) input_.take(3);
        if (!skip_space()) return;
        constexpr std::size_t kLooked = std::size_t{1} << 16;
        input_.fill_to(kLooked);
        layout_ = json_layout(input_.bytes());
        if (layout_ == JsonLayout::Array) input_.take(1);
    }

    /// Takes white space, counting lines; false at the end of the input.
    bool skip_space() {
        for (;;) {
            const std::string_view bytes = input_.bytes();
            std::size_t n = 0;
            while (n < bytes.size() && is_ascii_space(bytes[n])) lines_ += static_cast<std::size_t>(bytes[n++] == '\n');
            const bool found = n < bytes.size();
            input_.take(n);
            if (found) return true;
            if (!input_.fill()) return false;
        }
    }

    Error too_large() const {
        return {ErrorCode::TooLarge,
                "is larger than " + byte_size(options_.max_document_bytes) + ", the limit for one record"};
    }

    /// The next line that is not empty.
    Record next_line() {
        if (!skip_space()) return std::nullopt;
        number_ = lines_ + 1;
        bool dropped = false;
        std::size_t searched = 0;
        for (;;) {
            const std::string_view bytes = input_.bytes();
            const auto end = bytes.find('\n', searched);
            if (end != std::string_view::npos || input_.at_end()) {
                if (input_.error() && end == std::string_view::npos) return std::nullopt;
                const std::string_view line = bytes.substr(0, end);
                dropped = dropped || line.size() > options_.max_document_bytes;
                Record record = dropped ? Record(too_large()) : Record(std::string(line));
                input_.take(line.size());
                return record;
            }
            searched = bytes.size();
            if (searched > options_.max_document_bytes) {
                dropped = true;
                input_.take(searched);
                searched = 0;
            }
            input_.fill();
        }
    }

    /// The next value of an array or of a row of values.
    Record next_value() {
        if (!skip_space()) {
            if (layout_ == JsonLayout::Array && !input_.error())
                return end_with(bad("ends early: the array is not closed"));
            return std::nullopt;
        }
        if (layout_ == JsonLayout::Array) {
            const char c = input_.bytes().front();
            if (c == ']') {
                input_.take(1);
                if (!skip_space()) return std::nullopt;
                return end_with(bad("holds more after the end of its array"));
            }
            if (number_ > 0) {
                if (c != ',') return end_with(bad("has no comma between two items of its array"));
                input_.take(1);
                if (!skip_space()) return end_with(bad("ends early: the array is not closed"));
            }
        }
        ++number_;
        JsonValueEnd end_of_value;
        bool dropped = false;
        std::size_t searched = 0;
        for (;;) {
            const std::string_view bytes = input_.bytes();
            const auto end = end_of_value.feed(bytes.substr(searched));
            if (end != JsonValueEnd::npos || input_.at_end()) {
                if (end == JsonValueEnd::npos) {
                    done_ = true;
                    if (input_.error()) return Record(*input_.error());
                    if (layout_ == JsonLayout::Array || bytes.front() == '{' || dropped)
                        return Record(bad("ends early: the value is not closed"));
                }
                const std::size_t size = end == JsonValueEnd::npos ? bytes.size() : searched + end;
                if (size == 0 && !dropped) return end_with(bad("has a bracket too many"));
                dropped = dropped || size > options_.max_document_bytes;
                Record record = dropped ? Record(too_large()) : Record(std::string(bytes.substr(0, size)));
                input_.take(size);
                return record;
            }
            searched = bytes.size();
            if (searched > options_.max_document_bytes) {
                dropped = true;
                input_.take(searched);
                searched = 0;
            }
            input_.fill();
        }
    }

    /// An Error after which nothing can be read.
    Record end_with(Error error) {
        done_ = true;
        return Record(std::move(error));
    }

    Error located(Error error) const {
        const char* const what = layout_ == JsonLayout::Lines ? "line " : "record ";
        error.message = what + std::to_string(number_) + ": " + error.message;
        return error;
    }

    Result<Document> read(std::string json) {
        if (!allocated_) return Error{ErrorCode::Io, "no memory to read JSON"};
        const std::uint32_t repaired = repair_json(json);
        if (json.size() > options_.max_document_bytes) return too_large();
        const std::size_t size = json.size();
        json.resize(size + simdjson::SIMDJSON_PADDING);
        dom::element root;
        const auto status = parser_.parse(json.data(), size, false).get(root);
        if (status == simdjson::DEPTH_ERROR)
            return Error{ErrorCode::TooLarge,
                         "is nested deeper than " + std::to_string(options_.max_json_depth) + " levels"};
        if (status != simdjson::SUCCESS) return bad("is not valid JSON: " + reason(status));
        dom::object fields;
        if (root.get(fields) != simdjson::SUCCESS) return bad("is not a JSON object");
        return document_of(fields, repaired);
    }

    Result<Document> document_of(dom::object fields, std::uint32_t repaired) const {
        Document document;
        document.repaired = repaired;
        bool has_text = false;
        for (const auto& [key, value] : fields) {
            if (key == "text") {
                const auto text = string_of(value);
                if (!text) return bad("\"text\" is not a string");
                document.text = *text;
                has_text = true;
            } else if (key == "id") {
                std::int64_t number = 0;
                if (const auto id = string_of(value)) {
                    document.id = *id;
                } else if (value.get(number) == simdjson::SUCCESS) {
                    document.id = std::to_string(number);
                } else if (!value.is_null()) {
                    return bad("\"id\" is neither a string nor a whole number");
                }
            } else if (key == "date") {
                const auto date = string_of(value);
                if (!date && !value.is_null()) return bad("\"date\" is not a string");
                if (!date || trim_ascii(*date).empty()) continue;
                document.date = Day::parse(*date);
                if (!document.date) return bad("\"date\" is no ISO date: " + quoted(*date));
            } else if (key == "title") {
                document.title = string_of(value).value_or("");
            } else if (key == "url") {
                document.url = string_of(value).value_or("");
            } else if (key == "source") {
                document.source = string_of(value).value_or("");
            } else if (key == "language") {
                document.language = string_of(value).value_or("");
            } else if (key == "author") {
                document.author = names_of(value);
            }
        }
        if (!has_text) return bad("\"text\" is missing");
        if (trim_ascii(document.text).empty()) return bad("\"text\" is empty");
        if (document.text.size() > options_.max_text_bytes)
            return Error{ErrorCode::TooLarge,
                         "\"text\" is larger than " + byte_size(options_.max_text_bytes) + ", the limit for one text"};
        if (document.text.starts_with(document.title)) document.title.clear();
        if (document.id.empty()) document.id = name_ + "#" + std::to_string(number_);
        if (!document.date) document.date = options_.fallback_date;
        return document;
    }

    InputBuffer input_;
    std::string name_;
    ReadOptions options_;
    dom::parser parser_;
    JsonLayout layout_ = JsonLayout::Lines;
    std::size_t lines_ = 0;  ///< line ends taken
    std::size_t number_ = 0; ///< of the record in hand: its line, or its number
    bool allocated_ = false;
    bool started_ = false;
    bool done_ = false;
};

} // namespace

std::unique_ptr<DocumentFormat> json_records(InputBuffer input, std::string name, const ReadOptions& options) {
    return std::make_unique<JsonRecords>(std::move(input), std::move(name), options);
}

} // namespace kadesh::readers
