// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/engine/library.hpp"

#include <algorithm>
#include <charconv>

#include "engine/mapped_file.hpp"
#include "engine/show_files.hpp"
#include "freshet/ledger/final_torrent.hpp"

namespace freshet::engine {
namespace {

namespace fs = std::filesystem;

}  // namespace

fs::path show_folder(const fs::path& data_dir, const ledger::Descriptor& descriptor) {
  Hash20 hash = ledger::live_info_hash(descriptor, ledger::system_crypto());
  fs::path stem = fs::path(descriptor.name).stem();
  return data_dir / "shows" / (stem.string() + "-" + to_hex(hash.view()).substr(0, 8));
}

fs::path viewer_folder(const fs::path& data_dir, const ledger::Descriptor& descriptor) {
  fs::path folder = show_folder(data_dir, descriptor);
  auto meta = read_meta(folder);
  if (meta && meta->publisher) folder += "-watched";
  return folder;
}

Expected<ShowSummary> inspect(const fs::path& folder) {
  auto meta = read_meta(folder);
  if (!meta) return tl::make_unexpected(meta.error());
  auto journal = MappedFile::open(folder / ".freshet" / "journal");
  Replayed replayed = replay(meta->descriptor, journal ? journal->view() : View{}, folder);
  const Recovered& state = replayed.state;
  ShowSummary summary;
  summary.folder = folder;
  summary.file = folder / meta->descriptor.name;
  summary.descriptor = meta->descriptor;
  summary.info_hash = ledger::live_info_hash(meta->descriptor, ledger::system_crypto());
  summary.publisher = meta->publisher;
  summary.trackers = meta->trackers;
  summary.ended = state.ledger->ended();
  summary.size = state.ledger->size();
  summary.id = state.ledger->id();
  if (state.ledger->head()) {
    summary.root = state.ledger->head()->root;
    summary.follow_up = state.ledger->head()->follow_up;
  }
  // A tail of a head before does not count.
  bool current = state.tail_block == summary.size / kBlockSize;
  std::uint32_t tail = current ? replayed.tail_length : 0;
  std::uint64_t blocks = std::uint64_t{state.blocks.count()} * kBlockSize + tail;
  summary.have = std::min(blocks, summary.size);
  if (summary.ended) {
    const auto& ending = *state.ledger->head()->ending;
    summary.final_info_hash = to_hex(ending.final_v1.view());
    summary.sha256 = to_hex(ending.file_sha256.view());
  }
  return summary;
}

Expected<std::uint64_t> verify(const fs::path& folder) {
  auto meta = read_meta(folder);
  if (!meta) return tl::make_unexpected(meta.error());
  auto journal = MappedFile::open(folder / ".freshet" / "journal");
  if (!journal) return tl::make_unexpected(journal.error());
  Recovered state = replay(meta->descriptor, journal->view(), folder).state;
  FileReader file(folder / meta->descriptor.name);
  std::uint64_t good = 0;
  for (std::uint64_t at = 0; at < state.ledger->size(); at += kBlockSize) {
    std::size_t size = std::min<std::uint64_t>(kBlockSize, state.ledger->size() - at);
    auto bytes = file.read(at, size);
    if (bytes && state.ledger->check_block(static_cast<std::uint32_t>(at / kBlockSize), *bytes)) {
      good += size;
    }
  }
  return good;
}

std::vector<ShowSummary> list_shows(const fs::path& data_dir) {
  std::vector<ShowSummary> shows;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(data_dir / "shows", error)) {
    if (auto summary = inspect(entry.path())) shows.push_back(std::move(*summary));
  }
  std::ranges::sort(shows, {}, &ShowSummary::folder);
  return shows;
}

Expected<void> remove_show(const fs::path& folder) {
  auto meta = read_meta(folder);
  if (!meta) return tl::make_unexpected(meta.error());
  auto files = ShowFiles::open(folder, std::nullopt);
  if (!files) return tl::make_unexpected(files.error());
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) {
    return fail(ErrorCode::Storage, "cannot remove " + folder.string() + ": " + error.message());
  }
  return {};
}

std::uint16_t kept_port(const fs::path& folder) {
  auto bytes = read_whole(folder / ".freshet" / "port", 16);
  std::uint16_t port = 0;
  if (bytes) {
    std::string_view text = as_text(*bytes);
    std::from_chars(text.data(), text.data() + text.size(), port);
  }
  return port;
}

void keep_port(const fs::path& folder, std::uint16_t port) {
  std::error_code error;
  fs::create_directories(folder / ".freshet", error);
  (void)write_atomically(folder / ".freshet" / "port", as_view(std::to_string(port) + "\n"));
}

}  // namespace freshet::engine
