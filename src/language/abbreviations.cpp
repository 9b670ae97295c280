#include "language/abbreviations.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>

namespace kadesh {
namespace {

struct Row {
    std::string_view word; ///< lower case: any case; Title case: as written or in capitals
    Abbreviation kind;
};

constexpr auto kTitle = Abbreviation::Title;
constexpr auto kAlways = Abbreviation::Always;
constexpr auto kDigit = Abbreviation::BeforeDigit;
constexpr auto kComma = Abbreviation::AfterComma;

// Sorted bytewise.
constexpr Row kRows[] = {
    {"Adj", kTitle},
    {"Adm", kTitle},
    {"Apr", kAlways},
    {"Ariz", kAlways},
    {"Ark", kComma},
    {"Art", kDigit},
    {"Asst", kTitle},
    {"Atty", kTitle},
    {"Aug", kAlways},
    {"Ave", kAlways},
    {"Blvd", kAlways},
    {"Brig", kTitle},
    {"Calif", kAlways},
    {"Capt", kTitle},
    {"Cdr", kTitle},
    {"Ch", kDigit},
    {"Chap", kDigit},
    {"Cmdr", kTitle},
    {"Cmdt", kTitle},
    {"Co", kAlways},
    {"Col", kTitle},
    {"Colo", kAlways},
    {"Cols", kTitle},
    {"Conn", kAlways},
    {"Corp", kAlways},
    {"Cos", kAlways},
    {"Cpl", kTitle},
    {"Ct", kAlways},
    {"Dec", kAlways},
    {"Del", kComma},
    {"Dem", kTitle},
    {"Dept", kAlways},
    {"Det", kTitle},
    {"Dist", kAlways},
    {"Dr", kTitle},
    {"Drs", kTitle},
    {"Ens", kTitle},
    {"Esq", kAlways},
    {"Feb", kAlways},
    {"Fig", kDigit},
    {"Figs", kDigit},
    {"Fla", kAlways},
    {"Fr", kTitle},
    {"Fri", kAlways},
    {"Ft", kAlways},
    {"Ga", kComma},
    {"Gen", kTitle},
    {"Gens", kTitle},
    {"Gov", kTitle},
    {"Govs", kTitle},
    {"Hon", kTitle},
    {"Ill", kComma},
    {"Inc", kAlways},
    {"Ind", kComma},
    {"Insp", kTitle},
    {"Jan", kAlways},
    {"Jr", kAlways},
    {"Jul", kAlways},
    {"Jun", kAlways},
    {"Kan", kComma},
    {"Ky", kComma},
    {"La", kComma},
    {"Lt", kTitle},
    {"Ltd", kAlways},
    {"Ma", kComma},
    {"Maj", kTitle},
    {"Mar", kDigit},
    {"Mass", kComma},
    {"Md", kComma},
    {"Messrs", kTitle},
    {"Mich", kAlways},
    {"Minn", kAlways},
    {"Miss", kComma},
    {"Mlle", kTitle},
    {"Mme", kTitle},
    {"Mmes", kTitle},
    {"Mo", kComma},
    {"Mon", kDigit},
    {"Mont", kAlways},
    {"Mr", kTitle},
    {"Mrs", kTitle},
    {"Ms", kTitle},
    {"Msgr", kTitle},
    {"Mt", kTitle},
    {"Neb", kAlways},
    {"Nev", kAlways},
    {"No", kDigit},
    {"Nos", kDigit},
    {"Nov", kAlways},
    {"Oct", kAlways},
    {"Okla", kAlways},
    {"Ont", kComma},
    {"Ore", kComma},
    {"Pa", kComma},
    {"Para", kDigit},
    {"Penn", kComma},
    {"Pfc", kTitle},
    {"Ph", kAlways},
    {"Pres", kTitle},
    {"Prof", kTitle},
    {"Profs", kTitle},
    {"Pte", kTitle},
    {"Pvt", kTitle},
    {"Que", kComma},
    {"Rd", kAlways},
    {"Rep", kTitle},
    {"Reps", kTitle},
    {"Rev", kTitle},
    {"Sat", kDigit},
    {"Sec", kDigit},
    {"Sen", kTitle},
    {"Sens", kTitle},
    {"Sep", kAlways},
    {"Sept", kAlways},
    {"Sgt", kTitle},
    {"Spc", kTitle},
    {"Spec", kTitle},
    {"Sr", kAlways},
    {"St", kTitle},
    {"Sun", kDigit},
    {"Supt", kTitle},
    {"Tenn", kAlways},
    {"Tex", kComma},
    {"Thu", kAlways},
    {"Thur", kAlways},
    {"Thurs", kAlways},
    {"Tue", kAlways},
    {"Tues", kAlways},
    {"Va", kAlways},
    {"Vt", kComma},
    {"Wash", kComma},
    {"Wed", kAlways},
    {"Wis", kAlways},
    {"Wyo", kAlways},
    {"al", kAlways},
    {"approx", kAlways},
    {"assn", kAlways},
    {"attn", kAlways},
    {"bros", kAlways},
    {"c", kDigit},
    {"ca", kAlways},
    {"cf", kAlways},
    {"ed", kDigit},
    {"eds", kDigit},
    {"eg", kAlways},
    {"eq", kDigit},
    {"esp", kAlways},
    {"est", kDigit},
    {"etc", Abbreviation::InSentence},
    {"ext", kDigit},
    {"govt", kAlways},
    {"ie", kAlways},
    {"incl", kAlways},
    {"intl", kAlways},
    {"natl", kAlways},
    {"no", kDigit},
    {"nos", kDigit},
    {"op", kDigit},
    {"p", kDigit},
    {"pp", kAlways},
    {"univ", kAlways},
    {"v", kAlways},
    {"viz", kAlways},
    {"vol", kDigit},
    {"vols", kDigit},
    {"vs", kAlways},
};

bool before(const Row& row, std::string_view word) {
    return row.word < word;
}

Abbreviation find(std::string_view word) {
    const auto* const found = std::lower_bound(std::begin(kRows), std::end(kRows), word, before);
    return found != std::end(kRows) && found->word == word ? found->kind : Abbreviation::None;
}

} // namespace

Abbreviation abbreviation(std::string_view word) {
    std::array<char, 8> folded{};
    if (word.empty() || word.size() > folded.size()) return Abbreviation::None;
    const auto lowered = [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); };
    std::transform(word.begin(), word.end(), folded.begin(), lowered);
    if (const Abbreviation any = find({folded.data(), word.size()}); any != Abbreviation::None) return any;
    if (word[0] < 'A' || word[0] > 'Z') return Abbreviation::None;
    folded[0] = word[0];
    return find({folded.data(), word.size()});
}

} // namespace kadesh
