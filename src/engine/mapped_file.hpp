// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that belongs to files: the kernel may take it back whenever it needs the room.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "freshet/base/error.hpp"
#include "freshet/ledger/merkle.hpp"

namespace freshet::engine {

// A file that nobody else changes, read as one byte string.
class MappedFile {
 public:
  [[nodiscard]] static Expected<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MappedFile();
  [[nodiscard]] View view() const { return bytes_; }

 private:
  explicit MappedFile(View bytes) : bytes_(bytes) {}
  View bytes_;
};

// Keeps the hashes of a show in a nameless file in `folder`: those of a long show are hundreds of
// megabytes, and few of them are looked at. It is rebuilt from the journal at every start. Where
// the file cannot be made, or its disk is full, the heap serves.
class MappedArena final : public ledger::HashArena {
 public:
  explicit MappedArena(const std::filesystem::path& folder);
  ~MappedArena() override;
  MappedArena(const MappedArena&) = delete;
  MappedArena& operator=(const MappedArena&) = delete;
  ledger::HashPage* allocate() override;

 private:
  [[nodiscard]] bool grow();

  int fd_ = -1;
  std::vector<void*> extents_;
  std::size_t used_ = 0;  // bytes of the last extent
  ledger::HeapArena heap_;
};

}  // namespace freshet::engine
