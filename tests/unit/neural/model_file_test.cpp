#include "model_builder.hpp"
#include "neural/half_float.hpp"
#include "neural/model_file.hpp"

#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <limits>

namespace kadesh::neural {
namespace {

using test::bytes_of;
using test::ModelBuilder;

ModelBuilder small() {
    ModelBuilder b;
    b.text("config", "encoder = transformer\nlayers = 3\n name=test \n");
    b.floats("f", {2, 3}, {1, 2, 3, 4, 5, 6});
    b.halves("h", {2}, {0x3C00, 0xC000});
    b.bytes("q", {2, 2}, {1, -2, 3, -4});
    b.floats("q.scale", {2}, {0.5f, 2.0f});
    return b;
}

void overwrite(std::vector<std::uint64_t>& file, std::size_t at, std::uint8_t value) {
    reinterpret_cast<std::uint8_t*>(file.data())[at] = value;
}

TEST(ModelFile, ReadsWhatWasWritten) {
    const std::vector<std::uint64_t> file = small().build();
    const Result<ModelFile> model = ModelFile::over(bytes_of(file), "m.kdm");
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_EQ(model->config("encoder"), "transformer");
    EXPECT_EQ(model->config("name"), "test");
    EXPECT_EQ(model->config("absent"), "");
    EXPECT_EQ(*model->config_number("layers", 10), 3u);
    EXPECT_FALSE(model->config_number("layers", 2));
    EXPECT_FALSE(model->config_number("name", 2));
    EXPECT_EQ(*model->floats("f", {2, 3}), (std::vector<float>{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(*model->floats("h", {2}), (std::vector<float>{1, -2}));
    EXPECT_EQ(*model->floats("q", {2, 2}), (std::vector<float>{0.5f, -1, 6, -8}));
    EXPECT_EQ(model->checksum(), file[3]);
}

TEST(ModelFile, ErrorsNameTheFileAndTheSection) {
    const std::vector<std::uint64_t> file = small().build();
    const Result<ModelFile> model = ModelFile::over(bytes_of(file), "m.kdm");
    ASSERT_TRUE(model);
    EXPECT_EQ(model->floats("f", {3, 2}).error().message, "m.kdm: section f: has shape [2, 3], expected [3, 2]");
    EXPECT_EQ(model->text("f").error().message, "m.kdm: section f: not a text");
    EXPECT_EQ(model->text("none").error().message, "m.kdm: section none is missing");
    EXPECT_EQ(model->text("none").error().code, ErrorCode::BadArtefact);
    EXPECT_FALSE(model->floats("config", {44}));
}

TEST(ModelFile, RefusesValuesThatAreNotFinite) {
    ModelBuilder b;
    b.floats("f", {1}, {std::numeric_limits<float>::infinity()});
    const std::vector<std::uint64_t> file = b.build();
    EXPECT_FALSE(ModelFile::over(bytes_of(file), "m")->floats("f", {1}));
}

TEST(ModelFile, NoticesEveryChangedByte) {
    const std::vector<std::uint64_t> sound = small().build();
    const std::size_t size = sound.size() * 8;
    for (std::size_t at = 0; at < size; ++at) {
        std::vector<std::uint64_t> file = sound;
        overwrite(file, at, static_cast<std::uint8_t>(reinterpret_cast<const std::uint8_t*>(sound.data())[at] ^ 0x41));
        EXPECT_FALSE(ModelFile::over(bytes_of(file), "m")) << "byte " << at;
    }
}

// With a right checksum, what the table says is checked by itself.
TEST(ModelFile, ChecksEveryFieldOfTheTable) {
    const std::vector<std::uint64_t> sound = small().build();
    constexpr std::size_t entry = 64;
    const std::pair<std::size_t, std::uint8_t> changes[] = {
        {entry + 0, 0},  {entry + 1, ' '},  {entry + 60, 'x'}, {entry + 64, 9},  {entry + 68, 0},
        {entry + 68, 5}, {entry + 72, 200}, {entry + 76, 2},   {entry + 88, 1},  {entry + 89, 0xFF},
        {entry + 88, 0}, {entry + 96, 1},   {entry + 100, 1},  {entry + 104, 1}, {entry + 127, 1},
    };
    for (const auto& [at, value] : changes) {
        std::vector<std::uint64_t> file = sound;
        overwrite(file, at, value);
        ModelBuilder::seal(file);
        const Result<ModelFile> model = ModelFile::over(bytes_of(file), "m.kdm");
        ASSERT_FALSE(model) << "byte " << at;
        EXPECT_EQ(model.error().code, ErrorCode::BadArtefact);
        EXPECT_TRUE(model.error().message.starts_with("m.kdm: ")) << model.error().message;
    }
    std::vector<std::uint64_t> file = sound;
    overwrite(file, entry + 128, 'c'); // "f" becomes "c", then "config" twice
    for (std::size_t i = 0; i < 6; ++i) overwrite(file, entry + 128 + i, static_cast<std::uint8_t>("config"[i]));
    ModelBuilder::seal(file);
    EXPECT_EQ(ModelFile::over(bytes_of(file), "m").error().message, "m: section config is there twice");
}

TEST(ModelFile, ChecksEveryFieldOfTheHeader) {
    const std::vector<std::uint64_t> sound = small().build();
    for (const std::size_t at : {0u, 7u, 8u, 12u, 14u, 16u, 20u, 24u, 31u, 32u, 63u}) {
        std::vector<std::uint64_t> file = sound;
        overwrite(file, at, 0x7F);
        EXPECT_FALSE(ModelFile::over(bytes_of(file), "m")) << "byte " << at;
    }
}

TEST(ModelFile, RefusesEveryTruncation) {
    const std::vector<std::uint64_t> sound = small().build();
    for (std::size_t size = 0; size < sound.size() * 8; size += 7) {
        EXPECT_FALSE(ModelFile::over(bytes_of(sound).first(size), "m")) << size;
    }
}

TEST(ModelFile, OpensFromDiskAndSurvivesMoves) {
    const std::string path = testing::TempDir() + "kadesh_model_file_test.kdm";
    const std::vector<std::uint64_t> file = small().build();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size() * 8));
    Result<ModelFile> opened = ModelFile::open(path);
    ASSERT_TRUE(opened) << opened.error().message;
    const ModelFile moved = std::move(opened).value();
    EXPECT_EQ(*moved.floats("f", {2, 3}), (std::vector<float>{1, 2, 3, 4, 5, 6}));
    std::remove(path.c_str());
    const Result<ModelFile> gone = ModelFile::open(path);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::NotFound);
    EXPECT_NE(gone.error().message.find(path), std::string::npos);
}

TEST(HalfFloat, ExpandsEveryHalf) {
    EXPECT_EQ(half_to_float(0x3C00), 1.0f);
    EXPECT_EQ(half_to_float(0xC000), -2.0f);
    EXPECT_EQ(half_to_float(0x0001), 0x1p-24f);
    EXPECT_EQ(half_to_float(0x03FF), 1023 * 0x1p-24f);
    EXPECT_EQ(half_to_float(0x7BFF), 65504.0f);
    EXPECT_EQ(half_to_float(0x7C00), std::numeric_limits<float>::infinity());
    EXPECT_TRUE(std::isnan(half_to_float(0x7E00)));
    EXPECT_TRUE(std::signbit(half_to_float(0x8000)));
    // Against the definition.
    for (std::uint32_t h = 0; h < 0x7C00; ++h) {
        const int exponent = static_cast<int>(h >> 10);
        const double mantissa = static_cast<double>(h & 0x3FF);
        const double value = exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25);
        ASSERT_EQ(static_cast<double>(half_to_float(static_cast<std::uint16_t>(h))), value) << h;
    }
}

} // namespace
} // namespace kadesh::neural
