// SPDX-License-Identifier: GPL-3.0-or-later
// Who is here, what passes, and what is wrong, in plain words.
import QtQuick
import Freshet
import Freshet.Items
import Freshet.Models
import Freshet.Player

Rectangle {
    id: panel
    required property Show show
    required property Player player
    property bool details: false
    property real behind: 0
    signal closed

    color: "#F5101619"

    // A figure that changes with every picture could not be read.
    Timer {
        interval: 1000
        repeat: true
        running: panel.visible
        triggeredOnStart: true
        onTriggered: panel.behind = panel.show.behindAt(panel.player.position)
    }

    component Fact: Rectangle {
        property alias title: name.text
        property alias value: figure.text
        property alias words: words.text
        width: (column.width - 12) / 2
        height: 92
        radius: 12
        color: "#1A262B"
        Txt { id: name; x: 14; y: 12; style: Txt.Small; color: "#B3C2C7" }
        Txt { id: figure; x: 14; y: 31; style: Txt.Title; color: "#EDF4F5" }
        Txt { id: words; x: 14; y: 66; width: parent.width - 20; style: Txt.Caption; font.weight: Font.Normal; color: "#8DA0A7" }
    }
    component Line: Item {
        property alias name: left.text
        property alias value: right.text
        width: column.width
        height: 24
        Txt { id: left; style: Txt.Small; color: "#8DA0A7" }
        Txt {
            id: right
            anchors.right: parent.right
            width: parent.width - left.implicitWidth - 16
            horizontalAlignment: Text.AlignRight
            elide: Text.ElideMiddle
            style: Txt.Small
            color: "#EDF4F5"
        }
    }

    Rectangle { width: 1; height: parent.height; color: "#22FFFFFF" }
    MouseArea { anchors.fill: parent; acceptedButtons: Qt.AllButtons }
    Flickable {
        anchors.fill: parent
        contentHeight: column.height + 48
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        Column {
            id: column
            x: 24
            y: 16
            width: panel.width - 48
            spacing: 12
            Item {
                width: parent.width
                height: 40
                Txt { text: qsTr("Who is here"); style: Txt.Heading; color: "#EDF4F5"; anchors.verticalCenter: parent.verticalCenter }
                IconPush {
                    anchors.right: parent.right
                    glass: true
                    side: 20
                    symbol: "close"
                    text: qsTr("Close")
                    key: "Esc"
                    onClicked: panel.closed()
                }
            }
            Item {
                width: parent.width
                height: 58
                Txt { id: number; text: Format.count(panel.show.people + 1); style: Txt.Display; color: "#EDF4F5" }
                Txt { y: 38; text: qsTr("people with this show"); style: Txt.Small; color: "#B3C2C7" }
                Txt { y: 18; anchors.right: parent.right; style: Txt.Small; color: "#B3C2C7"
                      text: qsTr("%n send(s) to you", "", panel.show.senders) }
                Txt { y: 38; anchors.right: parent.right; style: Txt.Small; color: "#B3C2C7"
                      text: qsTr("you send to %n", "", panel.show.receivers) }
            }
            Item {
                readonly property bool followed: Array.from(App.follows.channels).some(c => panel.show.channelLink.includes(c.key))
                width: parent.width
                height: 40
                visible: !panel.show.mine
                ChannelPicture {
                    id: face
                    anchors.verticalCenter: parent.verticalCenter
                    visible: url !== ""
                    width: visible ? side : 0
                    url: panel.show.channelPicture
                    side: 36
                }
                Txt {
                    anchors.left: face.right
                    anchors.leftMargin: face.visible ? 10 : 0
                    anchors.right: follow.left
                    anchors.rightMargin: 8
                    anchors.verticalCenter: parent.verticalCenter
                    color: "#EDF4F5"
                    style: Txt.Label
                    text: panel.show.channel === "" ? qsTr("The broadcaster gives no name") : qsTr("By %1").arg(panel.show.channel)
                }
                Push {
                    id: follow
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    small: true
                    symbol: parent.followed ? "check" : "broadcast"
                    ground: "#33FFFFFF"
                    ink: "#FFFFFF"
                    enabled: !parent.followed
                    text: parent.followed ? qsTr("Followed") : qsTr("Follow")
                    onClicked: App.follow(panel.show)
                }
            }
            Column {
                width: parent.width
                spacing: 4
                visible: panel.show.earlier.length > 0 && !panel.show.mine
                Txt { text: qsTr("Aired before"); style: Txt.Small; color: "#B3C2C7" }
                Repeater {
                    model: panel.show.earlier
                    Push {
                        required property var modelData
                        small: true
                        symbol: "play"
                        ground: "#1A262B"
                        ink: "#EDF4F5"
                        text: modelData.name
                        onClicked: App.open(modelData.link)
                    }
                }
            }
            // Problems, in plain words, with what one can do.
            Rectangle {
                width: parent.width
                visible: trouble.title !== ""
                height: trouble.implicitHeight + 28
                radius: 12
                color: "#33280F"
                border.color: "#5A4618"
                Icon { x: 16; y: 14; name: "warn"; colour: "#F2B84B" }
                Column {
                    id: trouble
                    readonly property string title:
                        !App.online ? qsTr("There is no network")
                        : panel.show.tooSlow ? qsTr("Your line is slower than the show")
                        : panel.show.phase === Show.Connecting ? qsTr("Nobody was reached yet")
                        : panel.show.unreachable
                          ? qsTr("New people can't reach you") : ""
                    readonly property string words:
                        !App.online ? qsTr("Connect this computer; the show goes on by itself.")
                        : panel.show.tooSlow
                          ? qsTr("It needs %1, you get %2. Pause for a while and watch then, or stop other downloads.")
                              .arg(Format.rate(panel.show.bitRate)).arg(Format.rate(panel.show.downRate))
                        : panel.show.phase === Show.Connecting
                          ? qsTr("Whoever has the show may be away, or a firewall is in between. Freshet goes on looking.")
                        : qsTr("Nobody has connected to you from outside. Watching works; sharing is slower than it could be. Opening the port on your router helps.")
                    x: 48
                    y: 14
                    width: parent.width - 64
                    spacing: 2
                    Txt { width: parent.width; text: trouble.title; style: Txt.Label; color: "#EDF4F5" }
                    Txt { width: parent.width; text: trouble.words; style: Txt.Small; color: "#C2CCCF"; wrapMode: Text.Wrap }
                }
            }
            Item {
                width: parent.width
                height: 20
                Txt { text: qsTr("Right now"); style: Txt.Label; color: "#EDF4F5" }
                Row {
                    anchors.right: parent.right
                    spacing: 4
                    Icon { name: "dn"; side: 16; colour: "#55CBE0"; anchors.verticalCenter: parent.verticalCenter }
                    Txt { text: Format.rate(panel.show.downRate); style: Txt.Small; color: "#7FDDED"; rightPadding: 10 }
                    Icon { name: "up"; side: 16; colour: "#F2B84B"; anchors.verticalCenter: parent.verticalCenter }
                    Txt { text: Format.rate(panel.show.upRate); style: Txt.Small; color: "#F2B84B" }
                }
            }
            RateGraph {
                width: parent.width
                height: 72
                down: panel.show.downHistory
                up: panel.show.upHistory
                downColour: "#55CBE0"
                upColour: "#F2C879"
                grid: "#22FFFFFF"
                LayoutMirroring.enabled: false
            }
            Item {
                width: parent.width
                height: 16
                LayoutMirroring.enabled: false
                LayoutMirroring.childrenInherit: true
                Txt { text: qsTr("1 minute ago"); style: Txt.Caption; font.weight: Font.Normal; color: "#8DA0A7" }
                Txt { anchors.right: parent.right; text: qsTr("now"); style: Txt.Caption; font.weight: Font.Normal; color: "#8DA0A7" }
            }
            Row {
                spacing: 12
                Fact {
                    title: qsTr("Behind the camera")
                    value: panel.show.ended ? "–" : Format.seconds(panel.behind)
                    words: panel.show.ended ? qsTr("the show is over") : qsTr("what you see")
                }
                Fact {
                    title: qsTr("Share ratio")
                    value: Format.times(panel.show.ratio)
                    words: qsTr("%1 out, %2 in").arg(Format.size(panel.show.sent)).arg(Format.size(panel.show.received))
                }
            }
            Item {
                width: parent.width
                height: 28
                Txt { y: 8; text: qsTr("Parts of the show"); style: Txt.Label; color: "#EDF4F5" }
                Txt {
                    y: 8
                    anchors.right: parent.right
                    style: Txt.Small
                    color: "#B3C2C7"
                    text: panel.show.size > 0
                          ? qsTr("%1 % are yours").arg(Math.floor(100 * panel.show.have / panel.show.size)) : ""
                }
            }
            PartsMap {
                width: parent.width
                height: Math.ceil(256 / Math.max(1, Math.floor(width / 11))) * (width / Math.max(1, Math.floor(width / 11)))
                parts: panel.show.parts
                mine: "#55CBE0"
                swarm: "#3C5566"
                LayoutMirroring.enabled: false
            }
            Txt {
                width: parent.width
                topPadding: 4
                text: qsTr("People in this swarm can see your IP address, as in every BitTorrent swarm.")
                style: Txt.Small
                color: "#8DA0A7"
                wrapMode: Text.Wrap
            }
            Push {
                width: parent.width
                kind: Push.Ghost
                ink: "#B3C2C7"
                text: panel.details ? qsTr("Hide technical details") : qsTr("Technical details")
                onClicked: panel.details = !panel.details
            }
            Column {
                visible: panel.details
                width: parent.width
                readonly property var f: panel.show.figures
                readonly property var p: panel.player.figures
                Line { name: qsTr("Info-hash"); value: parent.f.infoHash }
                Line { name: qsTr("Publisher's key"); value: parent.f.key }
                Line { name: qsTr("Signed head"); value: Format.count(parent.f.head) }
                Line { name: qsTr("Piece length"); value: Format.size(parent.f.pieceLength) }
                Line { name: qsTr("Connections"); value: parent.f.peers }
                Line { name: qsTr("Overhead, in and out"); value: Format.size(parent.f.overheadDown) + ", " + Format.size(parent.f.overheadUp) }
                Line { name: qsTr("Received twice"); value: Format.size(parent.f.duplicate) }
                Line { name: qsTr("Picture"); value: panel.player.videoSize.width + " × " + panel.player.videoSize.height }
                Line { name: qsTr("Video"); value: parent.p["video-codec"] ?? "" }
                Line { name: qsTr("Sound"); value: parent.p["audio-codec-name"] ?? "" }
                Line { name: qsTr("Frames dropped, shown late"); value: (parent.p["decoder-frame-drop-count"] ?? 0) + ", " + (parent.p["frame-drop-count"] ?? 0) }
                Line { name: qsTr("Sound ahead of picture"); value: Math.round((parent.p["avsync"] ?? 0) * 1000) + " ms" }
            }
        }
    }
}
