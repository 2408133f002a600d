// SPDX-License-Identifier: GPL-3.0-or-later
// One line to type in.
import QtQuick
import QtQuick.Templates as T
import Freshet

T.TextField {
    id: control
    property bool large: false
    property bool tabbed: activeFocus && (focusReason === Qt.TabFocusReason
                                          || focusReason === Qt.BacktabFocusReason)

    implicitHeight: large ? 52 : 40
    leftPadding: 12
    rightPadding: 12
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    placeholderTextColor: Theme.text3
    verticalAlignment: TextInput.AlignVCenter
    font.family: Theme.sans
    font.pixelSize: large ? 16 : 14
    selectByMouse: true
    hoverEnabled: true
    Accessible.name: placeholderText

    background: Rectangle {
        radius: control.large ? 14 : 10
        color: Theme.surface
        border.width: 1
        border.color: control.activeFocus ? Theme.focus
                    : control.hovered ? Theme.text3 : Theme.stroke
        FocusRing { around: parent.radius; shown: control.tabbed }
    }
    Text {
        x: control.leftPadding
        width: control.width - control.leftPadding - control.rightPadding
        height: control.height
        visible: control.length === 0 && control.preeditText === ""
        text: control.placeholderText
        color: control.placeholderTextColor
        font: control.font
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        renderType: Text.NativeRendering
        Accessible.ignored: true
    }
}
