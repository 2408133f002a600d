// SPDX-License-Identifier: GPL-3.0-or-later
// The river line under the picture: where one is, what is here, where now is. Time runs from left
// to right in every language.
import QtQuick
import Freshet
import Freshet.Items
import Freshet.Models
import Freshet.Player

Item {
    id: line
    required property Show show
    required property Player player
    readonly property bool live: show && !show.ended
    readonly property real aired: live ? 0.92 : 1
    readonly property real length: Math.max(1, show ? show.duration : 1)
    property real dragged: -1
    readonly property real hoverMs: area.containsMouse || area.pressed
                                    ? Math.max(0, Math.min(area.mouseX / (width * aired), 1)) * length
                                    : -1
    readonly property real shownMs: dragged >= 0 ? dragged : player.position
    property bool tabbed: false

    implicitHeight: 24
    signal liveWanted

    activeFocusOnTab: true
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Position")
    Accessible.description: Format.clock(shownMs) + " / " + Format.clock(length)
    Accessible.onIncreaseAction: player.skip(5000)
    Accessible.onDecreaseAction: player.skip(-5000)
    Keys.onLeftPressed: event => player.skip(event.modifiers & Qt.ShiftModifier ? -60000 : -5000)
    Keys.onRightPressed: event => player.skip(event.modifiers & Qt.ShiftModifier ? 60000 : 5000)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_End && line.live) {
            line.liveWanted()
            event.accepted = true
        }
    }

    RiverLine {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        height: 24
        thickness: area.containsMouse || area.pressed ? 12 : 8
        ranges: line.show ? line.show.mineRanges : []
        aired: line.aired
        live: line.live
        mine: Glass.mine
        swarm: Glass.swarm
        ahead: Glass.ahead
        mark: Glass.mark
        Behavior on thickness { NumberAnimation { duration: Theme.hover } }
    }
    Rectangle {
        visible: line.hoverMs >= 0
        x: line.hoverMs / line.length * line.width * line.aired - 1
        y: 3
        width: 2
        height: 18
        radius: 1
        color: "#FFFFFF"
    }
    Rectangle {
        id: thumb
        x: Math.min(1, line.shownMs / line.length) * line.width * line.aired - width / 2
        anchors.verticalCenter: parent.verticalCenter
        width: 18
        height: 18
        radius: 9
        color: "#FFFFFF"
        FocusRing { around: 9; shown: line.activeFocus }
    }
    MouseArea {
        id: area
        anchors.fill: parent
        anchors.margins: -6
        hoverEnabled: true
        preventStealing: true
        cursorShape: Qt.PointingHandCursor
        function at(x: real): real {
            return Math.max(0, Math.min((x - 6) / (line.width * line.aired), 1)) * line.length
        }
        onPressed: mouse => line.dragged = at(mouse.x)
        onPositionChanged: mouse => { if (pressed) line.dragged = at(mouse.x) }
        onReleased: mouse => {
            const past = (mouse.x - 6) > line.width * line.aired - 4
            if (line.live && past)
                line.liveWanted()
            else
                line.player.seek(at(mouse.x))
            line.dragged = -1
        }
        onCanceled: line.dragged = -1
    }
    Rectangle {
        id: preview
        readonly property bool wide: moment.status === Image.Ready
        visible: line.hoverMs >= 0
        x: Math.max(0, Math.min(line.hoverMs / line.length * line.width * line.aired - width / 2,
                                line.width - width))
        y: -height - 10
        width: wide ? 192 : 160
        height: wide ? 140 : 34
        radius: 12
        color: Glass.ground
        border.color: Glass.line
        Image {
            id: moment
            x: 4
            y: 4
            width: 184
            height: 104
            visible: preview.wide
            sourceSize.width: 368
            sourceSize.height: 208
            asynchronous: true
            fillMode: Image.PreserveAspectCrop
            // One picture for each five seconds is enough, and spares the decoder.
            source: line.hoverMs < 0 ? "" : App.momentUrl(line.show, Math.round(line.hoverMs / 5000) * 5000)
        }
        Txt {
            x: 10
            y: preview.wide ? 112 : 7
            text: Format.clock(line.hoverMs)
            style: Txt.Label
            color: "#FFFFFF"
        }
        Txt {
            anchors.right: parent.right
            anchors.rightMargin: 10
            y: preview.wide ? 114 : 9
            text: !line.show || line.hoverMs < 0 ? ""
                  : line.show.has(line.hoverMs) ? qsTr("mine") : qsTr("in the swarm")
            style: Txt.Caption
            color: "#B9CBD3"
        }
    }
}
