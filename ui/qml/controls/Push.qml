// SPDX-License-Identifier: GPL-3.0-or-later
// A button with words, and perhaps an icon before them.
import QtQuick
import QtQuick.Templates as T
import Freshet

T.Button {
    id: control
    enum Kind { Standard, Primary, Live, Ghost, Danger, Warn }
    property int kind: Push.Standard
    property bool small: false
    property string symbol
    property color ground: [Theme.raised, Theme.accent, Theme.liveFill, "transparent",
                            "transparent", Theme.warn][kind]
    property color ink: [Theme.text, Theme.accentInk, Theme.liveInk, Theme.text2, Theme.live,
                         Theme.dark ? "#241A04" : "#FFFFFF"][kind]

    implicitHeight: small ? 32 : 40
    implicitWidth: row.implicitWidth + 2 * (small ? 12 : 16)
    opacity: enabled ? 1 : 0.4
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Accessible.role: Accessible.Button
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    background: Rectangle {
        radius: control.small ? 8 : 10
        color: control.kind === Push.Ghost || control.kind === Push.Danger
               ? (control.hovered ? Theme.raised : "transparent")
               : Theme.shade(control.ground, control.hovered && control.enabled, control.down)
        border.width: control.kind === Push.Danger ? 1 : 0
        border.color: Qt.alpha(Theme.live, 0.45)
        Behavior on color { ColorAnimation { duration: Theme.hover } }
        FocusRing { around: parent.radius; shown: control.visualFocus }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 8
            Icon {
                visible: control.symbol !== ""
                name: control.symbol
                side: control.small ? 16 : 20
                colour: control.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Txt {
                text: control.text
                style: control.small ? Txt.Small : Txt.Label
                color: control.ink
                font.weight: control.kind === Push.Primary || control.kind === Push.Live
                             || control.kind === Push.Warn ? Font.DemiBold : Font.Medium
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
