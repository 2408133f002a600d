// SPDX-License-Identifier: GPL-3.0-or-later
// Writes docs/protocol/test-vectors.json: what another implementation must make, accept and refuse.
// Everything follows from fixed keys and a fixed stream of bytes; each refusal is tried here first.
//   make_vectors FILE          writes
//   make_vectors --check FILE  fails unless FILE is what would be written
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "freshet/base/check.hpp"
#include "freshet/ledger/aux_record.hpp"
#include "freshet/ledger/final_torrent.hpp"
#include "freshet/ledger/link.hpp"
#include "freshet/wire/messages.hpp"
#include "tests/vectors/vector_show.hpp"

namespace freshet::vectors {
namespace {

using namespace ledger;
using Json = nlohmann::ordered_json;

Json hex(View bytes) {
  return to_hex(bytes);
}
Json hex(const std::vector<Hash32>& hashes) {
  Json list = Json::array();
  for (const Hash32& hash : hashes) list.push_back(to_hex(hash.view()));
  return list;
}
Json refused(const char* why, View bytes) {
  return {{"why", why}, {"encoding", hex(bytes)}};
}

Json keys() {
  return {{"channel_seed", hex(key(1).seed().view())},
          {"channel_key", hex(key(1).public_key().view())},
          {"show_seed", hex(key(2).seed().view())},
          {"show_key", hex(key(2).public_key().view())}};
}

Json describe(const Descriptor& d) {
  const Crypto& crypto = system_crypto();
  return {{"name", d.name},
          {"piece_length", d.piece_length},
          {"capacity", d.capacity},
          {"final", d.final_kind == FinalKind::V1 ? "v1" : "hybrid"},
          {"media_type", d.media_type},
          {"start", d.planned_start},
          {"finalise_after", d.finalise_after},
          {"salt", hex(View(d.salt))},
          {"certificate", hex(d.certificate.view())},
          {"encoding", hex(as_view(encode(d)))},
          {"show_id", hex(show_id(d, crypto).view())},
          {"info_hash", hex(live_info_hash(d, crypto).view())}};
}

Json descriptors() {
  Json good = Json::array();
  for (FinalKind kind : {FinalKind::V1, FinalKind::Hybrid}) {
    good.push_back(describe(descriptor(kind)));
  }
  Json bad = Json::array();
  auto refuse = [&](const char* why, const std::string& text) {
    FRESHET_ASSERT(!decode_descriptor(as_view(text), system_crypto()));
    bad.push_back(refused(why, as_view(text)));
  };
  auto changed = [&](const char* why, auto change) {
    Descriptor d = descriptor(FinalKind::V1);
    change(d);
    certify(d, key(1));
    refuse(why, encode(d));
  };
  changed("the piece length is no power of two", [](auto& d) { d.piece_length = 65537; });
  changed("the piece length is below 16 KiB", [](auto& d) { d.piece_length = 8192; });
  changed("the capacity is above 65,536 pieces", [](auto& d) { d.capacity = 65537; });
  changed("the capacity has no room beside the sentinel", [](auto& d) { d.capacity = 1; });
  changed("the name leaves its folder", [](auto& d) { d.name = "../x"; });
  Descriptor forged = descriptor(FinalKind::V1);
  forged.certificate.bytes[0] ^= 1;
  refuse("the certificate is not the channel key's", encode(forged));
  std::string text = encode(descriptor(FinalKind::V1));
  refuse("a byte is left over", text + "e");
  std::string other = text;
  other.replace(other.find("7:versioni1e"), 12, "7:versioni2e");
  refuse("the version is unknown", other);
  return {{"accept", good}, {"refuse", bad}};
}

Json links() {
  Link link{descriptor(FinalKind::V1),
            live_info_hash(descriptor(FinalKind::V1), system_crypto()),
            {"http://tracker.example/announce?a=1&b=2"},
            {"192.0.2.1:6881", "[2001:db8::1]:6881"}};
  std::string text = to_text(link);
  Json bad = Json::array();
  auto refuse = [&](const char* why, const std::string& changed) {
    FRESHET_ASSERT(!parse_link(changed, system_crypto()));
    bad.push_back({{"why", why}, {"text", changed}});
  };
  std::string other = text;
  char& digit = other[other.find("btih:") + 5];
  digit = digit == '0' ? '1' : '0';
  refuse("the info-hash is not the description's", other);
  refuse("the description is missing", text.substr(0, text.find("&x.grow")));
  refuse("it is no magnet URI", "http" + text);
  return {{"accept", Json::array({{{"text", text},
                                   {"info_hash", hex(link.info_hash.view())},
                                   {"trackers", link.trackers},
                                   {"peers", link.peers}}})},
          {"refuse", bad}};
}

Json trees() {
  Merkle merkle(system_crypto());
  Json roots = Json::array(), ranges = Json::array(), steps = Json::array();
  HeapArena arena;
  Tree tree(merkle, arena);
  for (std::uint32_t count = 0; count <= 70; ++count) {
    if (count < 10 || count % 16 < 2 || count == 70) {
      roots.push_back(
          {{"leaves", count},
           {"peaks", hex(tree.frontier().peaks())},
           {"root", hex(tree.frontier().root(merkle, std::nullopt).view())},
           {"root_with_tail_leaf", hex(tree.frontier().root(merkle, numbered_leaf(1000)).view())}});
    }
    if (count < 70) tree.append(numbered_leaf(count));
  }
  for (auto [first, count, leaves] : {std::array{0U, 1U, 70U},
                                      {69U, 1U, 70U},
                                      {32U, 8U, 70U},
                                      {0U, 64U, 70U},
                                      {4U, 2U, 45U},
                                      {44U, 1U, 45U}}) {
    ranges.push_back({{"leaves", leaves},
                      {"first", first},
                      {"count", count},
                      {"siblings", hex(*tree.prove(first, count, leaves))},
                      {"peak", hex(tree.node(peak_over(leaves, first))->view())}});
  }
  for (std::uint32_t old : {0U, 1U, 2U, 7U, 31U, 32U, 45U, 64U, 69U, 70U}) {
    steps.push_back({{"old_leaves", old},
                     {"old_peaks", hex(tree.frontier_at(old)->peaks())},
                     {"new_leaves", 70},
                     {"new_peaks", hex(tree.frontier().peaks())},
                     {"bridge", hex(*tree.bridge(old))}});
  }
  return {{"roots", roots}, {"range_proofs", ranges}, {"consistency_proofs", steps}};
}

Json aux() {
  auto entry = [](const char* kind, const Bytes& record, Json fields) {
    Merkle merkle(system_crypto());
    HeapArena arena;
    Log log(LogKind::Aux, merkle, system_crypto(), arena);
    return Json{{"kind", kind},
                {"fields", std::move(fields)},
                {"encoding", hex(record)},
                {"leaf", hex(log.leaf_of(record).view())}};
  };
  Descriptor next = descriptor(FinalKind::V1, 9);
  return Json::array(
      {entry("time mark", encode(TimeMark{1'700'000'000'123, 48'128, true}),
             {{"published_ms", 1'700'000'000'123}, {"size", 48'128}, {"keyframe", true}}),
       entry("channel", encode(Channel{"Köln 3", {0x89, 'P', 'N', 'G'}}),
             {{"name", "Köln 3"}, {"picture", "89504e47"}}),
       entry("follow-up", encode_show(kAuxFollowUp, next),
             {{"descriptor", hex(as_view(encode(next)))}}),
       entry("unknown", {200, 1, 2, 3}, Json::object())});
}

Json heads(const VectorShow& show) {
  Json good = Json::array();
  for (const HeadUpdate& update : show.updates) {
    const Head& h = update.head;
    good.push_back({{"seq", h.seq},
                    {"size", h.size},
                    {"published_ms", h.published_ms},
                    {"end", h.is_end()},
                    {"follow_up", h.follow_up ? hex(h.follow_up->view()) : Json()},
                    {"tail_leaf", update.tail_leaf ? hex(update.tail_leaf->view()) : Json()},
                    {"head", hex(encode(h))},
                    {"update", hex(encode(update))}});
  }
  Json bad = Json::array();
  auto refuse = [&](const char* why, Verdict expected, HeadUpdate update, bool resign) {
    if (resign) sign(update.head, show.ledger.id(), key(2));
    Ledger viewer(show.ledger.descriptor(), system_crypto());
    for (const auto& before : show.updates) {
      if (before.head.seq < update.head.seq) (void)viewer.accept(before);
    }
    FRESHET_ASSERT(viewer.accept(update) == expected);
    bad.push_back(refused(why, encode(update)));
  };
  HeadUpdate update = show.updates[1];
  update.head.signature.bytes[63] ^= 1;
  refuse("the signature is wrong", Verdict::Forged, update, false);
  update = show.updates[1];
  update.leaves[0].bytes[0] ^= 1;
  refuse("a leaf does not lead to the root", Verdict::Mismatch, update, false);
  update = show.updates[1];
  update.head.size = show.ledger.descriptor().size_max() + 1;
  update.tail_leaf = Hash32{};
  refuse("the size is beyond the capacity", Verdict::Broken, update, true);
  update = show.updates[1];
  update.head.published_ms = 1;
  refuse("the time goes back", Verdict::Contradiction, update, true);
  update = show.updates[1];
  update.head.size = 1;
  update.tail_leaf = Hash32{};
  refuse("the show shrinks", Verdict::Contradiction, update, true);
  update = show.updates.back();
  update.head.seq += 1;
  update.head.published_ms += 1;
  refuse("something follows the end", Verdict::Contradiction, update, true);
  return {{"descriptor", describe(show.ledger.descriptor())},
          {"content_bytes", show.bytes.size()},
          {"accept", good},
          {"refuse", bad}};
}

// 192.0.2.7 (RFC 5737)
constexpr std::array<std::uint8_t, 16> kMapped{0, 0, 0,   0,   0,   0, 0, 0,
                                               0, 0, 255, 255, 192, 0, 2, 7};

std::vector<std::pair<const char*, wire::Message>> one_of_each(const VectorShow& show) {
  const Log& blocks = show.ledger.log(LogKind::Blocks);
  HashRange range{LogKind::Blocks, 2, {}, *blocks.tree().prove(2, 2, blocks.count())};
  for (std::uint32_t i : {2U, 3U}) {
    Hash32 leaf = *blocks.tree().leaf(i);
    range.items.emplace_back(leaf.bytes.begin(), leaf.bytes.end());
  }
  wire::HashRequest request{LogKind::Blocks, 2, 2, blocks.count()};
  HeadPair pair{show.updates[0].head, show.twin_head};
  return {{"head", wire::HeadMessage{show.updates[1]}},
          {"head number", wire::HeadNumber{7, 123'456, true, false}},
          {"follow", wire::Follow{true}},
          {"frontier request", wire::FrontierRequest{{1, 0, 1}}},
          {"frontier", wire::FrontierMessage{*show.ledger.frontier_since({1, 0, 1})}},
          {"hash request", request},
          {"hashes", wire::HashMessage{range}},
          {"hash reject", wire::HashReject{request}},
          {"block request", wire::BlockRequest{5, 100}},
          {"block", wire::BlockMessage{5, 100, 2, Bytes{1, 2, 3}}},
          {"block reject", wire::BlockReject{5}},
          {"block cancel", wire::BlockCancel{5}},
          {"evidence", wire::EvidenceMessage{pair}},
          {"follow reject", wire::FollowReject{}},
          {"subscribe", wire::Subscribe{0x1111, 77, 0x0008000400000001}},
          {"subscribed", wire::Subscribed{0x1111, 0x0011, 0x0010, 5, {0x8000000000000003, 0x21}}},
          {"load", wire::Load{20, 15, 3, 8, 4, 12, {7, 15, 1}, {1, 2, 255}, {3, 4, 255}}},
          {"ping", wire::Ping{9}},
          {"pong", wire::Pong{9, 1'800'000'000'000'000, 1500}},
          {"audience", wire::Audience{12, {1, 2, 3}}},
          {"have", wire::Have{3, 40, {0xA0, 0x01}}},
          {"introduce", wire::Introduce{3}},
          {"meet", wire::Meet{true, kMapped, 6881}},
          {"probe", wire::Probe{9, 3}},
          {"probed", wire::Probed{9}}};
}

Json messages(const VectorShow& show) {
  Json good = Json::array(), bad = Json::array();
  for (const auto& [name, message] : one_of_each(show)) {
    good.push_back({{"name", name}, {"encoding", hex(wire::encode(message))}});
  }
  good.push_back({{"name", "ignored"}, {"encoding", "90010203"}});
  auto refuse = [&](const char* why, Bytes bytes) {
    FRESHET_ASSERT(!wire::decode(bytes));
    bad.push_back(refused(why, bytes));
  };
  refuse("empty", {});
  refuse("an unknown type below 0x80", {21});
  refuse("a meeting at port 0", wire::encode(wire::Meet{true, kMapped, 0}));
  refuse("a load with more free places than places",
         wire::encode(wire::Load{2, 2, 3, 0, 0, 12, {}, {}, {}}));
  refuse("a head number with a byte left over", [] {
    Bytes bytes = wire::encode(wire::HeadNumber{1, 2, false, false});
    bytes.push_back(0);
    return bytes;
  }());
  refuse("a hash request whose count is no power of two",
         wire::encode(wire::HashRequest{LogKind::Blocks, 0, 3, 70}));
  refuse("a hash request that is not aligned",
         wire::encode(wire::HashRequest{LogKind::Blocks, 1, 2, 70}));
  refuse("a block request beyond the block", wire::encode(wire::BlockRequest{5, 16384}));
  refuse("a block that is longer than a block",
         wire::encode(wire::BlockMessage{5, 1, 0, Bytes(16384)}));
  return {{"accept", good}, {"refuse", bad}};
}

Json evidence(const VectorShow& show) {
  Json good = Json::array(), bad = Json::array();
  const Descriptor& d = show.ledger.descriptor();
  auto accept = [&](const char* why, const Evidence& e) {
    FRESHET_ASSERT(proves_equivocation(e, d, system_crypto()));
    good.push_back({{"why", why}, {"encoding", hex(encode(e))}});
  };
  auto refuse = [&](const char* why, const Evidence& e) {
    FRESHET_ASSERT(!proves_equivocation(e, d, system_crypto()));
    bad.push_back(refused(why, encode(e)));
  };
  HeadPair pair{show.updates[0].head, show.twin_head};
  accept("two heads of one number", pair);
  accept("two trees that differ where both are complete", show.fork());
  accept("a block that begins otherwise than its tail", show.changed_tail());
  refuse("two heads that agree", HeadPair{show.updates[0].head, show.updates[1].head});
  pair.second.signature.bytes[0] ^= 1;
  refuse("one of the heads is not signed", pair);
  ForkedLog fork = show.fork();
  fork.old_peaks = fork.older.peaks;
  refuse("the peaks do not lead to the newer root", fork);
  ChangedTail tail = show.changed_tail();
  tail.bytes[0] ^= 1;
  refuse("the block is not what the newer head covers", tail);
  return {{"accept", good}, {"refuse", bad}};
}

Json finals() {
  Json list = Json::array();
  for (FinalKind kind : {FinalKind::V1, FinalKind::Hybrid}) {
    for (std::size_t size : {1UL, 16'384UL, 65'536UL, 65'537UL, 200'000UL}) {
      VectorShow show(kind, size);
      auto torrent = *final_torrent(show.ledger);
      Json entry = {{"final", kind == FinalKind::V1 ? "v1" : "hybrid"},
                    {"size", size},
                    {"end_head", hex(encode(*show.ledger.head()))},
                    {"info", hex(as_view(torrent.info))},
                    {"v1", hex(torrent.v1.view())}};
      if (kind == FinalKind::Hybrid) {
        entry["v2"] = hex(torrent.v2.view());
        entry["piece_layers"] = hex(as_view(torrent.piece_layers));
      }
      list.push_back(std::move(entry));
    }
  }
  return list;
}

std::string all() {
  VectorShow show(FinalKind::V1, 300'000);
  Json json = {{"what",
                "Test vectors of growing torrents, version 1. Byte strings are hexadecimal. The "
                "content of every show is the stream SHA-256(\"freshet content\" u64 i), i = 0, 1, "
                "2, ..., cut to the size. Leaves of the trees below are SHA-256(u32 index); the "
                "tail leaf is number 1000. Integers are big-endian."},
               {"keys", keys()},
               {"descriptors", descriptors()},
               {"links", links()},
               {"trees", trees()},
               {"aux_records", aux()},
               {"show", heads(show)},
               {"messages", messages(show)},
               {"evidence", evidence(show)},
               {"final_torrents", finals()}};
  return json.dump(1) + "\n";
}

int run(int argc, char** argv) {
  bool check = argc == 3 && std::string(argv[1]) == "--check";
  if (argc != 2 && !check) {
    std::cerr << "usage: make_vectors [--check] FILE\n";
    return 2;
  }
  const char* path = argv[argc - 1];
  std::string text = all();
  if (!check) {
    std::ofstream(path, std::ios::binary) << text;
    return 0;
  }
  std::ifstream in(path, std::ios::binary);
  std::string there((std::istreambuf_iterator<char>(in)), {});
  if (there == text) return 0;
  std::cerr << path << " is not what this code makes; if the protocol changed on purpose, write it "
            << "anew with make_vectors\n";
  return 1;
}

}  // namespace
}  // namespace freshet::vectors

int main(int argc, char** argv) {
  return freshet::vectors::run(argc, argv);
}
