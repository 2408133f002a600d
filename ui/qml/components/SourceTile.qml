// SPDX-License-Identifier: GPL-3.0-or-later
// One of the things that can be broadcast.
import QtQuick
import QtQuick.Templates as T
import Freshet

T.Button {
    id: tile
    property string symbol
    property bool chosen: false
    implicitHeight: 52
    implicitWidth: row.implicitWidth + 32
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Accessible.role: Accessible.RadioButton
    Accessible.checked: chosen
    Keys.onReturnPressed: tile.clicked()
    background: Rectangle {
        radius: 12
        color: tile.chosen ? Theme.selected : Theme.shade(Theme.surface, tile.hovered, tile.down)
        border.width: tile.chosen ? 2 : 1
        border.color: tile.chosen ? Theme.accent : Theme.line
        FocusRing { around: 12; shown: tile.visualFocus }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 10
            Icon {
                name: tile.symbol
                colour: tile.chosen ? Theme.accent : Theme.text2
                anchors.verticalCenter: parent.verticalCenter
            }
            Txt {
                text: tile.text
                style: Txt.Label
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
