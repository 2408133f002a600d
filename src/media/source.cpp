// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/media/source.hpp"

#include <filesystem>

#include "media/av.hpp"
#include "media/sources.hpp"

namespace freshet::media {
namespace {

constexpr std::string_view kCamera = "camera:", kScreen = "screen:";

}  // namespace

Expected<std::unique_ptr<Source>> open_source(const std::string& spec,
                                              const SourceOptions& options) {
  if (spec.empty()) return fail(ErrorCode::Usage, "no source was named");
  if (spec == "-") return open_raw(spec);
  av_log_set_level(AV_LOG_FATAL);
  if (spec == "test:") return open_test_picture(options);
  if (spec.starts_with(kCamera)) return open_camera(spec.substr(kCamera.size()), options);
  if (spec.starts_with(kScreen)) return open_screen(spec.substr(kScreen.size()), options);
  if (is_listening(spec)) return open_listener(spec, options);
  std::error_code error;
  bool is_url = spec.find("://") != std::string::npos;
  if (!is_url && !std::filesystem::exists(spec, error)) {
    return fail(ErrorCode::Source, "cannot open " + spec + ": no such file");
  }
  if (!is_url && std::filesystem::is_directory(spec, error)) {
    return fail(ErrorCode::Source, "cannot publish " + spec +
                                       ": it is a directory; pack it: tar -c " + spec +
                                       " | freshet-cli publish -");
  }
  if (options.raw) return open_raw(spec);
  auto media = open_aired_file(spec, options);
  if (media && *media) return media;
  if (!media) return media;
  if (is_url) return fail(ErrorCode::Source, "FFmpeg does not know the format of " + spec);
  return open_raw(spec);
}

}  // namespace freshet::media
