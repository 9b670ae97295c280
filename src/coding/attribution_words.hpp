// Kinds of words and sizes, as the features of attributions name them.
#pragma once

#include "coding/quotations.hpp"
#include "kadesh/annotation.hpp"

#include <string>

namespace kadesh {

/// Whether a token is a mark that opens a quotation, or a further paragraph of one.
bool opening(const Annotation& annotation, const Quotations& quotations, Token t);
/// A comma, colon, semicolon or dash.
bool sets_off(const Annotation& annotation, Token t);
/// A function word's lemma, a mark's form, else the part of speech.
std::string word_kind(const Annotation& annotation, Token t);
/// A number of words in few steps.
std::string size_kind(Token words);

} // namespace kadesh
