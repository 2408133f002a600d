// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Window
import Freshet
import Freshet.Desktop
import Freshet.Models

Window {
    id: window
    property string page: "home"
    readonly property bool watching: App.current !== null
    property rect before: Qt.rect(0, 0, 0, 0)
    property bool mini: false

    width: Math.min(1280, Screen.desktopAvailableWidth)
    height: Math.min(800, Screen.desktopAvailableHeight)
    minimumWidth: mini ? 240 : 480
    minimumHeight: mini ? 135 : 400
    visible: true
    title: App.current ? App.current.name + " – Freshet" : "Freshet"
    color: Theme.bg
    LayoutMirroring.enabled: Desktop.rightToLeft
    LayoutMirroring.childrenInherit: true

    function setMini(on: bool) {
        if (on === mini)
            return
        if (on) {
            if (visibility === Window.FullScreen)
                showNormal()
            before = Qt.rect(x, y, width, height)
            mini = true
            flags |= Qt.WindowStaysOnTopHint | Qt.FramelessWindowHint
            width = 400
            height = 225
            x = Screen.virtualX + Screen.desktopAvailableWidth - 424
            y = Screen.virtualY + Screen.desktopAvailableHeight - 249
        } else {
            mini = false
            flags &= ~(Qt.WindowStaysOnTopHint | Qt.FramelessWindowHint)
            x = before.x
            y = before.y
            width = before.width
            height = before.height
        }
        show()
    }

    readonly property bool onAir: Studio.stage === Studio.OnAir || Studio.stage === Studio.Planned
                                  || Studio.stage === Studio.Ending
    onClosing: close => {
        if (window.onAir && !(Settings.tray && Desktop.hasTray)) {
            close.accepted = false
            ending.open()
            return
        }
        if (Settings.tray && Desktop.hasTray) {
            close.accepted = false
            App.leave()
            window.hide()
        } else {
            Desktop.quit()
        }
    }

    Connections {
        target: Desktop
        function onActivated(what: string) {
            window.show()
            window.raise()
            window.requestActivate()
            if (what !== "")
                App.open(what)
        }
    }
    Connections {
        target: App
        function onRefused(title: string, text: string) { message.ask(title, text) }
        function onTold(title: string, text: string) { said.tell(title, text) }
        function onFileOffered(path: string) {
            App.leave()
            window.page = "broadcast"
            if (Studio.stage === Studio.Setup) {
                Studio.kind = Studio.File
                Studio.file = path
            }
        }
        function onNotice(title: string, text: string) { Desktop.notify(title, text) }
        function onCurrentChanged() {
            if (App.current === null) {
                window.setMini(false)
                if (window.visibility === Window.FullScreen)
                    window.showNormal()
            }
        }
    }
    Connections {
        target: Studio
        function onLinkCopied() { said.tell(qsTr("The link is copied"), qsTr("Give it away: paste it anywhere.")) }
    }
    Connections {
        target: Dialogs
        function onSaid(title: string, text: string) { said.tell(title, text) }
        function onRemoveAsked(show: Show) {
            removal.show = show
            removal.open()
        }
    }
    Binding {
        target: Desktop
        property: "awake"
        value: window.onAir || window.watching && watch.item !== null && (watch.item as Watch).player.hasPicture
               && !(watch.item as Watch).player.paused && !(watch.item as Watch).player.ended
    }

    Item {
        anchors.fill: parent
        visible: !window.watching
        NavBar {
            id: nav
            width: parent.width
            page: window.page
            onWanted: page => window.page = page
        }
        Home {
            anchors.top: nav.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            visible: window.page === "home"
            onBroadcastWanted: window.page = "broadcast"
        }
        Loader {
            anchors.top: nav.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            active: window.page === "broadcast" && !window.watching
            sourceComponent: Broadcast {}
        }
        Loader {
            anchors.top: nav.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            active: window.page === "settings"
            sourceComponent: SettingsPage {}
        }
    }
    // Made once, while nobody waits for it: opening a show and leaving it are then a matter of
    // milliseconds.
    Loader {
        id: watch
        anchors.fill: parent
        asynchronous: true
        visible: window.watching
        focus: window.watching
        sourceComponent: Watch {
            show: App.current
            fullScreen: window.visibility === Window.FullScreen
            mini: window.mini
            onLeaveWanted: App.leave()
            onFullScreenWanted: on => on ? window.showFullScreen() : window.showNormal()
            onMiniWanted: on => window.setMini(on)
        }
        onVisibleChanged: if (visible && item) (item as Watch).forceActiveFocus()
        onLoaded: if (visible) (item as Watch).forceActiveFocus()
    }

    DropArea {
        id: drop
        anchors.fill: parent
        onDropped: event => {
            if (event.hasUrls)
                App.open("" + event.urls[0])
            else if (event.hasText)
                App.open(event.text)
        }
        Rectangle {
            anchors.fill: parent
            anchors.margins: 20
            visible: drop.containsDrag
            radius: 20
            color: Qt.alpha(Theme.selected, 0.92)
            border.width: 2
            border.color: Theme.accent
            Txt {
                anchors.centerIn: parent
                text: qsTr("Drop it to watch")
                style: Txt.Title
            }
        }
    }
    Question {
        id: ending
        title: qsTr("You are on air")
        words: qsTr("Closing Freshet ends the show for everybody. It can go on at the next start if you leave it unfinished.")
        accept: qsTr("Leave it unfinished and close")
        danger: true
        onAccepted: Desktop.quit()
    }
    Sentence { id: said; anchors.horizontalCenter: parent.horizontalCenter; y: parent.height - height - 32 }
    Question {
        id: message
        function ask(title: string, text: string) {
            message.title = title
            message.words = text
            message.open()
        }
        accept: qsTr("OK")
        onlyAccept: true
    }
    Question {
        id: removal
        property Show show: null
        title: show ? qsTr("Remove \"%1\"?").arg(show.name) : ""
        words: !show ? "" : qsTr("The recording (%1) and everything Freshet knows of it are deleted from this computer. Others keep theirs.")
                            .arg(Format.size(show.have))
        accept: qsTr("Remove")
        danger: true
        onAccepted: {
            App.remove(show)
            show = null
        }
    }
}
