// SPDX-License-Identifier: GPL-3.0-or-later
// A quiet notice over the picture; it goes by itself, or when it is closed.
import QtQuick
import QtQuick.Layouts
import Freshet

Rectangle {
    id: notice
    property string symbol: "check"
    property color ink: "#5BD6A0"
    property color ground: "#10322A"
    property string title
    property string words
    property string action
    signal acted
    signal closed

    implicitHeight: 68
    radius: 16
    color: Glass.ground
    border.color: Glass.line
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title + " " + words

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 16
        anchors.rightMargin: 12
        spacing: 14
        Rectangle {
            Layout.preferredWidth: 36
            Layout.preferredHeight: 36
            radius: 10
            color: notice.ground
            Icon { anchors.centerIn: parent; name: notice.symbol; colour: notice.ink }
        }
        ColumnLayout {
            spacing: 0
            Txt { text: notice.title; style: Txt.Label; font.weight: Font.DemiBold; color: "#FFFFFF"; Layout.fillWidth: true }
            Txt { text: notice.words; style: Txt.Small; color: Glass.text2; Layout.fillWidth: true; visible: text !== "" }
        }
        Push {
            visible: notice.action !== ""
            text: notice.action
            small: true
            ground: "#33FFFFFF"
            ink: "#FFFFFF"
            onClicked: notice.acted()
        }
        IconPush { glass: true; side: 20; symbol: "close"; text: qsTr("Close"); onClicked: notice.closed() }
    }
}
