// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dht_items.hpp"

#include <algorithm>
#include <libtorrent/alert_types.hpp>
#include <libtorrent/bdecode.hpp>
#include <libtorrent/bencode.hpp>

#include "freshet/base/log.hpp"

namespace freshet::engine {
namespace {

using namespace std::chrono_literals;

// Nodes forget after two hours, and new ones come: BEP 44 has it put again each hour. A channel
// that changes is worth more, and it is one message to eight nodes.
constexpr auto kPutAgain = 5min;
constexpr auto kPutRetry = 3s;  // nobody took it: the DHT is not up yet
constexpr auto kAskAgain = 15s;
constexpr auto kAskRetry = 3s;  // nothing was ever found

std::array<char, 32> raw(const PublicKey& key) {
  std::array<char, 32> bytes{};
  std::copy(key.bytes.begin(), key.bytes.end(), bytes.begin());
  return bytes;
}

PublicKey key_of(const std::array<char, 32>& bytes) {
  PublicKey key;
  std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
  return key;
}

}  // namespace

DhtItems::DhtItems(lt::session& session, boost::asio::io_context& io)
    : session_(session), io_(io) {}

void DhtItems::later(boost::asio::steady_timer& timer, std::chrono::seconds after,
                     void (DhtItems::*what)(const PublicKey&), const PublicKey& channel) {
  timer.expires_after(after);
  timer.async_wait([weak = weak_from_this(), what, channel](boost::system::error_code error) {
    auto self = weak.lock();
    if (!error && self) (self.get()->*what)(channel);
  });
}

void DhtItems::say(std::shared_ptr<const ledger::KeyPair> key, ledger::ChannelItem item) {
  PublicKey channel = key->public_key();
  Said& said = said_[channel];
  item.seq = std::max(item.seq, said.item.seq + 1);
  said = {std::move(key), std::move(item), std::make_unique<boost::asio::steady_timer>(io_)};
  put(channel);
}

void DhtItems::put(const PublicKey& channel) {
  auto entry = said_.find(channel);
  if (entry == said_.end()) return;
  Said& said = entry->second;
  std::string value = ledger::encode_channel_item(said.item, ledger::system_crypto());
  session_.dht_put_item(
      raw(channel),
      [value, key = said.key, own = said.item.seq](lt::entry& out, std::array<char, 64>& signature,
                                                   std::int64_t& seq, const std::string&) {
        // Another machine with the same key may have said something since: ours is later still.
        std::string there;
        if (out.type() == lt::entry::dictionary_t) lt::bencode(std::back_inserter(there), out);
        if (there != value) seq = std::max(own, seq + 1);
        out = lt::bdecode(value);
        auto signed_by_us = key->sign(as_view(ledger::channel_item_to_sign(value, seq)));
        std::copy(signed_by_us.bytes.begin(), signed_by_us.bytes.end(), signature.begin());
      },
      std::string(ledger::kChannelSalt));
  later(*said.timer, kPutRetry, &DhtItems::put, channel);
}

void DhtItems::follow(const PublicKey& channel, std::int64_t after, Found found) {
  followed_[channel] = {std::move(found), after, std::make_unique<boost::asio::steady_timer>(io_)};
  ask(channel);
}

void DhtItems::forget(const PublicKey& channel) {
  followed_.erase(channel);
}

void DhtItems::ask(const PublicKey& channel) {
  auto entry = followed_.find(channel);
  if (entry == followed_.end()) return;
  Followed& followed = entry->second;
  session_.dht_get_item(raw(channel), std::string(ledger::kChannelSalt));
  later(*followed.timer, followed.after == 0 ? kAskRetry : kAskAgain, &DhtItems::ask, channel);
}

void DhtItems::handle(const lt::alert& alert) {
  if (auto* put_done = lt::alert_cast<lt::dht_put_alert>(&alert)) {
    auto entry = said_.find(key_of(put_done->public_key));
    if (entry == said_.end() || put_done->num_success == 0) return;
    return later(*entry->second.timer, kPutAgain, &DhtItems::put, entry->first);
  }
  auto* item = lt::alert_cast<lt::dht_mutable_item_alert>(&alert);
  if (!item || item->salt != ledger::kChannelSalt) return;
  auto entry = followed_.find(key_of(item->key));
  if (entry == followed_.end() || item->seq <= entry->second.after) return;
  if (item->item.type() == lt::entry::undefined_t) return;
  std::string value;
  lt::bencode(std::back_inserter(value), item->item);
  const ledger::Crypto& crypto = ledger::system_crypto();
  auto text = ledger::channel_item_to_sign(value, item->seq);
  Signature signature;
  std::copy(item->signature.begin(), item->signature.end(), signature.bytes.begin());
  if (!crypto.verify(entry->first, as_view(text), signature)) return;
  auto decoded = ledger::decode_channel_item(value, entry->first, item->seq, crypto);
  if (!decoded) {
    log::info("channel: {}", decoded.error().message);
    return;
  }
  entry->second.after = item->seq;
  entry->second.found(std::move(*decoded));
}

}  // namespace freshet::engine
