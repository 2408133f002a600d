// SPDX-License-Identifier: GPL-3.0-or-later
// A channel that one follows: what is on, and how to leave it.
import QtQuick
import QtQuick.Templates as T
import Freshet
import Freshet.Models

T.Button {
    id: chip
    required property var modelData
    implicitHeight: 56
    implicitWidth: Math.min(320, Math.max(180, words.implicitWidth + 112))
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: modelData.name
    Accessible.name: modelData.name + (modelData.onAir ? ", " + qsTr("on air") : "")
    Accessible.role: Accessible.Button
    onClicked: App.follows.open(modelData.key)
    Keys.onReturnPressed: chip.clicked()
    Keys.onMenuPressed: menu.open()
    background: Rectangle {
        radius: 14
        color: Theme.shade(Theme.surface, chip.hovered, chip.down)
        border.color: chip.modelData.onAir ? Theme.live : Theme.line
        FocusRing { around: 14; shown: chip.visualFocus }
    }
    contentItem: Item {
        Icon {
            x: 14
            anchors.verticalCenter: parent.verticalCenter
            name: "broadcast"
            colour: chip.modelData.onAir ? Theme.live : Theme.text3
        }
        Column {
            id: words
            x: 46
            width: parent.width - 96
            anchors.verticalCenter: parent.verticalCenter
            Txt { width: parent.width; text: chip.modelData.name; style: Txt.Label }
            Txt {
                width: parent.width
                style: Txt.Caption
                color: chip.modelData.onAir ? Theme.live : Theme.text3
                text: chip.modelData.onAir ? qsTr("On air: %1").arg(chip.modelData.show)
                    : chip.modelData.show !== "" ? qsTr("Last: %1").arg(chip.modelData.show) : qsTr("Not on air")
            }
        }
        IconPush {
            anchors.right: parent.right
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            symbol: "more"
            text: qsTr("More")
            onClicked: menu.open()
        }
    }
    Menu {
        id: menu
        y: chip.height + 4
        entries: [
            { text: qsTr("Copy the channel's link"), symbol: "link", run: () => {
                App.copy(App.follows.link(chip.modelData.key))
                Dialogs.say(qsTr("Link copied"), "")
            } },
            { text: qsTr("No longer follow"), symbol: "close", danger: true, run: () => App.follows.unfollow(chip.modelData.key) }
        ]
    }
}
