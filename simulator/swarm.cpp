// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/swarm.hpp"

#include <algorithm>

namespace freshet::sim {
namespace {

using namespace std::chrono_literals;

constexpr Duration kTick = 100ms;
constexpr Duration kSettle = 5s;  // a viewer counts from so long after it joined
constexpr Duration kInTime = 3s;
constexpr Duration kAfterEnd = 12s;  // how long the tail may take
constexpr Duration kLookupEvery = 2s;
constexpr std::size_t kLiarsAround = 49;    // whoever is eclipsed
constexpr std::size_t kNamesPerWanted = 4;  // that a tracker tells
constexpr std::size_t kOfPublisher = 200;   // connections: libtorrent's default

Duration seconds(double s) {
  return Duration(static_cast<std::int64_t>(s * 1e6));
}

}  // namespace

Swarm::Swarm(const Scenario& scenario, std::uint64_t seed)
    : scenario_(scenario), random_(seed), airing_(scenario_, seed, crypto_) {
  NodeId publisher = add_peer(Role::Publisher, 0s);
  peers_[publisher].here = true;
  plan_arrivals();
  events_.plan(airing_.head_interval(), Event::Kind::Publish);
  events_.plan(1s, Event::Kind::Second);
  if (scenario_.vanish_at > 0) events_.plan(seconds(scenario_.vanish_at), Event::Kind::Fault);
}

Swarm::~Swarm() = default;

Swarm::Role Swarm::draw_role() {
  double at = random_.unit();
  if ((at -= scenario_.free_riders) < 0) return Role::FreeRider;
  if ((at -= scenario_.polluters) < 0) return Role::Polluter;
  if ((at -= scenario_.liars) < 0) return Role::Liar;
  return Role::Viewer;
}

void Swarm::plan_arrivals() {
  for (std::uint32_t i = 0; i < scenario_.peers; ++i) {
    bool early = i < scenario_.early || scenario_.arrive_at == 0;
    double at = early && scenario_.early > 0
                    ? random_.between(0, 2)
                    : scenario_.arrive_at + random_.between(0, scenario_.arrive_over);
    Role role = scenario_.eclipse && i > 0 && i <= kLiarsAround ? Role::Liar : draw_role();
    bool last = scenario_.eclipse && i + 1 == scenario_.peers;
    NodeId id = add_peer(last ? Role::Viewer : role, seconds(last ? at + 5 : at));
    peers_[id].early = i < scenario_.early;
    peers_[id].eclipsed = last;
  }
  // Replaced one by one, evenly over the show.
  double replaced = scenario_.churn_per_minute * scenario_.peers * scenario_.seconds / 60;
  for (int i = 0; i < static_cast<int>(replaced); ++i) {
    Instant at = seconds(random_.between(scenario_.arrive_over + 1, scenario_.seconds));
    events_.plan(at, Event::Kind::Leave, UINT32_MAX);
    add_peer(draw_role(), at);
  }
}

NodeId Swarm::add_peer(Role role, Instant at) {
  auto id = static_cast<NodeId>(peers_.size());
  Peer& peer = peers_.emplace_back();
  peer.role = role;
  double ratio = scenario_.publisher_uplink;
  double draw = random_.unit();
  if (role != Role::Publisher) {
    for (const UplinkClass& c : scenario_.uplinks) {
      ratio = c.ratio;
      if ((draw -= c.share) < 0) break;
    }
  }
  peer.host.up.rate = ratio * scenario_.rate;
  peer.host.down.rate = std::max(ratio, scenario_.downlink) * scenario_.rate;
  // A path's delay and loss are the sum of both ends' parts.
  peer.host.delay_ms = random_.between(scenario_.delay_ms.low, scenario_.delay_ms.high) / 2;
  peer.host.loss = random_.between(scenario_.loss.low, scenario_.loss.high) / 2;
  peer.host.reachable = role == Role::Publisher || !random_.chance(scenario_.unreachable);
  live::NodeConfig config;
  config.publisher = role == Role::Publisher;
  config.start.kind = live::StartPoint::Kind::Edge;
  config.seed = random_.next();
  config.places_max = 32;
  config.bundles = scenario_.bundles;
  if (role == Role::Publisher) {
    peer.node = std::make_unique<live::Node>(airing_.ledger(), config);
  } else {
    peer.joined = at;
    events_.plan(at, Event::Kind::Join, id);
  }
  events_.plan(at + Duration(random_.below(100'000)), Event::Kind::Tick, id);
  return id;
}

Instant Swarm::measured_end() const {
  return seconds(scenario_.seconds) - kInTime;
}

void Swarm::run(const std::function<void(double)>& progress) {
  Instant until = seconds(scenario_.seconds) + (scenario_.ends ? kAfterEnd : Duration(3s));
  int second = 0;
  while (!events_.empty()) {
    Event event = events_.next();
    if (event.at > until) break;
    for (; event.at.count() / 1'000'000 > second; ++second) progress(second);
    handle(event);
  }
  stopped_ = true;
  for (Peer& peer : peers_) {
    if (peer.here) account_for(peer);
  }
}

void Swarm::handle(const Event& event) {
  switch (event.kind) {
    case Event::Kind::Publish:
      airing_.publish(*peers_[0].node, events_.now());
      carry_out(0);
      if (!airing_.over()) {
        events_.plan(events_.now() + airing_.head_interval(), Event::Kind::Publish);
      }
      break;
    case Event::Kind::Tick:
      if (Peer& peer = peers_[event.a]; peer.here) {
        peer.node->tick(events_.now());
        carry_out(event.a);
        look_for_neighbours(event.a, false);
        fetch_bulk(event.a);
        events_.plan(events_.now() + kTick, Event::Kind::Tick, event.a);
      }
      break;
    case Event::Kind::Wake:
      if (Peer& peer = peers_[event.a]; peer.here && peer.wake == events_.now()) {
        peer.wake = {};
        peer.node->send_due(events_.now());
        carry_out(event.a);
      }
      break;
    case Event::Kind::Join:
      join(event.a);
      break;
    case Event::Kind::Leave:
      if (!present_.empty()) {
        leave(event.a == UINT32_MAX
                  ? present_[random_.below(static_cast<std::uint32_t>(present_.size()))]
                  : event.a);
      }
      break;
    case Event::Kind::Connected:
      connected(event.a, event.b, event.parcel != 0);
      break;
    case Event::Kind::Arrived:
      arrived(event.parcel);
      break;
    case Event::Kind::Delivered:
      delivered(event.parcel);
      break;
    case Event::Kind::Acked:
      acked(event.a, event.b, event.parcel);
      break;
    case Event::Kind::Bulk:
      send_bulk(event.a, event.b, event.parcel);
      break;
    case Event::Kind::Second:
      second();
      break;
    case Event::Kind::Fault:
      fault();
      break;
  }
}

void Swarm::join(NodeId id) {
  Peer& peer = peers_[id];
  peer.here = true;
  peer.own_ledger = std::make_unique<ledger::Ledger>(airing_.descriptor(), crypto_);
  live::NodeConfig config;
  config.start.kind = live::StartPoint::Kind::Edge;
  config.seed = random_.next();
  config.bundles = scenario_.bundles;
  if (peer.role == Role::FreeRider) config.places_max = 0;
  peer.node = std::make_unique<live::Node>(*peer.own_ledger, config);
  peer.trails.resize(256);
  present_.push_back(id);
  look_for_neighbours(id, true);
}

void Swarm::leave(NodeId id) {
  Peer& peer = peers_[id];
  if (!peer.here) return;
  peer.left = events_.now();
  account_for(peer);
  while (!peer.neighbours.empty()) disconnect(id, peer.neighbours.back().id);
  peer.here = false;
  peer.node.reset();
  peer.own_ledger.reset();
  peer.trails = {};
  std::erase(present_, id);
}

Swarm::Neighbour* Swarm::find(NodeId of, NodeId other) {
  for (Neighbour& neighbour : peers_[of].neighbours) {
    if (neighbour.id == other) return &neighbour;
  }
  return nullptr;
}

// A common neighbour told both to connect: some routers let that through, whoever is behind them.
void Swarm::meet(NodeId caller, NodeId other) {
  double pair =
      Random(std::uint64_t{std::min(caller, other)} << 32 | std::max(caller, other)).unit();
  bool through = peers_[other].host.reachable || pair < scenario_.hole_punching;
  if (!through || !peers_[other].here || find(caller, other) || !may_connect(caller, other)) return;
  // uTP's handshake takes a round trip, BitTorrent's and the extension's one and a half.
  Duration rtt = 2 * one_way(peers_[caller].host, peers_[other].host);
  events_.plan(events_.now() + wire::Meet::kCallAfter + rtt * 5 / 2, Event::Kind::Connected, caller,
               other, 1);
}

bool Swarm::may_connect(NodeId a, NodeId b) const {
  return std::ranges::count(peers_[a].banned, b) == 0 &&
         std::ranges::count(peers_[b].banned, a) == 0;
}

// What a tracker and other peers tell a viewer: some of those who can be connected to.
void Swarm::look_for_neighbours(NodeId id, bool first) {
  Peer& peer = peers_[id];
  std::size_t wanted = std::max(1U, scenario_.neighbours / 2);
  if (peer.role == Role::Publisher || peer.neighbours.size() >= wanted) return;
  if (!first && events_.now() - peer.last_lookup < kLookupEvery) return;
  peer.last_lookup = events_.now();
  std::vector<NodeId> found;
  if (peer.eclipsed) {
    for (NodeId other = 1; other <= kLiarsAround + 1; ++other) found.push_back(other);
  } else {
    // The publisher is as likely to be named as anybody else.
    std::size_t names = kNamesPerWanted * wanted;
    auto all = static_cast<std::uint32_t>(present_.size());
    if (random_.below(all) < names) found.push_back(0);
    for (std::size_t i = 0; i < names; ++i) found.push_back(present_[random_.below(all)]);
  }
  std::size_t open = peer.neighbours.size();
  for (NodeId other : found) {
    if (open >= wanted && !peer.eclipsed) break;
    const Peer& them = peers_[other];
    std::size_t most = other == 0 ? kOfPublisher : 2 * scenario_.neighbours;
    bool full = them.neighbours.size() >= most;
    bool met = other == id || find(id, other) || !may_connect(id, other);
    if (met || full || !them.here || !them.host.reachable) continue;
    ++open;
    // TCP's handshake, BitTorrent's, and the extension's.
    Duration rtt = 2 * one_way(peer.host, them.host);
    events_.plan(events_.now() + rtt * 5 / 2, Event::Kind::Connected, id, other);
  }
}

void Swarm::connected(NodeId a, NodeId b, bool met) {
  if (!peers_[a].here || !peers_[b].here || find(a, b)) return;
  Bytes heads[2] = {peers_[a].node->handshake(), peers_[b].node->handshake()};
  for (auto [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
    std::uint32_t flow = static_cast<std::uint32_t>(flows_.size());
    if (free_flows_.empty()) {
      flows_.emplace_back();
    } else {
      flow = free_flows_.back();
      free_flows_.pop_back();
      flows_[flow] = {};
    }
    flows_[flow].last_sent = events_.now();
    peers_[from].neighbours.push_back({to, flow});
  }
  using live::Origin;
  peers_[a].node->peer_connected(b, heads[1], events_.now(), met ? Origin::Met : Origin::Ours);
  peers_[b].node->peer_connected(a, heads[0], events_.now(), met ? Origin::Met : Origin::Theirs);
  carry_out(a);
  carry_out(b);
}

void Swarm::disconnect(NodeId a, NodeId b) {
  for (auto [of, other] : {std::pair{a, b}, std::pair{b, a}}) {
    Neighbour* neighbour = find(of, other);
    if (!neighbour) return;
    free_flows_.push_back(neighbour->flow);
    std::erase_if(peers_[of].neighbours, [other = other](const auto& n) { return n.id == other; });
  }
  for (auto [of, other] : {std::pair{a, b}, std::pair{b, a}}) {
    peers_[of].node->peer_gone(other, events_.now());
    if (peers_[of].left == Instant{}) carry_out(of);
  }
}

void Swarm::fault() {
  auto count =
      static_cast<std::size_t>(scenario_.vanish_share * static_cast<double>(present_.size()));
  while (count-- > 0) leave(present_[random_.below(static_cast<std::uint32_t>(present_.size()))]);
  for (NodeId id : present_) peers_[id].early = true;
}

bool Swarm::counted(const Peer& peer, Instant published) const {
  return published >= std::max(peer.joined + kSettle, seconds(scenario_.count_from)) &&
         published <= measured_end() && peer.role != Role::Publisher && peer.role != Role::Liar &&
         peer.role != Role::Polluter;
}

// The swarm has settled: what it cost until now is in no figure.
void Swarm::begin_counting() {
  for (Peer& peer : peers_) {
    if (peer.here) peer.before = peer.node->stats();
  }
  Measurements& m = measured_;
  m.handed_over = m.publisher_sent = m.first_copies = m.duplicates = 0;
  m.bytes_by_type = m.count_by_type = {};
  m.nodes = {};
}

void Swarm::second() {
  SecondRow row;
  row.at = static_cast<double>(events_.now().count()) / 1e6;
  row.peers = static_cast<std::uint32_t>(present_.size());
  double capacity = 0, carried = 0;
  for (NodeId id = 1; id < peers_.size(); ++id) {
    carried += peers_[id].host.up.carried;
    if (peers_[id].here) capacity += peers_[id].host.up.rate;
  }
  row.upload_use = capacity > 0 ? (carried - carried_before_) / capacity : 0;
  row.publisher_copies = (peers_[0].host.up.carried - publisher_before_) / scenario_.rate;
  for (NodeId id : present_) {
    const live::NodeStats& stats = peers_[id].node->stats();
    row.fed += stats.fed;
    row.places += stats.places;
  }
  double needed = wire::kSubstreams * std::max<double>(1, static_cast<double>(present_.size()));
  row.fed /= needed;
  row.places /= needed;
  carried_before_ = carried;
  publisher_before_ = peers_[0].host.up.carried;
  measured_.seconds.push_back(row);
  if (scenario_.count_from > 0 && row.at == scenario_.count_from) begin_counting();
  if (row.at < scenario_.seconds) events_.plan(events_.now() + 1s, Event::Kind::Second);
}

std::map<std::string, double> Swarm::figures() const {
  auto f = sim::figures(measured_, scenario_.rate, scenario_.seconds - scenario_.count_from);
  if (scenario_.vanish_at > 0) {
    f["recovered_after"] =
        recovered_after(measured_, static_cast<std::size_t>(scenario_.vanish_at));
  }
  return f;
}

}  // namespace freshet::sim
