// SPDX-License-Identifier: GPL-3.0-or-later
// A value between two ends.
import QtQuick
import QtQuick.Templates as T
import Freshet

T.Slider {
    id: control
    property string title
    implicitWidth: 200
    implicitHeight: 24
    hoverEnabled: true
    opacity: enabled ? 1 : 0.4
    Accessible.name: title
    background: Rectangle {
        y: 10
        width: control.width
        height: 4
        radius: 2
        color: Theme.track
        Rectangle {
            x: control.mirrored ? parent.width - width : 0
            width: control.position * parent.width
            height: 4
            radius: 2
            color: Theme.accent
        }
    }
    handle: Rectangle {
        x: control.visualPosition * (control.width - width)
        y: 2
        width: 20
        height: 20
        radius: 10
        color: Theme.dark ? "#FFFFFF" : Theme.accent
        FocusRing { around: 10; shown: control.visualFocus }
    }
}
