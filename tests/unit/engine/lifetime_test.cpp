// SPDX-License-Identifier: GPL-3.0-or-later
// Engines start and stop again and again, with shows in every stage of life.
// FRESHET_STARTS: how often (30; tools/test --full: 1,000, under AddressSanitizer).
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "freshet/engine/engine.hpp"
#include "freshet/engine/library.hpp"
#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::engine {
namespace {

namespace fs = std::filesystem;

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("freshet-lifetime-" + std::to_string(::getpid()))) {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

EngineConfig quiet(int turn) {
  EngineConfig config;
  // A port of its own each time: the one before may still be in TIME_WAIT.
  config.listen = "127.0.0.1:" + std::to_string(17000 + turn % 9000);
  config.dht = turn % 4 == 1;
  config.lsd = turn % 4 == 2;
  config.upnp = turn % 8 == 3;
  return config;
}

ledger::Descriptor descriptor_of(int turn) {
  ledger::Descriptor descriptor = test::make_descriptor();
  descriptor.salt.fill(static_cast<std::uint8_t>(turn));
  descriptor.name = "show" + std::to_string(turn) + ".ts";
  ledger::certify(descriptor, test::key_of(1));
  return descriptor;
}

TEST(Lifetime, EnginesComeAndGo) {
  const char* wanted = std::getenv("FRESHET_STARTS");
  int starts = wanted ? std::atoi(wanted) : 30;
  Folder folder;
  int shows = 0;
  for (int turn = 0; turn < starts; ++turn) {
    Expected<std::unique_ptr<Engine>> engine = fail(ErrorCode::Internal, "");
    for (int attempt = 0; attempt < 20 && !engine; ++attempt) {
      engine = Engine::start(quiet(turn + 977 * attempt));
    }
    ASSERT_TRUE(engine) << engine.error().message;
    std::atomic<int> events{0};
    ShowCallbacks callbacks;
    callbacks.event = [&](Event) { ++events; };
    callbacks.snapshot = [&](Snapshot) { ++events; };
    ShowConfig config;
    ledger::Descriptor descriptor = descriptor_of(turn);
    config.folder = folder.path / std::to_string(turn);
    switch (turn % 5) {
      case 0:
        break;  // nothing at all
      case 1:
      case 2: {
        auto show = (*engine)->publish(descriptor, test::key_of(2).seed(), config, callbacks);
        ASSERT_TRUE(show) << show.error().message;
        auto inlet = show->inlet();
        EXPECT_TRUE(inlet->write({test::random_bytes(100'000, 1), false}));
        if (turn % 2 == 0) inlet->finish();
        ++shows;
        break;  // closed while it commits or hands over
      }
      case 3: {
        config.peers = {"127.0.0.1:9"};
        auto show = (*engine)->watch(descriptor, config, callbacks);
        ASSERT_TRUE(show) << show.error().message;
        ++shows;
        break;
      }
      default: {
        // Two at once, one closed by hand, one by its engine's owner.
        auto one = (*engine)->watch(descriptor, config, callbacks);
        ASSERT_TRUE(one) << one.error().message;
        ShowConfig other = config;
        other.folder += "-b";
        auto two =
            (*engine)->publish(descriptor_of(turn + 1), test::key_of(2).seed(), other, callbacks);
        ASSERT_TRUE(two) << two.error().message;
        one->close();
        shows += 2;
      }
    }
  }
  EXPECT_GE(shows, starts / 2);
}

}  // namespace
}  // namespace freshet::engine
