# SPDX-License-Identifier: Apache-2.0
# A room is one folder and one static library. `credenza_add_room(base SOURCES … LINK …)` makes credenza_base.

# Three precompiled headers (core, ui, test), each made once and shared by every target of its kind.
function(_credenza_add_pch name)
  cmake_parse_arguments(ARG "" "" "HEADERS;LINK" ${ARGN})
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/pch/${name}.cpp" CONTENT "// made by CMake: carries the precompiled header\n")
  add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/pch/${name}.cpp")
  set_target_properties(${name} PROPERTIES AUTOMOC OFF)
  target_link_libraries(${name} PRIVATE credenza_options ${ARG_LINK})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

_credenza_add_pch(credenza_pch_core LINK Qt6::Core HEADERS
  <QtCore/QtCore> <algorithm> <array> <chrono> <cstddef> <expected> <functional> <memory> <optional> <span>
  <stop_token> <string> <thread> <utility> <variant> <vector>)
_credenza_add_pch(credenza_pch_ui LINK Qt6::Core Qt6::Gui Qt6::Widgets HEADERS
  <QtWidgets/QtWidgets> <algorithm> <chrono> <expected> <functional> <memory> <optional> <span> <stop_token> <vector>)

function(credenza_add_room room)
  cmake_parse_arguments(ARG "" "LAYER" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(credenza_${room} STATIC ${ARG_SOURCES})
  target_link_libraries(credenza_${room} PUBLIC credenza_options ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  if(ARG_LAYER STREQUAL "ui")
    target_precompile_headers(credenza_${room} REUSE_FROM credenza_pch_ui)
  else()
    target_precompile_headers(credenza_${room} REUSE_FROM credenza_pch_core)
  endif()
endfunction()

# No test sees or touches the folders of the person who runs it.
set(CREDENZA_TEST_HOME "${CMAKE_BINARY_DIR}/test-home")
file(MAKE_DIRECTORY "${CREDENZA_TEST_HOME}/runtime")
file(CHMOD "${CREDENZA_TEST_HOME}/runtime" DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)

# credenza_add_test(tst_x LABEL unit SOURCES tst_x.cpp LINK credenza_keys [GUI] [TIMEOUT s] [ENVIRONMENT A=B …])
function(credenza_add_test name)
  cmake_parse_arguments(ARG "GUI" "LABEL;TIMEOUT" "SOURCES;LINK;ENVIRONMENT" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE credenza_options credenza_testsupport Qt6::Test ${ARG_LINK})
  # Only where they are used: what knows no path of this checkout is compiled once for all checkouts (ccache).
  foreach(source IN LISTS ARG_SOURCES)
    file(STRINGS "${source}" paths REGEX "CREDENZA_(SOURCE|BIN)_DIR")
    if(paths)
      set_property(SOURCE "${source}" APPEND PROPERTY COMPILE_DEFINITIONS
        CREDENZA_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}" CREDENZA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    endif()
  endforeach()
  add_test(NAME ${name} COMMAND ${name})
  set(environment
    "QT_LOGGING_RULES=qt.*.debug=false" LC_ALL=C.UTF-8
    XDG_RUNTIME_DIR=${CREDENZA_TEST_HOME}/runtime XDG_DATA_HOME=${CREDENZA_TEST_HOME}/data
    XDG_CONFIG_HOME=${CREDENZA_TEST_HOME}/config XDG_STATE_HOME=${CREDENZA_TEST_HOME}/state
    XDG_CACHE_HOME=${CREDENZA_TEST_HOME}/cache ${ARG_ENVIRONMENT})
  if(ARG_GUI)
    list(APPEND environment "QT_QPA_PLATFORM=offscreen")
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "${environment}")
endfunction()
