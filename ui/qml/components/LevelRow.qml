// SPDX-License-Identifier: GPL-3.0-or-later
// The meter, its number, and what it means.
import QtQuick
import Freshet
import Freshet.Models

Rectangle {
    id: row
    readonly property real level: Math.max(Studio.left, Studio.right)
    readonly property bool quiet: level < -45
    readonly property bool loud: level > -3
    implicitHeight: 52
    radius: 12
    color: Theme.surface
    border.color: Theme.line
    Icon { id: mic; x: 18; anchors.verticalCenter: parent.verticalCenter; name: "mic"; side: 20; colour: Theme.text2 }
    Meter {
        x: 56
        width: parent.width - x - 220
        anchors.verticalCenter: parent.verticalCenter
        first: Studio.left
        second: Studio.right
    }
    Txt {
        anchors.right: parent.right
        anchors.rightMargin: 140
        anchors.verticalCenter: parent.verticalCenter
        text: row.level <= -99 ? "" : Math.round(row.level) + " dB"
        style: Txt.Label
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        spacing: 6
        Icon { name: row.quiet || row.loud ? "warn" : "check"; side: 16; colour: row.quiet || row.loud ? Theme.warn : Theme.good }
        Txt {
            style: Txt.Small
            color: row.quiet || row.loud ? Theme.warn : Theme.good
            text: Studio.muted ? qsTr("Muted") : row.quiet ? qsTr("Very quiet") : row.loud ? qsTr("Too loud") : qsTr("Good level")
        }
    }
}
