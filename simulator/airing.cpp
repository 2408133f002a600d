// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/airing.hpp"

#include <algorithm>

#include "freshet/ledger/aux_record.hpp"

namespace freshet::sim {
namespace {

using namespace std::chrono_literals;

ledger::KeyPair key_of(std::uint8_t fill) {
  SecretSeed seed;
  seed.bytes.fill(fill);
  return ledger::KeyPair::from_seed(seed);
}

ledger::Descriptor make_descriptor(const Scenario& scenario) {
  ledger::Descriptor d;
  d.name = "show.ts";
  d.piece_length = 64 * 1024;
  double pieces = scenario.rate * (scenario.seconds + 60) / d.piece_length;
  d.capacity = std::max(64U, static_cast<std::uint32_t>(pieces) + 8);
  d.media_type = "video/mp2t";
  d.show_key = key_of(2).public_key();
  d.salt.fill(7);
  ledger::certify(d, key_of(1));
  return d;
}

}  // namespace

Airing::Airing(const Scenario& scenario, std::uint64_t seed, const ledger::Crypto& crypto)
    : scenario_(scenario),
      random_(seed ^ 0xA121),
      descriptor_(make_descriptor(scenario)),
      ledger_(std::make_unique<ledger::Ledger>(descriptor_, crypto)),
      author_(std::make_unique<ledger::Author>(*ledger_, key_of(2))) {
  // As the engine's publisher does: heads take about 1 % of the stream.
  double seconds = std::clamp(250 / (scenario.rate * 0.01), 0.1, 0.4);
  interval_ = Duration(static_cast<std::int64_t>(seconds * 1e6));
}

void Airing::publish(live::Node& publisher, Instant now) {
  double seconds = std::min(scenario_.seconds, static_cast<double>(now.count()) / 1e6);
  auto target = static_cast<std::uint64_t>(seconds * scenario_.rate);
  Bytes fresh(target - std::min(target, author_->appended()));
  for (std::size_t i = 0; i < fresh.size(); i += 8) {
    std::uint64_t value = random_.next();
    for (std::size_t k = i; k < std::min(i + 8, fresh.size()); ++k, value >>= 8) {
      fresh[k] = static_cast<std::uint8_t>(value);
    }
  }
  View left = fresh;
  while (!left.empty()) left = left.subspan(author_->append(left));
  rest_.insert(rest_.end(), fresh.begin(), fresh.end());
  WallMs wall = kWallZero + static_cast<WallMs>(now.count() / 1000);
  bool end = scenario_.ends && seconds >= scenario_.seconds;
  over_ = seconds >= scenario_.seconds;
  std::uint64_t covered = end ? author_->appended() : author_->complete_size();
  if (last_mark_ == Instant::min() || now - last_mark_ >= 900ms) {
    std::uint64_t size = last_mark_ == Instant::min() ? 0 : covered;
    (void)author_->add_record(ledger::encode(ledger::TimeMark{wall, size, false}));
    last_mark_ = now;
  }
  std::uint64_t before = ledger_->size();
  auto update = end ? author_->end(wall) : author_->cut(wall, false);
  Bytes chunk(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(covered - before));
  rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(covered - before));
  for (std::size_t at = 0; at + kBlockSize <= chunk.size(); at += kBlockSize) {
    auto from = chunk.begin() + static_cast<std::ptrdiff_t>(at);
    blocks_.emplace_back(Bytes(from, from + kBlockSize));
    published_.push_back(now);
  }
  if (end) ended_at_ = now;
  publisher.publish(update, chunk, now);
}

}  // namespace freshet::sim
