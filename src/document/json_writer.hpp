// Writes JSON on one line, in the order of the calls; commas and escapes are its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kadesh {

class JsonWriter {
  public:
    /// Appends to `out`, which must outlive the writer.
    explicit JsonWriter(std::string& out) : out_(out) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }

    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(bool truth);
    JsonWriter& value(std::uint32_t number);
    JsonWriter& value(int number);
    /// The shortest decimal number that is right to so many places; what is not finite becomes 0.
    JsonWriter& value(double number, int decimals);

    /// A value that is JSON already.
    JsonWriter& raw(std::string_view json);

    template <typename T> JsonWriter& field(std::string_view name, const T& v) { return key(name).value(v); }
    /// Nothing at all when the text is empty.
    JsonWriter& field_if(std::string_view name, std::string_view text) {
        return text.empty() ? *this : key(name).value(text);
    }

  private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();

    std::string& out_;
    bool fresh_ = true; ///< nothing stands yet in the innermost object or array, or a key waits for its value
};

/// The shortest decimal form of a number rounded to so many places: `0.87`, `8`, `-3.4`.
std::string short_number(double number, int decimals);

} // namespace kadesh
