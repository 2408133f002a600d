// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Freshet

T.Switch {
    id: control
    implicitWidth: 40
    implicitHeight: 24
    hoverEnabled: true
    opacity: enabled ? 1 : 0.4
    Accessible.name: text
    Accessible.role: Accessible.CheckBox

    indicator: Rectangle {
        width: 40
        height: 24
        radius: 12
        color: control.checked ? Theme.shade(Theme.accent, control.hovered, control.down)
                               : Theme.pressed
        border.width: control.checked ? 0 : 1
        border.color: Theme.stroke
        Behavior on color { ColorAnimation { duration: Theme.hover } }
        Rectangle {
            width: 16
            height: 16
            radius: 8
            y: 4
            x: control.mirrored !== control.checked ? 20 : 4
            color: control.checked ? Theme.accentInk : Theme.text2
            Behavior on x { NumberAnimation { duration: Theme.hover } }
        }
        FocusRing { around: 12; shown: control.visualFocus }
    }
}
