// SPDX-License-Identifier: GPL-3.0-or-later
// What "camera:", "screen:" and "test:" mean on this machine, and what there is to choose from.
#include <fmt/format.h>

#include <cstdlib>

extern "C" {
#include <libavdevice/avdevice.h>
}

#include "media/live_source.hpp"
#include "media/sources.hpp"

namespace freshet::media {
namespace {

constexpr int kWidth = 1280, kHeight = 720, kFps = 30;
// Below this rate fewer pictures are better ones, and the packets they come in are fuller.
constexpr int kSmallRate = 800'000, kSmallFps = 25;
constexpr double kBitsPerPixel = 0.09;  // looks clean at x264's "veryfast"
constexpr int kLowestRate = 200'000;

LivePlan plan_for(const SourceOptions& options) {
  LivePlan plan;
  VideoFormat& picture = plan.picture;
  picture.width = options.width > 0 ? options.width : kWidth;
  picture.height = options.height > 0 ? options.height : kHeight;
  bool small = options.video_bit_rate > 0 && options.video_bit_rate < kSmallRate;
  picture.fps = options.fps > 0 ? options.fps : small ? kSmallFps : kFps;
  picture.encoder = encoder_of(options.video_codec);
  picture.bit_rate = options.video_bit_rate > 0
                         ? options.video_bit_rate
                         : usual_bit_rate(picture.width, picture.height, picture.fps);
  plan.audio_encoder = audio_encoder_of(options.audio_codec);
  plan.audio_bit_rate = options.audio_bit_rate > 0 ? options.audio_bit_rate : kAudioBitRate;
  plan.monitor = options.monitor;
  plan.wait_for_air = options.wait_for_air;
  plan.info.extension = ".ts";
  plan.info.media_type = "video/mp2t";
  return plan;
}

void estimate(LivePlan& plan) {
  int bits = (plan.video ? plan.picture.bit_rate : 0) + (plan.audio ? plan.audio_bit_rate : 0);
  plan.info.bytes_per_second = static_cast<std::uint64_t>(bits) / 8 * 11 / 10;
}

// `spec`: "pulse:NAME" or "alsa:NAME".
Expected<Device> sound_device(const std::string& spec) {
  std::size_t colon = spec.find(':');
  std::string format = spec.substr(0, colon);
  if (colon == std::string::npos || (format != "pulse" && format != "alsa")) {
    return fail(ErrorCode::Usage, "\"" + spec +
                                      "\" is no sound device; \"pulse:NAME\", \"alsa:NAME\" or "
                                      "\"none\" is (see --list-devices)");
  }
  Device device{.format = format, .url = spec.substr(colon + 1), .options = {}};
  device.options = {{"sample_rate", "48000"}, {"channels", "2"}};
  // 20 ms at a time; the server's own choice is up to two seconds.
  if (format == "pulse") device.options.emplace_back("fragment_size", "3840");
  device.what = device.url == "default"             ? "the usual microphone"
                : device.url == "@DEFAULT_MONITOR@" ? "what this machine plays"
                                                    : "the sound device " + device.url;
  return device;
}

Expected<void> add_sound(LivePlan& plan, const std::string& asked, const std::string& usual) {
  if (asked == "none") return {};
  auto device = sound_device(asked.empty() ? usual : asked);
  if (!device) return tl::make_unexpected(device.error());
  plan.audio = std::move(*device);
  return {};
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

void list_of(const char* format, DeviceEntry::Kind kind, const std::string& prefix,
             std::vector<DeviceEntry>& entries) {
  AVDeviceInfoList* list = nullptr;
  const AVInputFormat* input = av_find_input_format(format);
  if (!input) return;
  if (avdevice_list_input_sources(input, nullptr, nullptr, &list) >= 0) {
    for (int i = 0; i < list->nb_devices; ++i) {
      const AVDeviceInfo& info = *list->devices[i];
      // ALSA names its converters, too.
      std::string_view name = info.device_name;
      bool converter = prefix == "alsa:" && name != "default" && !name.starts_with("hw:");
      if (converter) continue;
      entries.push_back({kind, prefix + info.device_name, info.device_description});
    }
  }
  avdevice_free_list_devices(&list);
}

}  // namespace

std::string encoder_of(const std::string& codec) {
  if (codec.empty() || codec == "h264") return "libx264";
  if (codec == "hevc" || codec == "h265") return "libx265";
  return codec;
}

std::string audio_encoder_of(const std::string& codec) {
  if (codec == "opus") return "libopus";
  return codec.empty() ? "aac" : codec;
}

int usual_bit_rate(int width, int height, int fps) {
  return std::max(kLowestRate, static_cast<int>(kBitsPerPixel * width * height * fps));
}

Expected<std::unique_ptr<Source>> open_camera(const std::string& device,
                                              const SourceOptions& options) {
  LivePlan plan = plan_for(options);
  std::string path = device.empty() ? "/dev/video0" : device;
  Device& camera = plan.video.emplace();
  camera = {.format = "video4linux2", .url = path, .options = {}, .video = true};
  camera.what = "the camera " + path;
  camera.options = {{"framerate", std::to_string(plan.picture.fps)},
                    {"video_size", fmt::format("{}x{}", plan.picture.width, plan.picture.height)},
                    {"input_format", "mjpeg"}};  // raw pictures of this size choke USB 2
  if (auto sound = add_sound(plan, options.audio, "pulse:default"); !sound) {
    return tl::make_unexpected(sound.error());
  }
  estimate(plan);
  return LiveSource::open(std::move(plan));
}

Expected<std::unique_ptr<Source>> open_screen(const std::string& display,
                                              const SourceOptions& options) {
  std::string name = display.empty() ? environment("DISPLAY") : display;
  if (name.empty() && !environment("WAYLAND_DISPLAY").empty()) {
    return fail(
        ErrorCode::Source,
        "cannot show a Wayland screen: FFmpeg of this system reads X11 only; log in with an "
        "X11 session, or let OBS capture it and push to rtmp://127.0.0.1/live?listen=1");
  }
  if (name.empty()) {
    return fail(ErrorCode::Source, "there is no screen to show: $DISPLAY is not set");
  }
  LivePlan plan = plan_for(options);
  Device& screen = plan.video.emplace();
  screen = {.format = "x11grab", .url = name, .options = {}, .video = true};
  screen.what = "the screen " + name;
  screen.options = {{"framerate", std::to_string(plan.picture.fps)}, {"draw_mouse", "1"}};
  if (auto sound = add_sound(plan, options.audio, "pulse:@DEFAULT_MONITOR@"); !sound) {
    return tl::make_unexpected(sound.error());
  }
  estimate(plan);
  return LiveSource::open(std::move(plan));
}

Expected<std::unique_ptr<Source>> open_test_picture(const SourceOptions& options) {
  LivePlan plan = plan_for(options);
  if (options.video_bit_rate == 0) plan.picture.bit_rate = plan.picture.bit_rate * 6 / 10;
  if (options.audio_bit_rate == 0) plan.audio_bit_rate = 96'000;
  plan.video = Device{.format = "lavfi",
                      .url = fmt::format("testsrc2=size={}x{}:rate={},format=yuv420p",
                                         plan.picture.width, plan.picture.height, plan.picture.fps),
                      .options = {},
                      .video = true,
                      .generated = true,
                      .what = "the test picture"};
  if (options.audio != "none") {
    plan.audio =
        Device{.format = "lavfi",
               .url = "sine=frequency=440:beep_factor=4:sample_rate=48000:samples_per_frame=960",
               .options = {},
               .generated = true,
               .what = "the test tone"};
  }
  plan.stamp = true;
  plan.info.name = "Test picture.ts";
  estimate(plan);
  return LiveSource::open(std::move(plan));
}

std::vector<DeviceEntry> list_devices() {
  av_log_set_level(AV_LOG_QUIET);
  avdevice_register_all();
  std::vector<DeviceEntry> entries;
  list_of("video4linux2", DeviceEntry::Kind::Camera, "camera:", entries);
  if (std::string display = environment("DISPLAY"); !display.empty()) {
    entries.push_back({DeviceEntry::Kind::Screen, "screen:" + display, "Screen " + display});
  }
  list_of("pulse", DeviceEntry::Kind::Sound, "pulse:", entries);
  list_of("alsa", DeviceEntry::Kind::Sound, "alsa:", entries);
  av_log_set_level(AV_LOG_ERROR);
  return entries;
}

}  // namespace freshet::media
