// SPDX-License-Identifier: GPL-3.0-or-later
// A short answer at the foot of the window that goes by itself.
import QtQuick
import Freshet

Rectangle {
    id: box
    function tell(title: string, text: string) {
        words.text = text === "" ? title : title + ": " + text
        opacity = 1
        away.restart()
    }
    width: words.implicitWidth + 40
    height: 44
    radius: 12
    color: Theme.dark ? Theme.raised : "#0F1D22"
    border.color: Theme.line
    opacity: 0
    visible: opacity > 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.text
    Behavior on opacity { NumberAnimation { duration: Theme.notice } }
    Txt { id: words; anchors.centerIn: parent; style: Txt.Small; color: "#EDF4F5" }
    Timer { id: away; interval: 3000; onTriggered: box.opacity = 0 }
}
