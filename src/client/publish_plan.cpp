// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "freshet/base/text.hpp"
#include "freshet/client/broadcast.hpp"

namespace freshet::client {
namespace {

namespace fs = std::filesystem;

// Which part of `base` is called `name`; 0: none.
unsigned part_of(const std::string& name, const std::string& base) {
  if (name == base) return 1;
  std::string stem = fs::path(base).stem().string() + " (";
  std::string tail = ")" + fs::path(base).extension().string();
  if (name.size() <= stem.size() + tail.size() || !name.starts_with(stem) ||
      !name.ends_with(tail)) {
    return 0;
  }
  std::string_view digits(name.data() + stem.size(), name.size() - stem.size() - tail.size());
  unsigned part = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), part);
  bool whole = error == std::errc{} && end == digits.data() + digits.size();
  return whole && part >= 2 ? part : 0;
}

// The earliest unfinished part of the broadcast, and what came before it.
void find_unfinished(PublishPlan& plan, const fs::path& data_dir, const std::string& name) {
  auto shows = engine::list_shows(data_dir);
  for (const auto& show : shows) {
    unsigned part = part_of(show.descriptor.name, name);
    if (part == 0 || !show.publisher || show.ended) continue;
    if (show.descriptor.channel_key != plan.channel.public_key()) continue;
    if (plan.unfinished && part >= plan.part) continue;
    // A later part that no earlier one got to name is nobody's.
    bool named = part == 1 || std::ranges::any_of(shows, [&](const auto& other) {
                   return other.publisher && other.follow_up == show.id;
                 });
    if (!named) continue;
    plan.unfinished = show;
    plan.part = part;
  }
  if (!plan.unfinished) return;
  Hash32 id = plan.unfinished->id;
  for (std::size_t steps = 0; steps < shows.size(); ++steps) {
    auto before = std::ranges::find_if(
        shows, [&](const auto& show) { return show.publisher && show.follow_up == id; });
    if (before == shows.end()) break;
    plan.earlier.insert(plan.earlier.begin(), *before);
    id = before->id;
  }
}

}  // namespace

std::string part_name(const std::string& name, unsigned part) {
  if (part <= 1) return name;
  fs::path path(name);
  std::string tail = fmt::format(" ({}){}", part, path.extension().string());
  std::string stem = path.stem().string();
  constexpr std::size_t kNameMax = 200;  // bytes; see Descriptor
  if (stem.size() + tail.size() > kNameMax) stem = stem.substr(0, kNameMax - tail.size());
  return safe_file_name(stem + tail);
}

fs::path part_path(fs::path path, unsigned part) {
  if (!path.empty()) path.replace_filename(part_name(path.filename().string(), part));
  return path;
}

Expected<PublishPlan> plan_publish(const NetworkOptions& network, const PublishOptions& options) {
  fs::path key_file =
      options.key_file.empty() ? network.data_dir / "identity.key" : options.key_file;
  auto channel = load_key(key_file, true);
  if (!channel) return tl::make_unexpected(channel.error());
  PublishPlan plan{.channel = std::move(*channel)};
  std::string name = safe_file_name(options.name);
  if (!options.fresh) find_unfinished(plan, network.data_dir, name);
  if (plan.unfinished) {
    plan.descriptor = plan.unfinished->descriptor;
    plan.folder = plan.unfinished->folder;
    return plan;
  }
  auto show_key = ledger::KeyPair::generate();
  ledger::Descriptor& d = plan.descriptor;
  d.name = name;
  d.piece_length = options.piece_length ? options.piece_length
                                        : ledger::default_piece_length(options.bytes_per_second);
  d.capacity = options.capacity;
  d.show_key = show_key.public_key();
  d.final_kind = options.final_kind;
  d.media_type = options.media_type;
  d.planned_start = options.planned_start;
  d.finalise_after = options.finalise_after;
  ledger::fill_random(d.salt);
  ledger::certify(d, plan.channel);
  auto checked = ledger::decode_descriptor(as_view(ledger::encode(d)), ledger::system_crypto());
  if (!checked) return fail(ErrorCode::Usage, checked.error().message);
  plan.show_key = show_key.seed();
  plan.folder = engine::show_folder(network.data_dir, d);
  return plan;
}

}  // namespace freshet::client
