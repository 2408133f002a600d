// SPDX-License-Identifier: GPL-3.0-or-later
// Where the identity goes or comes from, and the passphrase that locks it.
import QtQuick
import QtQuick.Dialogs
import Freshet
import Freshet.Models

Question {
    id: dialog
    property bool out: true
    title: out ? qsTr("Export your identity") : qsTr("Import an identity")
    words: out ? qsTr("With a passphrase the file is of no use to anybody else. Without the passphrase it is of no use to you either.")
               : qsTr("It takes the place of yours, which stays in the folder. Its passphrase, if it has one:")
    accept: out ? qsTr("Choose where") : qsTr("Choose the file")
    function ask(exporting: bool) {
        out = exporting
        secret.clear()
        open()
    }
    extra: Field {
        id: secret
        width: parent.width
        echoMode: TextInput.Password
        placeholderText: qsTr("Passphrase, may be empty")
    }
    onAccepted: out ? save.open() : load.open()
    function tell(problem: string, done: string) {
        Dialogs.say(problem === "" ? done : qsTr("That did not work"), problem)
    }
    FileDialog {
        id: save
        title: dialog.title
        fileMode: FileDialog.SaveFile
        onAccepted: dialog.tell(App.exportIdentity(selectedFile, secret.text), qsTr("Identity exported"))
    }
    FileDialog {
        id: load
        title: dialog.title
        onAccepted: dialog.tell(App.importIdentity(selectedFile, secret.text), qsTr("Identity imported"))
    }
}
