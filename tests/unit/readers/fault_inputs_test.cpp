// Holds the readers to tests/fault/inputs/expected.tsv.
#include "support.hpp"

#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace kadesh {
namespace {

using namespace testing_support;

TEST(FaultInputs, GiveWhatTheTableSays) {
    const std::filesystem::path folder = std::filesystem::path(KADESH_TEST_DATA) / "../../fault/inputs";
    std::istringstream table(read_file(folder / "expected.tsv"));
    std::set<std::string> listed{"expected.tsv"};
    for (std::string line; std::getline(table, line);) {
        std::istringstream fields(line);
        std::string name, words;
        std::size_t documents = 0, errors = 0;
        std::getline(fields, name, '\t');
        fields >> documents >> errors;
        fields.ignore();
        std::getline(fields, words);
        listed.insert(name);

        const auto all = read_all((folder / name).string());
        std::size_t read = 0;
        std::vector<Error> failed;
        for (const auto& item : all) {
            if (item) {
                ++read;
            } else {
                failed.push_back(item.error());
            }
        }
        EXPECT_EQ(read, documents) << name;
        ASSERT_EQ(failed.size(), errors) << name;
        for (const Error& error : failed) EXPECT_NE(error.message.find(name), std::string::npos) << error.message;
        if (!failed.empty()) {
            EXPECT_NE(failed[0].message.find(words), std::string::npos) << failed[0].message;
        }
    }
    EXPECT_GT(listed.size(), 10u);
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        EXPECT_TRUE(listed.contains(entry.path().filename().string())) << entry.path();
}

} // namespace
} // namespace kadesh
