// Random numbers, and every instruction set that this machine has, for the tests of the kernels.
#pragma once

#include "neural/kernels.hpp"

#include <hwy/targets.h>
#include <random>
#include <vector>

namespace kadesh::test {

inline std::vector<float> gaussian(std::size_t n, float deviation, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, deviation);
    std::vector<float> out(n);
    for (float& v : out) v = normal(random);
    return out;
}

/// Runs a check on every instruction set that this machine has.
template <typename F> void on_every_target(F&& check) {
    for (const std::int64_t targets = hwy::SupportedTargets();
         const std::int64_t target : {HWY_SSSE3, HWY_SSE4, HWY_AVX2, HWY_AVX3, HWY_AVX3_DL}) {
        if ((targets & target) == 0) continue;
        hwy::SetSupportedTargetsForTest(target);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
        check(neural::instruction_set());
        hwy::SetSupportedTargetsForTest(0);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }
}

} // namespace kadesh::test
