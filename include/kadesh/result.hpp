// Errors are values: a Result holds a value or an Error that says what went wrong and where.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace kadesh {

/// What kind of failure; decides the exit status and how a front end words it.
enum class ErrorCode {
    Usage,       ///< the caller asked for something that cannot be
    NotFound,    ///< a file or record is missing
    Io,          ///< the system refused to read or write
    BadInput,    ///< a document cannot be read as what it claims to be
    TooLarge,    ///< a budget (bytes, depth, length) is exceeded
    BadArtefact, ///< a model or knowledge file is damaged or of another version
};

struct Error {
    ErrorCode code = ErrorCode::BadInput;
    std::string message; ///< one line, for people; names the file or document
};

/// Either a T or an Error. `if (!r) return r.error();`
template <typename T> class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }

    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

  private:
    std::variant<T, Error> state_;
};

/// The outcome of work that yields nothing but may fail.
struct Ok {};
using Status = Result<Ok>;

} // namespace kadesh
