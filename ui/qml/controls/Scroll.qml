// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Freshet

T.ScrollBar {
    id: bar
    implicitWidth: 8
    visible: size < 1
    contentItem: Rectangle {
        implicitWidth: 8
        radius: 4
        color: bar.pressed ? Theme.stroke : Theme.pressed
    }
}
