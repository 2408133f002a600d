// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Freshet
import Freshet.Models

Item {
    id: bar
    property string page: "home"
    property bool narrow: width < 900
    signal wanted(string page)
    implicitHeight: 56

    component Nav: T.Button {
        id: nav
        property string symbol
        property string goal
        implicitHeight: 36
        implicitWidth: bar.narrow ? 44 : words.implicitWidth + 56
        checked: bar.page === goal
        hoverEnabled: true
        focusPolicy: Qt.StrongFocus
        Accessible.name: text
        Accessible.role: Accessible.PageTab
        Accessible.selected: checked
        onClicked: bar.wanted(goal)
        Keys.onReturnPressed: nav.clicked()
        background: Rectangle {
            radius: 8
            color: nav.checked ? Theme.raised
                 : nav.hovered ? Qt.alpha(Theme.raised, 0.6) : "transparent"
            FocusRing { around: 8; shown: nav.visualFocus }
        }
        contentItem: Item {
            Icon {
                x: nav.mirrored ? parent.width - width - 12 : 12
                anchors.verticalCenter: parent.verticalCenter
                name: nav.symbol
                colour: nav.checked ? Theme.text : Theme.text2
            }
            Txt {
                id: words
                visible: !bar.narrow
                x: nav.mirrored ? parent.width - width - 40 : 40
                anchors.verticalCenter: parent.verticalCenter
                text: nav.text
                style: Txt.Label
                color: nav.checked ? Theme.text : Theme.text2
            }
        }
        Tip { text: nav.text; shown: bar.narrow && nav.hovered }
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 24
        anchors.rightMargin: 28
        spacing: 4
        Image {
            source: "qrc:/freshet/icons/freshet-icon.svg"
            sourceSize.width: 52
            sourceSize.height: 52
            Layout.preferredWidth: 26
            Layout.preferredHeight: 26
            Accessible.ignored: true
        }
        Txt {
            text: "Freshet"
            style: Txt.Heading
            font.family: Theme.display
            Layout.leftMargin: 6
            Layout.rightMargin: 20
        }
        Nav { text: qsTr("Home"); symbol: "home"; goal: "home" }
        Nav { text: qsTr("Broadcast"); symbol: "broadcast"; goal: "broadcast" }
        Nav { text: qsTr("Settings"); symbol: "settings"; goal: "settings" }
        Item { Layout.fillWidth: true }
        LiveBadge {
            visible: Studio.stage === Studio.OnAir && bar.page !== "broadcast"
            Layout.rightMargin: 12
        }
        Icon {
            visible: App.sharing > 0 || !App.online
            name: App.online ? "share" : "warn"
            side: 16
            colour: App.online ? Theme.text3 : Theme.warn
        }
        Txt {
            visible: App.sharing > 0 || !App.online
            Layout.leftMargin: 4
            text: App.online ? qsTr("Sharing %n show(s)", "", App.sharing)
                             : qsTr("No network")
            style: Txt.Small
            color: App.online ? Theme.text3 : Theme.warn
        }
    }
}
