// A row of a layer's table on its way out of an importer.
#pragma once

#include "knowledge/layer_builder.hpp"

#include <map>
#include <string>
#include <string_view>

namespace kadesh {

/// Fields by column; tabs and line ends within them become spaces, and bars in a list commas.
class LayerRow {
  public:
    LayerRow& set(std::string_view column, std::string_view value) {
        std::string& field = fields_[column];
        field.assign(value);
        for (char& c : field)
            if (static_cast<unsigned char>(c) < 0x20) c = ' ';
        return *this;
    }
    /// Adds to a list; empty values are nothing.
    LayerRow& add(std::string_view column, std::string_view value) {
        if (value.empty()) return *this;
        std::string& field = fields_[column];
        if (!field.empty()) field += '|';
        for (const char c : value) field += c == '|' ? ',' : static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        return *this;
    }
    [[nodiscard]] std::string line() const {
        std::string text;
        for (const std::string_view column : kLayerColumns) {
            if (column != kLayerColumns[0]) text += '\t';
            if (const auto it = fields_.find(column); it != fields_.end()) text += it->second;
        }
        return text + '\n';
    }

  private:
    std::map<std::string_view, std::string> fields_;
};

} // namespace kadesh
