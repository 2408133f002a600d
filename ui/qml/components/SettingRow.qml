// SPDX-License-Identifier: GPL-3.0-or-later
// A line of a settings card: what it is, a word about it, and the control.
import QtQuick
import Freshet

Item {
    id: row
    property alias title: title.text
    property string words
    property color wordsColour: Theme.text3
    default property alias control: holder.data
    width: parent ? parent.width : 0
    implicitHeight: Math.max(52, texts.implicitHeight + 16)

    Column {
        id: texts
        anchors.left: parent.left
        anchors.right: holder.left
        anchors.leftMargin: 16
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        Txt { id: title; width: parent.width; style: Txt.Label }
        Txt {
            width: parent.width
            text: row.words
            style: Txt.Small
            color: row.wordsColour
            visible: text !== ""
            wrapMode: Text.Wrap
        }
    }
    Item {
        id: holder
        anchors.right: parent.right
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        width: childrenRect.width
        height: childrenRect.height
    }
    Rectangle {
        // Between lines, not after the last one.
        visible: row.parent && row.parent.visibleChildren[row.parent.visibleChildren.length - 1] !== row
        x: 16
        y: parent.height - 1
        width: parent.width - 32
        height: 1
        color: Theme.line
    }
}
