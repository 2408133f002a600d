// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Window
import Freshet

Image {
    property string name
    property color colour: Theme.text2
    property int side: 20

    width: side
    height: side
    sourceSize.width: Math.ceil(side * Screen.devicePixelRatio)
    sourceSize.height: Math.ceil(side * Screen.devicePixelRatio)
    source: name ? "image://icon/" + name + "/" + colour.toString().slice(-6) : ""
    fillMode: Image.PreserveAspectFit
    Accessible.ignored: true
}
