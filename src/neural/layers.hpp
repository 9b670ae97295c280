// Parts of networks as they stand in a model file.
#pragma once

#include "base/result.hpp"
#include "neural/byte_kernels.hpp"
#include "neural/kernels.hpp"
#include "neural/model_file.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kadesh::neural {

/// A dense layer's `name.weight` [out, in] and `name.bias` [out], for 16-bit or for byte arithmetic.
Result<PackedLinear> load_linear(const ModelFile& file, const std::string& name, std::uint32_t out, std::uint32_t in);
Result<PackedBytes> load_bytes(const ModelFile& file, const std::string& name, std::uint32_t out, std::uint32_t in);

/// `name.weight` and `name.bias` of a LayerNorm, [width] each.
struct Norm {
    AlignedBuffer<float> weight, bias;
};
Result<Norm> load_norm(const ModelFile& file, const std::string& name, std::uint32_t width);

/// Rows of bytes with a scale each, in the mapped file.
struct ByteTable {
    std::uint32_t rows = 0;
    const std::int8_t* values = nullptr; ///< [rows, width]
    const float* scales = nullptr;       ///< all finite
};
/// `name` i8 [any, width] and `name.scale` f32.
Result<ByteTable> load_table(const ModelFile& file, const std::string& name, std::uint32_t width);

/// A number of the file's configuration, where it goes, and the most that it may be.
struct ConfigNumber {
    const char* key;
    std::uint32_t* target;
    std::uint32_t limit;
};
/// Reads them all, or says which is missing or wrong.
Status read_numbers(const ModelFile& file, std::initializer_list<ConfigNumber> numbers);

} // namespace kadesh::neural
