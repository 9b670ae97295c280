#include "knowledge/pack_format.hpp"
#include "knowledge/world.hpp"
#include "support/scratch_data.hpp"

#include <cstring>
#include <gtest/gtest.h>

namespace kadesh {
namespace {

class PackImageFile : public ::testing::Test {
  protected:
    void SetUp() override {
        testing::write_small_world(data_);
        bytes_ = build_pack(data_.path()).bytes;
        ASSERT_GT(bytes_.size(), sizeof(pack::Header));
    }
    /// "" if the bytes open as a pack, else the message without the path.
    std::string open(const std::string& bytes) {
        data_.write("pack", bytes);
        const auto world = World::open(data_.path("pack"));
        if (world) return "";
        EXPECT_EQ(world.error().code, ErrorCode::BadArtefact);
        EXPECT_TRUE(world.error().message.starts_with(data_.path("pack") + ": ")) << world.error().message;
        return world.error().message.substr(data_.path("pack").size() + 2);
    }
    /// The bytes with a valid checksum again.
    static std::string resealed(std::string bytes) {
        const std::uint64_t sum = pack::checksum(std::as_bytes(std::span(bytes)).subspan(pack::kChecked));
        std::memcpy(bytes.data() + offsetof(pack::Header, checksum), &sum, sizeof sum);
        return bytes;
    }
    static pack::Header header_of(const std::string& bytes) {
        pack::Header header;
        std::memcpy(&header, bytes.data(), sizeof header);
        return header;
    }
    static std::string with_header(std::string bytes, const pack::Header& header) {
        std::memcpy(bytes.data(), &header, sizeof header);
        return bytes;
    }

    testing::ScratchFolder data_;
    std::string bytes_;
};

TEST_F(PackImageFile, OpensWhenWhole) {
    EXPECT_EQ(open(bytes_), "");
}

TEST_F(PackImageFile, IsMissing) {
    const auto world = World::open(data_.path("nowhere.kdk"));
    ASSERT_FALSE(world);
    EXPECT_EQ(world.error().code, ErrorCode::NotFound);
}

TEST_F(PackImageFile, IsSomethingElse) {
    EXPECT_EQ(open(""), "not a knowledge pack");
    EXPECT_EQ(open("KDK"), "not a knowledge pack");
    EXPECT_EQ(open(std::string(1000, 'x')), "not a knowledge pack");
}

TEST_F(PackImageFile, IsCutShortOrTooLong) {
    EXPECT_EQ(open(bytes_.substr(0, 20)), "cut short in its header");
    EXPECT_NE(open(bytes_.substr(0, bytes_.size() - 1)), "");
    EXPECT_NE(open(bytes_.substr(0, sizeof(pack::Header))), "");
    EXPECT_NE(open(bytes_ + "x"), "");
}

TEST_F(PackImageFile, IsOfAnotherVersion) {
    pack::Header header = header_of(bytes_);
    header.version = 3;
    EXPECT_EQ(open(with_header(bytes_, header)), "format version 3, this program reads 2");
}

TEST_F(PackImageFile, HasADamagedByteAnywhere) {
    for (std::size_t at = pack::kChecked; at < bytes_.size(); at += 97) {
        std::string damaged = bytes_;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        EXPECT_NE(open(damaged), "") << at;
    }
}

TEST_F(PackImageFile, HasSectionsOutsideTheFile) {
    for (std::uint32_t section = 0; section < pack::kSectionCount; ++section) {
        pack::Header header = header_of(bytes_);
        header.section[section].offset = bytes_.size() + 8;
        EXPECT_EQ(open(resealed(with_header(bytes_, header))), "a section lies outside the file") << section;
        header = header_of(bytes_);
        header.section[section].size = UINT64_MAX - 7;
        EXPECT_NE(open(resealed(with_header(bytes_, header))), "") << section;
    }
}

TEST_F(PackImageFile, HasReferencesOutsideItsSections) {
    // With each section's first record spoilt in every four-byte field, it either opens and can be read, or says why
    // not.
    for (std::uint32_t section = 1; section < pack::kSectionCount; ++section) {
        const pack::SectionRef ref = header_of(bytes_).section[section];
        for (std::size_t at = 0; at + 4 <= std::min<std::uint64_t>(ref.size, 96); at += 4) {
            std::string spoilt = bytes_;
            std::memset(spoilt.data() + ref.offset + at, 0xFE, 4);
            data_.write("pack", resealed(spoilt));
            const auto world = World::open(data_.path("pack"));
            if (!world) {
                EXPECT_EQ(world.error().code, ErrorCode::BadArtefact);
                continue;
            }
            std::vector<NameHit> hits;
            for (const char* text : {"Russia", "Putin", "the Kremlin", "Iran nuclear deal"})
                world->find(testing::words(text), hits);
            std::vector<Tenure> tenures;
            std::size_t read = 0;
            for (const NameHit& hit : hits) {
                read += world->entry(hit.entry).name.size() + world->entry(hit.entry).sectors.size();
                world->tenures(hit.entry, tenures);
                if (const auto deal = world->agreement(hit.entry)) read += deal->kind.size() + deal->parties.size();
            }
            for (const Tenure& tenure : tenures) read += tenure.title.size();
            if (const auto agent = world->agent(testing::words("foreign minister"))) read += agent->office.size();
            read += world->table("lexicon/frames.tsv").size();
            EXPECT_LT(read, bytes_.size() * 10);
        }
    }
}

} // namespace
} // namespace kadesh
