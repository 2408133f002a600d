// SPDX-License-Identifier: GPL-3.0-or-later
// One show in a session: hosts the live core over libtorrent's connections, carries out its
// actions, and leads it from the growing swarm to the ordinary torrent. Engine thread unless said
// otherwise.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <map>
#include <set>
#include <unordered_map>

#include "engine/meetings.hpp"
#include "engine/peer_plugin.hpp"
#include "engine/publisher.hpp"
#include "engine/session.hpp"
#include "engine/show_files.hpp"
#include "engine/torrent_params.hpp"
#include "engine/worker.hpp"
#include "freshet/engine/engine.hpp"
#include "freshet/ledger/final_torrent.hpp"

namespace freshet::engine {

class Show final : public PeerHost, public DiskClient, public std::enable_shared_from_this<Show> {
 public:
  struct Parts {
    std::unique_ptr<ShowFiles> files;
    Recovered recovered;
    // Of a show that is published here and has not ended.
    std::optional<SecretSeed> show_key;
    bool is_new = false;  // nothing was ever signed: no need to ask anybody
    ShowConfig config;
    ShowCallbacks callbacks;
  };
  // Any thread; then start() on the engine thread.
  Show(SessionHost& session, Parts parts);
  ~Show() override;

  void start();
  // A publisher announces what it has taken, to the last byte; then `done`.
  void drain(std::function<void()> done);
  // Ends everything here; `closed` runs when libtorrent has let go.
  void close(std::function<void()> closed);
  // After close(), not on the engine thread: waits for the last writes.
  void join();
  void connect(const std::string& peer);
  // Somebody reads from this byte on.
  void prefer(std::uint64_t offset);
  void announce_channel(const ledger::Channel& channel);
  void announce_earlier(const ledger::Descriptor& descriptor);
  // Publisher: names the show that goes on when this one is full.
  void announce_follow_up(const ledger::Descriptor& descriptor);
  [[nodiscard]] std::optional<ledger::Descriptor> follow_up() const {
    return recovered_.ledger->follow_up();
  }
  // Where others who have this show listen.
  [[nodiscard]] std::vector<std::string> known_peers() const;
  // Any thread, once: whether the publisher may go on; at once for who only watches.
  [[nodiscard]] std::future<Expected<void>> readiness() { return ready_.get_future(); }

  // Any thread: fixed once the show is ready.
  [[nodiscard]] const ledger::Descriptor& descriptor() const { return files_->meta().descriptor; }
  [[nodiscard]] std::filesystem::path file() const { return files_->file(); }
  [[nodiscard]] const std::shared_ptr<Availability>& availability() const { return available_; }
  [[nodiscard]] const std::shared_ptr<Inlet>& inlet() const { return inlet_; }
  [[nodiscard]] std::uint64_t resume_at() const { return resume_at_; }
  [[nodiscard]] std::uint64_t elapsed_ms() const { return elapsed_ms_; }
  [[nodiscard]] bool is_over() const { return over_; }

  // PeerHost
  Bytes handshake_head() const override;
  bool is_banned(const lt::tcp::endpoint& peer) override;
  bool is_avoided(const lt::tcp::endpoint& peer) override;
  bool calls(const lt::tcp::endpoint& peer) const override { return meetings_.calls(peer); }
  void is_ourselves(const lt::tcp::endpoint& peer) override;
  live::PeerId next_peer_id() override { return ++last_peer_; }
  void peer_connected(const std::shared_ptr<PeerPlugin>& peer, View head) override;
  void peer_gone(live::PeerId peer) override;
  void peer_refused(const lt::tcp::endpoint& peer, const char* why) override;
  void peer_message(live::PeerId peer, View message) override;
  bool check_block(bool live, int piece, int start, View bytes) override;
  void bad_block(live::PeerId peer) override;
  void piece_sent(std::size_t bytes) override { node_->bulk_left(bytes); }
  void final_piece_passed(int piece) override;

  // DiskClient, of the live torrent
  bool is_stored(int piece, int start, int length) const override;
  std::optional<PieceTruth> truth(int piece) const override;
  bool is_live() const override { return true; }
  void written(int piece, int start, int length) override;

 private:
  enum class Phase { Live, Leaving, Switching, Final, Closed };
  struct Executor;
  class FinalDisk;

  void add_live();
  void add_signpost();
  void restore();
  void tick();
  void tell_marks();
  void reconnect();
  void hurry();
  void announce_while_alone(const lt::torrent_handle& torrent, Instant now);
  void schedule_flush();
  void flush();
  void arm_pace();
  void look_at_connections(Instant now);
  void execute(const live::Action& action);
  void store(const live::Store& action);
  void send_from_disk(const live::SendFromDisk& action);
  [[nodiscard]] std::shared_ptr<PeerPlugin> find_peer(live::PeerId id) const;
  void cut_off(live::PeerId peer, const std::string& reason, bool ban);
  void stored(std::uint32_t first, std::uint32_t count);
  void head_advanced();
  void tell_of_block(std::uint32_t block, BlockEvent::Via via);
  void fail(Error error);
  void emit(Event event);
  void checkpoint(Instant now);
  void hold_back(Instant now);
  void write_job(std::function<Expected<void>()> job, std::function<void()> done = {});

  // rejoin.cpp
  void rejoined(live::Rejoined::Outcome outcome);
  void start_publishing(ledger::Author author, bool end_now);
  void set_ready(Expected<void> result);

  // hand_over.cpp
  void final_known(bool provisional);
  void reopen();
  void say_ended();
  void leave_when_possible(Instant now);
  void switch_to_final();
  void add_final();
  void check_complete();
  [[nodiscard]] TorrentPlace place();
  [[nodiscard]] std::shared_ptr<DiskClient> final_client() const;

  // show_snapshot.cpp
  void take_snapshot();
  void log_edge() const;
  [[nodiscard]] State state() const;
  [[nodiscard]] std::uint64_t behind_ms() const;

  SessionHost& session_;
  std::unique_ptr<ShowFiles> files_;
  ShowConfig config_;
  ShowCallbacks callbacks_;
  std::shared_ptr<Availability> available_;
  std::shared_ptr<Inlet> inlet_;
  std::uint64_t resume_at_ = 0;
  std::uint64_t elapsed_ms_ = 0;
  Recovered recovered_;
  std::optional<SecretSeed> show_key_;
  bool is_new_ = false;
  std::promise<Expected<void>> ready_;
  bool ready_said_ = false;
  bool over_ = false;  // came back to a show that has ended, or does so now

  Hash20 live_hash_;
  std::unique_ptr<live::Node> node_;
  std::unique_ptr<Worker> worker_;
  std::unique_ptr<Publisher> publisher_;
  std::optional<boost::asio::steady_timer> timer_;
  std::optional<boost::asio::steady_timer> pace_timer_;
  bool pace_armed_ = false;
  Phase phase_ = Phase::Live;
  lt::torrent_handle live_torrent_;
  lt::torrent_handle final_torrent_;
  lt::torrent_handle signpost_;
  std::shared_ptr<FinalDisk> final_disk_;
  std::optional<ledger::FinalTorrent> final_;
  std::unordered_map<live::PeerId, std::weak_ptr<PeerPlugin>> peers_;
  std::set<lt::tcp::endpoint> wanted_peers_;  // connected to again and again
  std::set<lt::tcp::endpoint> met_peers_;     // where they listen; for the ordinary torrent
  Meetings meetings_;
  std::set<lt::tcp::endpoint> refused_;  // said once
  bool reopened_ = false;                // the peers of before are looked up again
  live::PeerId last_peer_ = 0;
  bool flush_scheduled_ = false;
  bool complete_said_ = false;
  bool ended_said_ = false;
  bool seeding_said_ = false;
  bool failed_ = false;
  // Which head first covered which bytes: size -> its time; of the newest heads.
  std::map<std::uint64_t, WallMs> head_times_;
  Instant leave_by_{};
  Instant next_second_{}, next_connect_{}, next_announce_{};
  Duration announce_pause_{};
  Instant next_look_out_{};  // for a publisher that comes back after a provisional end
  Instant hurry_until_{};    // a torrent was just added: connect as soon as it lets us
  Instant next_checkpoint_{};
  std::uint32_t marks_told_ = 0;  // aux records that readers were told of
  // Totals of torrents that are gone; libtorrent counts for each one anew.
  std::uint64_t gone_down_ = 0, gone_up_ = 0, gone_payload_down_ = 0, gone_payload_up_ = 0;
  std::uint64_t gone_redundant_ = 0;
};

}  // namespace freshet::engine
