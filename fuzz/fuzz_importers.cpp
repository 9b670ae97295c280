// Any bytes, as a dump or a dictionary of any kind: the importers give rows of a layer's table or an error, never more.
#include "base/utf8.hpp"
#include "engine/importers.hpp"
#include "knowledge/layer_builder.hpp"
#include "knowledge/pack_builder.hpp"
#include "knowledge/world.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

/// A folder of this process with the tables of a small world, its pack, and the file that is imported.
class Scratch {
  public:
    Scratch() {
        write(
            "data/countries/countries.tsv",
            "code\talpha2\tname\tofficial\taliases\tadjectives\tpeople\tcapital\tlat\tlon\twikidata\tfrom\tto\tstatus\n"
            "FRA\tFR\tFrance\tFrench Republic\t\tFrench\t\t\t46\t2\tQ142\t\t\tmember\n"
            "AZE\tAZ\tAzerbaijan\t\t\tAzeri\t\t\t40\t47\tQ227\t\t\tmember\n");
        write("data/offices/titles.tsv", "office\tphrases\tsectors\npresident\tpresident|head of state\tGOV\n");
        const kadesh::BuiltPack built = kadesh::build_pack(folder_.path("data"));
        check(built.problems.empty());
        auto opened = kadesh::World::open(write("world.kdk", built.bytes));
        check(opened.ok());
        world_.emplace(std::move(opened).value());
    }
    [[nodiscard]] const kadesh::World& world() const { return *world_; }
    std::string write(const std::string& name, std::string_view bytes) {
        folder_.write(name, bytes);
        return folder_.path(name);
    }

  private:
    kadesh::test::TemporaryFolder folder_;
    std::optional<kadesh::World> world_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Scratch scratch;
    if (size == 0) return 0;
    // The first byte picks the format, the rest is the file.
    constexpr decltype(&kadesh::import_petrarch) kImporters[] = {kadesh::import_petrarch, kadesh::import_wikidata,
                                                                 kadesh::import_geonames};
    const auto importer = kImporters[data[0] % std::size(kImporters)];
    const std::string file = scratch.write("input", {reinterpret_cast<const char*>(data) + 1, size - 1});
    std::string table;
    std::uint64_t lines = 0;
    const auto report = importer(scratch.world(), file, [&](std::string_view row) {
        check(!row.empty() && row.back() == '\n' && std::count(row.begin(), row.end(), '\n') == 1);
        check(static_cast<std::size_t>(std::count(row.begin(), row.end(), '\t')) + 1 ==
              std::size(kadesh::kLayerColumns));
        table += row;
        ++lines;
        return true;
    });
    if (!report) {
        check(report.error().message.find(file) == 0);
        return 0;
    }
    check(lines == report->taken + 1); // and the header
    // What an importer writes is a table that a layer can be made from, or that is refused row by row.
    if (kadesh::is_valid_utf8(table)) {
        const kadesh::BuiltLayer layer = kadesh::build_layer(scratch.world(), "imported.tsv", table);
        for (const kadesh::TableProblem& problem : layer.problems) check(problem.line > 1);
    }
    return 0;
}
