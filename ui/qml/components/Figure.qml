// SPDX-License-Identifier: GPL-3.0-or-later
// A number that matters, with what it is above it and what it means below.
import QtQuick
import Freshet

Rectangle {
    id: figure
    property string title
    property string value
    property string words
    property color ink: Theme.text
    default property alias more: inside.data
    implicitHeight: column.implicitHeight + 28
    radius: 14
    color: Theme.surface
    border.color: Theme.line
    Accessible.role: Accessible.StaticText
    Accessible.name: title + ": " + value + ". " + words
    Column {
        id: column
        x: 16
        y: 14
        width: parent.width - 32
        spacing: 2
        Txt { width: parent.width; text: figure.title; style: Txt.Small; color: Theme.text2 }
        Txt {
            width: parent.width
            text: figure.value
            style: Txt.Title
            font.family: Theme.display
            color: figure.ink
        }
        Txt {
            width: parent.width
            text: figure.words
            style: Txt.Caption
            color: Theme.text3
            wrapMode: Text.Wrap
            visible: text !== ""
        }
        Item { id: inside; width: parent.width; height: childrenRect.height }
    }
}
