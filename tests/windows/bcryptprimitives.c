/* The one function of bcryptprimitives.dll that Rust's standard library calls. Windows has it; Wine 8 has not.
   Microsoft Learn documents both: ProcessPrng, and RtlGenRandom, whose name in the library is SystemFunction036. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    return SystemFunction036(buffer, (ULONG)length);
}
