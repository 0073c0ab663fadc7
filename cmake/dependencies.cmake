# Every dependency is pinned and looked for on the machine first: with Debian's
# packages nothing is downloaded.
include(FetchContent)
set(FETCHCONTENT_QUIET ON)
# Of what is fetched only the library is built.
foreach(option PEGTL_BUILD_TESTS PEGTL_BUILD_EXAMPLES JSON_BuildTests YAML_CPP_BUILD_TESTS YAML_CPP_BUILD_TOOLS
    YAML_CPP_BUILD_CONTRIB CLI11_BUILD_TESTS CLI11_BUILD_EXAMPLES INSTALL_GTEST BUILD_GMOCK)
  set(${option} OFF CACHE BOOL "" FORCE)
endforeach()

FetchContent_Declare(pegtl URL https://github.com/taocpp/PEGTL/archive/refs/tags/3.2.7.tar.gz
  FIND_PACKAGE_ARGS CONFIG)
FetchContent_Declare(fmt URL https://github.com/fmtlib/fmt/archive/refs/tags/9.1.0.tar.gz
  FIND_PACKAGE_ARGS CONFIG)
FetchContent_Declare(nlohmann_json URL https://github.com/nlohmann/json/archive/refs/tags/v3.11.2.tar.gz
  FIND_PACKAGE_ARGS CONFIG)
FetchContent_Declare(yaml-cpp URL https://github.com/jbeder/yaml-cpp/archive/refs/tags/yaml-cpp-0.7.0.tar.gz
  FIND_PACKAGE_ARGS CONFIG)
FetchContent_Declare(CLI11 URL https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.1.2.tar.gz
  FIND_PACKAGE_ARGS CONFIG)
FetchContent_MakeAvailable(pegtl fmt nlohmann_json yaml-cpp CLI11)
if(ENVC_TESTS)
  FetchContent_Declare(GTest URL https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz
    FIND_PACKAGE_ARGS NAMES GTest CONFIG)
  FetchContent_MakeAvailable(GTest)
endif()
find_package(Threads REQUIRED)
