#include "engine/pair_stream.hpp"

#include "base/utf8.hpp"
#include "readers/byte_stream.hpp"
#include "readers/json_text.hpp"

#include <cerrno>
#include <fcntl.h>
#include <simdjson.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kadesh {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMaxLineBytes = std::size_t{4} << 20;
constexpr std::uint64_t kMaxInputBytes = std::uint64_t{1} << 40;

/// The bytes of a span given in code points; nothing when it is none, empty or past the text's end.
std::optional<TextSpan> span_of(dom::element value, const CodePointIndex& index) {
    dom::array pair;
    if (value.get(pair) != simdjson::SUCCESS || pair.size() != 2) return std::nullopt;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    if (pair.at(0).get(start) != simdjson::SUCCESS || pair.at(1).get(end) != simdjson::SUCCESS) return std::nullopt;
    if (start >= end || end > index.size()) return std::nullopt;
    return TextSpan{index.byte(static_cast<std::uint32_t>(start)), index.byte(static_cast<std::uint32_t>(end))};
}

} // namespace

struct PairReader::Impl {
    dom::parser parser{kMaxLineBytes * 4};
};

PairReader::PairReader() : impl_(std::make_unique<Impl>()) {}
PairReader::~PairReader() = default;

PairQuestion PairReader::read(std::string_view line) {
    PairQuestion question;
    std::string json(line);
    readers::repair_json(json);
    dom::element root;
    if (const auto status = impl_->parser.parse(json).get(root); status != simdjson::SUCCESS) {
        question.problem = std::string("is no JSON object: ") + simdjson::error_message(status);
        return question;
    }
    dom::element field;
    if (root["id"].get(field) == simdjson::SUCCESS && (field.is_string() || field.is_number()))
        question.id_json = simdjson::minify(field);
    std::string_view text;
    if (root["text"].get(text) != simdjson::SUCCESS || text.empty()) {
        question.problem = "has no text";
        return question;
    }
    question.text = text;
    const CodePointIndex index(question.text);
    for (const auto& [key, span] : {std::pair{"source", &question.source}, std::pair{"target", &question.target}}) {
        std::optional<TextSpan> found;
        if (root[key].get(field) == simdjson::SUCCESS) found = span_of(field, index);
        if (!found) {
            question.problem = std::string(key) + " is no [start, end] within the text";
            return question;
        }
        *span = *found;
    }
    return question;
}

std::optional<PairStream::Line> PairStream::next_line() {
    readers::InputBuffer& input = *input_;
    Line line;
    bool any = false;
    for (;;) {
        const std::string_view bytes = input.bytes();
        const auto end = bytes.find('\n');
        any = any || !bytes.empty();
        line.text += bytes.substr(0, end);
        line.too_long = line.too_long || line.text.size() > kMaxLineBytes;
        if (line.too_long) line.text.clear();
        input.take(end == std::string_view::npos ? bytes.size() : end + 1);
        if (end != std::string_view::npos) return line;
        if (!input.fill()) return any ? std::optional(std::move(line)) : std::nullopt;
    }
}

std::optional<Result<PairQuestion>> PairStream::next() {
    for (;;) {
        if (!input_) {
            if (at_ == inputs_.size()) return std::nullopt;
            const std::string& path = inputs_[at_++];
            const bool standard = path == "-";
            const int descriptor = standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
            if (descriptor < 0) {
                const int reason = errno;
                return Error{reason == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                             path + ": cannot be opened: " + std::generic_category().message(reason)};
            }
            name_ = standard ? "standard input" : path;
            line_ = 0;
            input_.emplace(readers::descriptor_stream(descriptor, !standard), kMaxInputBytes);
        }
        auto line = next_line();
        if (!line) {
            const std::optional<Error> error = input_->error();
            input_.reset();
            if (error) return Error{error->code, name_ + ": " + error->message};
            continue;
        }
        ++line_;
        PairQuestion question;
        if (line->too_long)
            question.problem = "is longer than 4 MiB";
        else if (line->text.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        else
            question = reader_.read(line->text);
        if (!question.problem.empty())
            question.problem = name_ + ", line " + std::to_string(line_) + ": " + question.problem;
        return question;
    }
}

} // namespace kadesh
