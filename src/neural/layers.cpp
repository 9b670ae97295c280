#include "neural/layers.hpp"

#include <algorithm>

namespace kadesh::neural {
namespace {

template <typename Packed>
Result<Packed> load(const ModelFile& file, const std::string& name, std::uint32_t out, std::uint32_t in) {
    const Result<std::vector<float>> weight = file.floats(name + ".weight", {out, in});
    if (!weight) return weight.error();
    const Result<std::vector<float>> bias = file.floats(name + ".bias", {out});
    if (!bias) return bias.error();
    return Packed(*weight, *bias, out, in);
}

} // namespace

Result<PackedLinear> load_linear(const ModelFile& file, const std::string& name, std::uint32_t out, std::uint32_t in) {
    return load<PackedLinear>(file, name, out, in);
}

Result<PackedBytes> load_bytes(const ModelFile& file, const std::string& name, std::uint32_t out, std::uint32_t in) {
    return load<PackedBytes>(file, name, out, in);
}

Result<Norm> load_norm(const ModelFile& file, const std::string& name, std::uint32_t width) {
    Norm norm;
    for (const auto& [suffix, buffer] : {std::pair{".weight", &norm.weight}, std::pair{".bias", &norm.bias}}) {
        const Result<std::vector<float>> values = file.floats(name + suffix, {width});
        if (!values) return values.error();
        std::copy(values->begin(), values->end(), buffer->reserve(width));
    }
    return norm;
}

Result<ByteTable> load_table(const ModelFile& file, const std::string& name, std::uint32_t width) {
    const auto bad = [&file](const std::string& what) {
        return Error{ErrorCode::BadArtefact, file.name() + ": " + what};
    };
    const Section* const section = file.find(name);
    if (section == nullptr || section->rank != 2 || section->dims[0] == 0) return bad("no table " + name);
    ByteTable table;
    table.rows = section->dims[0];
    const Result<const Section*> values = file.tensor(name, DType::I8, {table.rows, width});
    if (!values) return values.error();
    const Result<const Section*> scales = file.tensor(name + ".scale", DType::F32, {table.rows});
    if (!scales) return scales.error();
    table.values = reinterpret_cast<const std::int8_t*>((*values)->bytes.data());
    table.scales = reinterpret_cast<const float*>((*scales)->bytes.data());
    if (!std::all_of(table.scales, table.scales + table.rows, [](float s) { return s - s == 0.0f; })) {
        return bad(name + ".scale has values that are not finite");
    }
    return table;
}

Status read_numbers(const ModelFile& file, std::initializer_list<ConfigNumber> numbers) {
    for (const ConfigNumber& number : numbers) {
        const Result<std::uint32_t> value = file.config_number(number.key, number.limit);
        if (!value) return value.error();
        *number.target = *value;
    }
    return Ok{};
}

} // namespace kadesh::neural
