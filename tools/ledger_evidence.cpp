// What the merge sees of pairs of event reports, for fitting its weights: a ledger and lines of two record ids and a
// truth (0 or 1), to lines of the truth, the present score and the counts of evidence; pairs that cannot be one event
// give nothing.
//
//   kadesh-ledger-evidence LEDGER < pairs.tsv > evidence.tsv
#include "ledger/event_identity.hpp"
#include "ledger/likeness.hpp"
#include "ledger/record_lookup.hpp"
#include "ledger/schema.hpp"

#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>

int main(int argc, char** argv) {
    using namespace kadesh::ledger;
    if (argc != 2) {
        std::fputs("kadesh-ledger-evidence LEDGER < pairs.tsv\n", stderr);
        return 2;
    }
    auto database = open_ledger(argv[1], Access::Read);
    if (!database) {
        std::fprintf(stderr, "%s\n", database.error().message.c_str());
        return 2;
    }
    EventIdentity events(**database);
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream fields(line);
        std::string a;
        std::string b;
        std::string truth;
        fields >> a >> b >> truth;
        const auto first = find_record(**database, a);
        const auto second = find_record(**database, b);
        if (!first || !second) continue;
        const auto evidence = event_evidence(events.features(first->report), events.features(second->report));
        if (!evidence) continue;
        std::printf("%s\t%d", truth.c_str(), weighed(*evidence));
        for (const int count : *evidence) std::printf("\t%d", count);
        std::printf("\n");
    }
    return 0;
}
