// SPDX-License-Identifier: GPL-3.0-or-later
// Channels that the viewer follows: who they are, and what they say is on. Kept in a file; asked
// for again and again while the program runs. GUI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QVariantList>

#include "models/host.hpp"

namespace freshet::ui::models {

struct Followed {
  PublicKey key;
  QString name;
  qint64 seq = 0;  // of the newest thing that it said: older ones are no news
  QString show;    // the name of that show
  bool on_air = false;
};

class Follows : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("App has it")
  // Of {key, name, show, onAir}.
  Q_PROPERTY(QVariantList channels READ channels NOTIFY changed)

 public:
  Follows(Host& host, QObject* parent);
  // Where the list is kept.
  void setPath(const QString& path) { path_ = path; }

  [[nodiscard]] QVariantList channels() const;
  // Reads the file, and begins to ask.
  void start();
  // `opens`: what is on is played as soon as it is known.
  void follow(const ledger::ChannelLink& link, bool opens);
  Q_INVOKABLE void unfollow(const QString& key);
  // The channel's last known show is opened when it is known, or once it is.
  Q_INVOKABLE void open(const QString& key);
  Q_INVOKABLE [[nodiscard]] QString link(const QString& key) const;

 Q_SIGNALS:
  void changed();
  // It says something new: a show began or ended.
  void news(const freshet::ledger::ChannelItem& item, const QString& channel);
  // The viewer asked for it.
  void wanted(const freshet::ledger::ChannelItem& item);

 private:
  void found(const PublicKey& key, const ledger::ChannelItem& item);
  [[nodiscard]] Followed* find(const QString& key);
  void save() const;

  Host& host_;
  QString path_;
  std::vector<Followed> list_;
  std::map<QString, ledger::ChannelItem> items_;
  QString opening_;
};

}  // namespace freshet::ui::models
