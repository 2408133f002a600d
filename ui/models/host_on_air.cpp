// SPDX-License-Identifier: GPL-3.0-or-later
// The host's part in a broadcast: devices, the preview, the air.
#include "models/host.hpp"

namespace freshet::ui::models {
void Host::list_devices() {
  post([this] { Q_EMIT devices(client::list_devices()); });
}

Expected<void> Host::open_source(Open& open, Programme programme, bool preview) {
  ShowId id = open.id;
  client::SourceOptions& options = programme.media;
  options.wait_for_air = preview;
  options.monitor.picture = [this, id](const client::Picture& picture) {
    QImage image(picture.rgb.data(), picture.width, picture.height, picture.width * 3,
                 QImage::Format_RGB888);
    Q_EMIT seen(id, image.copy());
  };
  options.monitor.level = [this, id](double left, double right) { Q_EMIT heard(id, left, right); };
  options.monitor.said = [events = open.events.get()](const std::string& text) {
    events->push(client::WarningEvent{"source", text});
  };
  auto source = client::open_source(programme.source, options);
  if (!source) return tl::make_unexpected(source.error());
  open.on_air = std::make_unique<client::OnAir>(std::move(*source), preview, *open.events);
  return {};
}

void Host::preview(ShowId id, Programme programme) {
  post([this, id, programme = std::move(programme)] {
    auto open = make_open(id);
    auto opened = open_source(*open, programme, true);
    if (!opened) {
      Q_EMIT refused(id, static_cast<int>(opened.error().code),
                     QString::fromStdString(opened.error().message));
      return;
    }
    QString address = QString::fromStdString(open->on_air->source().info().address);
    open_[id] = std::move(open);
    Q_EMIT previewed(id, address);
  });
}

Expected<OpenedShow> Host::put_on_air(Open& open, Programme& programme,
                                      ledger::Descriptor& descriptor) {
  if (!client_) return fail(ErrorCode::Unreachable, "the network could not be started");
  if (!open.on_air) {
    if (auto opened = open_source(open, programme, false); !opened) {
      return tl::make_unexpected(opened.error());
    }
  }
  client::OnAir& on_air = *open.on_air;
  on_air.complete(programme.publish);
  auto plan = client::plan_publish(options_, programme.publish);
  if (!plan) return tl::make_unexpected(plan.error());
  auto prepared = on_air.prepare(*client_, options_, programme.publish, std::move(*plan));
  if (!prepared) return tl::make_unexpected(prepared.error());
  if (!programme.later) on_air.air();
  const client::OpenShow& show = on_air.broadcast()->show();
  descriptor = show.link().descriptor;
  return opened_of(show, true);
}

void Host::go_live(ShowId id, Programme programme) {
  post([this, id, programme = std::move(programme)]() mutable {
    if (!open_.contains(id)) open_[id] = make_open(id);
    ledger::Descriptor descriptor;
    auto opened = put_on_air(*open_[id], programme, descriptor);
    if (!opened) {
      shut(id);
      Q_EMIT refused(id, static_cast<int>(opened.error().code),
                     QString::fromStdString(opened.error().message));
      return;
    }
    Q_EMIT aired(id, descriptor, *opened);
    drain(id);
  });
}

client::OnAir* Host::on_air(ShowId id) {
  auto entry = open_.find(id);
  return entry == open_.end() ? nullptr : entry->second->on_air.get();
}

void Host::air(ShowId id) {
  post([this, id] {
    if (auto* it = on_air(id)) it->air();
  });
}

void Host::end(ShowId id) {
  post([this, id] {
    auto* it = on_air(id);
    if (!it) return;
    it->air();  // a show that never began ends empty
    it->end();
  });
}

void Host::mute(ShowId id, bool muted) {
  post([this, id, muted] {
    if (auto* it = on_air(id)) it->source().set_muted(muted);
  });
}

void Host::measure(ShowId id) {
  post([this, id] {
    if (auto* it = on_air(id)) Q_EMIT measured(id, it->source().state());
  });
}

}  // namespace freshet::ui::models
