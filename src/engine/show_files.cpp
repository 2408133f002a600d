// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/show_files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "engine/mapped_file.hpp"
#include "freshet/ledger/bencode.hpp"

namespace freshet::engine {
namespace {

namespace fs = std::filesystem;
using ledger::JournalKind;

constexpr const char* kStateFolder = ".freshet";
constexpr std::size_t kMetaMax = 64 * 1024;

tl::unexpected<Error> storage_error(const std::string& what, const fs::path& path, int code) {
  ErrorCode kind =
      code == ENOSPC || code == EDQUOT || code == EROFS ? ErrorCode::Output : ErrorCode::Storage;
  std::string advice = code == ENOSPC || code == EDQUOT ? "; free some space and start again" : "";
  return fail(kind, what + " " + path.string() + ": " + errno_text(code) + advice);
}

Expected<void> write_all(int fd, View bytes, std::optional<std::uint64_t> offset,
                         const fs::path& path) {
  while (!bytes.empty()) {
    ssize_t n = offset ? pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(*offset))
                       : ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return storage_error("cannot write", path, n < 0 ? errno : ENOSPC);
    bytes = bytes.subspan(static_cast<std::size_t>(n));
    if (offset) *offset += static_cast<std::uint64_t>(n);
  }
  return {};
}

// A name is durable only when its directory is.
void sync_folder(const fs::path& folder) {
  FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.get() >= 0) (void)fsync(handle.get());
}

std::string boot_id() {
  auto bytes = read_whole("/proc/sys/kernel/random/boot_id", 64);
  return bytes ? std::string(as_text(*bytes)) : std::string("unknown");
}

Bytes encode_meta(const ShowMeta& meta) {
  using namespace ledger::bencode;
  Dict dict;
  List trackers;
  for (const auto& tracker : meta.trackers) trackers.push_back({String(tracker)});
  dict["descriptor"] = {String(ledger::encode(meta.descriptor))};
  dict["role"] = {String(meta.publisher ? "publisher" : "viewer")};
  dict["trackers"] = {std::move(trackers)};
  std::string text = encode(std::move(dict));
  return {text.begin(), text.end()};
}

// False: the frame makes no sense, so the journal is good only up to it.
bool replay_frame(JournalKind kind, View payload, const ledger::Descriptor& descriptor,
                  Replayed& result) {
  Recovered& state = result.state;
  ledger::Ledger& ledger = *state.ledger;
  Reader in(payload);
  switch (kind) {
    case JournalKind::Update:
    case JournalKind::Published: {
      auto update = ledger::decode_update(payload);
      auto first = static_cast<std::uint32_t>(ledger.size() / kBlockSize);
      if (!update || ledger.accept(*update, true) != ledger::Verdict::New) return false;
      if (kind == JournalKind::Update) return true;
      state.tail_block = ledger.head()->complete_blocks();
      result.tail_length = ledger.head()->tail_bytes();
      for (; first < state.tail_block; ++first) state.blocks.add(first);
      return true;
    }
    case JournalKind::Frontier: {
      auto proof = ledger::decode_frontier(payload);
      return proof && ledger.accept(*proof, true) == ledger::Verdict::New;
    }
    case JournalKind::Hashes: {
      auto range = ledger::decode_hash_range(payload);
      return range && ledger.insert(range->kind, range->first, range->items, range->uncles);
    }
    case JournalKind::Blocks:
    case JournalKind::Lost: {
      std::uint64_t first = in.u32();
      std::uint64_t end = first + in.u32();
      if (!in.done() || end * kBlockSize > descriptor.size_max()) return false;
      for (; first < end; ++first) {
        auto block = static_cast<std::uint32_t>(first);
        if (kind == JournalKind::Lost) {
          state.blocks.remove(block);
        } else {
          state.blocks.add(block);
          result.unsynced.add(block);
        }
      }
      return true;
    }
    case JournalKind::Tail:
      state.tail_block = in.u32();
      result.tail_length = in.u32();
      return in.done();
    case JournalKind::Checkpoint:
      result.unsynced = {};
      return true;
    case JournalKind::Silence: {
      auto silence = ledger::decode_silence(payload);
      if (silence) state.silence = *silence;
      return silence.has_value();
    }
  }
  return false;
}

}  // namespace

std::string errno_text(int code) {
  return std::strerror(code);
}

FileHandle::~FileHandle() {
  if (fd_ >= 0) ::close(fd_);
}

Expected<Bytes> read_whole(const fs::path& path, std::size_t max) {
  FileHandle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (handle.get() < 0) return storage_error("cannot read", path, errno);
  Bytes bytes;
  std::uint8_t buffer[65536];
  while (true) {
    ssize_t n = ::read(handle.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return storage_error("cannot read", path, errno);
    if (n == 0) return bytes;
    if (bytes.size() + static_cast<std::size_t>(n) > max) {
      return fail(ErrorCode::Storage, path.string() + " is larger than it can be");
    }
    bytes.insert(bytes.end(), buffer, buffer + n);
  }
}

FileReader::FileReader(fs::path path)
    : path_(std::move(path)), file_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {}

Expected<Bytes> FileReader::read(std::uint64_t offset, std::size_t size) const {
  Bytes bytes(size);
  std::size_t done = 0;
  while (done < size) {
    ssize_t n =
        pread(file_.get(), bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return storage_error("cannot read", path_, n < 0 ? errno : EIO);
    done += static_cast<std::size_t>(n);
  }
  return bytes;
}

Expected<void> write_atomically(const fs::path& path, View bytes, unsigned mode) {
  // A name of our own: another process may be writing the same file.
  fs::path temporary = path;
  temporary += "." + std::to_string(::getpid()) + ".part";
  {
    FileHandle handle(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (handle.get() < 0) return storage_error("cannot write", path, errno);
    if (auto written = write_all(handle.get(), bytes, 0, path); !written) return written;
    if (fsync(handle.get()) != 0) return storage_error("cannot sync", path, errno);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    return storage_error("cannot write", path, errno);
  }
  sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
  return {};
}

Expected<ShowMeta> read_meta(const fs::path& folder) {
  using namespace ledger::bencode;
  auto bytes = read_whole(folder / kStateFolder / "show", kMetaMax);
  if (!bytes) return tl::make_unexpected(bytes.error());
  auto value = decode(as_text(*bytes));
  const Dict* dict = value ? value->dict() : nullptr;
  const String* descriptor = dict ? find_string(*dict, "descriptor") : nullptr;
  const String* role = dict ? find_string(*dict, "role") : nullptr;
  if (!descriptor || !role) {
    return fail(ErrorCode::Storage, folder.string() + " does not hold a show that can be read");
  }
  auto decoded = ledger::decode_descriptor(as_view(*descriptor), ledger::system_crypto());
  if (!decoded) return tl::make_unexpected(decoded.error());
  ShowMeta meta{std::move(*decoded), *role == "publisher", {}};
  auto trackers = dict->find("trackers");
  if (trackers != dict->end()) {
    if (const auto* list = std::get_if<List>(&trackers->second.data)) {
      for (const auto& item : *list) {
        if (item.string()) meta.trackers.push_back(*item.string());
      }
    }
  }
  return meta;
}

Expected<std::unique_ptr<ShowFiles>> ShowFiles::open(const fs::path& folder,
                                                     const std::optional<ShowMeta>& fresh,
                                                     const SecretSeed* secret) {
  fs::path state = folder / kStateFolder;
  std::error_code error;
  fs::create_directories(state, error);
  if (error) return storage_error("cannot create", state, error.value());
  std::unique_ptr<ShowFiles> files(new ShowFiles);
  files->folder_ = folder;
  fs::path lock = state / "lock";
  files->lock_ = FileHandle(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (files->lock_.get() < 0) return storage_error("cannot create", lock, errno);
  if (flock(files->lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::Locked,
                "another Freshet has this show open (" + folder.string() + "); stop it first");
  }
  bool known = fs::exists(state / "show");
  if (!known && !fresh) {
    return fail(ErrorCode::Storage, folder.string() + " does not hold a show");
  }
  // It begins with a checkpoint, so an empty one is not ours either.
  auto size = fs::file_size(state / "journal", error);
  files->journal_lost_ = known && (error || size == 0);
  fs::path journal = state / "journal";
  files->journal_ =
      FileHandle(::open(journal.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (files->journal_.get() < 0) return storage_error("cannot open", journal, errno);
  if (known) {
    auto meta = read_meta(folder);
    if (!meta) return tl::make_unexpected(meta.error());
    files->meta_ = std::move(*meta);
  } else if (auto made = files->make(*fresh, secret); !made) {
    return tl::make_unexpected(made.error());
  }
  fs::path file = files->file();
  files->data_ = FileHandle(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (files->data_.get() < 0) return storage_error("cannot open", file, errno);
  for (const fs::path& path : {state, folder, folder.parent_path()}) sync_folder(path);
  return files;
}

// The description comes last: a show that is known here has its key and its journal.
Expected<void> ShowFiles::make(const ShowMeta& meta, const SecretSeed* secret) {
  meta_ = meta;
  if (secret) {
    fs::path path = folder_ / kStateFolder / "show.key";
    if (auto done = write_atomically(path, secret->view(), 0600); !done) return done;
  }
  if (auto done = append(JournalKind::Checkpoint, as_view(boot_id())); !done) return done;
  if (auto done = sync_journal(); !done) return done;
  return write_atomically(folder_ / kStateFolder / "show", encode_meta(meta));
}

Replayed replay(const ledger::Descriptor& descriptor, View journal, const fs::path& folder) {
  Replayed result;
  Recovered& state = result.state;
  state.ledger = std::make_unique<ledger::Ledger>(
      descriptor, ledger::system_crypto(), std::make_unique<MappedArena>(folder / kStateFolder));
  state.journal_size = ledger::scan_journal(journal, [&](JournalKind kind, View payload) {
    return replay_frame(kind, payload, descriptor, result);
  });
  if (state.blocks.has(state.tail_block) || result.tail_length >= kBlockSize) {
    result.tail_length = 0;
  }
  return result;
}

Expected<Recovered> ShowFiles::recover() {
  fs::path path = folder_ / kStateFolder / "journal";
  auto journal = MappedFile::open(path);
  if (!journal) return tl::make_unexpected(journal.error());
  Replayed replayed = replay(meta_.descriptor, journal->view(), folder_);
  Recovered& state = replayed.state;
  state.journal_lost = journal_lost_;
  if (state.journal_size < journal->view().size() &&
      ftruncate(journal_.get(), static_cast<off_t>(state.journal_size)) != 0) {
    return storage_error("cannot cut", path, errno);
  }
  struct stat status {};
  (void)fstat(data_.get(), &status);
  auto file_size = static_cast<std::uint64_t>(status.st_size);
  drop_beyond(file_size, state);
  recheck(state, replayed.unsynced);
  const auto& head = state.ledger->head();
  if (meta_.publisher && head && file_size > head->size) {
    // What was written but never announced does not belong to the show.
    if (auto cut = truncate(head->size); !cut) return tl::make_unexpected(cut.error());
  }
  if (replayed.tail_length > 0) {
    auto tail = read(std::uint64_t{state.tail_block} * kBlockSize, replayed.tail_length);
    // Of an older head's tail nothing can be checked alone; the block's leaf will judge it.
    bool current = head && state.tail_block == head->complete_blocks() &&
                   replayed.tail_length == head->tail_bytes();
    if (tail && (!current || state.ledger->check_block(state.tail_block, *tail))) {
      state.tail = std::move(*tail);
    }
  }
  return std::move(state);
}

// Somebody cut or removed the recording: what is not there any more is fetched again.
void ShowFiles::drop_beyond(std::uint64_t file_size, Recovered& recovered) {
  std::uint32_t left = recovered.blocks.count();
  for (std::uint32_t block = 0; left > 0; ++block) {
    if (!recovered.blocks.has(block)) continue;
    --left;
    if ((std::uint64_t{block} + 1) * kBlockSize <= file_size) continue;
    recovered.blocks.remove(block);
    (void)append(JournalKind::Lost, ledger::encode_blocks(block, 1));
  }
}

void ShowFiles::recheck(Recovered& recovered, const live::BlockSet& unsynced) {
  // The same boot: the kernel still has every byte that was written, synced or not.
  auto last = read_whole(folder_ / kStateFolder / "boot", 64);
  if (last && as_text(*last) == boot_id()) return;
  FileReader file(this->file());
  std::uint32_t left = unsynced.count();
  for (std::uint32_t block = 0; left > 0; ++block) {
    if (!unsynced.has(block)) continue;
    --left;
    auto bytes = file.read(std::uint64_t{block} * kBlockSize, kBlockSize);
    if (bytes && recovered.ledger->check_block(block, *bytes)) continue;
    recovered.blocks.remove(block);
    (void)append(JournalKind::Lost, ledger::encode_blocks(block, 1));
  }
}

Expected<void> ShowFiles::write(std::uint64_t offset, View bytes) {
  return write_all(data_.get(), bytes, offset, file());
}

Expected<void> ShowFiles::sync_data() {
  if (fdatasync(data_.get()) != 0) return storage_error("cannot sync", file(), errno);
  return {};
}

Expected<void> ShowFiles::append(JournalKind kind, View payload) {
  Bytes frame = ledger::journal_frame(kind, payload);
  return write_all(journal_.get(), frame, std::nullopt, folder_ / kStateFolder / "journal");
}

Expected<void> ShowFiles::sync_journal() {
  if (fdatasync(journal_.get()) != 0) {
    return storage_error("cannot sync", folder_ / kStateFolder / "journal", errno);
  }
  return {};
}

Expected<void> ShowFiles::checkpoint() {
  if (auto done = sync_data(); !done) return done;
  std::string boot = boot_id();
  if (auto done = append(JournalKind::Checkpoint, as_view(boot)); !done) return done;
  if (auto done = sync_journal(); !done) return done;
  return write_atomically(folder_ / kStateFolder / "boot", as_view(boot));
}

Expected<void> ShowFiles::truncate(std::uint64_t size) {
  if (ftruncate(data_.get(), static_cast<off_t>(size)) != 0) {
    return storage_error("cannot cut", file(), errno);
  }
  return {};
}

std::optional<SecretSeed> ShowFiles::load_secret() const {
  auto bytes = read_whole(folder_ / kStateFolder / "show.key", 64);
  return bytes ? SecretSeed::from(*bytes) : std::nullopt;
}

void ShowFiles::erase_secret() {
  fs::path path = folder_ / kStateFolder / "show.key";
  if (!fs::exists(path)) return;
  FileHandle handle(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (handle.get() >= 0) {
    (void)write_all(handle.get(), Bytes(SecretSeed::kSize), 0, path);
    (void)fsync(handle.get());
  }
  std::error_code ignored;
  fs::remove(path, ignored);
}

}  // namespace freshet::engine
