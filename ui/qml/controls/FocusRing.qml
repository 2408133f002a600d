// SPDX-License-Identifier: GPL-3.0-or-later
// Around what the keyboard is on: two pixels of air, then two of colour.
import QtQuick
import Freshet

Rectangle {
    property real around: 10
    property bool shown: false

    anchors.fill: parent
    anchors.margins: -4
    radius: around + 4
    color: "transparent"
    border.width: 2
    border.color: Theme.focus
    visible: shown
}
