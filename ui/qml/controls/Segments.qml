// SPDX-License-Identifier: GPL-3.0-or-later
// One of a few, all in view.
import QtQuick
import QtQuick.Templates as T
import Freshet

Rectangle {
    id: control
    property var names: []
    property int current: 0
    property string title
    property bool stretch: false  // the parts share all of the width
    signal chosen(int index)

    implicitHeight: 40
    implicitWidth: row.implicitWidth + 6
    radius: 10
    color: Theme.raised
    Accessible.role: Accessible.RadioButton
    Accessible.name: title

    Row {
        id: row
        x: 3
        y: 3
        spacing: 2
        Repeater {
            model: control.names
            T.Button {
                id: part
                required property int index
                required property string modelData
                implicitWidth: control.stretch ? (control.width - 4 - 2 * control.names.length) / control.names.length
                                               : Math.max(72, words.implicitWidth + 24)
                implicitHeight: 34
                hoverEnabled: true
                focusPolicy: Qt.StrongFocus
                checked: control.current === index
                Accessible.name: modelData
                Accessible.role: Accessible.RadioButton
                Accessible.checked: checked
                onClicked: control.chosen(index)
                Keys.onRightPressed: control.chosen(Math.min(index + 1, control.names.length - 1))
                Keys.onLeftPressed: control.chosen(Math.max(index - 1, 0))
                background: Rectangle {
                    radius: 8
                    color: part.checked ? (Theme.dark ? Theme.pressed : Theme.surface)
                         : part.hovered ? Qt.alpha(Theme.pressed, 0.5) : "transparent"
                    FocusRing { around: 8; shown: part.visualFocus }
                }
                contentItem: Txt {
                    id: words
                    text: part.modelData
                    style: Txt.Small
                    font.weight: Font.Medium
                    color: part.checked ? Theme.text : Theme.text2
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
    }
}
