// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the data directory of a viewer that has all of a show of zeros, as large as shows can be,
// without writing the bytes: make_big_show DATA_DIR PIECES PIECE_LENGTH. Prints the link.
#include <cstdio>
#include <cstdlib>

#include "engine/show_files.hpp"
#include "freshet/base/check.hpp"
#include "freshet/engine/library.hpp"
#include "freshet/ledger/aux_record.hpp"
#include "freshet/ledger/link.hpp"
#include "tests/vectors/vector_show.hpp"

namespace freshet {
namespace {

using namespace ledger;

constexpr std::uint32_t kBlocksAHead = 512;

int run(const std::filesystem::path& data_dir, std::uint32_t pieces, std::uint32_t piece_length) {
  Descriptor d = vectors::descriptor(FinalKind::V1);
  d.name = "zeros.bin";
  d.piece_length = piece_length;
  d.capacity = pieces + 1;
  certify(d, vectors::key(1));
  auto folder = engine::show_folder(data_dir, d);
  auto files = engine::ShowFiles::open(folder, engine::ShowMeta{d, false, {}});
  FRESHET_ASSERT(files);
  const Crypto& crypto = system_crypto();
  Hash32 leaf = crypto.sha256(Bytes(kBlockSize));
  Hash20 sha1 = crypto.sha1(Bytes(piece_length));
  Merkle merkle(crypto);
  Hash32 id = show_id(d, crypto);
  Frontier blocks, sha1s, records;
  HeapArena arena;
  Log piece_log(LogKind::Pieces, merkle, crypto, arena),
      aux_log(LogKind::Aux, merkle, crypto, arena);
  Hash32 piece_leaf = piece_log.leaf_of(sha1.view());
  std::uint32_t per_piece = piece_length / kBlockSize;
  std::uint32_t total = pieces * per_piece;
  HeadUpdate update;
  for (std::uint32_t block = 0; block < total; block += kBlocksAHead) {
    std::uint32_t count = std::min(kBlocksAHead, total - block);
    Head& head = update.head;
    head.seq += 1;
    head.size += std::uint64_t{count} * kBlockSize;
    head.published_ms += 1000;
    update.first_block = block;
    update.leaves.assign(count, leaf);
    for (std::uint32_t i = 0; i < count; ++i) blocks.append(merkle, leaf);
    head.root = blocks.root(merkle, std::nullopt);
    update.first_piece = sha1s.count;
    update.sha1s.assign(head.size / piece_length - sha1s.count, sha1);
    for (std::size_t i = 0; i < update.sha1s.size(); ++i) sha1s.append(merkle, piece_leaf);
    head.v1_root = sha1s.root(merkle, std::nullopt);
    head.tail_sha1 = crypto.sha1(Bytes(head.size % piece_length));
    update.first_aux = records.count;
    update.aux = {encode(TimeMark{head.published_ms, head.size, true})};
    records.append(merkle, aux_log.leaf_of(update.aux[0]));
    head.aux_count = records.count;
    head.aux_root = records.root(merkle, std::nullopt);
    sign(head, id, vectors::key(2));
    FRESHET_ASSERT((*files)->append(JournalKind::Update, encode(update)));
  }
  FRESHET_ASSERT((*files)->append(JournalKind::Blocks, encode_blocks(0, total)));
  FRESHET_ASSERT((*files)->truncate(update.head.size));
  FRESHET_ASSERT((*files)->checkpoint());
  std::printf("%s\n", to_text(Link{d, live_info_hash(d, crypto), {}, {}}).c_str());
  return 0;
}

}  // namespace
}  // namespace freshet

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: make_big_show DATA_DIR PIECES PIECE_LENGTH\n");
    return 2;
  }
  return freshet::run(argv[1], static_cast<std::uint32_t>(std::atoi(argv[2])),
                      static_cast<std::uint32_t>(std::atoi(argv[3])));
}
