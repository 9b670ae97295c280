// Trains the sentence splitter: logistic regression over the features of src/language/sentence_splitter.cpp.
//
// usage: splitter_train --out FOLDER [--seed N] --train FILE.conllu... --dev FILE.conllu...
//
// Texts are rebuilt from the treebanks' `# text` lines in several layouts (paragraphs apart by blank lines, one a line,
// wrapped lines, run together; with case and headlines disturbed), so that the classifier has seen what reports look
// like. Writes FOLDER/splitter.weights (f32) and FOLDER/splitter.config (text), which add_section.py puts into the
// model file.
#include "language/sentence_splitter.hpp"
#include "language/tokenizer.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace kadesh;

constexpr std::size_t kWeights = std::size_t{1} << 16;
constexpr int kEpochs = 8;
constexpr double kRate = 0.08;
constexpr double kDecay = 2e-6;
constexpr double kDropout = 0.5; // of the features of a place, so that no single one decides

struct Sentence {
    std::string text;
    bool new_paragraph = false;
    bool new_document = false;
};

/// Text with the byte offsets where its sentences end.
struct Example {
    std::string text;
    std::vector<std::uint32_t> ends;
};

enum class Layout { Blocks, Lines, Wrapped, RunTogether, Indented, SentenceLines };

std::vector<Sentence> read_conllu(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        std::cerr << path << ": cannot be read\n";
        std::exit(2);
    }
    std::vector<Sentence> found;
    Sentence next;
    constexpr std::string_view text_key = "# text = ";
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("# newdoc")) next.new_document = true;
        if (line.starts_with("# newpar")) next.new_paragraph = true;
        if (line.starts_with(text_key)) next.text = line.substr(text_key.size());
        if (line.empty() && !next.text.empty()) {
            found.push_back(std::move(next));
            next = {};
        }
    }
    return found;
}

std::string wrapped(const std::string& text, std::size_t width, std::size_t& column) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t space = std::min(text.find(' ', at), text.size());
        const std::size_t word = space - at;
        if (!out.empty() || column > 0) {
            if (column + 1 + word > width) {
                out += '\n';
                column = 0;
            } else {
                out += ' ';
                ++column;
            }
        }
        out.append(text, at, word);
        column += word;
        at = space + 1;
    }
    return out;
}

/// The beginning of a news agency's report.
std::string dateline(std::mt19937& random) {
    static constexpr const char* kCities[] = {"MOSCOW",    "WASHINGTON",      "BEIJING", "GENEVA",
                                              "NEW DELHI", "KYIV, Ukraine",   "London",  "UNITED NATIONS",
                                              "Tehran",    "AL-ARISH, Egypt", "Nairobi"};
    static constexpr const char* kMonths[] = {"Jan", "Feb.", "March", "April", "May", "Sept.", "Oct", "Nov 1 /"};
    static constexpr const char* kAgencies[] = {"Reuters", "AP", "AFP", "Xinhua", "UPI", "TASS", "dpa"};
    static constexpr const char* kDashes[] = {"-", "--", "\u2013", "\u2014"};
    const auto pick = [&random](const auto& list) { return std::string(list[random() % std::size(list)]); };
    std::string out = pick(kCities);
    if (random() % 2 == 0) out += ", " + pick(kMonths) + ' ' + std::to_string(1 + random() % 30);
    if (random() % 4 != 0) out += " (" + pick(kAgencies) + ')';
    return out + ' ' + pick(kDashes) + ' ';
}

/// The sentences of one document from `begin` on, laid out.
Example lay_out(const std::vector<Sentence>& sentences, std::size_t begin, std::size_t end, Layout layout, bool noisy,
                std::mt19937& random) {
    Example out;
    const auto chance = [&random](double p) { return std::uniform_real_distribution<>(0, 1)(random) < p; };
    const std::size_t width = std::uniform_int_distribution<std::size_t>(58, 84)(random);
    std::size_t column = 0;
    bool capitals = false, line_must_end = false;
    for (std::size_t i = begin; i < end; ++i) {
        const Sentence& s = sentences[i];
        const bool starts = s.new_paragraph || i == begin;
        if (starts) {
            if (i > begin) {
                switch (layout) {
                case Layout::Blocks:
                case Layout::Wrapped: out.text += "\n\n"; break;
                case Layout::Lines: out.text += '\n'; break;
                case Layout::Indented: out.text += "\n    "; break;
                case Layout::SentenceLines: out.text += chance(0.3) ? "\n\n" : "\n"; break;
                case Layout::RunTogether: out.text += ' '; break;
                }
            }
            column = 0;
            capitals = noisy && chance(0.04);
        } else if (layout == Layout::SentenceLines && (line_must_end || chance(0.5))) {
            out.text += '\n';
        } else if (layout != Layout::Wrapped) {
            out.text += noisy && chance(0.03) ? "  " : " ";
        }
        std::string text = s.text;
        if (capitals) {
            for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        if (noisy && starts && !capitals && text.size() > 60 && chance(0.15)) text.insert(0, dateline(random));
        const bool alone = starts && (i + 1 == end || sentences[i + 1].new_paragraph);
        // A paragraph of one short sentence looks like a headline: it loses its stop at times.
        const bool headline = layout == Layout::SentenceLines ? text.size() < 160 : alone && text.size() < 120;
        const bool stripped = noisy && headline && layout != Layout::RunTogether && text.back() == '.' && chance(0.5);
        if (stripped) text.pop_back();
        out.text += layout == Layout::Wrapped ? wrapped(text, width, column) : text;
        line_must_end = stripped;
        out.ends.push_back(static_cast<std::uint32_t>(out.text.size()));
    }
    return out;
}

std::vector<Example> examples(const std::vector<Sentence>& sentences, Layout layout, bool noisy, std::mt19937& random) {
    std::vector<Example> out;
    for (std::size_t begin = 0; begin < sentences.size();) {
        std::size_t end = begin + 1;
        while (end < sentences.size() && !sentences[end].new_document) ++end;
        out.push_back(lay_out(sentences, begin, end, layout, noisy, random));
        begin = end;
    }
    return out;
}

/// Whether each word ends a sentence; words that reach over an end count as inside.
std::vector<bool> gold_ends(const Example& example, const std::vector<RawWord>& words) {
    std::vector<bool> gold(words.size(), false);
    std::size_t next = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        while (next < example.ends.size() && example.ends[next] < words[i].span.end) ++next;
        if (next == example.ends.size()) break;
        const bool last = i + 1 == words.size() || words[i + 1].span.start >= example.ends[next];
        if (last) {
            gold[i] = true;
            ++next;
        }
    }
    return gold;
}

struct Instance {
    std::uint32_t first = 0, count = 0; ///< in the features
    bool ends = false;
};

struct DataSet {
    std::vector<std::uint32_t> features;
    std::vector<Instance> instances;

    void add(const Example& example) {
        std::vector<RawWord> words;
        tokenize(example.text, words);
        const std::vector<bool> gold = gold_ends(example, words);
        const BoundaryContext context(example.text, words);
        std::vector<std::uint32_t> found;
        std::size_t begin = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (context.candidate(i)) {
                found.clear();
                context.features(i, begin, found);
                instances.push_back(
                    {static_cast<std::uint32_t>(features.size()), static_cast<std::uint32_t>(found.size()), gold[i]});
                features.insert(features.end(), found.begin(), found.end());
            }
            if (gold[i] || context.certain(i)) begin = i + 1;
        }
    }
};

std::vector<float> train(const DataSet& data, std::mt19937& random) {
    std::vector<float> weights(kWeights, 0.0f);
    std::vector<float> squares(kWeights, 1e-6f);
    std::vector<std::uint32_t> order(data.instances.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    std::vector<std::uint32_t> kept;
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
        std::shuffle(order.begin(), order.end(), random);
        double loss = 0;
        for (const std::uint32_t index : order) {
            const Instance& instance = data.instances[index];
            kept.clear();
            for (std::uint32_t k = 0; k < instance.count; ++k) {
                const bool dropped = static_cast<double>(random()) < kDropout * 4294967296.0;
                if (!dropped) kept.push_back(data.features[instance.first + k] & (kWeights - 1));
            }
            double sum = 0;
            for (const std::uint32_t f : kept) sum += static_cast<double>(weights[f]) / (1 - kDropout);
            const double p = 1.0 / (1.0 + std::exp(-sum));
            loss -= std::log(std::max(1e-9, instance.ends ? p : 1 - p));
            const double gradient = p - (instance.ends ? 1.0 : 0.0);
            if (std::abs(gradient) < 1e-3) continue;
            for (const std::uint32_t f : kept) {
                const auto g = static_cast<float>(gradient + kDecay * static_cast<double>(weights[f]));
                squares[f] += g * g;
                weights[f] -= static_cast<float>(kRate) * g / std::sqrt(squares[f]);
            }
        }
        std::cerr << "epoch " << epoch + 1 << ": loss " << loss / static_cast<double>(order.size()) << '\n';
    }
    return weights;
}

void evaluate(const std::string& name, const std::vector<Example>& texts, const SentenceSplitter& splitter) {
    std::size_t correct = 0, gold = 0, found = 0;
    for (const Example& example : texts) {
        std::vector<RawWord> words;
        tokenize(example.text, words);
        std::vector<TokenRange> sentences;
        splitter.split(example.text, words, sentences);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> ours;
        for (const TokenRange s : sentences) ours.emplace_back(words[s.first].span.start, words[s.last - 1].span.end);
        std::uint32_t start = 0;
        for (const std::uint32_t end : example.ends) {
            while (start < end && std::isspace(static_cast<unsigned char>(example.text[start]))) ++start;
            correct += std::binary_search(ours.begin(), ours.end(), std::pair{start, end});
            ++gold;
            start = end;
        }
        found += ours.size();
    }
    std::cout << name << ": sentence F1 " << 200.0 * static_cast<double>(correct) / static_cast<double>(gold + found)
              << " (" << gold << " sentences)\n";
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> training, development;
    std::vector<std::string>* target = nullptr;
    std::filesystem::path folder;
    unsigned seed = 1;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--train") {
            target = &training;
        } else if (argument == "--dev") {
            target = &development;
        } else if (argument == "--out" && i + 1 < argc) {
            folder = argv[++i];
        } else if (argument == "--seed" && i + 1 < argc) {
            seed = static_cast<unsigned>(std::stoul(argv[++i]));
        } else if (target != nullptr) {
            target->push_back(argument);
        }
    }
    if (folder.empty() || training.empty()) {
        std::cerr << "usage: splitter_train --out FOLDER [--seed N] --train FILE.conllu... --dev FILE.conllu...\n";
        return 2;
    }
    std::mt19937 random(seed);
    DataSet data;
    for (const std::string& path : training) {
        const std::vector<Sentence> sentences = read_conllu(path);
        for (const auto& [layout, noisy] :
             {std::pair{Layout::Blocks, false}, std::pair{Layout::Blocks, true}, std::pair{Layout::Lines, true},
              std::pair{Layout::Wrapped, true}, std::pair{Layout::RunTogether, true}, std::pair{Layout::Indented, true},
              std::pair{Layout::SentenceLines, true}}) {
            for (const Example& example : examples(sentences, layout, noisy, random)) data.add(example);
        }
    }
    std::cerr << data.instances.size() << " places, " << data.features.size() << " features\n";
    const std::vector<float> weights = train(data, random);
    const SentenceSplitter splitter{weights};
    for (const std::string& path : development) {
        const std::vector<Sentence> sentences = read_conllu(path);
        for (const auto& [name, layout] :
             {std::pair{"blocks", Layout::Blocks}, std::pair{"lines", Layout::Lines},
              std::pair{"wrapped", Layout::Wrapped}, std::pair{"run together", Layout::RunTogether}}) {
            evaluate(std::filesystem::path(path).stem().string() + ", " + name,
                     examples(sentences, layout, false, random), splitter);
        }
    }
    std::filesystem::create_directories(folder);
    std::ofstream out(folder / "splitter.weights", std::ios::binary);
    out.write(reinterpret_cast<const char*>(weights.data()),
              static_cast<std::streamsize>(weights.size() * sizeof(float)));
    std::ofstream config(folder / "splitter.config");
    config << "classifier = logistic\nweights = " << kWeights << "\nseed = " << seed << '\n';
    return out && config ? 0 : 2;
}
