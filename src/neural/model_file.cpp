#include "neural/model_file.hpp"

#include "neural/half_float.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace kadesh::neural {
namespace {

constexpr std::string_view kMagic = "KADESHM1";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderSize = 64;
constexpr std::size_t kEntrySize = 128;
constexpr std::size_t kNameSize = 64;
constexpr std::size_t kSectionAlignment = 64;
constexpr std::uint32_t kMaxSections = 4096;

static_assert(std::endian::native == std::endian::little, "the container is little-endian");

template <typename T> T read(std::span<const std::byte> bytes, std::size_t at) {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof(T));
    return value;
}

std::size_t element_size(DType dtype) {
    switch (dtype) {
    case DType::Bytes:
    case DType::I8: return 1;
    case DType::F16: return 2;
    case DType::F32:
    case DType::U32:
    case DType::I32: return 4;
    case DType::U64: return 8;
    }
    return 0;
}

std::uint64_t checksum_of(std::span<const std::byte> bytes) {
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) h = (h ^ read<std::uint64_t>(bytes, i)) * 0x100000001b3ULL;
    return h;
}

bool is_zero(std::span<const std::byte> bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
    return s;
}

std::string shape_of(std::span<const std::uint32_t> dims) {
    std::string out = "[";
    for (const std::uint32_t d : dims) out += (out.size() > 1 ? ", " : "") + std::to_string(d);
    return out + "]";
}

/// Reads one table entry; the message is empty when all is well.
std::string read_entry(std::span<const std::byte> file, std::size_t table_end, std::size_t at, Section& out) {
    const auto raw = file.subspan(at, kEntrySize);
    const char* const name = reinterpret_cast<const char*>(raw.data());
    const std::size_t length = ::strnlen(name, kNameSize);
    out.name = {name, length};
    const auto printable = [](char c) { return c > ' ' && c < 127; };
    if (length == 0 || length == kNameSize || !std::all_of(out.name.begin(), out.name.end(), printable) ||
        !is_zero(raw.subspan(length, kNameSize - length))) {
        return "a section has no proper name";
    }
    const std::string where = "section " + std::string(out.name) + ": ";
    const auto dtype = read<std::uint32_t>(raw, 64);
    if (dtype > static_cast<std::uint32_t>(DType::U64)) return where + "unknown type " + std::to_string(dtype);
    out.dtype = static_cast<DType>(dtype);
    out.rank = read<std::uint32_t>(raw, 68);
    if (out.rank < 1 || out.rank > 4) return where + "unknown rank " + std::to_string(out.rank);
    std::uint64_t elements = 1;
    for (std::size_t k = 0; k < 4; ++k) {
        out.dims[k] = read<std::uint32_t>(raw, 72 + 4 * k);
        if (k >= out.rank && out.dims[k] != 1) return where + "a dimension beyond the rank is not 1";
        if (out.dims[k] != 0 && elements > file.size() / out.dims[k]) return where + "too large for the file";
        elements *= out.dims[k];
    }
    const auto offset = read<std::uint64_t>(raw, 88);
    const auto size = read<std::uint64_t>(raw, 96);
    if (!is_zero(raw.subspan(104))) return where + "reserved bytes are not zero";
    if (offset % kSectionAlignment != 0) return where + "not aligned";
    if (offset < table_end || offset > file.size() || size > file.size() - offset) return where + "outside the file";
    if (elements * element_size(out.dtype) != size) return where + "dimensions and size disagree";
    out.bytes = file.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
    return {};
}

} // namespace

Error ModelFile::damaged(std::string_view what) const {
    return {ErrorCode::BadArtefact, name_ + ": " + std::string(what)};
}

Result<ModelFile> ModelFile::open(const std::string& path) {
    Result<MappedFile> file = MappedFile::open(path);
    if (!file) return file.error();
    const std::span<const std::byte> bytes = file->bytes();
    Result<ModelFile> model = over(bytes, path);
    if (model) model->file_ = std::move(file).value();
    return model;
}

Result<ModelFile> ModelFile::over(std::span<const std::byte> bytes, const std::string& name) {
    ModelFile model;
    model.name_ = name;
    if (bytes.size() < kHeaderSize || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0) {
        return model.damaged("not a Kadesh model file");
    }
    const auto version = read<std::uint32_t>(bytes, 8);
    if (version != kVersion) {
        return model.damaged("model format " + std::to_string(version) + ", this program reads format " +
                             std::to_string(kVersion));
    }
    const auto count = read<std::uint32_t>(bytes, 12);
    const auto size = read<std::uint64_t>(bytes, 16);
    if (size != bytes.size()) {
        return model.damaged("has " + std::to_string(bytes.size()) + " bytes, its header says " + std::to_string(size));
    }
    if (size % kSectionAlignment != 0) return model.damaged("size is no multiple of 64");
    if (!is_zero(bytes.subspan(32, 32))) return model.damaged("reserved bytes of the header are not zero");
    if (count > kMaxSections || kHeaderSize + count * kEntrySize > bytes.size()) {
        return model.damaged("section table does not fit the file");
    }
    model.checksum_ = read<std::uint64_t>(bytes, 24);
    if (checksum_of(bytes.subspan(kHeaderSize)) != model.checksum_) {
        return model.damaged("checksum does not match: the file is damaged");
    }
    const std::size_t table_end = kHeaderSize + count * kEntrySize;
    model.sections_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string problem = read_entry(bytes, table_end, kHeaderSize + i * kEntrySize, model.sections_[i]);
        if (!problem.empty()) return model.damaged(problem);
    }
    const auto by_name = [](const Section& a, const Section& b) { return a.name < b.name; };
    std::sort(model.sections_.begin(), model.sections_.end(), by_name);
    for (std::size_t i = 1; i < count; ++i) {
        if (model.sections_[i - 1].name == model.sections_[i].name) {
            return model.damaged("section " + std::string(model.sections_[i].name) + " is there twice");
        }
    }
    return model;
}

const Section* ModelFile::find(std::string_view name) const {
    const auto at = std::lower_bound(sections_.begin(), sections_.end(), name,
                                     [](const Section& s, std::string_view n) { return s.name < n; });
    return at != sections_.end() && at->name == name ? &*at : nullptr;
}

Result<std::string_view> ModelFile::text(std::string_view name) const {
    const Section* const found = find(name);
    if (found == nullptr) return damaged("section " + std::string(name) + " is missing");
    if (found->dtype != DType::Bytes || found->rank != 1) {
        return damaged("section " + std::string(name) + ": not a text");
    }
    return found->text();
}

Result<const Section*> ModelFile::tensor(std::string_view name, DType dtype,
                                         std::initializer_list<std::uint32_t> dims) const {
    const Section* const found = find(name);
    if (found == nullptr) return damaged("section " + std::string(name) + " is missing");
    const std::string where = "section " + std::string(name) + ": ";
    if (found->dtype != dtype) return damaged(where + "another type than expected");
    const std::span<const std::uint32_t> has(found->dims.data(), found->rank);
    if (!std::equal(has.begin(), has.end(), dims.begin(), dims.end())) {
        return damaged(where + "has shape " + shape_of(has) + ", expected " + shape_of({dims.begin(), dims.size()}));
    }
    return found;
}

Result<std::vector<float>> ModelFile::floats(std::string_view name, std::initializer_list<std::uint32_t> dims) const {
    const Section* const found = find(name);
    if (found == nullptr) return damaged("section " + std::string(name) + " is missing");
    const Result<const Section*> checked = tensor(name, found->dtype, dims);
    if (!checked) return checked.error();
    const std::size_t count = found->bytes.size() / element_size(found->dtype);
    std::vector<float> out(count);
    switch (found->dtype) {
    case DType::F32: std::memcpy(out.data(), found->bytes.data(), found->bytes.size()); break;
    case DType::F16:
        for (std::size_t i = 0; i < count; ++i) out[i] = half_to_float(read<std::uint16_t>(found->bytes, 2 * i));
        break;
    case DType::I8: {
        const std::uint32_t rows = found->dims[0];
        const Result<const Section*> scales = tensor(std::string(name) + ".scale", DType::F32, {rows});
        if (!scales) return scales.error();
        const std::size_t width = rows == 0 ? 0 : count / rows;
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = static_cast<float>(read<std::int8_t>(found->bytes, i)) *
                     read<float>(scales.value()->bytes, 4 * (i / width));
        }
        break;
    }
    default: return damaged("section " + std::string(name) + ": not a tensor of real numbers");
    }
    const auto finite = [](float x) { return x - x == 0.0f; };
    if (!std::all_of(out.begin(), out.end(), finite)) {
        return damaged("section " + std::string(name) + ": has values that are not finite");
    }
    return out;
}

std::string_view ModelFile::config(std::string_view key) const {
    const Section* const section = find("config");
    if (section == nullptr) return {};
    std::string_view rest = section->text();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t equals = line.find('=');
        if (equals != std::string_view::npos && trimmed(line.substr(0, equals)) == key) {
            return trimmed(line.substr(equals + 1));
        }
    }
    return {};
}

Result<std::uint32_t> ModelFile::config_number(std::string_view key, std::uint32_t limit) const {
    const std::string_view value = config(key);
    std::uint32_t number = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (problem != std::errc{} || end != value.data() + value.size() || number == 0 || number > limit) {
        return damaged("config: " + std::string(key) + " is '" + std::string(value) + "', expected a number up to " +
                       std::to_string(limit));
    }
    return number;
}

} // namespace kadesh::neural
