// SPDX-License-Identifier: GPL-3.0-or-later
// What the picture waits for: a sentence, what is being done, and a way out.
import QtQuick
import QtQuick.Layouts
import Freshet

Rectangle {
    id: card
    property string symbol: "search"
    property string title
    property string words
    property string action
    signal acted

    implicitWidth: Math.min(parent ? parent.width - 48 : 504, Math.max(420, row.implicitWidth + 40))
    implicitHeight: 84
    radius: 16
    color: Glass.ground
    border.color: Glass.line
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title + ". " + words

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: 20
        anchors.rightMargin: 20
        spacing: 16
        Ring { symbol: card.symbol }
        ColumnLayout {
            spacing: 2
            Txt { text: card.title; style: Txt.Heading; color: "#FFFFFF"; Layout.fillWidth: true }
            Txt {
                text: card.words
                style: Txt.Small
                color: Glass.text2
                Layout.fillWidth: true
                visible: text !== ""
            }
        }
        Push {
            visible: card.action !== ""
            text: card.action
            small: true
            ground: "#33FFFFFF"
            ink: "#FFFFFF"
            onClicked: card.acted()
        }
    }
}
