// SPDX-License-Identifier: GPL-3.0-or-later
// A menu of {text, symbol, run, checked, danger, hidden}.
import QtQuick
import QtQuick.Templates as T
import Freshet

T.Popup {
    id: menu
    property var entries: []
    property int at: -1

    implicitWidth: 220
    implicitHeight: column.implicitHeight + 8
    padding: 4
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.notice } }
    onOpened: {
        at = -1
        column.forceActiveFocus()
    }
    background: Rectangle {
        radius: 10
        color: Theme.dark ? Theme.raised : Theme.surface
        border.color: Theme.line
    }
    contentItem: Column {
        id: column
        Keys.onDownPressed: menu.at = (menu.at + 1) % rows.count
        Keys.onUpPressed: menu.at = (menu.at + rows.count - 1) % rows.count
        Keys.onReturnPressed: if (menu.at >= 0) (rows.itemAt(menu.at) as T.ItemDelegate).clicked()
        Repeater {
            id: rows
            model: Array.from(menu.entries).filter(entry => !entry.hidden)
            T.ItemDelegate {
                id: row
                required property int index
                required property var modelData
                width: column.width
                height: 36
                hoverEnabled: true
                focusPolicy: Qt.NoFocus
                highlighted: menu.at === index
                Accessible.name: modelData.text
                Accessible.role: Accessible.MenuItem
                onClicked: {
                    menu.close()
                    modelData.run()
                }
                background: Rectangle {
                    radius: 8
                    color: row.hovered || row.highlighted ? Theme.pressed : "transparent"
                }
                contentItem: Item {
                    Icon {
                        x: row.mirrored ? parent.width - width - 10 : 10
                        anchors.verticalCenter: parent.verticalCenter
                        name: row.modelData.symbol ?? ""
                        side: 16
                        colour: row.modelData.danger ? Theme.live : Theme.text2
                    }
                    Txt {
                        anchors.fill: parent
                        anchors.leftMargin: 36
                        anchors.rightMargin: 12
                        text: row.modelData.text
                        style: Txt.Small
                        color: row.modelData.danger ? Theme.live : Theme.text
                    }
                    Icon {
                        x: row.mirrored ? 10 : parent.width - width - 10
                        anchors.verticalCenter: parent.verticalCenter
                        visible: row.modelData.checked === true
                        name: "check"
                        side: 16
                        colour: Theme.accent
                    }
                }
            }
        }
    }
}
