// kadesh-compile-knowledge DATA_DIR OUT.kdk: checks the tables under DATA_DIR and writes the knowledge pack.
// Exit status: 0 written; 1 bad tables, each named on standard error, or no place to write; 2 bad usage.
#include "knowledge/pack_builder.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: kadesh-compile-knowledge DATA_DIR OUT.kdk\n";
        return 2;
    }
    const std::string data_dir = argv[1], out = argv[2];
    const kadesh::BuiltPack built = kadesh::build_pack(data_dir);
    for (const kadesh::TableProblem& problem : built.problems)
        std::cerr << problem.file << ':' << problem.line << ": " << problem.reason << '\n';
    if (!built.problems.empty()) return 1;

    // Written beside its place and renamed, so that nobody maps half a pack.
    const std::string partial = out + ".partial";
    std::ofstream file(partial, std::ios::binary | std::ios::trunc);
    file.write(built.bytes.data(), static_cast<std::streamsize>(built.bytes.size()));
    file.close();
    std::error_code error;
    if (file) std::filesystem::rename(partial, out, error);
    if (!file || error) {
        std::cerr << out << ": cannot be written\n";
        return 1;
    }
    std::cout << out << ": " << built.entries << " entries, " << built.names << " names, " << built.bytes.size()
              << " bytes\n";
    return 0;
}
