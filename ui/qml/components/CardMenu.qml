// SPDX-License-Identifier: GPL-3.0-or-later
// What one can do with a show, at the corner of its card.
import QtQuick
import Freshet
import Freshet.Models

IconPush {
    id: button
    required property Show show

    anchors.right: parent ? parent.right : undefined
    anchors.top: parent ? parent.top : undefined
    anchors.margins: 8
    implicitWidth: 32
    implicitHeight: 32
    side: 20
    symbol: "more"
    text: qsTr("More")
    onClicked: menu.open()

    property Menu menu: Menu {
        parent: button
        y: button.height + 4
        x: button.mirrored ? 0 : button.width - width
        entries: [
            { text: qsTr("Copy link"), symbol: "link", run: () => App.copy(button.show.link) },
            { text: qsTr("Show file"), symbol: "folder", run: () => App.reveal(button.show.file) },
            { text: qsTr("Stop sharing"), symbol: "stop", hidden: !button.show.open,
              run: () => App.stopSharing(button.show) },
            { text: qsTr("Remove…"), symbol: "close", danger: true,
              run: () => Dialogs.askRemove(button.show) }
        ]
    }
}
