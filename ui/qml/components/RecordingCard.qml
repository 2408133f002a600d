// SPDX-License-Identifier: GPL-3.0-or-later
// A show that is over: its length, how far one has watched, its size, and how much of it was
// passed on.
import QtQuick
import QtQuick.Templates as T
import Freshet
import Freshet.Items
import Freshet.Models

T.Button {
    id: card
    required property var modelData
    readonly property Show show: modelData
    readonly property string facts: show.phase === Show.Failed ? show.problem
        : !show.complete && show.size > 0
          ? qsTr("%1 of %2").arg(Format.size(show.have)).arg(Format.size(show.size))
          : Format.size(show.size) + "  ·  " + (show.open ? qsTr("shared %1").arg(Format.times(show.ratio))
                                                        : qsTr("not shared"))

    implicitHeight: picture.height + 48
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.name: show.name + ", " + Format.span(show.duration) + ", " + facts
    Accessible.role: Accessible.Button
    onClicked: App.watch(card.show)
    Keys.onReturnPressed: card.clicked()

    background: Item {}
    contentItem: Item {
        Picture {
            id: picture
            width: parent.width
            height: Math.round(width * 0.4845)
            radius: 12
            ground: Theme.dark ? "#16262C" : "#DCE9EC"
            source: card.show.pictureUrl
            FocusRing { around: 12; shown: card.visualFocus }
            Rectangle {
                anchors.fill: parent
                radius: 12
                color: "#FFFFFF"
                opacity: card.hovered ? 0.06 : 0
            }
            Icon {
                visible: !picture.loaded
                anchors.centerIn: parent
                name: "file"
                side: 32
                colour: Theme.text3
            }
            Chip {
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: 10
                visible: card.show.duration > 0
                text: Format.clock(card.show.duration)
            }
            // How far one has watched.
            Rectangle {
                visible: card.show.position > 0 && card.show.duration > 0
                anchors.bottom: parent.bottom
                x: 6
                width: (parent.width - 12) * Math.min(1, card.show.position / card.show.duration)
                height: 4
                radius: 2
                color: Glass.mine
            }
            CardMenu {
                show: card.show
                glass: true
                visible: card.hovered || card.visualFocus || activeFocus || menu.opened
            }
        }
        Txt {
            anchors.top: picture.bottom
            anchors.topMargin: 8
            width: parent.width
            text: card.show.name
            style: Txt.Label
        }
        Txt {
            anchors.top: picture.bottom
            anchors.topMargin: 28
            width: parent.width
            text: card.facts
            style: Txt.Small
            color: card.show.phase === Show.Failed ? Theme.warn : Theme.text3
        }
    }
}
