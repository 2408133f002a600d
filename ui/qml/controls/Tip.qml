// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Freshet

T.ToolTip {
    id: tip
    property bool shown: false

    visible: shown && text !== ""
    delay: 600
    x: Math.round((parent ? parent.width : 0) / 2 - width / 2)
    y: -height - 8
    margins: 8
    padding: 8
    implicitWidth: words.implicitWidth + 20
    implicitHeight: words.implicitHeight + 12
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent
    contentItem: Txt {
        id: words
        text: tip.text
        style: Txt.Caption
        color: Glass.text
        horizontalAlignment: Text.AlignHCenter
    }
    background: Rectangle {
        radius: 8
        color: "#F20B1417"
        border.color: Glass.line
    }
}
