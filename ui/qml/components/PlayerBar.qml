// SPDX-License-Identifier: GPL-3.0-or-later
// The controls under the picture.
import QtQuick
import QtQuick.Layouts
import Freshet
import Freshet.Models
import Freshet.Player

Item {
    id: bar
    required property Show show
    required property Player player
    property bool fullScreen: false
    property bool compact: width < 860
    property bool menuOpen: speeds.opened || tracks.opened || subtitles.opened || more.opened
    readonly property bool live: show && !show.ended
    readonly property real behind: Math.max(0, (show ? show.duration : 0) - player.position)
    readonly property bool atEdge: player.live || (live && behind < 3000 && !player.paused)
    signal liveWanted
    signal fullScreenWanted
    signal miniWanted
    signal screenshotWanted

    implicitHeight: 116

    component Legend: Row {
        property color colour
        property string words
        property bool dots: false
        spacing: 6
        Rectangle {
            visible: !parent.dots
            anchors.verticalCenter: parent.verticalCenter
            width: 14
            height: 6
            radius: 3
            color: parent.colour
        }
        Row {
            visible: parent.dots
            spacing: 2
            anchors.verticalCenter: parent.verticalCenter
            Repeater { model: 3; Rectangle { width: 3; height: 3; radius: 1.5; color: Glass.ahead } }
        }
        Txt { text: parent.words; style: Txt.Caption; color: "#C2D0D4" }
    }

    LivePill {
        visible: bar.live && bar.show.size > 0
        anchors.right: parent.right
        y: 0
        atEdge: bar.atEdge
        behind: bar.behind
        onGoLive: bar.liveWanted()
    }
    Timeline {
        id: timeline
        visible: !bar.live || (bar.show !== null && bar.show.size > 0)
        y: 44
        width: parent.width
        show: bar.show
        player: bar.player
        onLiveWanted: bar.liveWanted()
    }
    RowLayout {
        y: 76
        x: -8
        width: parent.width + 16
        height: 40
        spacing: 4
        // Media keys mean directions in time: they stay as they are in every language.
        LayoutMirroring.enabled: false
        LayoutMirroring.childrenInherit: true
        IconPush {
            glass: true
            readonly property bool still: bar.player.paused || bar.player.ended
            symbol: still ? "play" : "pause"
            text: still ? qsTr("Play") : qsTr("Pause")
            key: qsTr("Space")
            onClicked: bar.player.toggle()
        }
        IconPush { glass: true; symbol: "back10"; text: qsTr("10 seconds back"); key: "J"; onClicked: bar.player.skip(-10000) }
        IconPush { glass: true; symbol: "fwd10"; text: qsTr("10 seconds on"); key: "L"; onClicked: bar.player.skip(10000) }
        IconPush {
            glass: true
            symbol: "volume"
            text: bar.player.muted ? qsTr("Sound on") : qsTr("Mute")
            key: "M"
            opacity: bar.player.muted || bar.player.noSound ? 0.5 : 1
            onClicked: bar.player.muted = !bar.player.muted
        }
        Volume {
            Layout.rightMargin: 16
            visible: bar.width > 560
            value: bar.player.muted ? 0 : bar.player.volume
            onMoved: {
                bar.player.muted = false
                bar.player.volume = value
                Settings.volume = value
            }
        }
        Row {
            Layout.alignment: Qt.AlignVCenter
            Txt { text: Format.clock(timeline.shownMs); style: Txt.Label; color: "#FFFFFF" }
            Txt { text: " / " + Format.clock(timeline.length); style: Txt.Label; color: "#B4C3C8" }
        }
        Item { Layout.fillWidth: true }
        Row {
            visible: bar.width > 1060 && bar.live
            spacing: 16
            Legend { colour: Glass.mine; words: qsTr("mine") }
            Legend { colour: Glass.swarm; words: qsTr("in the swarm") }
            Legend { dots: true; words: qsTr("not aired yet") }
        }
        Item { Layout.fillWidth: true }
        Push {
            id: speed
            implicitHeight: 36
            small: true
            symbol: bar.player.catchingUp ? "speed" : ""
            ground: bar.player.catchingUp ? "#2955CBE0" : "#00000000"
            ink: bar.player.catchingUp ? "#9BE6F2" : "#E4EDEF"
            text: bar.player.catchingUp ? qsTr("1.25× · catching up")
                                        : (bar.player.live ? 1 : bar.player.speed) + "×"
            Accessible.name: qsTr("Speed")
            onClicked: speeds.open()
            Menu {
                id: speeds
                y: -height - 8
                x: speed.width - width
                entries: Array.from([
                    { text: qsTr("Catch up"), symbol: "speed", hidden: !bar.live,
                      checked: bar.player.catchingUp,
                      run: () => bar.player.catchingUp = !bar.player.catchingUp }
                ]).concat(Array.from([1, 1.25, 1.5, 1.75, 2]).map(s => ({
                    text: s + "×",
                    checked: !bar.player.catchingUp && Math.abs(bar.player.speed - s) < 0.06,
                    run: () => bar.player.speed = s
                })))
            }
        }
        IconPush {
            id: audio
            glass: true
            visible: !bar.compact && bar.player.audioTracks.length > 1
            symbol: "audio"
            text: qsTr("Sound track")
            onClicked: tracks.open()
            Menu {
                id: tracks
                y: -height - 8
                x: audio.width - width
                entries: Array.from(bar.player.audioTracks).map(t => ({
                    text: t.title || t.language || qsTr("Track %1").arg(t.id),
                    checked: t.selected,
                    run: () => bar.player.selectTrack("audio", t.id)
                }))
            }
        }
        IconPush {
            id: subs
            glass: true
            visible: !bar.compact && bar.player.subtitleTracks.length > 0
            symbol: "subs"
            text: qsTr("Subtitles")
            onClicked: subtitles.open()
            Menu {
                id: subtitles
                y: -height - 8
                x: subs.width - width
                entries: Array.from([{ text: qsTr("None"), run: () => bar.player.selectTrack("sub", 0) }]).concat(
                    Array.from(bar.player.subtitleTracks).map(t => ({
                        text: t.title || t.language || qsTr("Track %1").arg(t.id),
                        checked: t.selected,
                        run: () => bar.player.selectTrack("sub", t.id)
                    })))
            }
        }
        IconPush {
            glass: true
            visible: !bar.compact
            symbol: "camera-shot"
            text: qsTr("Save picture")
            key: "S"
            onClicked: bar.screenshotWanted()
        }
        IconPush {
            glass: true
            visible: !bar.compact
            symbol: "pip"
            text: qsTr("Small window on top")
            key: "I"
            onClicked: bar.miniWanted()
        }
        IconPush {
            id: extra
            glass: true
            visible: bar.compact
            symbol: "more"
            text: qsTr("More")
            onClicked: more.open()
            Menu {
                id: more
                y: -height - 8
                x: extra.width - width
                entries: Array.from([
                    { text: qsTr("Save picture"), symbol: "camera-shot", run: () => bar.screenshotWanted() },
                    { text: qsTr("Small window on top"), symbol: "pip", run: () => bar.miniWanted() }
                ]).concat(bar.player.audioTracks.length > 1 ? Array.from(bar.player.audioTracks).map(t => ({
                    text: t.title || t.language || qsTr("Sound track %1").arg(t.id), symbol: "audio",
                    checked: t.selected, run: () => bar.player.selectTrack("audio", t.id) })) : [])
                .concat(Array.from(bar.player.subtitleTracks).map(t => ({
                    text: t.title || t.language || qsTr("Subtitles %1").arg(t.id), symbol: "subs",
                    checked: t.selected, run: () => bar.player.selectTrack("sub", t.id) })))
            }
        }
        IconPush {
            glass: true
            symbol: "full"
            text: bar.fullScreen ? qsTr("Leave full screen") : qsTr("Full screen")
            key: "F"
            onClicked: bar.fullScreenWanted()
        }
    }
}
