// A data folder made for one test, and the pack made from it.
#pragma once

#include "knowledge/pack_builder.hpp"
#include "knowledge/world.hpp"
#include "support/temporary_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace kadesh::testing {

/// A folder of tables.
class ScratchFolder : public test::TemporaryFolder {
  public:
    /// Writes a table in which `,` stands for the tab and `;` for the list separator, so that tests can be read.
    void table(const std::string& name, std::string content) const {
        for (char& c : content) c = c == ',' ? '\t' : c == ';' ? '|' : c;
        write(name, content);
    }
    /// The same for tables whose cells hold semicolons of their own: lists are written with `|`.
    void rows(const std::string& name, std::string content) const {
        for (char& c : content) c = c == ',' ? '\t' : c;
        write(name, content);
    }
};

inline const char* const kCountryColumns =
    "code,alpha2,name,official,aliases,adjectives,people,capital,lat,lon,wikidata,from,to,"
    "status,within,population\n";

/// A small world with one of everything.
inline void write_small_world(const ScratchFolder& data) {
    data.table(
        "countries/countries.tsv",
        std::string(kCountryColumns) +
            "# comments stand anywhere\n"
            "RUS,RU,Russia,Russian Federation,,Russian,Russians,Moscow,60,100,Q159,,,member,,144000000\n"
            "IRN,IR,Iran,Islamic Republic of Iran,,Iranian,Iranians,Tehran,32,53,Q794,,,member,,80000000\n"
            "USA,US,United States,United States of America,US;U.S.;USA,American,Americans,Washington,38,-97,Q30,,,"
            "member,,327000000\n"
            "GEO,GE,Georgia,,,Georgian,Georgians,Tbilisi,42,43.5,,,,member,,3700000\n"
            "SYR,SY,Syria,,,Syrian,Syrians,Damascus,35,38,,,,member,,17000000\n"
            "CHN,CN,China,People's Republic of China,,Chinese,,Beijing,35,105,,,,member,,1390000000\n"
            "CIV,CI,Ivory Coast,,Côte d'Ivoire,Ivorian,Ivorians,,8,-5,,,,member,,25000000\n"
            "GIN,GN,Guinea,,,Guinean,Guineans,,11,-10,,,,member,,12000000\n"
            "GNB,GW,Guinea-Bissau,,,Bissau-Guinean,,,12,-15,,,,member,,1800000\n"
            "DNK,DK,Denmark,,,Danish,Dane;Danes,Copenhagen,56,10,,,,member,,5800000\n"
            "GRL,GL,Greenland,,,Greenlandic,Greenlanders,Nuuk,72,-40,,,,territory,DNK,56000\n"
            "XAB,,Abkhazia,,,Abkhazian,,,43,41,,1992,,disputed,GEO,245000\n"
            "SUN,SU,Soviet Union,,USSR,Soviet,Soviets,Moscow,55,37,,1922-12-30,1991-12-26,past,,286000000\n");
    data.table("places/not_places.tsv", "name,least_population\nof,\nnice,300000\nwho,\ncentral,\n");
    data.table("places/cities.tsv", "geonames,name,aliases,country,admin1,lat,lon,population\n"
                                    "524901,Moscow,,RUS,48,55.752,37.616,10381222\n"
                                    "5601538,Moscow,,USA,ID,46.732,-117,25060\n"
                                    "112931,Tehran,Teheran,IRN,26,35.694,51.422,7153309\n"
                                    "4140963,Washington,,USA,DC,38.895,-77.036,601723\n"
                                    "611717,Tbilisi,,GEO,51,41.694,44.834,1049498\n"
                                    "170654,Damascus,,SYR,13,33.51,36.291,1569394\n"
                                    "1816670,Beijing,Peking,CHN,22,39.907,116.397,11716620\n"
                                    "2618425,Copenhagen,,DNK,17,55.676,12.566,1153615\n"
                                    "3421319,Nuuk,,GRL,06,64.183,-51.722,14798\n"
                                    "2990440,Nice,,USA,,43.703,7.266,338620\n"
                                    "1,Of,,RUS,,40.94,40.26,31951\n"
                                    "2,Paris,,USA,TX,33.66,-95.55,24839\n");
    data.table("places/regions.tsv", "name,aliases,adjectives,country,lat,lon,kind\n"
                                     "Middle East,the Mideast,Middle Eastern,,29,41,world\n"
                                     "Georgia,,Georgian,USA,,,admin1\n"
                                     "Central,,,GIN,,,admin1\n");
    data.table("places/cues.tsv", "countries,cues\nRUS,ruble\n");
    data.table("countries/groupings.tsv",
               "phrase,codes,adjectives\nthe West,,Western\nKoreans,,\nNordics,DNK,Nordic\n");
    data.table("countries/metonyms.tsv", "phrase,code,sectors,from,to,stands_for\n"
                                         "Kremlin,RUS,GOV,,,\n"
                                         "Pentagon,USA,GOV;MIL,,,Department of Defense\n"
                                         "Old Palace,IRN,GOV,1979,1989,\n");
    data.table("offices/titles.tsv", "office,phrases,sectors\n"
                                     "president,president;head of state,GOV\n"
                                     "foreign minister,minister of foreign affairs;secretary of state,GOV\n"
                                     "prime minister,premier,GOV\n");
    data.table("offices/people.tsv", "person,name,aliases,wikidata\n"
                                     "putin,Vladimir Putin,,Q7747\n"
                                     "medvedev,Dmitry Medvedev,,\n"
                                     "lavrov,Sergey Lavrov,Sergei Lavrov,Q58217\n"
                                     "assad,Bashar al-Assad,Assad,\n"
                                     "hassad,Hafez al-Assad,,\n"
                                     "xi,Xi Jinping,,\n"
                                     "premier,Kuupik Kleist,,\n");
    data.table("offices/tenures.tsv", "person,country,office,sectors,from,to,source\n"
                                      "putin,RUS,president,,2000-05-07,2008-05-07,test\n"
                                      "medvedev,RUS,president,,2008-05-07,2012-05-07,test\n"
                                      "putin,RUS,president,,2012-05-07,,test\n"
                                      "putin,RUS,prime minister,,2008-05-08,2012-05-07,test\n"
                                      "lavrov,RUS,foreign minister,,2004-03,,test\n"
                                      "assad,SYR,president,GOV;MIL,2000-07-17,2024-12-08,test\n"
                                      "hassad,SYR,president,,1971,2000,test\n"
                                      "xi,CHN,president,,2013-03-14,,test\n"
                                      "premier,GRL,prime minister,,2009,2013,test\n");
    data.table("organisations/organisations.tsv",
               "name,aliases,acronyms,kind,code,sectors,country,from,to,wikidata,source\n"
               "United Nations,,UN,igo,UNO,,,1945-10-24,,Q1065,test\n"
               "World Health Organization,,WHO,igo,UNO,MED,,1948-04-07,,,test\n"
               "North Atlantic Treaty Organization,,NATO,igo,IGO,MIL,,1949-04-04,,,test\n"
               "The Times,,,media,,JRN,USA,,,,test\n");
    data.table("organisations/groups.tsv", "name,aliases,acronyms,kind,code,sectors,country,from,to,wikidata,source\n"
                                           "Hezbollah,Hizbollah;the Party of God,,militant,,REB,SYR,,,,test\n");
    data.table("agents/agents.tsv",
               "phrase,sectors,office\n"
               "soldier,MIL,\nrebel,REB,\nsecurity force,COP;MIL,\nminister,GOV,\nvice-president,GOV,\n");
    data.table("agreements/agreements.tsv",
               "name,aliases,kind,parties,subjects,signed,in_force,expires,wikidata,source\n"
               "Joint Comprehensive Plan of Action,Iran nuclear "
               "deal,deal,IRN;USA;RUS;CHN,nuclear,2015-07-14,2015-10,2025-10-18,,test\n"
               "Friendship Treaty,,treaty,DNK;RUS,,2001,,,,test\n");
    data.table("ontology/types.tsv", "type,quad_code,quad_name,score\nAGREE,1,verbal cooperation,2.5\n");
    data.table("ontology/modes.tsv", "# a comment\ntype,mode,score\n\nAGREE,visit,4\n");
    data.table("lexicon/frames.tsv", "lemma,pos\nsign,verb\n");
}

/// The World of a folder's tables; the test fails if they cannot be compiled.
inline World open_world(const ScratchFolder& data) {
    const BuiltPack built = build_pack(data.path());
    for (const TableProblem& problem : built.problems)
        ADD_FAILURE() << problem.file << ":" << problem.line << ": " << problem.reason;
    data.write("world.kdk", built.bytes);
    auto world = World::open(data.path("world.kdk"));
    EXPECT_TRUE(world.ok()) << (world.ok() ? "" : world.error().message);
    return std::move(*world);
}

/// Splits at spaces.
inline std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

} // namespace kadesh::testing
