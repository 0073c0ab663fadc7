# Every dependency is pinned and looked for on the machine first: with Debian's
# packages nothing is downloaded.
include(FetchContent)
set(FETCHCONTENT_QUIET ON)

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
