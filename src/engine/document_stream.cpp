#include "engine/document_stream.hpp"

#include <unistd.h>
#include <utility>

namespace kadesh {

std::optional<Result<Document>> DocumentStream::next() {
    for (;;) {
        if (source_) {
            if (auto document = source_->next()) return document;
            source_.reset();
        }
        if (at_ == inputs_.size()) return std::nullopt;
        const std::string& input = inputs_[at_++];
        auto source = input == "-" ? DocumentSource::from_descriptor(STDIN_FILENO, "standard input", options_)
                                   : DocumentSource::open(input, options_);
        if (!source) return source.error();
        source_ = std::move(source).value();
    }
}

} // namespace kadesh
