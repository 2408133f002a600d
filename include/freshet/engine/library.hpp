// SPDX-License-Identifier: GPL-3.0-or-later
// The shows that are kept in a data directory, without a session: reading, listing, removing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "freshet/base/error.hpp"
#include "freshet/ledger/descriptor.hpp"

namespace freshet::engine {

struct ShowSummary {
  std::filesystem::path folder;
  std::filesystem::path file;
  ledger::Descriptor descriptor;
  Hash20 info_hash;  // of the live swarm
  Hash32 id;
  std::optional<Hash32> follow_up;  // id of the show that goes on from here
  bool publisher = false;
  bool ended = false;
  std::uint64_t size = 0;       // of the newest head
  std::uint64_t have = 0;       // verified bytes in the file
  Hash32 root;                  // of the newest head; zero before the first
  std::string final_info_hash;  // hex; empty before the end
  std::string sha256;           // signed; empty before the end
  std::vector<std::string> trackers;
};

// The folder under `data_dir` where the show lives or will live.
[[nodiscard]] std::filesystem::path show_folder(const std::filesystem::path& data_dir,
                                                const ledger::Descriptor& descriptor);
// The same for a viewer: a folder of its own while the show is being published from this very data
// directory, so that one can watch what one broadcasts.
[[nodiscard]] std::filesystem::path viewer_folder(const std::filesystem::path& data_dir,
                                                  const ledger::Descriptor& descriptor);
// What a folder holds; nothing when it is not a show's.
[[nodiscard]] Expected<ShowSummary> inspect(const std::filesystem::path& folder);
// Reads the whole recording and returns how many of its bytes are what the publisher signed.
[[nodiscard]] Expected<std::uint64_t> verify(const std::filesystem::path& folder);
[[nodiscard]] std::vector<ShowSummary> list_shows(const std::filesystem::path& data_dir);
// Removes the recording and all that is known of it. Fails while another process has it open.
[[nodiscard]] Expected<void> remove_show(const std::filesystem::path& folder);
// The port that a show listened on last; 0: none yet.
[[nodiscard]] std::uint16_t kept_port(const std::filesystem::path& folder);
void keep_port(const std::filesystem::path& folder, std::uint16_t port);

}  // namespace freshet::engine
