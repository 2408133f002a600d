// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Freshet

Column {
    id: card
    property string symbol
    property string title
    default property alias rows: inside.data
    spacing: 8
    Row {
        leftPadding: 2
        spacing: 8
        Icon { name: card.symbol; side: 16; anchors.verticalCenter: parent.verticalCenter }
        Txt {
            text: card.title
            style: Txt.Label
            color: Theme.text2
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
    }
    Rectangle {
        width: card.width
        height: inside.implicitHeight
        radius: 14
        color: Theme.surface
        border.color: Theme.line
        Column {
            id: inside
            width: parent.width
        }
    }
}
