// SPDX-License-Identifier: GPL-3.0-or-later
// One of a few, in a menu that drops down.
import QtQuick
import QtQuick.Templates as T
import Freshet

T.ComboBox {
    id: control
    property string title

    implicitHeight: 32
    implicitWidth: label.implicitWidth + 12 + 36
    hoverEnabled: true
    Accessible.name: title ? title + ": " + displayText : displayText
    Accessible.role: Accessible.ComboBox

    background: Rectangle {
        radius: 8
        color: Theme.shade(Theme.raised, control.hovered, control.down)
        FocusRing { around: 8; shown: control.visualFocus }
    }
    contentItem: Txt {
        id: label
        text: control.displayText
        style: Txt.Small
        font.weight: Font.Medium
        leftPadding: control.mirrored ? 36 : 12
        rightPadding: control.mirrored ? 12 : 36
    }
    indicator: Icon {
        name: "chev"
        side: 16
        rotation: 90
        colour: Theme.text2
        x: control.mirrored ? 12 : control.width - width - 12
        y: (control.height - height) / 2
    }
    delegate: T.ItemDelegate {
        id: row
        required property int index
        required property string modelData
        width: control.popup.width - 8
        height: 36
        hoverEnabled: true
        highlighted: control.highlightedIndex === index
        Accessible.name: modelData
        background: Rectangle {
            radius: 8
            color: row.highlighted || row.hovered ? Theme.pressed : "transparent"
        }
        contentItem: Item {
            Txt {
                anchors.fill: parent
                anchors.leftMargin: 12
                anchors.rightMargin: 32
                text: row.modelData
                style: Txt.Small
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                anchors.right: parent.right
                anchors.rightMargin: 8
                visible: control.currentIndex === row.index
                name: "check"
                side: 16
                colour: Theme.accent
            }
        }
    }
    popup: T.Popup {
        y: control.height + 4
        x: control.mirrored ? 0 : control.width - width
        width: Math.max(control.width, 200)
        height: Math.min(contentItem.implicitHeight + 8, 320)
        padding: 4
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: control.delegateModel
            currentIndex: control.highlightedIndex
        }
        background: Rectangle {
            radius: 10
            color: Theme.dark ? Theme.raised : Theme.surface
            border.color: Theme.line
        }
    }
}
