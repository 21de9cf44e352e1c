# SPDX-License-Identifier: Apache-2.0
# One INTERFACE target carries the standard, the warnings and Qt's strict macros for everything we build.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Precompiled headers are cacheable only with these two settings (ccache manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime;CCACHE_NOHASHDIR=1;CCACHE_BASEDIR=${CMAKE_SOURCE_DIR};${CCACHE_PROGRAM}")
endif()

add_library(credenza_options INTERFACE)
target_compile_options(credenza_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
  -fstack-protector-strong -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(credenza_options INTERFACE -fpch-preprocess)
endif()
if(CREDENZA_WERROR)
  target_compile_options(credenza_options INTERFACE -Werror)
endif()
target_compile_definitions(credenza_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400
  CREDENZA_VERSION="${PROJECT_VERSION}")
target_include_directories(credenza_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_link_options(credenza_options INTERFACE -Wl,-z,relro,-z,now)

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  target_link_options(credenza_options INTERFACE -fuse-ld=mold)
endif()

if(CREDENZA_SANITIZE)
  target_compile_options(credenza_options INTERFACE -fsanitize=${CREDENZA_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(credenza_options INTERFACE -fsanitize=${CREDENZA_SANITIZE})
elseif(CMAKE_BUILD_TYPE MATCHES "Rel")
  target_compile_options(credenza_options INTERFACE -D_FORTIFY_SOURCE=2)
endif()
