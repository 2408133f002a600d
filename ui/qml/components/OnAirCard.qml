// SPDX-License-Identifier: GPL-3.0-or-later
// A show that is on the air, or that somebody waits for.
import QtQuick
import QtQuick.Templates as T
import Freshet
import Freshet.Items
import Freshet.Models

T.Button {
    id: card
    required property var modelData
    readonly property Show show: modelData

    implicitHeight: Math.round(width * 0.52)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.name: show.name + ", " + state.text
    Accessible.role: Accessible.Button
    onClicked: App.watch(card.show)
    Keys.onReturnPressed: card.clicked()

    background: Picture {
        source: card.show.pictureUrl
        radius: 12
        ground: Theme.dark ? "#16262C" : "#DCE9EC"
        scrim: 0.9
        FocusRing { around: 12; shown: card.visualFocus }
        Rectangle {
            anchors.fill: parent
            radius: 12
            color: "#FFFFFF"
            opacity: card.hovered ? 0.06 : 0
        }
        Icon {
            visible: !parent.loaded
            anchors.centerIn: parent
            anchors.verticalCenterOffset: -20
            name: "broadcast"
            side: 40
            colour: Theme.text3
        }
    }
    contentItem: Item {
        id: inside
        readonly property bool bright: !(card.background as Picture).loaded && !Theme.dark
        readonly property color ink: bright ? Theme.text : "#FFFFFF"
        Row {
            x: card.mirrored ? parent.width - width - 12 : 12
            y: 12
            spacing: 6
            layoutDirection: card.mirrored ? Qt.RightToLeft : Qt.LeftToRight
            LiveBadge { visible: card.show.onAir && card.show.size > 0 }
            Chip {
                text: card.show.size > 0 ? Format.span(card.show.duration) : state.brief
            }
        }
        Column {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: 16
            anchors.bottomMargin: 12
            spacing: 2
            Txt {
                width: parent.width
                text: card.show.name
                style: Txt.Heading
                color: inside.ink
            }
            Txt {
                id: state
                readonly property string brief: card.show.phase === Show.Waiting ? qsTr("Starts soon")
                                                                                : qsTr("Looking for it")
                width: parent.width
                style: Txt.Small
                color: inside.bright ? Theme.text2 : "#D5E0E3"
                text: card.show.phase === Show.Failed ? card.show.problem
                    : card.show.phase === Show.Connecting
                      ? (card.show.size > 0 ? qsTr("Nobody who has it is here right now")
                                            : qsTr("Looking for people who have it"))
                    : card.show.size === 0 ? qsTr("%n person(s) waiting", "", card.show.people + 1)
                    : qsTr("%n person(s) with this show", "", card.show.people + 1)
            }
            Item { width: 1; height: 8 }
            RiverLine {
                width: parent.width
                height: 8
                thickness: 4
                visible: card.show.size > 0
                ranges: card.show.mineRanges
                aired: 0.92
                live: true
                mine: Glass.mine
                swarm: "#8FA7B5"
                ahead: "#C8D6DB"
                mark: Glass.mark
            }
        }
    }
    CardMenu {
        show: card.show
        glass: true
        visible: card.hovered || card.visualFocus || activeFocus || menu.opened
    }
}
