// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/player.hpp"

#include <QCoreApplication>
#include <QPointer>
#include <algorithm>

#include "freshet/base/log.hpp"

namespace freshet::ui::player {
namespace {

using namespace std::chrono_literals;
using client::Container;

constexpr auto kTick = 100ms;
constexpr double kExact = 400;          // ms; a seek that ends so near is good enough
constexpr double kLateLimit = 3000;     // ms; what is later at the live edge is jumped over
constexpr qint64 kWaitForMapMs = 3000;  // for the marks that say where a time lies
constexpr qint64 kSettleMs = 700;       // after a jump to the edge
constexpr std::uint64_t kEdgeSlackMs = 300;

std::string load_options(Container container) {
  switch (container) {
    case Container::MpegTs:
      return "demuxer=+lavf,demuxer-lavf-format=mpegts";
    case Container::Matroska:
      return "demuxer=+mkv";
    case Container::Mp4:
      return "demuxer=+lavf,demuxer-lavf-format=mp4";
    case Container::Unknown:
      break;
  }
  return {};
}

}  // namespace

Player::Player(QObject* parent)
    : QObject(parent), generation_(std::make_shared<std::atomic<unsigned>>(0)) {
  Mpv::Options options;
  options.null_audio = qEnvironmentVariableIsSet("FRESHET_NULL_AUDIO");
  options.hardware_decoding = !qEnvironmentVariableIsSet("FRESHET_SOFTWARE_VIDEO");
  mpv_ = Mpv::create(options);
  if (!mpv_) {
    problem_ = Problem::NoPlayer;
    return;
  }
  for (auto [name, format] : {std::pair{"time-pos", MPV_FORMAT_DOUBLE},
                              {"pause", MPV_FORMAT_FLAG},
                              {"paused-for-cache", MPV_FORMAT_FLAG},
                              {"eof-reached", MPV_FORMAT_FLAG},
                              {"demuxer-cache-state", MPV_FORMAT_NODE},
                              {"track-list", MPV_FORMAT_NODE},
                              {"dwidth", MPV_FORMAT_INT64},
                              {"dheight", MPV_FORMAT_INT64},
                              {"volume", MPV_FORMAT_DOUBLE},
                              {"mute", MPV_FORMAT_FLAG},
                              {"current-ao", MPV_FORMAT_STRING},
                              {"frame-drop-count", MPV_FORMAT_INT64},
                              {"decoder-frame-drop-count", MPV_FORMAT_INT64},
                              {"avsync", MPV_FORMAT_DOUBLE},
                              {"video-codec", MPV_FORMAT_STRING},
                              {"audio-codec-name", MPV_FORMAT_STRING},
                              {"hwdec-current", MPV_FORMAT_STRING}}) {
    mpv_->observe(name, format);
  }
  mpv_->set_wakeup([self = QPointer(this)] {
    QMetaObject::invokeMethod(
        qApp,
        [self] {
          if (self) self->read_events();
        },
        Qt::QueuedConnection);
  });
  pool_.setMaxThreadCount(4);
  connect(&timer_, &QTimer::timeout, this, &Player::tick);
}

Player::~Player() {
  ++*generation_;
  if (mpv_) mpv_set_wakeup_callback(mpv_->handle(), nullptr, nullptr);
}

void Player::setPlayable(const QVariant& value) {
  auto playable = value.value<std::shared_ptr<client::Playable>>();
  if (playable == playable_) return;
  playable_ = std::move(playable);
  ++*generation_;
  begun_ = has_picture_ = ended_ = false;
  container_ = Container::Unknown;
  origin_base_.reset();
  wanted_.reset();
  position_ = std::max(0.0, start_at_);
  set_live(false, false);
  set_problem(mpv_ ? Problem::None : Problem::NoPlayer);
  if (playable_ && mpv_) {
    since_load_.start();
    timer_.start(kTick);
    begin();
  } else {
    timer_.stop();
    if (mpv_) mpv_->command({"stop"});
  }
  Q_EMIT playableChanged();
  Q_EMIT pictureChanged();
  Q_EMIT endedChanged();
  Q_EMIT positionChanged();
  update_wait();
}

void Player::rendererReady() {
  renderer_ready_ = true;
  begin();
}

// Opens the show where it should begin, once it is known where that lies.
void Player::begin() {
  if (begun_ || !playable_ || !mpv_ || !renderer_ready_) return;
  playable_->refresh();
  const client::TimeMap& times = playable_->times;
  bool map_missing = times.size() == 0 ||
                     (start_at_ > 0 && times.duration_ms() < static_cast<std::uint64_t>(start_at_));
  map_missing = map_missing || (start_at_ < 0 && !times.edge_is_marked());
  if (start_at_ != 0 && map_missing && since_load_.elapsed() < kWaitForMapMs) return;
  begun_ = true;
  setPaused(false);
  if (start_at_ < 0) return goLive();
  if (start_at_ > 0) return seek(start_at_);
  load(0);
}

double Player::bufferedTo() const {
  return has_picture_ ? std::max(position_, cache_to_ * 1000 - origin_) : position_;
}

double Player::waited() const {
  return wait_ == Wait::Nothing || !since_wait_.isValid()
             ? 0
             : static_cast<double>(since_wait_.elapsed());
}

void Player::setPaused(bool paused) {
  if (!mpv_) return;
  mpv_->set("pause", paused);
  if (paused) set_live(false, false);
}

void Player::toggle() {
  if (!ended_) return setPaused(!paused_);
  seek(0);
  setPaused(false);
}

void Player::setSpeed(double speed) {
  if (!mpv_) return;
  set_live(false, false);
  speed_ = std::clamp(speed, 0.25, 4.0);
  mpv_->set("speed", speed_);
  Q_EMIT speedChanged();
}

void Player::setCatchingUp(bool on) {
  if (on == catching_up_ || !mpv_) return;
  set_live(false, on);
  if (on && paused_) mpv_->set("pause", false);
}

void Player::set_live(bool live, bool catching_up) {
  bool changed = live != live_ || catching_up != catching_up_;
  if (changed && mpv_) {
    fast_ = false;
    speed_ = catching_up ? kCatchUpSpeed : 1.0;
    mpv_->set("speed", speed_);
    // At the edge there is never much to wait for.
    mpv_->set("cache-pause-wait", live ? kLiveStart : 0.5);
    Q_EMIT speedChanged();
  }
  live_ = live;
  catching_up_ = catching_up;
  if (changed) Q_EMIT modeChanged();
}

void Player::setVolume(double volume) {
  if (mpv_) mpv_->set("volume", std::clamp(volume, 0.0, 100.0));
}

void Player::setMuted(bool muted) {
  if (mpv_) mpv_->set("mute", muted);
}

void Player::selectTrack(const QString& type, int id) {
  if (mpv_)
    mpv_->set(type == QLatin1String("sub") ? "sid" : "aid", id > 0 ? std::to_string(id) : "no");
}

void Player::saveScreenshot(const QString& path) {
  if (mpv_) mpv_->command({"screenshot-to-file", path.toStdString(), "video"});
}

void Player::seek(double ms) {
  if (!mpv_ || !playable_) return;
  playable_->refresh();
  const client::TimeMap& times = playable_->times;
  ms = std::clamp(ms, 0.0, static_cast<double>(times.duration_ms()));
  set_live(false, false);
  since_load_.start();
  if (ended_) {
    ended_ = false;
    Q_EMIT endedChanged();
  }
  position_ = ms;
  double target = to_stream(ms);
  bool native = container_ == Container::Matroska || container_ == Container::Mp4;
  if (has_picture_ && (native || is_cached(target))) {
    wanted_.reset();
    seek_in_file(target);
  } else {
    wanted_ = ms;
    load(times.keyframe_before(times.byte_at(static_cast<std::uint64_t>(ms))));
  }
  Q_EMIT positionChanged();
}

void Player::seek_in_file(double stream_seconds) {
  restarted_ = false;
  reserve_ = {};
  mpv_->command({"seek", std::to_string(stream_seconds), "absolute"});
}

void Player::goLive() {
  if (!mpv_ || !playable_) return;
  playable_->refresh();
  const client::TimeMap& times = playable_->times;
  std::uint64_t edge = times.duration_ms();
  std::uint64_t byte = times.keyframe_before(times.byte_at(edge - std::min(edge, kEdgeSlackMs)));
  mpv_->set("pause", false);
  set_live(true, false);
  wanted_.reset();
  since_load_.start();
  bool near = has_picture_ && base_ <= byte &&
              cache_to_ >= to_stream(static_cast<double>(times.ms_at(byte)));
  if (near) {
    seek_in_file(cache_to_ - kLiveStart);
  } else {
    closes_in_ = true;
    load(byte);
  }
}

// What is read is pinned to the format that its first bytes show: mpv never guesses.
void Player::load(std::uint64_t byte) {
  base_ = byte;
  unsigned generation = ++*generation_;
  restarted_ = false;
  reserve_ = {};
  update_wait();
  if (byte > 0 || container_ != Container::Unknown) {
    if (container_ == Container::Unknown) container_ = Container::MpegTs;
    return play(container_, generation);
  }
  pool_.start([self = QPointer(this), playable = playable_, current = generation_, generation] {
    auto stream = playable->stream();
    std::array<std::uint8_t, client::kSniffSize> head{};
    std::size_t have = 0;
    bool open = true;
    for (auto patience = 0ms; open && have < head.size() && *current == generation;
         patience = 20ms) {
      auto result = stream->read(have, std::span(head).subspan(have), patience);
      have += result.size;
      open = result.status == client::StreamStatus::Data ||
             result.status == client::StreamStatus::Stalled;
    }
    if (*current != generation) return;
    auto container = client::sniff(View(head).subspan(0, have));
    QMetaObject::invokeMethod(
        qApp,
        [self, container, generation] {
          if (self) self->play(container, generation);
        },
        Qt::QueuedConnection);
  });
}

void Player::play(Container container, unsigned generation) {
  if (*generation_ != generation) return;
  container_ = container;
  if (container == Container::Unknown) {
    mpv_->command({"stop"});
    return set_problem(Problem::NotVideo);
  }
  // A transport stream is sought by us, from its time marks; the others by their own indexes, which
  // need to know how long the file is once it is.
  std::optional<std::uint64_t> size;
  if (container != Container::MpegTs) {
    base_ = 0;
    if (playable_->available->has(0, playable_->times.size()) && playable_->times.size() > 0) {
      size = playable_->times.size();
    }
  }
  set_problem(Problem::None);
  std::string url = mpv_->feed().offer(playable_, base_, size);
  mpv_->command({"loadfile", url, "replace", load_options(container)});
}

void Player::set_problem(Problem problem) {
  if (std::exchange(problem_, problem) != problem) Q_EMIT problemChanged();
}

void Player::update_wait() {
  Wait now = Wait::Nothing;
  if (playable_ && problem_ == Problem::None && !ended_ && (starved_ || !restarted_)) {
    auto at = mpv_ ? mpv_->feed().waiting_at() : std::nullopt;
    if (!has_picture_) now = Wait::Opening;
    if (at) now = *at >= playable_->times.size() ? Wait::Source : Wait::Missing;
    if (!at && has_picture_ && starved_) now = wait_ == Wait::Nothing ? Wait::Opening : wait_;
  }
  if (now == wait_) return;
  if (wait_ == Wait::Nothing) since_wait_.start();
  wait_ = now;
  Q_EMIT waitChanged();
}

void Player::tick() {
  begin();
  if (!playable_) return;
  playable_->refresh();
  if (std::exchange(unanswered_, false)) ask_where();
  update_wait();
  if (wanted_ && restarted_) {
    // The keyframe before is on screen; the very place is a moment further on.
    double target = to_stream(*wanted_);
    if (*wanted_ - landed_ < kExact || since_load_.elapsed() > kWaitForMapMs) {
      wanted_.reset();
    } else if (is_cached(target)) {
      wanted_.reset();
      seek_in_file(target);
    }
  }
  if (live_ || catching_up_) follow();
  log_figures();
  Q_EMIT positionChanged();
}

void Player::log_figures() {
  constexpr qint64 kEveryMs = 10'000;
  if (!log::enabled(log::Level::Info)) return;
  if (since_log_.isValid() && since_log_.elapsed() < kEveryMs) return;
  since_log_.start();
  auto figure = [&](const char* name) { return figures_[QString::fromLatin1(name)].toDouble(); };
  log::info("player: at {:.1f} s; dropped {} by the decoder, {} too late; sound {:.0f} ms ahead",
            position_ / 1000, figure("decoder-frame-drop-count"), figure("frame-drop-count"),
            figure("avsync") * 1000);
}

void Player::follow() {
  if (!has_picture_ || !restarted_) return jump_over_what_is_missing();
  double here = to_stream(position_);
  double behind = static_cast<double>(playable_->times.duration_ms()) - position_;
  if (catching_up_) {
    if (behind < 1500) set_live(true, false);
    return;
  }
  if (starved_) return jump_over_what_is_missing();
  LiveStep step = follow_edge(reserve_.add(since_load_.elapsed(), received_to_ - here), fast_);
  // A decoder had to begin at the keyframe before the edge: once the rest is here, on to the edge.
  bool settled = closes_in_ && since_load_.elapsed() > kSettleMs;
  if (settled) closes_in_ = false;
  bool further = cache_to_ - here > kLiveStart + kLiveSlack;  // there is a keyframe to jump to
  if ((settled || step.jump) && further) return seek_in_file(cache_to_ - kLiveStart);
  if (step.speed == speed_) return;
  fast_ = step.speed > 1;
  speed_ = step.speed;
  mpv_->set("speed", speed_);
}

void Player::jump_over_what_is_missing() {
  if (wait_ != Wait::Missing || waited() < kLateLimit) return;
  auto at = mpv_->feed().waiting_at();
  auto next = at ? playable_->next_start(*at) : std::nullopt;
  if (!next) return;
  bool seen = has_picture_;  // before the first picture nothing was left out
  double from = position_;
  double to = static_cast<double>(playable_->times.ms_at(*next));
  since_wait_.start();
  load(*next);
  if (seen) Q_EMIT jumpedOver(std::max(0.0, to - from));
}

}  // namespace freshet::ui::player
