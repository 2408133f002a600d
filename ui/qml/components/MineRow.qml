// SPDX-License-Identifier: GPL-3.0-or-later
// A broadcast of one's own.
import QtQuick
import QtQuick.Templates as T
import Freshet
import Freshet.Items
import Freshet.Models

T.Button {
    id: card
    required property var modelData
    readonly property Show show: modelData

    readonly property bool airs: Studio.show === show && !show.ended
    signal broadcastWanted

    implicitHeight: 64
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.name: show.name
    Accessible.role: Accessible.Button
    onClicked: card.show.ended ? App.watch(card.show) : card.broadcastWanted()
    Keys.onReturnPressed: card.clicked()

    background: Rectangle {
        radius: 14
        color: Theme.shade(Theme.surface, card.hovered, card.down)
        border.color: Theme.line
        FocusRing { around: 14; shown: card.visualFocus }
    }
    contentItem: Item {
        Picture {
            id: picture
            x: card.mirrored ? parent.width - width - 8 : 8
            y: 8
            width: 80
            height: 48
            radius: 8
            ground: Theme.raised
            source: card.show.pictureUrl
        }
        Column {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: 100
            anchors.rightMargin: 52
            anchors.verticalCenter: parent.verticalCenter
            Txt { width: parent.width; text: card.show.name; style: Txt.Label }
            Txt {
                width: parent.width
                style: Txt.Small
                color: Theme.text3
                text: card.show.ended
                      ? Array.from([Format.day(card.show.airedOn), Format.clock(card.show.duration),
                         qsTr("%n person(s) keep it", "", card.show.people)])
                        .filter(t => t !== "").join(" · ")
                      : card.airs ? qsTr("On air: to the studio") : qsTr("Was cut off: go on with it, or end it")
            }
        }
        IconPush {
            x: card.mirrored ? 10 : parent.width - width - 10
            anchors.verticalCenter: parent.verticalCenter
            symbol: "link"
            text: qsTr("Copy link")
            onClicked: {
                App.copy(card.show.link)
                Dialogs.say(qsTr("Link copied"), "")
            }
        }
    }
}
