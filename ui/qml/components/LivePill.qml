// SPDX-License-Identifier: GPL-3.0-or-later
// "LIVE" at the edge; how far behind, and the way there, elsewhere.
import QtQuick
import QtQuick.Templates as T
import Freshet
import Freshet.Models

Rectangle {
    id: pill
    property bool atEdge: false
    property real behind: 0
    signal goLive

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    implicitWidth: row.implicitWidth + (atEdge ? 24 : 18)
    implicitHeight: 36
    radius: 18
    color: Glass.ground
    border.color: "#2EFFFFFF"

    Row {
        id: row
        x: pill.atEdge ? 12 : 14
        anchors.verticalCenter: parent.verticalCenter
        spacing: 12
        Txt {
            visible: !pill.atEdge
            text: qsTr("%1 behind").arg(Format.clock(pill.behind))
            style: Txt.Small
            font.weight: Font.Medium
            color: "#FFFFFF"
            anchors.verticalCenter: parent.verticalCenter
        }
        LiveBadge { visible: pill.atEdge; anchors.verticalCenter: parent.verticalCenter }
        T.Button {
            id: button
            visible: !pill.atEdge
            implicitHeight: 28
            implicitWidth: words.implicitWidth + 12
            hoverEnabled: true
            focusPolicy: Qt.StrongFocus
            text: qsTr("Go live")
            Accessible.name: text
            onClicked: pill.goLive()
            Keys.onReturnPressed: button.clicked()
            background: Rectangle {
                radius: 14
                color: Theme.shade("#D93A30", button.hovered, button.down)
                FocusRing { around: 14; shown: button.visualFocus }
                Rectangle { x: 12; y: 10.5; width: 7; height: 7; radius: 3.5; color: "#FFFFFF" }
            }
            contentItem: Txt {
                id: words
                leftPadding: 26
                text: button.text
                style: Txt.Small
                font.weight: Font.DemiBold
                color: "#FFFFFF"
            }
        }
    }
}
