// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Freshet

T.Slider {
    id: control
    implicitWidth: 88
    implicitHeight: 24
    from: 0
    to: 100
    stepSize: 5
    hoverEnabled: true
    LayoutMirroring.enabled: false
    Accessible.name: qsTr("Volume")
    background: Rectangle {
        y: 10
        width: control.width
        height: 4
        radius: 2
        color: "#40FFFFFF"
        Rectangle {
            width: control.visualPosition * parent.width
            height: 4
            radius: 2
            color: "#FFFFFF"
        }
    }
    handle: Rectangle {
        x: control.visualPosition * (control.width - width)
        y: 5
        width: 14
        height: 14
        radius: 7
        color: "#FFFFFF"
        FocusRing { around: 7; shown: control.visualFocus }
    }
}
