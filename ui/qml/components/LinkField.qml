// SPDX-License-Identifier: GPL-3.0-or-later
// The one field of the program: a link goes in, a show comes out.
import QtQuick
import QtQuick.Dialogs
import Freshet
import Freshet.Desktop
import Freshet.Models

Field {
    id: field
    large: true
    leftPadding: mirrored ? 130 : 48
    rightPadding: mirrored ? 48 : 130
    placeholderText: qsTr("Paste a link or drop a file")

    readonly property bool mirrored: Desktop.rightToLeft

    function go() {
        const text = field.text.trim()
        if (text === "")
            return
        App.open(text)
        field.clear()
    }
    onAccepted: go()
    Timer { id: soon; interval: 0; onTriggered: field.go() }
    // A link that was pasted whole needs no key after it.
    property int before: 0
    onTextChanged: {
        if (text.length - before > 40 && text.startsWith("magnet:"))
            soon.start()
        before = text.length
    }

    Icon {
        x: field.mirrored ? field.width - width - 16 : 16
        anchors.verticalCenter: parent.verticalCenter
        name: "link"
        colour: Theme.text
    }
    Push {
        x: field.mirrored ? 8 : field.width - width - 8
        anchors.verticalCenter: parent.verticalCenter
        small: true
        symbol: field.text === "" ? "folder" : "play"
        text: field.text === "" ? qsTr("Open file") : qsTr("Watch")
        onClicked: field.text === "" ? files.open() : field.go()
    }
    FileDialog {
        id: files
        title: qsTr("Open a torrent file or a recording")
        nameFilters: [qsTr("Torrent files (*.torrent)"), qsTr("All files (*)")]
        onAccepted: App.open("" + selectedFile)
    }
}
