// SPDX-License-Identifier: GPL-3.0-or-later
// The simulated swarm: the live nodes that ship, on modelled links, with faults.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "freshet/live/node.hpp"
#include "simulator/airing.hpp"
#include "simulator/event_queue.hpp"
#include "simulator/measure.hpp"
#include "simulator/memo_crypto.hpp"
#include "simulator/network.hpp"

namespace freshet::sim {

class Swarm {
 public:
  Swarm(const Scenario& scenario, std::uint64_t seed);
  ~Swarm();
  // `progress` hears the simulated second, once for each.
  void run(const std::function<void(double)>& progress);
  [[nodiscard]] const Measurements& measurements() const { return measured_; }
  [[nodiscard]] std::map<std::string, double> figures() const;

 private:
  enum class Role : std::uint8_t { Publisher, Viewer, FreeRider, Polluter, Liar };
  struct Neighbour {
    NodeId id = 0;
    std::uint32_t flow = 0;       // towards it
    std::size_t outstanding = 0;  // bytes of blocks that have not reached it
  };
  struct Came {
    Instant published;
    double delay;  // ms
  };
  struct Peer {
    Role role = Role::Viewer;
    bool here = false;
    bool early = false;     // there before the crowd or the catastrophe
    bool eclipsed = false;  // it meets only liars and one honest peer
    Host host;
    std::unique_ptr<ledger::Ledger> own_ledger;
    std::unique_ptr<live::Node> node;
    std::vector<Neighbour> neighbours;
    std::vector<NodeId> banned;
    std::unordered_set<std::uint32_t> pulled;  // blocks that it asked for by name
    std::vector<Trail> trails;                 // of its newest blocks, a ring
    std::vector<bool> in_time;                 // by block
    std::vector<Came> came;                    // blocks that do not count if it leaves now
    std::uint32_t output_block = 0;
    Instant joined{}, first_block{}, left{};
    Instant got_tail{}, got_all{};
    Instant last_lookup{};
    std::vector<std::uint32_t> wanted;      // pieces for the bulk engine
    Instant all_wanted_at{};                // after the end: the rest is an ordinary download
    std::map<std::uint32_t, Instant> bulk;  // blocks of them that are on their way, since
    Instant wake{};                         // planned
    live::NodeStats before;                 // of before anything counted
  };
  struct Parcel {
    NodeId from = 0, to = 0;
    std::shared_ptr<const wire::Message> message;
    std::uint32_t size = 0;
    bool bulk = false;
    Trail trail;
    Way way;
  };

  // swarm.cpp
  void plan_arrivals();
  void handle(const Event& event);
  void join(NodeId id);
  void leave(NodeId id);
  void look_for_neighbours(NodeId id, bool first);
  [[nodiscard]] bool may_connect(NodeId a, NodeId b) const;
  void meet(NodeId caller, NodeId other);
  void connected(NodeId a, NodeId b, bool met);
  void disconnect(NodeId a, NodeId b);
  void fault();
  void begin_counting();
  void second();
  NodeId add_peer(Role role, Instant at);
  [[nodiscard]] Role draw_role();
  [[nodiscard]] Instant measured_end() const;
  [[nodiscard]] Neighbour* find(NodeId of, NodeId other);
  [[nodiscard]] bool counted(const Peer& peer, Instant published) const;

  // traffic.cpp
  void carry_out(NodeId id);
  struct Executor;
  void send(NodeId from, NodeId to, std::shared_ptr<const wire::Message> message);
  [[nodiscard]] std::uint32_t size_of(const std::shared_ptr<const wire::Message>& message);
  void launch(NodeId from, NodeId to, Neighbour& neighbour,
              std::shared_ptr<const wire::Message> message, bool bulk);
  void arrived(std::uint32_t parcel);
  void delivered(std::uint32_t parcel);
  void acked(NodeId from, NodeId to, std::uint32_t bytes);
  void verified(NodeId id, std::uint32_t block, View bytes);
  [[nodiscard]] Published& published_in(Instant at);
  void count_by_publication(Peer& peer, Instant until);
  void account_for(Peer& peer);
  void look_at_end(Peer& peer);

  // bulk.cpp
  [[nodiscard]] std::optional<std::uint32_t> next_bulk(Peer& peer);
  [[nodiscard]] std::optional<NodeId> bulk_source(NodeId id, std::uint32_t block);
  void fetch_bulk(NodeId id);
  void want_all(NodeId id);
  void send_bulk(NodeId from, NodeId to, std::uint32_t block);
  void bulk_arrived(NodeId id, const wire::BlockMessage& message);

  const Scenario scenario_;
  Random random_;
  MemoCrypto crypto_;
  Airing airing_;
  EventQueue events_;
  std::vector<Peer> peers_;
  std::vector<NodeId> present_;  // viewers
  std::vector<Flow> flows_;
  std::vector<std::uint32_t> free_flows_;
  std::vector<Parcel> parcels_;
  std::vector<std::uint32_t> free_parcels_;
  std::shared_ptr<const wire::Message> sized_;  // of which size_ is the size
  std::uint32_t size_ = 0;
  Measurements measured_;
  double carried_before_ = 0, publisher_before_ = 0;
  bool stopped_ = false;
};

}  // namespace freshet::sim
