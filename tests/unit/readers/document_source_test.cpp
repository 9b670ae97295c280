#include "support.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <thread>

namespace kadesh {
namespace {

using namespace testing_support;
using namespace std::string_literals;

constexpr std::string_view kText = "Ghana and Togo agreed on a border on Monday.\nBoth sides signed.\n";
constexpr std::string_view kPage =
    "<!DOCTYPE html><html><body><p>Ghana and Togo agreed on a border on Monday.</p></body></html>";
constexpr std::string_view kLines =
    "{\"id\":\"a\",\"text\":\"First report.\"}\n{\"id\":\"b\",\"text\":\"Second report.\"}\n";

/// The only Error of an input.
Error only_error(const std::string& path, const ReadOptions& options = {}) {
    auto all = read_all(path, options);
    EXPECT_EQ(all.size(), 1u) << path;
    if (all.empty() || all[0]) {
        ADD_FAILURE() << path << " was read";
        return {};
    }
    return all[0].error();
}

TEST(DocumentSource, ReadsPlainTextUntouched) {
    const TemporaryFolder folder;
    const std::string odd = "\r\nHeadline\r\n\r\nKu\xC2\xADwait and\xC2\xA0Oman\tmet.  \xE2\x80\x9CYes\xE2\x80\x9D\r\n";
    const auto all = read_all(folder.file("report.txt", odd));
    ASSERT_EQ(all.size(), 1u);
    ASSERT_TRUE(all[0]);
    EXPECT_EQ(all[0]->text, odd);
    EXPECT_EQ(all[0]->id, "report.txt");
    EXPECT_EQ(all[0]->title, "");
    EXPECT_FALSE(all[0]->date);
    EXPECT_EQ(all[0]->repaired, 0u);
}

TEST(DocumentSource, RepairsPlainTextAndCounts) {
    const TemporaryFolder folder;
    const auto all = read_all(folder.file("a.txt", "\xEF\xBB\xBFThe minister\x92s caf\xE9 in Lom\xC3\xA9.\n"));
    ASSERT_TRUE(all.at(0));
    EXPECT_EQ(all[0]->text, "The minister\xEF\xBF\xBDs caf\xEF\xBF\xBD in Lom\xC3\xA9.\n");
    EXPECT_EQ(all[0]->repaired, 2u);
}

TEST(DocumentSource, ReadsUtf16WithItsMark) {
    const TemporaryFolder folder;
    for (const bool big : {false, true}) {
        std::string wide = big ? "\xFE\xFF" : "\xFF\xFE";
        for (const char16_t unit : u"Lomé signed. 😀") {
            if (unit == 0) break;
            const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
            wide += big ? high : low;
            wide += big ? low : high;
        }
        const auto all = read_all(folder.file("wide.txt", wide));
        ASSERT_TRUE(all.at(0));
        EXPECT_EQ(all[0]->text, "Lom\xC3\xA9 signed. \xF0\x9F\x98\x80");
        EXPECT_EQ(all[0]->repaired, 0u);
    }
}

TEST(DocumentSource, KnowsTheFormatByContentWhateverTheName) {
    const TemporaryFolder folder;
    for (const std::string name : {"input", "input.txt", "input.html", "input.jsonl", "input.dat"}) {
        EXPECT_EQ(read_all(folder.file(name, kLines)).size(), 2u) << name;
        const auto page = read_all(folder.file(name, kPage));
        ASSERT_TRUE(page.at(0)) << name;
        EXPECT_EQ(page[0]->text, "Ghana and Togo agreed on a border on Monday.") << name;
    }
    for (const std::string name : {"input", "input.txt", "input.html", "input.dat"}) {
        const auto text = read_all(folder.file(name, kText));
        ASSERT_TRUE(text.at(0)) << name;
        EXPECT_EQ(text[0]->text, kText) << name;
    }
}

TEST(DocumentSource, LeavesBracketsAtTheStartOfATextAlone) {
    const TemporaryFolder folder;
    for (const std::string text : {"[Editor's note: names were changed.] Mali left.", "{{cleanup}} Mali left the bloc.",
                                   "[1] Mali left the bloc.", "< 5 people were hurt, the police said.",
                                   "<strange> words open this text.", "[[Mali]] left the bloc."}) {
        const auto all = read_all(folder.file("a.txt", text));
        ASSERT_TRUE(all.at(0)) << text;
        EXPECT_EQ(all[0]->text, text);
    }
}

TEST(DocumentSource, UnpacksEachFormat) {
    const TemporaryFolder folder;
    for (const std::string_view content : {kText, kPage, kLines}) {
        const auto plain = read_all(folder.file("same", content));
        for (const std::string& packed :
             {gzip(content), zstd(content), gzip(content.substr(0, 20)) + gzip(content.substr(20)) + "\0\0\0"s,
              zstd(content.substr(0, 20)) + "\x50\x2a\x4d\x18\x03\0\0\0abc"s + zstd(content.substr(20))}) {
            const auto unpacked = read_all(folder.file("same", packed));
            ASSERT_EQ(unpacked.size(), plain.size());
            for (std::size_t i = 0; i < plain.size(); ++i) {
                ASSERT_TRUE(unpacked[i]) << unpacked[i].error().message;
                EXPECT_EQ(unpacked[i]->text, plain[i]->text);
                EXPECT_EQ(unpacked[i]->id, plain[i]->id);
            }
        }
    }
}

TEST(DocumentSource, TellsWhenPackedDataEndEarly) {
    const TemporaryFolder folder;
    std::string lines;
    for (int i = 0; i < 20000; ++i)
        lines += "{\"text\":\"Report " + std::to_string(i * 7919 % 20011) + " of the mission.\"}\n";
    for (const std::string& packed : {gzip(lines), zstd(lines)}) {
        const auto all = read_all(folder.file("cut.jsonl", packed.substr(0, packed.size() / 2)));
        ASSERT_GT(all.size(), 100u);
        for (std::size_t i = 0; i + 1 < all.size(); ++i) ASSERT_TRUE(all[i]) << all[i].error().message;
        EXPECT_EQ(all[0]->text, "Report 0 of the mission.");
        ASSERT_FALSE(all.back());
        EXPECT_NE(all.back().error().message.find("ends early"), std::string::npos);
        EXPECT_EQ(all.back().error().code, ErrorCode::BadInput);
        // A text is one document, of which nothing is complete.
        const std::string packed_text = packed[0] == '\x1f' ? gzip(kText) : zstd(kText);
        const Error error = only_error(folder.file("cut.txt", packed_text.substr(0, packed_text.size() - 6)));
        EXPECT_NE(error.message.find("ends early"), std::string::npos) << error.message;
    }
}

TEST(DocumentSource, TellsWhenPackedDataAreDamaged) {
    const TemporaryFolder folder;
    for (std::string packed : {gzip(kText), zstd(kText), gzip(kText) + "trailing junk"}) {
        if (packed.ends_with("junk")) {
            const Error error = only_error(folder.file("damaged", packed));
            EXPECT_NE(error.message.find("is damaged"), std::string::npos) << error.message;
            continue;
        }
        packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x5A);
        packed[packed.size() / 2 + 1] = static_cast<char>(packed[packed.size() / 2 + 1] ^ 0x5A);
        const auto all = read_all(folder.file("damaged", packed));
        ASSERT_FALSE(all.empty());
        // zstd without a checksum may unpack to other bytes; what it must not do is end without a word.
        if (packed[0] == '\x1f') {
            EXPECT_FALSE(all.back());
        }
    }
}

TEST(DocumentSource, RefusesEmptyInput) {
    const TemporaryFolder folder;
    for (const std::string_view content : {"", " ", "\n\n\t \r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF  \n"}) {
        const std::string path = folder.file("nothing.txt", content);
        const Error error = only_error(path);
        EXPECT_EQ(error.code, ErrorCode::BadInput);
        EXPECT_TRUE(error.message.starts_with(path + ": is empty")) << error.message;
    }
    EXPECT_NE(only_error(folder.file("a.gz", gzip(""))).message.find("is empty"), std::string::npos);
    const std::string spaces(200000, ' ');
    EXPECT_NE(only_error(folder.file("b", spaces)).message.find("is empty"), std::string::npos);
    EXPECT_NE(only_error(folder.file("c", "<html><body><nav><a href='/'>Home</a></nav></body></html>"))
                  .message.find("holds no article text"),
              std::string::npos);
    EXPECT_TRUE(read_all(folder.file("none.json", "[]")).empty());
}

TEST(DocumentSource, NamesWhatItCannotRead) {
    const TemporaryFolder folder;
    const std::string tar_head = std::string(257, '\0') + "ustar";
    const std::pair<std::string, std::string> kinds[] = {
        {"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "a PDF file"},
        {"\x89PNG\r\n\x1a\n"s + std::string(20, '\0'), "a PNG image"},
        {"\xff\xd8\xff\xe0\0\x10JFIF"s, "a JPEG image"},
        {"\x7f"
         "ELF\x02\x01\x01"s,
         "an ELF program"},
        {"PK\x03\x04\x14\0\x06\0"s, "a zip archive"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"s, "an old Microsoft Office file"},
        {"{\\rtf1\\ansi Hello}", "an RTF file"},
        {"BZh91AY&SY", "bzip2"},
        {"\xfd"
         "7zXZ\0\0"s,
         "xz"},
        {"SQLite format 3\0"s, "an SQLite database"},
        {tar_head, "a tar archive"},
        {"WARC/1.0\r\nWARC-Type: response\r\n", "a WARC archive"},
        {"<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel/></rss>", "an RSS feed"},
        {"<?xml version=\"1.0\"?><!-- x --><feed xmlns=\"http://www.w3.org/2005/Atom\"/>", "an Atom feed"},
        {"<?xml version=\"1.0\"?><Sentences><Sentence/></Sentences>", "an XML file"},
        {"\xFF\xFE{\0\"\0t\0\"\0"s, "JSON in UTF-16"},
    };
    for (const auto& [content, kind] : kinds) {
        const Error error = only_error(folder.file("what", content));
        EXPECT_EQ(error.code, ErrorCode::BadInput) << kind;
        EXPECT_NE(error.message.find("looks like " + kind), std::string::npos) << error.message;
        EXPECT_NE(error.message.find("plain text, HTML and JSON"), std::string::npos) << error.message;
    }
}

TEST(DocumentSource, RefusesBytesThatAreNoText) {
    const TemporaryFolder folder;
    std::string random;
    std::uint32_t state = 12345;
    for (int i = 0; i < 5000; ++i) random += static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
    EXPECT_NE(only_error(folder.file("a", random)).message.find("binary data"), std::string::npos);
    EXPECT_NE(only_error(folder.file("b", "abc\0\0\0\1\2\3"s)).message.find("binary data"), std::string::npos);
    std::string cyrillic; // windows-1251
    for (int i = 0; i < 400; ++i) cyrillic += i % 7 == 6 ? ' ' : static_cast<char>(0xE0 + i % 31);
    EXPECT_NE(only_error(folder.file("c", cyrillic)).message.find("encoding other than UTF-8"), std::string::npos);
    std::string unmarked;
    for (const char c : kText) {
        unmarked += c;
        unmarked += '\0';
    }
    EXPECT_NE(only_error(folder.file("d", unmarked)).message.find("UTF-16 text without"), std::string::npos);
    // Binary data after much text are found as well.
    std::string late(100000, 'a');
    late += random + random;
    EXPECT_NE(only_error(folder.file("e", late)).message.find("binary data"), std::string::npos);
}

TEST(DocumentSource, RefusesWhatIsBeyondALimitAndNamesTheLimit) {
    const TemporaryFolder folder;
    std::string line;
    line.reserve(std::size_t{50} << 20);
    while (line.size() < std::size_t{50} << 20) line += "word ";
    const Error text = only_error(folder.file("long.txt", line));
    EXPECT_EQ(text.code, ErrorCode::TooLarge);
    EXPECT_NE(text.message.find("8 MiB"), std::string::npos) << text.message;
    const Error packed = only_error(folder.file("long.txt.gz", gzip(line)));
    EXPECT_EQ(packed.code, ErrorCode::TooLarge);
    const Error page = only_error(folder.file("long.html", "<html><body><p>" + line));
    EXPECT_EQ(page.code, ErrorCode::TooLarge);
    EXPECT_NE(page.message.find("16 MiB"), std::string::npos) << page.message;

    line.resize(std::size_t{8} << 20);
    const auto all = read_all(folder.file("fits.txt", line));
    ASSERT_TRUE(all.at(0)) << all[0].error().message;
    EXPECT_EQ(all[0]->text.size(), line.size());

    ReadOptions small;
    small.max_input_bytes = 1024;
    const Error input = only_error(folder.file("input.txt", line.substr(0, 5000)), small);
    EXPECT_EQ(input.code, ErrorCode::TooLarge);
    EXPECT_NE(input.message.find("1 KiB"), std::string::npos) << input.message;
}

TEST(DocumentSource, TellsHowFarItIsInTheFileAsItLiesThere) {
    const TemporaryFolder folder;
    std::string lines;
    for (int i = 0; i < 60000; ++i) lines += "{\"text\":\"Number " + std::to_string(i) + " was struck.\"}\n";
    for (const std::string& bytes : {lines, gzip(lines)}) {
        auto source = DocumentSource::open(folder.file("many.jsonl", bytes), {});
        ASSERT_TRUE(source);
        ASSERT_TRUE(source->next());
        EXPECT_GT(source->position(), 0U);
        EXPECT_LT(source->position(), bytes.size());
        while (source->next()) {
        }
        EXPECT_EQ(source->position(), bytes.size());
    }
}

TEST(DocumentSource, TellsWhyAFileCannotBeOpened) {
    const TemporaryFolder folder;
    const Error missing = only_error(folder.path() + "/missing.txt");
    EXPECT_EQ(missing.code, ErrorCode::NotFound);
    EXPECT_NE(missing.message.find("missing.txt"), std::string::npos);
    const Error directory = only_error(folder.path());
    EXPECT_EQ(directory.code, ErrorCode::Io);
    EXPECT_NE(directory.message.find("is a folder"), std::string::npos);
}

TEST(DocumentSource, UsesTheFallbackDateOnlyWhereThereIsNone) {
    const TemporaryFolder folder;
    ReadOptions options;
    options.fallback_date = Day::of(2025, 1, 17);
    EXPECT_EQ(read_all(folder.file("a.txt", kText), options).at(0)->date, options.fallback_date);
    EXPECT_EQ(read_all(folder.file("a.html", kPage), options).at(0)->date, options.fallback_date);
    const auto records =
        read_all(folder.file("a.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Two.\",\"date\":\"2020-02-03\"}"), options);
    EXPECT_EQ(records.at(0)->date, options.fallback_date);
    EXPECT_EQ(records.at(1)->date, Day::of(2020, 2, 3));
}

TEST(DocumentSource, ReadsADescriptorThatGivesFewBytesAtATime) {
    for (const std::string_view content : {kLines, kText, kPage}) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        std::thread writer([&] {
            for (const char c : content) EXPECT_EQ(::write(ends[1], &c, 1), 1);
            ::close(ends[1]);
        });
        auto source = DocumentSource::from_descriptor(ends[0], "standard input");
        ASSERT_TRUE(source) << source.error().message;
        int documents = 0;
        while (auto next = source->next()) {
            ASSERT_TRUE(*next);
            if (content == kText) {
                EXPECT_EQ((*next)->id, "standard input");
            }
            ++documents;
        }
        EXPECT_EQ(documents, content == kLines ? 2 : 1);
        writer.join();
        EXPECT_EQ(::close(ends[0]), 0); // still the caller's
    }
}

} // namespace
} // namespace kadesh
