#include "readers/content_kind.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <array>

namespace kadesh::readers {
namespace {

struct Magic {
    std::size_t at;
    std::string_view bytes;
    std::string_view kind;
};

using namespace std::string_view_literals;

constexpr std::array kMagics{
    Magic{0, "%PDF-"sv, "a PDF file"},
    Magic{0, "\x89PNG\r\n"sv, "a PNG image"},
    Magic{0, "\xff\xd8\xff"sv, "a JPEG image"},
    Magic{0, "GIF87a"sv, "a GIF image"},
    Magic{0, "GIF89a"sv, "a GIF image"},
    Magic{8, "WEBPVP8"sv, "a WebP image"},
    Magic{0, "II*\0"sv, "a TIFF image"},
    Magic{0, "MM\0*"sv, "a TIFF image"},
    Magic{0,
          "\x7f"
          "ELF"sv,
          "an ELF program"},
    Magic{0, "MZ\x90\0"sv, "a Windows program"},
    Magic{0, "\xcf\xfa\xed\xfe"sv, "a macOS program"},
    Magic{0, "PK\x03\x04"sv, "a zip archive (Word, Excel, OpenDocument and EPUB files are such)"},
    Magic{0, "PK\x05\x06"sv, "an empty zip archive"},
    Magic{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "an old Microsoft Office file"},
    Magic{0, "{\\rtf"sv, "an RTF file"},
    Magic{0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive"},
    Magic{0, "Rar!\x1a\x07"sv, "a RAR archive"},
    Magic{0,
          "\xfd"
          "7zXZ\0"sv,
          "xz compressed data"},
    Magic{0, "BZh"sv, "bzip2 compressed data"},
    Magic{0, "\x04\x22\x4d\x18"sv, "lz4 compressed data"},
    Magic{0, "\x1f\x9d"sv, "data packed with compress"},
    Magic{0, "\x1f\x8b\x08"sv, "data packed with gzip twice"},
    Magic{0, "\x28\xb5\x2f\xfd"sv, "data packed with zstd twice"},
    Magic{257, "ustar"sv, "a tar archive"},
    Magic{0, "SQLite format 3\0"sv, "an SQLite database"},
    Magic{0, "PAR1"sv, "a Parquet file"},
    Magic{0, "ARROW1\0"sv, "an Arrow file"},
    Magic{0, "OggS\0"sv, "an Ogg file"},
    Magic{0, "ID3\x03"sv, "an MP3 file"},
    Magic{0, "ID3\x04"sv, "an MP3 file"},
    Magic{4, "ftyp"sv, "an MP4 file"},
    Magic{0, "\0asm"sv, "a WebAssembly program"},
    Magic{0, "%!PS-"sv, "a PostScript file"},
    Magic{0, "WARC/"sv, "a WARC archive"},
};

constexpr std::array kHtmlTags{"html"sv,   "head"sv,  "body"sv,      "title"sv,   "meta"sv,    "link"sv,   "base"sv,
                               "script"sv, "style"sv, "main"sv,      "article"sv, "section"sv, "header"sv, "nav"sv,
                               "div"sv,    "p"sv,     "h1"sv,        "h2"sv,      "h3"sv,      "table"sv,  "span"sv,
                               "a"sv,      "ul"sv,    "ol"sv,        "center"sv,  "font"sv,    "br"sv,     "b"sv,
                               "strong"sv, "img"sv,   "blockquote"sv};

/// The head without the marks that may stand before any text.
std::string_view skip_mark_and_space(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    return trim_ascii_front(head);
}

/// The name of the tag that begins `text`, lower-case; empty when none does.
std::string tag_at(std::string_view text) {
    if (!text.starts_with('<')) return {};
    std::size_t end = 1;
    while (end < text.size() && end < 32 && (is_ascii_alnum(text[end]) || text[end] == ':' || text[end] == '_')) ++end;
    return lower_ascii(text.substr(1, end - 1));
}

/// Skips comments, processing instructions and white space before the first tag.
std::string_view first_tag(std::string_view text) {
    for (;;) {
        text = trim_ascii_front(text);
        std::string_view close;
        if (text.starts_with("<!--")) {
            close = "-->";
        } else if (text.starts_with("<?")) {
            close = ">";
        } else {
            return text;
        }
        const auto end = text.find(close);
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + close.size());
    }
}

bool has_extension(std::string_view name, std::initializer_list<std::string_view> extensions) {
    std::string lower = lower_ascii(name);
    for (const std::string_view packed : {".gz"sv, ".zst"sv, ".zstd"sv}) {
        if (lower.ends_with(packed)) lower.resize(lower.size() - packed.size());
    }
    return std::any_of(extensions.begin(), extensions.end(), [&](std::string_view e) { return lower.ends_with(e); });
}

bool looks_like_json(std::string_view text) {
    if (text.empty()) return false;
    if (text.front() == '{') {
        const auto inside = trim_ascii_front(text.substr(1));
        return inside.empty() || inside.front() == '"' || inside.front() == '}';
    }
    // A note in brackets may open a text as well, so an array must go on with an object or with more brackets than
    // people write.
    std::size_t brackets = 0;
    while (text.starts_with('[')) {
        ++brackets;
        text = trim_ascii_front(text.substr(1));
    }
    if (brackets == 0) return false;
    return text.empty() || text.front() == '{' || (brackets > 2) || (brackets == 1 && text.front() == ']');
}

bool looks_like_html(std::string_view text) {
    const std::string_view tag_text = first_tag(text);
    if (lower_ascii(tag_text.substr(0, 14)).starts_with("<!doctype html")) return true;
    const std::string tag = tag_at(tag_text);
    return !tag.empty() && std::find(kHtmlTags.begin(), kHtmlTags.end(), tag) != kHtmlTags.end();
}

/// Whether a tag stands anywhere: enough when the name says HTML.
bool has_tag(std::string_view text) {
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const std::string tag = tag_at(text.substr(at));
        if (std::find(kHtmlTags.begin(), kHtmlTags.end(), tag) != kHtmlTags.end()) return true;
    }
    return false;
}

bool has_utf16_mark(std::string_view bytes) {
    return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

/// UTF-16 made readable to the questions here: in English every second byte is zero.
std::string without_zeros(std::string_view utf16) {
    std::string narrow;
    for (const char c : utf16) {
        if (c != '\0') narrow.push_back(c);
    }
    return narrow;
}

/// What a piece of an input looks like by its zeros and control characters, if not like text.
std::optional<std::string> binary_kind(std::string_view bytes) {
    std::size_t controls = 0;
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto c = static_cast<unsigned char>(bytes[i]);
        constexpr unsigned char kEscape = 0x1B;
        if (c == 0) ++zeros[i & 1];
        controls += static_cast<std::size_t>(c < 0x09 || (c > 0x0D && c < 0x20 && c != kEscape));
    }
    const std::size_t pairs = bytes.size() / 2;
    // English in UTF-16 has a zero in nearly every second byte and in no other.
    if (pairs > 0 && std::max(zeros[0], zeros[1]) * 10 > pairs * 8 && std::min(zeros[0], zeros[1]) * 10 < pairs)
        return "UTF-16 text without a byte order mark";
    if ((zeros[0] + zeros[1]) * 1000 > bytes.size() || controls * 50 > bytes.size()) return "binary data";
    return std::nullopt;
}

} // namespace

ContentKind content_kind(std::string_view head, std::string_view name) {
    const std::string_view text = skip_mark_and_space(head);
    if (looks_like_json(text)) return ContentKind::Json;
    if (looks_like_html(text)) return ContentKind::Html;
    if (has_utf16_mark(head)) {
        const std::string narrow = without_zeros(head.substr(2));
        return looks_like_html(trim_ascii_front(narrow)) ? ContentKind::Html : ContentKind::PlainText;
    }
    if (has_extension(name, {".json", ".jsonl", ".ndjson"})) return ContentKind::Json;
    if (has_extension(name, {".html", ".htm", ".xhtml"}) && has_tag(text)) return ContentKind::Html;
    return ContentKind::PlainText;
}

std::optional<std::string> unreadable_kind(std::string_view head) {
    for (const Magic& magic : kMagics) {
        if (head.size() >= magic.at && head.substr(magic.at).starts_with(magic.bytes)) return std::string(magic.kind);
    }
    if (has_utf16_mark(head) && looks_like_json(trim_ascii_front(without_zeros(head.substr(2)))))
        return "JSON in UTF-16";
    const std::string_view text = skip_mark_and_space(head);
    const std::string_view tag_text = first_tag(text);
    if (lower_ascii(tag_text.substr(0, 14)) == "<!doctype html") return std::nullopt;
    const std::string tag = tag_at(tag_text);
    if (tag == "rss" || tag == "rdf:rdf") return "an RSS feed";
    if (tag == "feed") return "an Atom feed";
    if (text.starts_with("<?xml") && tag != "html" && !tag_text.empty()) return "an XML file";
    return std::nullopt;
}

std::optional<std::string> not_text(std::string_view bytes) {
    if (has_utf16_mark(bytes)) return std::nullopt;
    // Piece by piece, so that much text does not hide binary data in it.
    constexpr std::size_t kPiece = 4096;
    for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
        if (auto kind = binary_kind(bytes.substr(at, kPiece))) return kind;
    }
    std::size_t malformed = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const CodePoint c = decode_utf8(bytes, i);
        malformed += static_cast<std::size_t>(c.value == kReplacement && bytes.substr(i, 3) != "\xEF\xBF\xBD");
        i += c.bytes;
    }
    if (malformed * 10 > bytes.size() * 3) return "text in an encoding other than UTF-8";
    return std::nullopt;
}

} // namespace kadesh::readers
