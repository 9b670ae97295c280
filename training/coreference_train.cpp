// Trains the coreference ranker: latent-antecedent log-linear learning over the features of
// src/language/coref_features.cpp.
//
// usage: coreference_train --words FILE --out FOLDER [--seed N] [--epochs N] [--folds N] --train FILE.conllu...
//                          --dev FILE.conllu...
//
// Files are those of coreference_data.py (CoNLL-U with NER= and Coref= in MISC). FILE of --words has the lines of the
// section `coref.words`. Writes FOLDER/coref.weights (f32), FOLDER/coref.config (text) and, for each --dev file, its
// text with the chains found, FOLDER/NAME.found.conllu. With --folds the documents of the first --train file are
// parted in N, each part is read by weights learned from the others, and FOLDER/NAME.folds.conllu is written instead.
#include "language/coreference.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace kadesh;

constexpr double kRate = 0.1;
constexpr double kDecay = 3e-6;
constexpr double kDropout = 0.4;
// What a wrong decision costs: an entity that is new taken for an old one, an old one for new, one for another.
constexpr double kFalseLink = 0.6, kFalseNew = 2.0, kWrongLink = 1.0;

struct Example {
    std::string id;
    Annotation annotation;
    std::vector<std::vector<std::string>> cells;
    std::vector<Candidate> candidates;
    std::vector<Token> speakers;
    std::vector<std::uint32_t> gold; ///< candidate → gold chain + 1, 0: none
};

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> out;
    for (std::size_t start = 0;;) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        out.push_back(text.substr(start, end - start));
        if (end == text.size()) return out;
        start = end + 1;
    }
}

struct GoldMention {
    Token first = 0, last = 0;
    std::string chain;
};

void read_brackets(const std::string& cell, Token t, std::map<std::string, std::vector<std::size_t>>& open,
                   std::vector<GoldMention>& mentions) {
    for (std::size_t at = 0; at < cell.size();) {
        const bool opens = cell[at] == '(';
        const std::size_t start = opens ? at + 1 : at;
        std::size_t end = start;
        while (end < cell.size() && cell[end] != '(' && cell[end] != ')') ++end;
        const std::string chain = cell.substr(start, end - start);
        const bool closes = end < cell.size() && cell[end] == ')';
        if (opens) {
            mentions.push_back({t, t + 1, chain});
            if (!closes) open[chain].push_back(mentions.size() - 1);
        } else if (closes && !open[chain].empty()) {
            mentions[open[chain].back()].last = t + 1;
            open[chain].pop_back();
        }
        at = closes ? end + 1 : std::max(end, at + 1);
    }
}

/// The gold chains of the candidates, by their heads.
void set_gold(Example& example, const std::vector<GoldMention>& mentions) {
    const Annotation& a = example.annotation;
    std::map<std::pair<Token, bool>, std::uint32_t> chains;
    std::map<std::string, std::uint32_t> numbers;
    for (const GoldMention& m : mentions) {
        Token head = m.first;
        while (head + 1 < m.last && a.head[head] >= m.first && a.head[head] < m.last) ++head;
        bool joined = false;
        for (Token t = head + 1; t < m.last; ++t) joined |= a.rel[t] == Rel::Conj && a.head[t] == head;
        const auto number = numbers.emplace(m.chain, static_cast<std::uint32_t>(numbers.size()) + 1).first->second;
        chains.emplace(std::pair{head, joined}, number);
    }
    for (const Candidate& c : example.candidates) {
        const auto found = chains.find({c.head, c.joined});
        example.gold.push_back(found == chains.end() ? 0 : found->second);
    }
}

std::vector<Example> read(const std::string& path, const CorefWords& words) {
    std::ifstream file(path);
    if (!file) {
        std::cerr << path << ": cannot be read\n";
        std::exit(2);
    }
    std::vector<Example> out;
    std::vector<std::vector<GoldMention>> mentions;
    std::map<std::string, std::vector<std::size_t>> open;
    Token base = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("# newdoc id = ")) {
            out.emplace_back();
            out.back().id = line.substr(14);
            mentions.emplace_back();
            open.clear();
            base = 0;
            continue;
        }
        if (out.empty()) continue;
        Annotation& a = out.back().annotation;
        const auto at = static_cast<Token>(out.back().cells.size());
        if (line.empty()) {
            if (at > base) a.sentences.push_back({base, at});
            base = at;
            continue;
        }
        const std::vector<std::string> cells = split(line, '\t');
        if (cells.size() != 10) continue;
        out.back().cells.push_back(cells);
        const auto keep = [&a](const std::string& text) { return std::string_view(a.owned.emplace_back(text)); };
        a.span.push_back({});
        a.form.push_back(keep(cells[1]));
        a.lemma.push_back(keep(cells[2]));
        a.upos.push_back(upos_from(cells[3]));
        a.xpos.push_back(keep(cells[4]));
        const auto head = static_cast<Token>(std::stoul(cells[6]));
        a.head.push_back(head == 0 ? kNoToken : base + head - 1);
        a.rel.push_back(rel_from(cells[7]));
        a.space_after.push_back(1);
        for (const std::string& item : split(cells[9], '|')) {
            if (item == "SpaceAfter=No") a.space_after.back() = 0;
            if (item.starts_with("Coref=")) read_brackets(item.substr(6), at, open, mentions.back());
            if (!item.starts_with("NER=") || item == "NER=O") continue;
            const std::string type = item.substr(6);
            const NameType kind = type == "PER"   ? NameType::PER
                                  : type == "ORG" ? NameType::ORG
                                  : type == "LOC" ? NameType::LOC
                                                  : NameType::MISC;
            if (item[4] == 'I' && !a.names.empty() && a.names.back().tokens.last == at) {
                a.names.back().tokens.last = at + 1;
            } else {
                a.names.push_back({{at, at + 1}, kind});
            }
        }
    }
    CandidateFinder finder;
    for (std::size_t d = 0; d < out.size(); ++d) {
        finder.find(out[d].annotation, words, out[d].candidates);
        out[d].speakers = finder.speakers();
        set_gold(out[d], mentions[d]);
    }
    return out;
}

/// How many mentions of gold chains that have several are among the candidates.
void report_recall(const std::string& name, const std::vector<Example>& examples) {
    std::size_t candidates = 0, words = 0, mentions = 0;
    for (const Example& e : examples) {
        std::map<std::uint32_t, std::size_t> sizes;
        for (const std::uint32_t g : e.gold) ++sizes[g];
        for (const auto& [g, size] : sizes) mentions += g != 0 && size > 1 ? size : 0;
        candidates += e.candidates.size();
        words += e.annotation.size();
    }
    std::cerr << name << ": " << examples.size() << " documents, " << words << " words, " << candidates
              << " candidates, " << mentions << " in chains\n";
}

class Learner {
  public:
    explicit Learner(unsigned seed)
        : random_(seed), weights_(kCorefWeights, 0.0f), squares_(kCorefWeights, 1e-3f), sums_(kCorefWeights, 0.0) {}

    void train(const std::vector<const Example*>& examples, int epochs) {
        std::vector<std::size_t> order(examples.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        for (int epoch = 0; epoch < epochs; ++epoch) {
            std::shuffle(order.begin(), order.end(), random_);
            loss_ = 0;
            decisions_ = 0;
            for (const std::size_t index : order) learn(*examples[index], epoch);
            // The second half of the run is averaged.
            if (2 * epoch >= epochs) {
                for (std::size_t i = 0; i < weights_.size(); ++i) sums_[i] += static_cast<double>(weights_[i]);
                ++summed_;
            }
            std::cerr << "epoch " << epoch + 1 << ": loss " << loss_ / static_cast<double>(decisions_) << '\n';
        }
        for (std::size_t i = 0; summed_ > 0 && i < weights_.size(); ++i) {
            weights_[i] = static_cast<float>(sums_[i] / summed_);
        }
    }
    [[nodiscard]] const std::vector<float>& weights() const { return weights_; }

  private:
    /// Reads a document with the weights as they are; each decision is learned from, and the chains grow as decided
    /// (or, in the first epochs and now and then, as they ought to).
    void learn(const Example& e, int epoch) {
        const bool guided = epoch < 2 || random_() % 4 == 0;
        discourse_.begin(e.annotation, e.candidates, e.speakers);
        for (std::uint32_t i = 0; i < e.candidates.size(); ++i) {
            const auto options = discourse_.options(i);
            if (options.empty()) {
                discourse_.open(i);
                continue;
            }
            lists_.resize(options.size() + 1);
            lists_.back().clear();
            discourse_.new_features(i, lists_.back());
            bool known = false;
            for (std::size_t k = 0; k < options.size(); ++k) {
                lists_[k].clear();
                discourse_.pair_features(i, options[k], k, lists_[k]);
                known |= right(e, i, options[k]);
            }
            const std::size_t chosen = decide(e, i, options, known);
            std::size_t taken = chosen;
            if (guided) {
                taken = options.size();
                for (std::size_t k = options.size(); k-- > 0;) {
                    if (right(e, i, options[k])) taken = k;
                }
            }
            if (taken == options.size() || discourse_.forbidden(i, options[taken])) {
                discourse_.open(i);
            } else {
                discourse_.join(i, options[taken]);
            }
        }
    }

    static bool right(const Example& e, std::uint32_t i, std::uint32_t option) {
        return e.gold[i] != 0 && e.gold[i] == e.gold[option];
    }

    /// Learns from one decision; the place of the best option, their number for a new chain.
    std::size_t decide(const Example& e, std::uint32_t i, std::span<const std::uint32_t> options, bool known) {
        const std::size_t count = options.size() + 1;
        scores_.assign(count, 0);
        std::size_t best = count - 1;
        double plain_best = -1e30;
        for (std::size_t k = count; k-- > 0;) {
            double sum = 0;
            for (const std::uint32_t place : lists_[k].places()) sum += static_cast<double>(weights_[place]);
            if (sum > plain_best + (k == count - 1 ? 0 : 1e-12)) {
                plain_best = sum;
                best = k;
            }
            const bool is_new = k == count - 1;
            const bool is_right = is_new ? !known : right(e, i, options[k]);
            if (!is_right) sum += is_new ? kFalseNew : known ? kWrongLink : kFalseLink;
            scores_[k] = sum;
        }
        const double top = *std::max_element(scores_.begin(), scores_.end());
        double all = 0, good = 0;
        for (std::size_t k = 0; k < count; ++k) {
            scores_[k] = std::exp(scores_[k] - top);
            all += scores_[k];
            if (k == count - 1 ? !known : right(e, i, options[k])) good += scores_[k];
        }
        loss_ -= std::log(std::max(1e-12, good / all));
        ++decisions_;
        for (std::size_t k = 0; k < count; ++k) {
            const bool is_right = k == count - 1 ? !known : right(e, i, options[k]);
            const double gradient = scores_[k] / all - (is_right ? scores_[k] / good : 0.0);
            if (std::abs(gradient) < 1e-4) continue;
            for (const std::uint32_t place : lists_[k].places()) {
                if (static_cast<double>(random_()) < kDropout * 4294967296.0) continue;
                const auto g = static_cast<float>(gradient + kDecay * static_cast<double>(weights_[place]));
                squares_[place] += g * g;
                weights_[place] -= static_cast<float>(kRate) * g / std::sqrt(squares_[place]);
            }
        }
        return best;
    }

    std::mt19937 random_;
    std::vector<float> weights_, squares_;
    std::vector<double> sums_;
    double summed_ = 0, loss_ = 0;
    std::size_t decisions_ = 0;
    Discourse discourse_;
    std::vector<FeatureList> lists_;
    std::vector<double> scores_;
};

/// The document with the chains that the weights find.
void write_found(const Example& e, const Coreference& coreference, Coreference::Scratch& scratch, std::ostream& out) {
    Annotation a = e.annotation;
    coreference.resolve(a, scratch);
    std::vector<std::string> opening(a.size()), closing(a.size());
    for (const ChainMention& m : a.coreference) {
        const std::string id = std::to_string(m.chain + 1);
        if (m.tokens.size() == 1) {
            opening[m.tokens.first] += '(' + id + ')';
        } else {
            opening[m.tokens.first] += '(' + id;
            closing[m.tokens.last - 1].insert(0, id + ')');
        }
    }
    out << "# newdoc id = " << e.id << '\n';
    for (const TokenRange s : a.sentences) {
        for (Token t = s.first; t < s.last; ++t) {
            for (std::size_t c = 0; c < 9; ++c) out << e.cells[t][c] << '\t';
            out << "_" << (opening[t].empty() && closing[t].empty() ? "" : "|Coref=" + opening[t] + closing[t]) << '\n';
        }
        out << '\n';
    }
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> training, development;
    std::vector<std::string>* target = nullptr;
    std::filesystem::path folder, word_file;
    unsigned seed = 1, folds = 0;
    int epochs = 5;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--train") {
            target = &training;
        } else if (argument == "--dev") {
            target = &development;
        } else if (argument == "--out" && i + 1 < argc) {
            folder = argv[++i];
        } else if (argument == "--words" && i + 1 < argc) {
            word_file = argv[++i];
        } else if (argument == "--seed" && i + 1 < argc) {
            seed = static_cast<unsigned>(std::stoul(argv[++i]));
        } else if (argument == "--epochs" && i + 1 < argc) {
            epochs = std::stoi(argv[++i]);
        } else if (argument == "--folds" && i + 1 < argc) {
            folds = static_cast<unsigned>(std::stoul(argv[++i]));
        } else if (target != nullptr) {
            target->push_back(argument);
        }
    }
    if (folder.empty() || word_file.empty() || training.empty()) {
        std::cerr << "usage: coreference_train --words FILE --out FOLDER [--seed N] [--epochs N] [--folds N] "
                     "--train FILE.conllu... --dev FILE.conllu...\n";
        return 2;
    }
    std::ifstream word_stream(word_file);
    const std::string lines{std::istreambuf_iterator<char>(word_stream), {}};
    const Result<CorefWords> words = CorefWords::parse(lines);
    if (!words || lines.empty()) {
        std::cerr << word_file << ": " << (words ? "empty" : words.error().message) << '\n';
        return 2;
    }
    std::filesystem::create_directories(folder);
    std::vector<std::vector<Example>> files;
    for (const std::string& path : training) {
        files.push_back(read(path, *words));
        report_recall(path, files.back());
    }
    Coreference::Scratch scratch;
    if (folds > 1) {
        std::ofstream out(folder / (std::filesystem::path(training[0]).stem().string() + ".folds.conllu"));
        for (unsigned fold = 0; fold < folds; ++fold) {
            std::vector<const Example*> seen;
            for (const auto& file : files) {
                for (std::size_t d = 0; d < file.size(); ++d) {
                    if (d % folds != fold) seen.push_back(&file[d]);
                }
            }
            Learner learner(seed);
            learner.train(seen, epochs);
            const Coreference coreference(*words, learner.weights());
            for (std::size_t d = fold; d < files[0].size(); d += folds) {
                write_found(files[0][d], coreference, scratch, out);
            }
        }
        return out ? 0 : 2;
    }
    std::vector<const Example*> seen;
    for (const auto& file : files) {
        for (const Example& e : file) seen.push_back(&e);
    }
    Learner learner(seed);
    learner.train(seen, epochs);
    const Coreference coreference(*words, learner.weights());
    for (const std::string& path : development) {
        std::ofstream out(folder / (std::filesystem::path(path).stem().string() + ".found.conllu"));
        const std::vector<Example> examples = read(path, *words);
        report_recall(path, examples);
        for (const Example& e : examples) write_found(e, coreference, scratch, out);
    }
    std::ofstream out(folder / "coref.weights", std::ios::binary);
    out.write(reinterpret_cast<const char*>(learner.weights().data()),
              static_cast<std::streamsize>(learner.weights().size() * sizeof(float)));
    std::ofstream config(folder / "coref.config");
    config << "ranker = log-linear\nweights = " << kCorefWeights << "\nseed = " << seed << "\nepochs = " << epochs
           << '\n';
    return out && config ? 0 : 2;
}
