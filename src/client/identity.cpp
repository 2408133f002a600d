// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "freshet/base/text.hpp"
#include "freshet/client/client.hpp"
#include "freshet/engine/files.hpp"
#include "freshet/ledger/bencode.hpp"

namespace freshet::client {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTorrentMax = 64 * 1024 * 1024;

}  // namespace

fs::path default_data_dir() {
  const char* xdg = std::getenv("XDG_DATA_HOME");
  if (xdg && *xdg) return fs::path(xdg) / "freshet";
  const char* home = std::getenv("HOME");
  return fs::path(home && *home ? home : ".") / ".local" / "share" / "freshet";
}

Expected<ledger::KeyPair> load_key(const fs::path& path, bool create) {
  std::error_code error;
  if (!fs::exists(path, error) && create) {
    auto key = ledger::KeyPair::generate();
    if (auto saved = save_key(path, key); !saved) return tl::make_unexpected(saved.error());
    return key;
  }
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  char text[256];
  ssize_t size = fd < 0 ? -1 : ::read(fd, text, sizeof text);
  int code = errno;
  if (fd >= 0) ::close(fd);
  if (size < 0) {
    return fail(ErrorCode::Usage, "cannot read the key file " + path.string() + ": " +
                                      std::strerror(code) +
                                      "; make one with 'freshet-cli key new'");
  }
  const char* passphrase = std::getenv("FRESHET_PASSPHRASE");
  auto key = ledger::KeyPair::from_text({text, static_cast<std::size_t>(size)},
                                        passphrase ? passphrase : "");
  if (!key) {
    return fail(ErrorCode::Usage, path.string() +
                                      " cannot be used as a key file: " + key.error().message +
                                      "; make one with 'freshet-cli key new'");
  }
  return key;
}

Expected<void> save_key(const fs::path& path, const ledger::KeyPair& key) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  return engine::write_atomically(path, as_view(key.to_text()), 0600);
}

Expected<void> write_file(const fs::path& path, const std::string& text) {
  return engine::write_atomically(path, as_view(text));
}

Expected<void> write_secret(const fs::path& path, const std::string& text) {
  return engine::write_atomically(path, as_view(text), 0600);
}

Expected<ledger::Link> parse_link(const std::string& text) {
  return ledger::parse_link(text, ledger::system_crypto());
}

ledger::Link bare_link(const ledger::Descriptor& descriptor) {
  return {descriptor, ledger::live_info_hash(descriptor, ledger::system_crypto()), {}, {}};
}

Expected<TorrentFacts> read_torrent(const fs::path& path) {
  auto bad = [&](const char* why) {
    return fail(ErrorCode::Link, path.string() + " is not a torrent that can be read: " + why);
  };
  std::ifstream in(path, std::ios::binary);
  if (!in) return bad(std::strerror(errno));
  std::string text((std::istreambuf_iterator<char>(in)), {});
  if (text.size() > kTorrentMax) return bad("it is too large");
  auto value = ledger::bencode::decode(text);
  const auto* file = value ? value->dict() : nullptr;
  const auto* info = file ? ledger::bencode::find_dict(*file, "info") : nullptr;
  const auto* name = info ? ledger::bencode::find_string(*info, "name") : nullptr;
  const auto* length = info ? ledger::bencode::find_integer(*info, "length") : nullptr;
  const auto* piece = info ? ledger::bencode::find_integer(*info, "piece length") : nullptr;
  if (!name || !length || !piece) return bad("it is not the torrent of a single file");
  TorrentFacts facts;
  facts.name = safe_file_name(*name);
  facts.size = static_cast<std::uint64_t>(*length);
  facts.piece_length = static_cast<std::uint64_t>(*piece);
  std::string encoded = ledger::bencode::encode(ledger::bencode::Dict(*info));
  const auto& crypto = ledger::system_crypto();
  facts.info_hash = to_hex(crypto.sha1(as_view(encoded)).view());
  if (info->contains("meta version")) {
    facts.info_hash_v2 = to_hex(crypto.sha256(as_view(encoded)).view());
  }
  return facts;
}

}  // namespace freshet::client
