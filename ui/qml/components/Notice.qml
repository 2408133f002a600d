// SPDX-License-Identifier: GPL-3.0-or-later
// Something to know, on the page itself, with what one can do about it.
import QtQuick
import Freshet

Item {
    id: notice
    property string title
    property string words
    default property alias actions: row.data
    implicitHeight: visible ? box.height + 16 : 0

    Rectangle {
        id: box
        y: 16
        width: parent.width
        height: column.implicitHeight + 28
        radius: 14
        color: Theme.warnSoft
        border.color: Theme.warnLine
        Accessible.role: Accessible.AlertMessage
        Accessible.name: notice.title + ". " + notice.words
        Icon { x: 16; y: 14; name: "warn"; colour: Theme.warn }
        Column {
            id: column
            x: 48
            y: 14
            width: parent.width - 64
            spacing: 2
            Txt { width: parent.width; text: notice.title; style: Txt.Label }
            Txt {
                width: parent.width
                text: notice.words
                style: Txt.Small
                color: Theme.text2
                wrapMode: Text.Wrap
                visible: text !== ""
            }
            Row { id: row; spacing: 8; topPadding: children.length > 0 ? 8 : 0 }
        }
    }
}
