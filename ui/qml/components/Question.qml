// SPDX-License-Identifier: GPL-3.0-or-later
// A question that the window waits for.
import QtQuick
import QtQuick.Templates as T
import Freshet

T.Popup {
    id: box
    property string title
    property string words
    property string accept
    property bool onlyAccept: false
    property bool danger: false
    property alias extra: more.data
    signal accepted

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(440, (parent ? parent.width : 440) - 48)
    implicitHeight: column.implicitHeight + 48
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    padding: 24
    T.Overlay.modal: Rectangle { color: "#99000000" }
    background: Rectangle {
        radius: 16
        color: Theme.dark ? Theme.raised : Theme.surface
        border.color: Theme.line
        Accessible.role: Accessible.Dialog
        Accessible.name: box.title
    }
    contentItem: Column {
        id: column
        spacing: 8
        Txt { width: parent.width; text: box.title; style: Txt.Title; font.pixelSize: 20; lineHeight: 28; wrapMode: Text.Wrap }
        Txt { width: parent.width; text: box.words; color: Theme.text2; wrapMode: Text.Wrap; visible: text !== "" }
        Item { id: more; width: parent.width; height: childrenRect.height }
        Row {
            anchors.right: parent.right
            topPadding: 16
            spacing: 8
            Push {
                visible: !box.onlyAccept
                text: qsTr("Cancel")
                focus: !box.onlyAccept
                onClicked: box.close()
            }
            Push {
                text: box.accept
                kind: box.danger ? Push.Live : Push.Primary
                focus: box.onlyAccept
                onClicked: {
                    box.close()
                    box.accepted()
                }
            }
        }
    }
}
