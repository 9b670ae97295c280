// The last names by which news calls a person after the first mention.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kadesh {

/// Short forms of a full name: "Bashar al-Assad" gives "al-Assad" and "Assad"; "Mohammed bin Salman" "bin Salman";
/// "Xi Jinping" "Xi"; "Andrés Manuel López Obrador" "López Obrador" and "Obrador".
/// @param country alpha-3 code of the state, which decides where the family name stands
std::vector<std::string> surnames(std::string_view name, std::string_view country);

} // namespace kadesh
