#include "progress.hpp"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace kadesh::cli {
namespace {

std::string counted(std::uint64_t n, std::string_view noun) {
    return std::to_string(n) + ' ' + std::string(noun) + (n == 1 ? "" : "s");
}

std::string decimal(const char* format, double number) {
    char text[32];
    std::snprintf(text, sizeof text, format, number);
    return text;
}

/// `[=====>    ]  52%  ` by the bytes of the files; empty where they are not known.
std::string bar(const Tally& tally) {
    constexpr std::size_t kColumns = 24;
    if (tally.input_size == 0) return {};
    const double done = std::min(1.0, static_cast<double>(tally.input_read) / static_cast<double>(tally.input_size));
    const auto filled = static_cast<std::size_t>(done * kColumns);
    std::string text(filled, '=');
    if (filled < kColumns) text += '>';
    text.resize(kColumns, ' ');
    return '[' + text + ']' + decimal("%4.0f%%  ", 100 * done);
}

} // namespace

Progress::Progress(bool verbose, std::string_view noun)
    : verbose_(verbose), live_(verbose && ::isatty(STDERR_FILENO) != 0), noun_(noun),
      begun_(std::chrono::steady_clock::now()), last_(begun_) {}

double Progress::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
}

void Progress::clear() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
    shown_ = false;
}

void Progress::show(const Tally& tally) {
    using namespace std::chrono_literals;
    if (!live_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < 200ms) return;
    last_ = now;
    clear();
    const double rate = static_cast<double>(tally.read) / seconds();
    std::fprintf(stderr, "%s%s, %s, %.0f a second", bar(tally).c_str(), counted(tally.read, noun_).c_str(),
                 counted(tally.events, "event").c_str(), rate);
    std::fflush(stderr);
    shown_ = true;
}

void Progress::message(std::string_view text) {
    clear();
    // One line whatever a document's id holds, and nothing that steers the terminal.
    std::string line(text);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    std::fprintf(stderr, "kadesh: %s\n", line.c_str());
}

void Progress::finish(const Tally& tally, bool stages) {
    clear();
    if (!verbose_) return;
    std::string line = counted(tally.read, noun_) + " read: " + std::to_string(tally.coded) + " coded, " +
                       std::to_string(tally.empty) + " empty, " + std::to_string(tally.skipped) + " skipped, " +
                       std::to_string(tally.failed) + " failed" +
                       (tally.known > 0 ? ", " + std::to_string(tally.known) + " known" : "") + "; " +
                       counted(tally.events, "event") + ", " + counted(tally.agreements, "agreement") + "; " +
                       decimal("%.1f s", seconds());
    std::fprintf(stderr, "kadesh: %s\n", line.c_str());
    if (!stages) return;
    std::fprintf(stderr, "kadesh: %s, %s, %s bytes\n", counted(tally.sentences, "sentence").c_str(),
                 counted(tally.words, "word").c_str(), std::to_string(tally.bytes).c_str());
    std::fprintf(stderr, "kadesh: seconds of all threads: read %.3f, annotate %.3f, code %.3f, write %.3f\n",
                 tally.seconds.read, tally.seconds.annotate, tally.seconds.code, tally.seconds.write);
}

} // namespace kadesh::cli
