/* The only function of bcryptprimitives.dll that Rust's standard library calls. Windows has it, but Wine 8
   does not. Microsoft Learn documents both functions: ProcessPrng, and RtlGenRandom, which the library exports
   as SystemFunction036. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    return SystemFunction036(buffer, (ULONG)length);
}
