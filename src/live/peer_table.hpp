// SPDX-License-Identifier: GPL-3.0-or-later
// All peers by their id. Every message goes through all of them several times: they are found by
// an array, not by walking from one to the next, and stay where they are until they go.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "freshet/base/check.hpp"
#include "live/peer.hpp"

namespace freshet::live {

class PeerTable {
 public:
  using Entry = std::pair<const PeerId, Peer>;

  template <class E>
  class Iterator {
   public:
    using value_type = E;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    explicit Iterator(const std::unique_ptr<Entry>* at) : at_(at) {}
    E& operator*() const { return **at_; }
    E* operator->() const { return at_->get(); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    bool operator==(const Iterator&) const = default;

   private:
    const std::unique_ptr<Entry>* at_ = nullptr;
  };

  [[nodiscard]] auto begin() { return Iterator<Entry>(entries_.data()); }
  [[nodiscard]] auto end() { return Iterator<Entry>(entries_.data() + entries_.size()); }
  [[nodiscard]] auto begin() const { return Iterator<const Entry>(entries_.data()); }
  [[nodiscard]] auto end() const {
    return Iterator<const Entry>(entries_.data() + entries_.size());
  }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  // Null: it is not there.
  [[nodiscard]] Peer* find(PeerId id) {
    std::size_t at = place(id);
    return holds(at, id) ? &entries_[at]->second : nullptr;
  }
  [[nodiscard]] Peer& at(PeerId id) {
    Peer* peer = find(id);
    FRESHET_ASSERT(peer);
    return *peer;
  }
  // The one there, or a new one.
  Peer& operator[](PeerId id) {
    if (Peer* peer = find(id)) return *peer;
    auto at = static_cast<std::ptrdiff_t>(place(id));
    ids_.insert(ids_.begin() + at, id);
    return (*entries_.insert(entries_.begin() + at, std::make_unique<Entry>(id, Peer{})))->second;
  }
  // Whether it was there.
  bool erase(PeerId id) {
    std::size_t at = place(id);
    if (!holds(at, id)) return false;
    ids_.erase(ids_.begin() + static_cast<std::ptrdiff_t>(at));
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
    return true;
  }

 private:
  // Where it is, or would be.
  [[nodiscard]] std::size_t place(PeerId id) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(ids_, id) - ids_.begin());
  }
  [[nodiscard]] bool holds(std::size_t at, PeerId id) const {
    return at < ids_.size() && ids_[at] == id;
  }

  std::vector<PeerId> ids_;  // in order; to look one up touches nothing else
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace freshet::live
