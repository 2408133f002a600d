// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/mpv.hpp"

#include <clocale>
#include <utility>

namespace freshet::ui::player {
namespace {

// A show is what a stranger sends: mpv opens nothing but the one demuxer that it is told, follows
// no reference to another file or host, and runs no script. docs/SECURITY.md has the reasons.
constexpr std::pair<const char*, const char*> kOptions[] = {
    {"config", "no"},
    {"terminal", "no"},
    {"load-scripts", "no"},
    {"ytdl", "no"},
    {"osc", "no"},
    {"input-default-bindings", "no"},
    {"input-vo-keyboard", "no"},
    {"access-references", "no"},
    {"ordered-chapters", "no"},
    {"load-unsafe-playlists", "no"},
    {"sub-auto", "no"},
    {"audio-file-auto", "no"},
    {"vo", "libmpv"},
    {"keep-open", "yes"},
    {"keep-open-pause", "no"},  // else it pauses what was loaded after the end, too
    {"idle", "yes"},
    {"video-sync", "audio"},
    {"audio-fallback-to-null", "yes"},
    {"audio-client-name", "Freshet"},
    {"audio-display", "no"},
    // A growing file: what is there is read ahead, what was shown is kept for going back.
    {"cache", "yes"},
    {"demuxer-readahead-secs", "30"},
    {"demuxer-max-bytes", "32MiB"},
    {"demuxer-max-back-bytes", "64MiB"},
    {"cache-pause-wait", "0.5"},
    {"demuxer-lavf-o", "fflags=+ignidx"},
    {"demuxer-lavf-analyzeduration", "0.2"},
    // Times are those of the stream, whichever byte it was opened at.
    {"rebase-start-time", "no"},
    {"sws-fast", "yes"},
    {"sws-scaler", "bilinear"},
};

}  // namespace

std::shared_ptr<Mpv> Mpv::create(const Options& options) {
  std::setlocale(LC_NUMERIC, "C");  // mpv_create() refuses any other
  std::shared_ptr<Mpv> mpv(new Mpv);
  mpv->handle_ = mpv_create();
  if (!mpv->handle_) return nullptr;
  for (auto [name, value] : kOptions) {
    if (mpv_set_option_string(mpv->handle_, name, value) < 0) return nullptr;
  }
  mpv_set_option_string(mpv->handle_, "hwdec", options.hardware_decoding ? "auto-safe" : "no");
  if (options.null_audio) mpv_set_option_string(mpv->handle_, "ao", "null");
  if (mpv_initialize(mpv->handle_) < 0) return nullptr;
  return mpv->feed_.register_with(mpv->handle_) ? mpv : nullptr;
}

Mpv::~Mpv() {
  if (!handle_) return;
  mpv_set_wakeup_callback(handle_, nullptr, nullptr);
  mpv_terminate_destroy(handle_);
}

void Mpv::set_wakeup(std::function<void()> wakeup) {
  wakeup_ = std::move(wakeup);
  mpv_set_wakeup_callback(
      handle_, [](void* self) { static_cast<Mpv*>(self)->wakeup_(); }, this);
}

void Mpv::observe(const char* property, mpv_format format) {
  mpv_observe_property(handle_, 0, property, format);
}

void Mpv::command(std::initializer_list<std::string> arguments) {
  command(std::vector<std::string>(arguments));
}

void Mpv::command(const std::vector<std::string>& arguments) {
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  pointers.push_back(nullptr);
  mpv_command_async(handle_, 0, pointers.data());
}

void Mpv::set(const char* property, const std::string& value) {
  const char* text = value.c_str();
  mpv_set_property_async(handle_, 0, property, MPV_FORMAT_STRING, &text);
}

void Mpv::set(const char* property, double value) {
  mpv_set_property_async(handle_, 0, property, MPV_FORMAT_DOUBLE, &value);
}

void Mpv::set(const char* property, bool value) {
  int flag = value ? 1 : 0;
  mpv_set_property_async(handle_, 0, property, MPV_FORMAT_FLAG, &flag);
}

}  // namespace freshet::ui::player
