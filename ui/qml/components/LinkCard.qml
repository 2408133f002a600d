// SPDX-License-Identifier: GPL-3.0-or-later
// The show's link, to be copied or read off by a telephone.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Freshet
import Freshet.Items
import Freshet.Models

Rectangle {
    id: card
    required property Show show
    required property bool over
    implicitHeight: Math.max(164, column.implicitHeight + 32)
    radius: 14
    color: Theme.surface
    border.color: Theme.line
    T.Button {
        id: small
        x: 16
        y: 16
        width: 132
        height: 132
        focusPolicy: Qt.StrongFocus
        Accessible.name: qsTr("Show the QR code large")
        Accessible.role: Accessible.Button
        onClicked: large.open()
        Keys.onReturnPressed: small.clicked()
        background: Rectangle { radius: 10; color: "#FFFFFF"; FocusRing { around: 10; shown: small.visualFocus } }
        contentItem: QrCode { text: card.show ? card.show.link : "" }
        Tip { text: qsTr("Larger"); shown: small.hovered }
    }
    Column {
        id: column
        x: 164
        y: 20
        width: parent.width - x - 16
        spacing: 8
        Txt { width: parent.width; text: card.over ? qsTr("The link goes on working") : qsTr("One link for everyone"); style: Txt.Heading; wrapMode: Text.Wrap }
        Txt {
            width: parent.width
            style: Txt.Small
            color: Theme.text2
            wrapMode: Text.Wrap
            text: card.over ? qsTr("Any BitTorrent program can fetch the recording, too.") : qsTr("Works now, and later for the recording.")
        }
        Push {
            width: parent.width
            kind: Push.Primary
            symbol: "copy"
            text: qsTr("Copy link")
            onClicked: {
                App.copy(card.show.link)
                Dialogs.say(qsTr("Link copied"), "")
            }
        }
        Push {
            width: parent.width
            visible: card.over
            symbol: "folder"
            text: qsTr("Show the file and its .torrent")
            onClicked: App.reveal(card.show.file)
        }
    }
    T.Popup {
        id: large
        parent: T.Overlay.overlay
        anchors.centerIn: parent
        modal: true
        focus: true
        padding: 0
        readonly property int side: Math.min(720, (parent ? Math.min(parent.width, parent.height) : 720) - 64)
        width: side
        height: side
        T.Overlay.modal: Rectangle { color: "#99000000" }
        background: Rectangle { radius: 14; color: "#FFFFFF" }
        contentItem: QrCode { text: card.show ? card.show.link : "" }
    }
}
