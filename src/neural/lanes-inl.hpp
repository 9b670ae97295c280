// Sixteen lanes in as many vectors as an instruction set needs: four (128 bits), two or one. For files that Highway
// compiles once an instruction set, hence the guard that turns.
#if defined(KADESH_NEURAL_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef KADESH_NEURAL_LANES_INL
#undef KADESH_NEURAL_LANES_INL
#else
#define KADESH_NEURAL_LANES_INL
#endif

#include "neural/kernels.hpp"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace kadesh::neural::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kMaxLanes = HWY_LANES(float);
constexpr std::size_t kLanes = kMaxLanes < kPanel ? kMaxLanes : kPanel;
constexpr std::size_t kVectors = kPanel / kLanes;
using DF = hn::FixedTag<float, kLanes>;
using DI = hn::FixedTag<std::int32_t, kLanes>;
using VF = hn::Vec<DF>;
using VI = hn::Vec<DI>;

} // namespace kadesh::neural::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
