// SPDX-License-Identifier: GPL-3.0-or-later
// What mpv tells, taken in.
#include <string_view>

#include "freshet/base/log.hpp"
#include "player/player.hpp"

namespace freshet::ui::player {
namespace {

// Two opens of one stream may differ so much in where they think that it begins, ms.
constexpr double kSameOrigin = 1500;
// Marks our question where the first picture lies.
constexpr std::uint64_t kWhere = 1;

double as_double(const mpv_event_property& property) {
  return property.format == MPV_FORMAT_DOUBLE ? *static_cast<double*>(property.data) : 0;
}
bool as_flag(const mpv_event_property& property) {
  return property.format == MPV_FORMAT_FLAG && *static_cast<int*>(property.data) != 0;
}
qint64 as_int(const mpv_event_property& property) {
  return property.format == MPV_FORMAT_INT64 ? *static_cast<std::int64_t*>(property.data) : 0;
}
QString as_text(const mpv_event_property& property) {
  if (property.format != MPV_FORMAT_STRING) return {};
  return QString::fromUtf8(*static_cast<char**>(property.data));
}

const mpv_node* find(const mpv_node& map, std::string_view key) {
  if (map.format != MPV_FORMAT_NODE_MAP) return nullptr;
  for (int i = 0; i < map.u.list->num; ++i) {
    if (key == map.u.list->keys[i]) return &map.u.list->values[i];
  }
  return nullptr;
}

}  // namespace

void Player::read_events() {
  for (;;) {
    const mpv_event* event = mpv_wait_event(mpv_->handle(), 0);
    switch (event->event_id) {
      case MPV_EVENT_NONE:
        return;
      case MPV_EVENT_PROPERTY_CHANGE:
        changed(*static_cast<mpv_event_property*>(event->data));
        break;
      case MPV_EVENT_PLAYBACK_RESTART:
        ask_where();
        break;
      case MPV_EVENT_GET_PROPERTY_REPLY:
        if (event->reply_userdata != kWhere) break;
        unanswered_ = event->error < 0;  // it does not know yet: asked again at the next tick
        if (!unanswered_) {
          restarted(as_double(*static_cast<mpv_event_property*>(event->data)) * 1000);
        }
        break;
      case MPV_EVENT_END_FILE:
        file_ended(*static_cast<mpv_event_end_file*>(event->data));
        break;
      default:
        break;
    }
  }
}

void Player::ask_where() {
  mpv_get_property_async(mpv_->handle(), kWhere, "time-pos", MPV_FORMAT_DOUBLE);
}

void Player::changed(const mpv_event_property& property) {
  std::string_view name = property.name;
  if (name == "time-pos") {
    if (property.format != MPV_FORMAT_DOUBLE || !restarted_ || wanted_) return;
    position_ = std::max(0.0, as_double(property) * 1000 - origin_);
  } else if (name == "pause") {
    paused_ = as_flag(property);
    Q_EMIT pausedChanged();
  } else if (name == "paused-for-cache") {
    starved_ = as_flag(property);
    update_wait();
  } else if (name == "eof-reached") {
    bool at_end = as_flag(property);
    if (at_end != ended_ && (!at_end || !mpv_->feed().failed())) {
      ended_ = at_end;
      if (at_end) set_live(false, false);
      Q_EMIT endedChanged();
    }
    if (at_end && mpv_->feed().failed()) set_problem(Problem::Unreadable);
    update_wait();
  } else if (name == "demuxer-cache-state") {
    if (property.format == MPV_FORMAT_NODE) read_cache(*static_cast<mpv_node*>(property.data));
  } else if (name == "track-list") {
    if (property.format == MPV_FORMAT_NODE) read_tracks(*static_cast<mpv_node*>(property.data));
  } else if (name == "dwidth") {
    video_size_.setWidth(static_cast<int>(as_int(property)));
    Q_EMIT pictureChanged();
  } else if (name == "dheight") {
    video_size_.setHeight(static_cast<int>(as_int(property)));
    Q_EMIT pictureChanged();
  } else if (name == "volume") {
    volume_ = as_double(property);
    Q_EMIT volumeChanged();
  } else if (name == "mute") {
    muted_ = as_flag(property);
    Q_EMIT volumeChanged();
  } else if (name == "current-ao") {
    QString output = as_text(property);
    no_sound_ = output == QLatin1String("null") && !qEnvironmentVariableIsSet("FRESHET_NULL_AUDIO");
    Q_EMIT volumeChanged();
  } else if (property.format == MPV_FORMAT_INT64) {
    figures_[QString::fromUtf8(property.name)] = as_int(property);
  } else if (property.format == MPV_FORMAT_DOUBLE) {
    figures_[QString::fromUtf8(property.name)] = as_double(property);
  } else {
    figures_[QString::fromUtf8(property.name)] = as_text(property);
  }
}

void Player::read_cache(const mpv_node& state) {
  cache_from_ = cache_to_ = 0;
  const mpv_node* end = find(state, "cache-end");
  received_to_ = end && end->format == MPV_FORMAT_DOUBLE ? end->u.double_ : 0;
  const mpv_node* ranges = find(state, "seekable-ranges");
  if (!ranges || ranges->format != MPV_FORMAT_NODE_ARRAY) return;
  double here = to_stream(position_);
  for (int i = 0; i < ranges->u.list->num; ++i) {
    const mpv_node& range = ranges->u.list->values[i];
    const mpv_node* from = find(range, "start");
    const mpv_node* to = find(range, "end");
    if (!from || !to || from->format != MPV_FORMAT_DOUBLE || to->format != MPV_FORMAT_DOUBLE) {
      continue;
    }
    bool around = from->u.double_ <= here + 1 && here <= to->u.double_ + 1;
    if (!around && cache_to_ != 0) continue;
    cache_from_ = from->u.double_;
    cache_to_ = to->u.double_;
  }
}

void Player::read_tracks(const mpv_node& list) {
  audio_tracks_.clear();
  subtitle_tracks_.clear();
  for (int i = 0; list.format == MPV_FORMAT_NODE_ARRAY && i < list.u.list->num; ++i) {
    const mpv_node& track = list.u.list->values[i];
    const mpv_node* type = find(track, "type");
    const mpv_node* id = find(track, "id");
    if (!type || !id || type->format != MPV_FORMAT_STRING || id->format != MPV_FORMAT_INT64) {
      continue;
    }
    const mpv_node* title = find(track, "title");
    const mpv_node* language = find(track, "lang");
    const mpv_node* selected = find(track, "selected");
    auto text = [](const mpv_node* node) {
      return node && node->format == MPV_FORMAT_STRING ? QString::fromUtf8(node->u.string)
                                                       : QString();
    };
    QVariantMap entry{{"id", static_cast<int>(id->u.int64)},
                      {"title", text(title)},
                      {"language", text(language)},
                      {"selected", selected && selected->u.flag != 0}};
    if (text(type) == QLatin1String("audio")) audio_tracks_.append(entry);
    if (text(type) == QLatin1String("sub")) subtitle_tracks_.append(entry);
  }
  Q_EMIT tracksChanged();
}

// The first picture after an open or a seek. Where it lies in the show ties the stream's own time
// to the show's.
void Player::restarted(double stream_ms) {
  bool opened = !has_picture_ || origin_base_ != base_;
  if (opened && playable_) {
    double origin = stream_ms - static_cast<double>(playable_->times.ms_at(base_));
    bool same = origin_base_ && std::abs(origin - origin_) < kSameOrigin;
    if (!same) origin_ = origin;
    origin_base_ = base_;
  }
  restarted_ = true;
  has_picture_ = true;
  landed_ = std::max(0.0, stream_ms - origin_);
  if (!wanted_) position_ = landed_;
  log::info("player: picture {} ms after it was asked for", since_load_.elapsed());
  Q_EMIT shown(static_cast<double>(since_load_.elapsed()));
  Q_EMIT pictureChanged();
  Q_EMIT positionChanged();
  update_wait();
}

void Player::file_ended(const mpv_event_end_file& end) {
  if (end.reason == MPV_END_FILE_REASON_ERROR) set_problem(Problem::NotVideo);
}

}  // namespace freshet::ui::player
