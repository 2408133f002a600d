// SPDX-License-Identifier: GPL-3.0-or-later
// The folder of one show: the recording, its journal, its lock and its secret. Blocking I/O: called
// by the show's worker thread, and before and after its life by whoever opens and closes it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "freshet/base/error.hpp"
#include "freshet/engine/files.hpp"
#include "freshet/ledger/journal.hpp"
#include "freshet/ledger/ledger.hpp"
#include "freshet/live/block_set.hpp"

namespace freshet::engine {

// A file descriptor that closes itself.
class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int fd) : fd_(fd) {}
  FileHandle(FileHandle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileHandle();
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_ = -1;
};

// Reads at any place of a file, as a whole or not at all.
class FileReader {
 public:
  explicit FileReader(std::filesystem::path path);
  [[nodiscard]] Expected<Bytes> read(std::uint64_t offset, std::size_t size) const;

 private:
  std::filesystem::path path_;
  FileHandle file_;
};

// What is written once, when a show is first opened here.
struct ShowMeta {
  ledger::Descriptor descriptor;
  bool publisher = false;
  std::vector<std::string> trackers;
};

// What the journal says.
struct Recovered {
  std::unique_ptr<ledger::Ledger> ledger;
  live::BlockSet blocks;  // verified and in the file
  // A block of which the first bytes are verified and in the file; none when `tail` is empty.
  std::uint32_t tail_block = 0;
  Bytes tail;
  ledger::Silence silence;
  std::uint64_t journal_size = 0;  // bytes that are whole
  bool journal_lost = false;       // the show was here before, its journal is not
};

class ShowFiles {
 public:
  // Takes the lock, and makes a show that is not there yet from `fresh`; `secret`: its key, for who
  // publishes it. Fails with Locked when another process has the show.
  [[nodiscard]] static Expected<std::unique_ptr<ShowFiles>> open(
      const std::filesystem::path& folder, const std::optional<ShowMeta>& fresh,
      const SecretSeed* secret = nullptr);

  [[nodiscard]] const ShowMeta& meta() const { return meta_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path file() const { return folder_ / meta_.descriptor.name; }

  // Replays the journal, cuts what is torn, and re-reads blocks that a power cut may have lost.
  [[nodiscard]] Expected<Recovered> recover();

  // Each of these is durable only after the sync that follows it.
  [[nodiscard]] Expected<void> write(std::uint64_t offset, View bytes);
  [[nodiscard]] Expected<void> sync_data();
  [[nodiscard]] Expected<void> append(ledger::JournalKind kind, View payload);
  [[nodiscard]] Expected<void> sync_journal();
  // Syncs both and notes in the journal that all before is safe from a power cut.
  [[nodiscard]] Expected<void> checkpoint();
  [[nodiscard]] Expected<void> truncate(std::uint64_t size);
  [[nodiscard]] Expected<Bytes> read(std::uint64_t offset, std::size_t size) const {
    return FileReader(file()).read(offset, size);
  }

  [[nodiscard]] std::optional<SecretSeed> load_secret() const;
  // After the end: a machine that is stolen later gives nothing away.
  void erase_secret();

 private:
  ShowFiles() = default;
  [[nodiscard]] Expected<void> make(const ShowMeta& meta, const SecretSeed* secret);
  void drop_beyond(std::uint64_t file_size, Recovered& recovered);
  void recheck(Recovered& recovered, const live::BlockSet& unsynced);

  std::filesystem::path folder_;
  ShowMeta meta_;
  bool journal_lost_ = false;
  FileHandle lock_;
  FileHandle data_;
  FileHandle journal_;
};

// Reads the description of the show in `folder` without opening it.
[[nodiscard]] Expected<ShowMeta> read_meta(const std::filesystem::path& folder);
// A journal, replayed.
struct Replayed {
  Recovered state;  // but for the bytes of the tail, which are in the file
  std::uint32_t tail_length = 0;
  live::BlockSet unsynced;  // blocks since the last checkpoint that a power cut may have taken
};
// `folder` is where the ledger may keep its hashes.
[[nodiscard]] Replayed replay(const ledger::Descriptor& descriptor, View journal,
                              const std::filesystem::path& folder);
[[nodiscard]] std::string errno_text(int code);

}  // namespace freshet::engine
