// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <new>

#include "engine/show_files.hpp"

namespace freshet::engine {
namespace {

constexpr std::size_t kExtent = 4 * 1024 * 1024;
static_assert(kExtent % sizeof(ledger::HashPage) == 0);

int nameless_file(const std::filesystem::path& folder) {
  int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0) return fd;
  // Not every file system has those.
  std::string name = (folder / "hashes-XXXXXX").string();
  fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd >= 0) ::unlink(name.c_str());
  return fd;
}

}  // namespace

Expected<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.get() < 0 || fstat(file.get(), &status) != 0) {
    return fail(ErrorCode::Storage, "cannot read " + path.string() + ": " + errno_text(errno));
  }
  auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return MappedFile();
  void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (memory == MAP_FAILED) {
    return fail(ErrorCode::Storage, "cannot map " + path.string() + ": " + errno_text(errno));
  }
  (void)madvise(memory, size, MADV_SEQUENTIAL);
  return MappedFile(View(static_cast<const std::uint8_t*>(memory), size));
}

MappedFile::~MappedFile() {
  if (bytes_.empty()) return;
  munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

MappedArena::MappedArena(const std::filesystem::path& folder) : fd_(nameless_file(folder)) {}

MappedArena::~MappedArena() {
  for (void* extent : extents_) munmap(extent, kExtent);
  if (fd_ >= 0) ::close(fd_);
}

bool MappedArena::grow() {
  if (fd_ < 0) return false;
  auto offset = static_cast<off_t>(extents_.size() * kExtent);
  // Allocated now: writing to a mapped hole of a full disk would be a SIGBUS.
  if (posix_fallocate(fd_, offset, kExtent) != 0) return false;
  void* memory = mmap(nullptr, kExtent, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, offset);
  if (memory == MAP_FAILED) return false;
  extents_.push_back(memory);
  used_ = 0;
  return true;
}

ledger::HashPage* MappedArena::allocate() {
  if ((extents_.empty() || used_ == kExtent) && !grow()) return heap_.allocate();
  auto* place = static_cast<std::uint8_t*>(extents_.back()) + used_;
  used_ += sizeof(ledger::HashPage);
  return ::new (place) ledger::HashPage{};
}

}  // namespace freshet::engine
