// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/follows.hpp"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <algorithm>

namespace freshet::ui::models {
namespace {

QString text_of(const PublicKey& key) {
  return QString::fromStdString(to_hex(key.view()));
}

}  // namespace

Follows::Follows(Host& host, QObject* parent) : QObject(parent), host_(host) {
  connect(&host_, &Host::said, this, &Follows::found);
}

void Follows::start() {
  QFile file(path_);
  if (!file.open(QIODevice::ReadOnly)) return;
  for (const QJsonValue& value : QJsonDocument::fromJson(file.readAll()).array()) {
    QJsonObject object = value.toObject();
    auto bytes = from_hex(object["key"].toString().toStdString());
    auto key = bytes ? PublicKey::from(*bytes) : std::nullopt;
    if (!key || find(text_of(*key))) continue;
    // What it said last is asked for again: it may be on the air still.
    qint64 seq = object["seq"].toInteger();
    list_.push_back({*key, object["name"].toString(), seq, object["show"].toString(), false});
    host_.follow(*key, std::max<qint64>(0, seq - 1));
  }
  Q_EMIT changed();
}

QVariantList Follows::channels() const {
  QVariantList list;
  for (const Followed& one : list_) {
    list.append(QVariantMap{{"key", text_of(one.key)},
                            {"name", one.name.isEmpty() ? text_of(one.key).left(8) : one.name},
                            {"show", one.show},
                            {"onAir", one.on_air}});
  }
  return list;
}

Followed* Follows::find(const QString& key) {
  auto one = std::ranges::find_if(list_, [&](const Followed& f) { return text_of(f.key) == key; });
  return one == list_.end() ? nullptr : &*one;
}

void Follows::follow(const ledger::ChannelLink& link, bool opens) {
  QString key = text_of(link.key);
  if (!find(key)) {
    list_.push_back({link.key, QString::fromStdString(link.name), 0, {}, false});
    host_.follow(link.key, 0);
    save();
  }
  if (opens) open(key);
  Q_EMIT changed();
}

void Follows::open(const QString& key) {
  auto known = items_.find(key);
  if (known != items_.end()) {
    Q_EMIT wanted(known->second);
  } else {
    opening_ = key;
  }
}

void Follows::unfollow(const QString& key) {
  Followed* one = find(key);
  if (!one) return;
  host_.forget(one->key);
  items_.erase(key);
  std::erase_if(list_, [&](const Followed& f) { return text_of(f.key) == key; });
  save();
  Q_EMIT changed();
}

QString Follows::link(const QString& key) const {
  for (const Followed& one : list_) {
    if (text_of(one.key) != key) continue;
    return QString::fromStdString(
        ledger::to_text(ledger::ChannelLink{one.key, one.name.toStdString()}));
  }
  return {};
}

void Follows::found(const PublicKey& key, const ledger::ChannelItem& item) {
  QString text = text_of(key);
  Followed* one = find(text);
  if (!one || item.seq < one->seq) return;
  bool news_for_us = item.seq > one->seq || (item.on_air && !one->on_air);
  one->seq = item.seq;
  one->on_air = item.on_air;
  one->show = QString::fromStdString(item.descriptor.name);
  if (!item.name.empty()) one->name = QString::fromStdString(item.name);
  items_[text] = item;
  save();
  Q_EMIT changed();
  if (std::exchange(opening_, opening_ == text ? QString() : opening_) == text) {
    Q_EMIT wanted(item);
  } else if (news_for_us) {
    Q_EMIT news(item, one->name);
  }
}

void Follows::save() const {
  QJsonArray array;
  for (const Followed& one : list_) {
    array.append(QJsonObject{
        {"key", text_of(one.key)}, {"name", one.name}, {"seq", one.seq}, {"show", one.show}});
  }
  QDir().mkpath(QFileInfo(path_).path());
  QSaveFile file(path_);
  if (!file.open(QIODevice::WriteOnly)) return;
  file.write(QJsonDocument(array).toJson());
  file.commit();
}

}  // namespace freshet::ui::models
