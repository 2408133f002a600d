// SPDX-License-Identifier: GPL-3.0-or-later
// A decorator around libtorrent's own disk I/O. For a live torrent, whose info dict holds only zero
// hashes, it answers hash requests by the ledger; for every torrent of ours it holds a hash result
// until the piece's writes are done, because libtorrent reports a piece as passed before its bytes
// can be read from the file. Network thread only, as disk_interface demands.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <libtorrent/disk_buffer_holder.hpp>
#include <libtorrent/disk_interface.hpp>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "freshet/base/bytes.hpp"

namespace freshet::engine {

namespace lt = libtorrent;

// What the ledger says about a piece of a live torrent.
struct PieceTruth {
  bool trusted = false;  // its bytes were checked and stored by ourselves: nothing to hash
  std::optional<Hash20> sha1;
  std::vector<Hash32> leaves;  // empty when the SHA-1 is enough
};

// The side of a show that the disk asks and tells.
class DiskClient {
 public:
  virtual ~DiskClient() = default;
  // Bytes that are verified and in the file already are not written again.
  [[nodiscard]] virtual bool is_stored(int piece, int start, int length) const = 0;
  // Nothing: no head covers the piece, the answer is "no".
  [[nodiscard]] virtual std::optional<PieceTruth> truth(int piece) const = 0;
  [[nodiscard]] virtual bool is_live() const = 0;
  virtual void written(int piece, int start, int length) = 0;
};

class Disk final : public lt::disk_interface {
 public:
  using Finder = std::function<std::shared_ptr<DiskClient>(const lt::sha1_hash&)>;
  using HashHandler =
      std::function<void(lt::piece_index_t, const lt::sha1_hash&, const lt::storage_error&)>;
  using Hash2Handler =
      std::function<void(lt::piece_index_t, const lt::sha256_hash&, const lt::storage_error&)>;
  using MoveHandler =
      std::function<void(lt::status_t, const std::string&, const lt::storage_error&)>;
  using CheckHandler = std::function<void(lt::status_t, const lt::storage_error&)>;
  using RenameHandler =
      std::function<void(const std::string&, lt::file_index_t, const lt::storage_error&)>;
  using Priorities = lt::aux::vector<lt::download_priority_t, lt::file_index_t>;
  using PriorityHandler = std::function<void(const lt::storage_error&, Priorities)>;

  Disk(std::unique_ptr<lt::disk_interface> inner, boost::asio::io_context& io, Finder find);

  // Reads from the torrent of `client`, on libtorrent's disk threads; an empty view on failure.
  void read(const DiskClient& client, int piece, int start, int length,
            std::function<void(View)> handler);
  [[nodiscard]] std::uint64_t reads() const { return reads_; }
  [[nodiscard]] std::uint64_t hashes() const { return hashes_; }

  lt::storage_holder new_torrent(const lt::storage_params& params,
                                 const std::shared_ptr<void>& torrent) override;
  void remove_torrent(lt::storage_index_t storage) override;
  void async_read(lt::storage_index_t storage, const lt::peer_request& request,
                  std::function<void(lt::disk_buffer_holder, const lt::storage_error&)> handler,
                  lt::disk_job_flags_t flags) override;
  bool async_write(lt::storage_index_t storage, const lt::peer_request& request, const char* bytes,
                   std::shared_ptr<lt::disk_observer> observer,
                   std::function<void(const lt::storage_error&)> handler,
                   lt::disk_job_flags_t flags) override;
  void async_hash(lt::storage_index_t storage, lt::piece_index_t piece,
                  lt::span<lt::sha256_hash> v2, lt::disk_job_flags_t flags,
                  HashHandler handler) override;
  void async_hash2(lt::storage_index_t storage, lt::piece_index_t piece, int offset,
                   lt::disk_job_flags_t flags, Hash2Handler handler) override;
  void async_move_storage(lt::storage_index_t storage, std::string path, lt::move_flags_t flags,
                          MoveHandler handler) override;
  void async_release_files(lt::storage_index_t storage, std::function<void()> handler) override;
  void async_check_files(lt::storage_index_t storage, const lt::add_torrent_params* resume,
                         lt::aux::vector<std::string, lt::file_index_t> links,
                         CheckHandler handler) override;
  void async_stop_torrent(lt::storage_index_t storage, std::function<void()> handler) override;
  void async_rename_file(lt::storage_index_t storage, lt::file_index_t file, std::string name,
                         RenameHandler handler) override;
  void async_delete_files(lt::storage_index_t storage, lt::remove_flags_t options,
                          std::function<void(const lt::storage_error&)> handler) override;
  void async_set_file_priority(lt::storage_index_t storage, Priorities priority,
                               PriorityHandler handler) override;
  void async_clear_piece(lt::storage_index_t storage, lt::piece_index_t piece,
                         std::function<void(lt::piece_index_t)> handler) override;
  void update_stats_counters(lt::counters& counters) const override;
  std::vector<lt::open_file_state> get_status(lt::storage_index_t storage) const override;
  void abort(bool wait) override;
  void submit_jobs() override;
  void settings_updated() override;

 private:
  struct Slot {
    lt::storage_holder inner;
    std::shared_ptr<DiskClient> client;                      // null for a torrent that is not ours
    std::map<int, int> writes;                               // piece -> writes under way
    std::map<int, std::vector<std::function<void()>>> held;  // hash results that wait for them
  };

  Slot* find(lt::storage_index_t storage);
  void write_done(lt::storage_index_t storage, int piece);
  // Calls `deliver` once no write of the piece is under way.
  void when_written(lt::storage_index_t storage, int piece, std::function<void()> deliver);
  void hash_live(lt::storage_index_t storage, lt::piece_index_t piece, lt::disk_job_flags_t flags,
                 PieceTruth truth, HashHandler handler);

  std::unique_ptr<lt::disk_interface> inner_;
  boost::asio::io_context& io_;
  Finder find_;
  std::map<std::uint32_t, Slot> slots_;
  std::uint64_t reads_ = 0;
  std::uint64_t hashes_ = 0;
};

}  // namespace freshet::engine
