// SPDX-License-Identifier: GPL-3.0-or-later
// A few words over a picture.
import QtQuick
import Freshet

Rectangle {
    property alias text: words.text
    implicitWidth: words.implicitWidth + 16
    implicitHeight: 22
    radius: 6
    color: Glass.chip
    Txt {
        id: words
        anchors.centerIn: parent
        style: Txt.Caption
        color: "#F2F7F8"
    }
}
