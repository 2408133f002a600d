// SPDX-License-Identifier: GPL-3.0-or-later
// "LIVE", with a dot that breathes.
import QtQuick
import QtQuick.Window
import Freshet

Rectangle {
    implicitWidth: row.implicitWidth + 16
    implicitHeight: 22
    radius: 6
    color: Theme.liveFill

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 8
        Item {
            width: 8
            height: 8
            anchors.verticalCenter: parent.verticalCenter
            Rectangle {
                anchors.centerIn: parent
                width: 12
                height: 12
                radius: 6
                color: "#40FFFFFF"
                SequentialAnimation on opacity {
                    running: Theme.motion && Window.active
                    loops: Animation.Infinite
                    NumberAnimation { from: 1; to: 0.2; duration: 800; easing.type: Easing.InOutSine }
                    NumberAnimation { from: 0.2; to: 1; duration: 800; easing.type: Easing.InOutSine }
                }
            }
            Rectangle {
                anchors.centerIn: parent
                width: 6
                height: 6
                radius: 3
                color: "#FFFFFF"
            }
        }
        Txt {
            text: qsTr("LIVE")
            style: Txt.Caption
            color: "#FFFFFF"
            font.pixelSize: 11
            font.weight: Font.DemiBold
            font.letterSpacing: 0.4
        }
    }
}
