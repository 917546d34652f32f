# Builds for 64-bit Windows on Debian: cmake --toolchain installer/windows/mingw64.cmake -DWAYHOME_SYSROOT=FOLDER
# The sysroot is what installer/windows/build-sysroot makes. Windows' own threads: no library of the compiler is shipped.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(WAYHOME_SYSROOT "" CACHE PATH "The libraries for Windows, made by installer/windows/build-sysroot")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES WAYHOME_SYSROOT)

set(triple x86_64-w64-mingw32)
set(CMAKE_C_COMPILER ${triple}-gcc-win32)
set(CMAKE_RC_COMPILER ${triple}-windres)
set(CMAKE_C_FLAGS_INIT "-static-libgcc")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,--no-insert-timestamp")

set(CMAKE_FIND_ROOT_PATH ${WAYHOME_SYSROOT} /usr/${triple})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

set(ENV{PKG_CONFIG_LIBDIR} "${WAYHOME_SYSROOT}/lib/pkgconfig:${WAYHOME_SYSROOT}/share/pkgconfig")
set(ENV{PKG_CONFIG_PATH} "")
set(PKG_CONFIG_ARGN --define-prefix CACHE STRING "The sysroot may be anywhere")
