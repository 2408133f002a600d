// SPDX-License-Identifier: GPL-3.0-or-later
// The small things, one by one: how often a second the core can do what it does all day.
//   build/dev/tests/bench/freshet-bench [--benchmark_filter=REGEX]
#include <benchmark/benchmark.h>

#include "freshet/ledger/journal.hpp"
#include "freshet/live/node.hpp"
#include "freshet/wire/messages.hpp"
#include "tests/vectors/vector_show.hpp"

namespace freshet {
namespace {

using namespace ledger;

const vectors::VectorShow& show() {
  static const vectors::VectorShow instance(FinalKind::V1, 300'000);
  return instance;
}

void hash_a_block(benchmark::State& state) {
  Bytes block = vectors::content(kBlockSize);
  for (auto _ : state) benchmark::DoNotOptimize(system_crypto().sha256(block));
  state.SetBytesProcessed(state.iterations() * kBlockSize);
}
BENCHMARK(hash_a_block);

void verify_a_head(benchmark::State& state) {
  const Head& head = show().updates[0].head;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        verify(head, show().ledger.id(), vectors::key(2).public_key(), system_crypto()));
  }
}
BENCHMARK(verify_a_head);

void sign_a_head(benchmark::State& state) {
  Head head = show().updates[0].head;
  KeyPair key = vectors::key(2);
  for (auto _ : state) sign(head, show().ledger.id(), key);
}
BENCHMARK(sign_a_head);

void accept_an_update(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    Ledger ledger(show().ledger.descriptor(), system_crypto());
    (void)ledger.accept(show().updates[0]);
    state.ResumeTiming();
    benchmark::DoNotOptimize(ledger.accept(show().updates[1]));
  }
}
BENCHMARK(accept_an_update);

void drop_a_duplicate_head(benchmark::State& state) {
  Ledger ledger(show().ledger.descriptor(), system_crypto());
  (void)ledger.accept(show().updates[0]);
  for (auto _ : state) benchmark::DoNotOptimize(ledger.accept(show().updates[0]));
}
BENCHMARK(drop_a_duplicate_head);

void prove_512_leaves(benchmark::State& state) {
  Merkle merkle(system_crypto());
  HeapArena arena;
  Tree tree(merkle, arena);
  for (std::uint32_t i = 0; i < 100'000; ++i) tree.append(vectors::numbered_leaf(i % 1000));
  for (auto _ : state) benchmark::DoNotOptimize(tree.prove(51'200, 512, 100'000));
}
BENCHMARK(prove_512_leaves);

void insert_512_leaves(benchmark::State& state) {
  Merkle merkle(system_crypto());
  HeapArena arena;
  Tree server(merkle, arena);
  std::vector<Hash32> leaves;
  for (std::uint32_t i = 0; i < 4096; ++i) server.append(vectors::numbered_leaf(i));
  for (std::uint32_t i = 512; i < 1024; ++i) leaves.push_back(vectors::numbered_leaf(i));
  auto uncles = *server.prove(512, 512, 4096);
  for (auto _ : state) {
    state.PauseTiming();
    HeapArena fresh;
    Tree joiner(merkle, fresh);
    (void)joiner.advance(server.frontier(), {});
    state.ResumeTiming();
    benchmark::DoNotOptimize(joiner.insert(512, leaves, uncles));
  }
}
BENCHMARK(insert_512_leaves);

void decode_a_message(benchmark::State& state) {
  Bytes bytes = wire::encode(wire::HeadMessage{show().updates[1]});
  for (auto _ : state) benchmark::DoNotOptimize(wire::decode(bytes));
}
BENCHMARK(decode_a_message);

void replay_a_journal_frame(benchmark::State& state) {
  Bytes frame = journal_frame(JournalKind::Published, encode(show().updates[1]));
  for (auto _ : state) {
    benchmark::DoNotOptimize(scan_journal(frame, [](JournalKind, View) { return true; }));
  }
}
BENCHMARK(replay_a_journal_frame);

}  // namespace
}  // namespace freshet
