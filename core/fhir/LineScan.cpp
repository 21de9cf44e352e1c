// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/LineScan.h"

namespace credenza
{

namespace plain
{
extern const ScanKernel kernel;
}
#if defined(CREDENZA_HAS_X86_KERNELS)
namespace haswell
{
extern const ScanKernel kernel;
}
namespace icelake
{
extern const ScanKernel kernel;
}
#endif

const ScanKernel &scanKernel()
{
#if defined(CREDENZA_HAS_X86_KERNELS)
    if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("pclmul"))
        return icelake::kernel;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("pclmul"))
        return haswell::kernel;
#endif
    return plain::kernel;
}

} // namespace credenza
