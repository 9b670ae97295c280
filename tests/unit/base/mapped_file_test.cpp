#include "base/mapped_file.hpp"

#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace kadesh {
namespace {

class MappedFileTest : public testing::Test {
  protected:
    ~MappedFileTest() override { std::remove(path_.c_str()); }
    void write(std::string_view content) { std::ofstream(path_, std::ios::binary) << content; }
    std::string path_ = testing::TempDir() + "kadesh_mapped_file_test";
};

TEST_F(MappedFileTest, ShowsTheBytes) {
    write("two\nlines");
    Result<MappedFile> file = MappedFile::open(path_);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->text(), "two\nlines");
    const MappedFile moved = std::move(file).value();
    EXPECT_EQ(moved.text(), "two\nlines");
    EXPECT_EQ(moved.size(), 9u);
    EXPECT_EQ(moved.bytes().size(), 9u);
}

TEST_F(MappedFileTest, AnEmptyFileIsEmpty) {
    write("");
    const Result<MappedFile> file = MappedFile::open(path_);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->size(), 0u);
    EXPECT_EQ(file->text(), "");
}

TEST_F(MappedFileTest, ErrorsNameTheFile) {
    const Result<MappedFile> none = MappedFile::open(path_ + ".absent");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::NotFound);
    EXPECT_TRUE(none.error().message.starts_with(path_ + ".absent: ")) << none.error().message;
    const Result<MappedFile> folder = MappedFile::open(testing::TempDir());
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().code, ErrorCode::Io);
}

} // namespace
} // namespace kadesh
