// SPDX-License-Identifier: GPL-3.0-or-later
// How loud it is, left and right: green, and yellow towards the end; a mark stays at the peak.
import QtQuick
import Freshet

Column {
    id: meter
    property real first: -100
    property real second: -100
    spacing: 4
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Sound level")
    Accessible.description: Math.round(Math.max(first, second)) + " dB"

    component Bar: Item {
        id: bar
        property real level: -100
        property real peak: 0
        readonly property real share: Math.max(0, Math.min(1, (level + 60) / 60))
        onShareChanged: if (share > peak) { peak = share; hold.restart() }
        width: meter.width
        height: 8
        Timer { id: hold; interval: 1500; onTriggered: bar.peak = bar.share }
        Rectangle { anchors.fill: parent; radius: 2; color: Theme.track }
        Rectangle {
            width: parent.width * bar.share
            height: parent.height
            radius: 2
            color: bar.level > -1 ? Theme.live : bar.level > -9 ? Theme.warn : Theme.good
            Behavior on width { NumberAnimation { duration: Theme.motion ? 60 : 0 } }
        }
        Rectangle {
            visible: bar.peak > 0
            x: Math.min(parent.width - 2, parent.width * bar.peak)
            width: 2
            height: parent.height
            color: Theme.text
        }
    }
    Bar { level: meter.first }
    Bar { level: meter.second }
}
