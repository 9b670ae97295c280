// Files and packed bytes for the tests of this room.
#pragma once

#include "readers/reader.hpp"
#include "support/temporary_folder.hpp"

#include <iterator>
#include <string>
#include <string_view>
#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace kadesh::testing_support {

class TemporaryFolder : public test::TemporaryFolder {
  public:
    /// Writes a file. @returns its path
    [[nodiscard]] std::string file(const std::string& name, std::string_view bytes) const {
        write(name, bytes);
        return path(name);
    }
};

inline std::string gzip(std::string_view bytes) {
    z_stream state{};
    deflateInit2(&state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&state, static_cast<uLong>(bytes.size())) + 64, '\0');
    state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    state.avail_in = static_cast<uInt>(bytes.size());
    state.next_out = reinterpret_cast<Bytef*>(packed.data());
    state.avail_out = static_cast<uInt>(packed.size());
    deflate(&state, Z_FINISH);
    packed.resize(state.total_out);
    deflateEnd(&state);
    return packed;
}

inline std::string zstd(std::string_view bytes) {
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
    return packed;
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// All that a source gives; an Error on opening counts as its only item.
inline std::vector<Result<Document>> read_all(const std::string& path, const ReadOptions& options = {}) {
    std::vector<Result<Document>> all;
    auto source = DocumentSource::open(path, options);
    if (!source) {
        all.emplace_back(source.error());
        return all;
    }
    while (auto next = source->next()) all.push_back(std::move(*next));
    return all;
}

} // namespace kadesh::testing_support
