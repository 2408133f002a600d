// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/disk.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <libtorrent/error_code.hpp>
#include <libtorrent/peer_request.hpp>
#include <libtorrent/storage_defs.hpp>

namespace freshet::engine {
namespace {

std::uint32_t number(lt::storage_index_t storage) {
  return static_cast<std::uint32_t>(storage);
}

// What the info dict of every live torrent names for every piece, and what it does not.
const lt::sha1_hash kPassed{};
const lt::sha1_hash kFailed = lt::sha1_hash::max();

View view_of(const lt::sha1_hash& hash) {
  return {reinterpret_cast<const std::uint8_t*>(hash.data()),
          static_cast<std::size_t>(hash.size())};
}

}  // namespace

Disk::Disk(std::unique_ptr<lt::disk_interface> inner, boost::asio::io_context& io, Finder find)
    : inner_(std::move(inner)), io_(io), find_(std::move(find)) {}

Disk::Slot* Disk::find(lt::storage_index_t storage) {
  auto slot = slots_.find(number(storage));
  return slot == slots_.end() ? nullptr : &slot->second;
}

lt::storage_holder Disk::new_torrent(const lt::storage_params& params,
                                     const std::shared_ptr<void>& torrent) {
  lt::storage_holder inner = inner_->new_torrent(params, torrent);
  lt::storage_index_t index = inner;
  slots_[number(index)] = Slot{std::move(inner), find_(params.info_hash), {}, {}};
  // The outer holder must name us, or removal would go round the decorator.
  return lt::storage_holder(index, *this);
}

void Disk::remove_torrent(lt::storage_index_t storage) {
  slots_.erase(number(storage));
}

void Disk::read(const DiskClient& client, int piece, int start, int length,
                std::function<void(View)> handler) {
  for (auto& [index, slot] : slots_) {
    if (slot.client.get() != &client) continue;
    lt::peer_request request{};
    request.piece = lt::piece_index_t(piece);
    request.start = start;
    request.length = length;
    ++reads_;
    inner_->async_read(lt::storage_index_t(index), request,
                       [handler = std::move(handler), length](lt::disk_buffer_holder buffer,
                                                              const lt::storage_error& error) {
                         if (error) return handler({});
                         handler({reinterpret_cast<const std::uint8_t*>(buffer.data()),
                                  static_cast<std::size_t>(length)});
                       },
                       {});
    inner_->submit_jobs();
    return;
  }
  handler({});
}

void Disk::async_read(lt::storage_index_t storage, const lt::peer_request& request,
                      std::function<void(lt::disk_buffer_holder, const lt::storage_error&)> handler,
                      lt::disk_job_flags_t flags) {
  ++reads_;
  inner_->async_read(storage, request, std::move(handler), flags);
}

bool Disk::async_write(lt::storage_index_t storage, const lt::peer_request& request,
                       const char* bytes, std::shared_ptr<lt::disk_observer> observer,
                       std::function<void(const lt::storage_error&)> handler,
                       lt::disk_job_flags_t flags) {
  Slot* slot = find(storage);
  int piece = static_cast<int>(request.piece);
  if (!slot || !slot->client) {
    return inner_->async_write(storage, request, bytes, std::move(observer), std::move(handler),
                               flags);
  }
  ++slot->writes[piece];
  if (slot->client->is_stored(piece, request.start, request.length)) {
    boost::asio::post(io_, [this, storage, piece, handler = std::move(handler)] {
      handler(lt::storage_error{});
      write_done(storage, piece);
    });
    return false;
  }
  std::weak_ptr<DiskClient> client = slot->client;
  return inner_->async_write(
      storage, request, bytes, std::move(observer),
      [this, storage, piece, client, start = request.start, length = request.length,
       handler = std::move(handler)](const lt::storage_error& error) {
        handler(error);
        auto alive = client.lock();
        if (alive && !error) alive->written(piece, start, length);
        write_done(storage, piece);
      },
      flags);
}

void Disk::write_done(lt::storage_index_t storage, int piece) {
  Slot* slot = find(storage);
  if (!slot) return;
  auto writes = slot->writes.find(piece);
  if (writes == slot->writes.end() || --writes->second > 0) return;
  slot->writes.erase(writes);
  auto held = slot->held.find(piece);
  if (held == slot->held.end()) return;
  auto results = std::move(held->second);
  slot->held.erase(held);
  for (auto& deliver : results) deliver();
}

void Disk::when_written(lt::storage_index_t storage, int piece, std::function<void()> deliver) {
  Slot* slot = find(storage);
  if (slot && slot->writes.contains(piece)) {
    slot->held[piece].push_back(std::move(deliver));
    return;
  }
  deliver();
}

void Disk::async_hash(lt::storage_index_t storage, lt::piece_index_t piece,
                      lt::span<lt::sha256_hash> v2, lt::disk_job_flags_t flags,
                      HashHandler handler) {
  Slot* slot = find(storage);
  int index = static_cast<int>(piece);
  if (slot && slot->client && slot->client->is_live()) {
    auto truth = slot->client->truth(index);
    if (truth && !truth->trusted) {
      hash_live(storage, piece, flags, std::move(*truth), std::move(handler));
      return;
    }
    // Never inline: the caller has not noted yet that the job is under way.
    boost::asio::post(io_, [this, storage, piece, passed = truth.has_value(),
                            handler = std::move(handler)]() mutable {
      when_written(storage, static_cast<int>(piece), [=, handler = std::move(handler)] {
        handler(piece, passed ? kPassed : kFailed, lt::storage_error{});
      });
    });
    return;
  }
  ++hashes_;
  inner_->async_hash(
      storage, piece, v2, flags,
      [this, storage, handler = std::move(handler)](lt::piece_index_t p, const lt::sha1_hash& sha1,
                                                    const lt::storage_error& error) {
        when_written(storage, static_cast<int>(p), [=] { handler(p, sha1, error); });
      });
}

void Disk::hash_live(lt::storage_index_t storage, lt::piece_index_t piece,
                     lt::disk_job_flags_t flags, PieceTruth truth, HashHandler handler) {
  ++hashes_;
  auto got = std::make_shared<std::vector<lt::sha256_hash>>(truth.leaves.size());
  if (truth.sha1) flags |= v1_hash;
  inner_->async_hash(
      storage, piece, *got, flags,
      [this, storage, got, truth = std::move(truth), handler = std::move(handler)](
          lt::piece_index_t p, const lt::sha1_hash& sha1, const lt::storage_error& error) {
        bool same = !error && (!truth.sha1 || truth.sha1 == Hash20::from(view_of(sha1)));
        for (std::size_t i = 0; same && i < got->size(); ++i) {
          same = std::equal(truth.leaves[i].bytes.begin(), truth.leaves[i].bytes.end(),
                            reinterpret_cast<const std::uint8_t*>((*got)[i].data()));
        }
        when_written(storage, static_cast<int>(p),
                     [=] { handler(p, same ? kPassed : kFailed, error); });
      });
}

void Disk::async_hash2(lt::storage_index_t storage, lt::piece_index_t piece, int offset,
                       lt::disk_job_flags_t flags, Hash2Handler handler) {
  ++hashes_;
  inner_->async_hash2(storage, piece, offset, flags, std::move(handler));
}

void Disk::async_move_storage(lt::storage_index_t storage, std::string path, lt::move_flags_t flags,
                              MoveHandler handler) {
  inner_->async_move_storage(storage, std::move(path), flags, std::move(handler));
}

void Disk::async_release_files(lt::storage_index_t storage, std::function<void()> handler) {
  inner_->async_release_files(storage, std::move(handler));
}

void Disk::async_check_files(lt::storage_index_t storage, const lt::add_torrent_params* resume,
                             lt::aux::vector<std::string, lt::file_index_t> links,
                             CheckHandler handler) {
  Slot* slot = find(storage);
  bool ours = slot && slot->client;
  inner_->async_check_files(
      storage, resume, std::move(links),
      [ours, handler = std::move(handler)](lt::status_t status, const lt::storage_error& error) {
        // Our journal knows better than file sizes and times what is in the file: a recording that
        // grows never has the size that the info dict names.
        if (ours && status != lt::status_t::fatal_disk_error) return handler({}, {});
        handler(status, error);
      });
}

void Disk::async_stop_torrent(lt::storage_index_t storage, std::function<void()> handler) {
  inner_->async_stop_torrent(storage, std::move(handler));
}

void Disk::async_rename_file(lt::storage_index_t storage, lt::file_index_t file, std::string name,
                             RenameHandler handler) {
  inner_->async_rename_file(storage, file, std::move(name), std::move(handler));
}

void Disk::async_delete_files(lt::storage_index_t storage, lt::remove_flags_t options,
                              std::function<void(const lt::storage_error&)> handler) {
  inner_->async_delete_files(storage, options, std::move(handler));
}

void Disk::async_set_file_priority(lt::storage_index_t storage, Priorities priority,
                                   PriorityHandler handler) {
  inner_->async_set_file_priority(storage, std::move(priority), std::move(handler));
}

void Disk::async_clear_piece(lt::storage_index_t storage, lt::piece_index_t piece,
                             std::function<void(lt::piece_index_t)> handler) {
  inner_->async_clear_piece(storage, piece, std::move(handler));
}

void Disk::update_stats_counters(lt::counters& counters) const {
  inner_->update_stats_counters(counters);
}

std::vector<lt::open_file_state> Disk::get_status(lt::storage_index_t storage) const {
  return inner_->get_status(storage);
}

void Disk::abort(bool wait) {
  inner_->abort(wait);
}
void Disk::submit_jobs() {
  inner_->submit_jobs();
}
void Disk::settings_updated() {
  inner_->settings_updated();
}

}  // namespace freshet::engine
