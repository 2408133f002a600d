// SPDX-License-Identifier: GPL-3.0-or-later
// A button that is only an icon; its name is its tooltip, with the key that does the same.
import QtQuick
import QtQuick.Templates as T
import Freshet

T.Button {
    id: control
    property string symbol
    property string hint: text
    property string key
    property bool glass: false
    property bool mirror: false
    property int side: glass ? 24 : 20
    property color ink: glass ? "#E4EDEF" : Theme.text2

    implicitWidth: glass ? 40 : 36
    implicitHeight: glass ? 40 : 36
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.4
    Accessible.name: text
    Accessible.role: Accessible.Button
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    background: Rectangle {
        radius: control.glass ? 10 : 8
        color: control.down || control.checked ? (control.glass ? "#38FFFFFF" : Theme.pressed)
             : control.hovered ? (control.glass ? Glass.hover : Theme.raised) : "transparent"
        Behavior on color { ColorAnimation { duration: Theme.hover } }
        FocusRing { around: parent.radius; shown: control.visualFocus }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: control.symbol
            side: control.side
            colour: control.ink
            mirror: control.mirror
        }
    }
    Tip {
        text: control.key ? control.hint + "  (" + control.key + ")" : control.hint
        shown: control.hovered || control.visualFocus
    }
}
