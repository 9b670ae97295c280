#include "language/lemmatizer.hpp"

#include "base/utf8.hpp"
#include "language/unicode.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace kadesh {
namespace {

constexpr std::size_t kLongestSuffix = 7;

std::string_view line_at(std::string_view text, std::size_t start) {
    return text.substr(start, std::min(text.find('\n', start), text.size()) - start);
}

/// Compares a line `form<TAB>UPOS<TAB>lemma` with a key by its first two columns.
int compare(std::string_view line, std::string_view form, std::string_view upos) {
    const std::size_t tab = line.find('\t');
    const std::string_view rest = line.substr(tab + 1);
    const std::string_view line_form = line.substr(0, tab);
    // As bytes of "form\tUPOS": a form that another begins with sorts by its tab.
    const std::size_t shared = std::min(line_form.size(), form.size());
    if (const int order = line_form.substr(0, shared).compare(form.substr(0, shared)); order != 0) return order;
    if (line_form.size() != form.size()) {
        const unsigned char a = line_form.size() > shared ? static_cast<unsigned char>(line_form[shared]) : '\t';
        const unsigned char b = form.size() > shared ? static_cast<unsigned char>(form[shared]) : '\t';
        return a < b ? -1 : 1;
    }
    return rest.substr(0, rest.find('\t')).compare(upos);
}

/// Without zero-width characters and soft hyphens.
std::string_view without_ignorable(std::string_view word, std::string& buffer) {
    if (is_ascii(word)) return word;
    buffer.clear();
    for (std::size_t i = 0; i < word.size();) {
        const CodePoint c = decode_utf8(word, i);
        if (char_class(c.value) != CharClass::Ignorable) buffer.append(word.substr(i, c.bytes));
        i += c.bytes;
    }
    return buffer.size() == word.size() ? word : std::string_view(buffer);
}

} // namespace

Result<Lemmatizer> Lemmatizer::load(const neural::ModelFile& file) {
    const auto bad = [&file](const std::string& what) {
        return Error{ErrorCode::BadArtefact, file.name() + ": " + what};
    };
    Lemmatizer out;
    const Result<std::string_view> forms = file.text("lemma.forms");
    if (!forms) return forms.error();
    const Result<std::string_view> rules = file.text("lemma.suffix");
    if (!rules) return rules.error();
    out.forms_ = *forms;
    for (std::size_t at = 0; at < forms->size();) {
        out.lines_.push_back(static_cast<std::uint32_t>(at));
        const std::string_view line = line_at(*forms, at);
        if (std::count(line.begin(), line.end(), '\t') != 2) return bad("lemma.forms: a line has not three columns");
        at += line.size() + 1;
    }
    for (std::size_t at = 0; at < rules->size();) {
        const std::string_view line = line_at(*rules, at);
        const std::size_t first = line.find('\t');
        const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
        const std::size_t third = second == std::string_view::npos ? second : line.find('\t', second + 1);
        if (third == std::string_view::npos) return bad("lemma.suffix: a line has not four columns");
        Rule rule;
        const std::string_view cut = line.substr(second + 1, third - second - 1);
        const auto [end, problem] = std::from_chars(cut.data(), cut.data() + cut.size(), rule.cut);
        if (problem != std::errc{} || end != cut.data() + cut.size() || rule.cut > second - first - 1) {
            return bad("lemma.suffix: cuts '" + std::string(cut) + "' bytes off '" +
                       std::string(line.substr(first + 1, second - first - 1)) + "'");
        }
        rule.add = line.substr(third + 1);
        out.suffixes_.emplace(line.substr(0, second), rule);
        at += line.size() + 1;
    }
    return out;
}

std::string_view Lemmatizer::find(std::string_view form, std::string_view upos) const {
    const auto at = std::lower_bound(lines_.begin(), lines_.end(), form, [&](std::uint32_t start, std::string_view f) {
        return compare(line_at(forms_, start), f, upos) < 0;
    });
    if (at == lines_.end()) return {};
    const std::string_view line = line_at(forms_, *at);
    return compare(line, form, upos) == 0 ? line.substr(line.rfind('\t') + 1) : std::string_view{};
}

std::string_view Lemmatizer::lemma(std::string_view word, Upos upos, std::string_view xpos,
                                   std::deque<std::string>& owned) const {
    if (upos == Upos::NUM && word.find(',') != std::string_view::npos &&
        word.find_first_not_of("0123456789,.") == std::string_view::npos) {
        std::string& number = owned.emplace_back(word);
        std::erase(number, ',');
        return number;
    }
    const bool named = xpos == "NNP" || xpos == "NNPS";
    if (named && upos != Upos::PROPN && !word.empty() && word[0] >= 'A' && word[0] <= 'Z') {
        // An adjective or verb of a name: its lemma keeps the capital.
        const std::string_view plain = lemma(word, upos, {}, owned);
        if (plain.empty() || plain[0] < 'a' || plain[0] > 'z') return plain;
        std::string& capital = owned.emplace_back(plain);
        capital[0] = static_cast<char>(capital[0] - 'a' + 'A');
        return capital;
    }
    std::string buffer;
    const std::string_view written = without_ignorable(word, buffer);
    const std::string_view tag = name(upos);
    const std::string low = lower(written);
    if (upos == Upos::PRON && !xpos.empty()) {
        if (const std::string_view found = find(low, xpos); !found.empty()) return found;
    }
    if (const std::string_view found = find(written, tag); !found.empty()) return found;
    if (low != written) {
        if (const std::string_view found = find(low, tag); !found.empty()) return found;
    }
    const std::string_view key = upos == Upos::PROPN && xpos == "NNPS" ? std::string_view("NNPS") : tag;
    const std::string_view base = upos == Upos::PROPN ? written : std::string_view(low);
    std::array<char, 16 + kLongestSuffix> composed{};
    std::memcpy(composed.data(), key.data(), key.size());
    composed[key.size()] = '\t';
    std::string result(base);
    for (std::size_t size = std::min(low.size(), kLongestSuffix); size > 0; --size) {
        std::memcpy(composed.data() + key.size() + 1, low.data() + low.size() - size, size);
        const auto rule = suffixes_.find(std::string_view(composed.data(), key.size() + 1 + size));
        if (rule == suffixes_.end()) continue;
        const std::size_t cut = rule->second.cut;
        if (cut < result.size() || (cut == result.size() && !rule->second.add.empty())) {
            result.resize(result.size() - cut);
            result += rule->second.add;
        }
        break;
    }
    if (result == word) return word;
    return owned.emplace_back(std::move(result));
}

} // namespace kadesh
