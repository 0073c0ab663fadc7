// The disk behind FileSystem, and work on several threads.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file_system.h"
#include "base/thread_pool.h"

namespace envc {
namespace {

class Disk : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (std::filesystem::path(testing::TempDir()) /
               ("envc_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name())))
                  .string();
    std::filesystem::remove_all(folder_);
    ASSERT_TRUE(disk_.make_folders(folder_ + "/a/b"));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  DiskFileSystem disk_;
  std::string folder_;
};

TEST_F(Disk, ReadsWhatItWrote) {
  ASSERT_TRUE(disk_.write(folder_ + "/a/x", std::string_view("one\0two\r\n", 9)));
  auto text = disk_.read(folder_ + "/a/x");
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, std::string_view("one\0two\r\n", 9));
  EXPECT_EQ(disk_.kind(folder_ + "/a/x"), FileKind::File);
  EXPECT_EQ(disk_.kind(folder_ + "/a/b"), FileKind::Folder);
  EXPECT_EQ(disk_.kind(folder_ + "/none"), FileKind::Missing);
}

TEST_F(Disk, ListsByNameAndRenames) {
  for (auto name : {"b", "a", "C"}) ASSERT_TRUE(disk_.write(folder_ + "/a/b/" + name, ""));
  ASSERT_TRUE(disk_.rename(folder_ + "/a/b/a", folder_ + "/a/b/z"));
  auto names = disk_.list(folder_ + "/a/b");
  ASSERT_TRUE(names);
  EXPECT_EQ(*names, (std::vector<std::string>{"C", "b", "z"}));
  ASSERT_TRUE(disk_.remove(folder_ + "/a/b/z"));
  EXPECT_EQ(disk_.kind(folder_ + "/a/b/z"), FileKind::Missing);
}

TEST_F(Disk, FailuresAreValues) {
  auto missing = disk_.read(folder_ + "/none");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "no such file or directory");
  EXPECT_FALSE(disk_.read(folder_ + "/a"));
  EXPECT_FALSE(disk_.write(folder_ + "/none/x", ""));
  EXPECT_FALSE(disk_.list(folder_ + "/none"));
}

TEST_F(Disk, ResolvesLinks) {
  std::filesystem::create_symlink(folder_ + "/a", folder_ + "/link");
  EXPECT_EQ(disk_.kind(folder_ + "/link"), FileKind::Link);
  auto path = disk_.canonical(folder_ + "/link/../link/new");
  ASSERT_TRUE(path);
  EXPECT_EQ(*path, *disk_.canonical(folder_ + "/a/new"));
}

TEST(ParallelFor, VisitsEachOnceAtAnyNumberOfJobs) {
  for (std::size_t jobs : {0u, 1u, 2u, 7u, 64u}) {
    std::vector<int> visits(1000, 0);
    parallel_for(visits.size(), jobs, [&](std::size_t i) { ++visits[i]; });
    EXPECT_EQ(visits, std::vector<int>(1000, 1));
  }
  parallel_for(0, 4, [](std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace envc
