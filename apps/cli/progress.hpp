// What is shown on standard error while a run goes on, and its last line.
#pragma once

#include "kadesh/engine.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace kadesh::cli {

class Progress {
  public:
    /// @param verbose false: no line at all @param noun what is counted, "document"
    Progress(bool verbose, std::string_view noun);

    /// Renews the line and its bar, on a terminal and a few times a second only.
    void show(const Tally& tally);
    /// Writes a message above the line.
    void message(std::string_view text);
    /// The closing count, and with `stages` where the time went.
    void finish(const Tally& tally, bool stages);

  private:
    [[nodiscard]] double seconds() const;
    void clear();

    bool verbose_;
    bool live_; ///< standard error is a terminal
    bool shown_ = false;
    std::string noun_;
    std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point last_;
};

} // namespace kadesh::cli
