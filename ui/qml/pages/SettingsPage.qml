// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Freshet
import Freshet.Models

Flickable {
    id: page
    readonly property int content: Math.min(width - 64, 1760)
    readonly property bool one: width < 1024
    readonly property int half: one ? content : (content - 32) / 2
    readonly property var rates: [0, 125, 250, 500, 1000, 2000, 4000, 8000]
    contentHeight: grid.height + 64
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    T.ScrollBar.vertical: Scroll {}

    function rateNames(current: int): list<string> {
        const names = rates.map(kb => kb === 0 ? qsTr("No limit") : Format.rate(kb * 1000))
        return rates.includes(current) ? names : names.concat([Format.rate(current * 1000)])
    }
    function rateIndex(current: int): int {
        return rates.includes(current) ? rates.indexOf(current) : rates.length
    }

    Grid {
        id: grid
        x: (page.width - page.content) / 2
        y: 16
        columns: page.one ? 1 : 2
        columnSpacing: 32
        rowSpacing: 20
        Column {
            width: page.half
            spacing: 20
            SettingCard {
                width: parent.width
                symbol: "disk"
                title: qsTr("Folder and disk")
                SettingRow {
                    title: qsTr("Recordings")
                    words: restart.asked ? Settings.folder : App.folder
                    Push { small: true; text: qsTr("Change"); onClicked: folder.open() }
                }
                Item {
                    width: parent.width
                    height: 76
                    Txt { x: 16; y: 10; text: qsTr("Space used"); style: Txt.Label }
                    Txt {
                        y: 10
                        anchors.right: parent.right
                        anchors.rightMargin: 16
                        style: Txt.Small
                        color: Theme.text2
                        text: Settings.keep === Settings.Limit
                              ? qsTr("%1 of %2").arg(Format.size(App.used)).arg(Format.size(Settings.limitGb * 1e9))
                              : Format.size(App.used)
                    }
                    Rectangle {
                        id: track
                        readonly property real whole: Math.max(App.used, Settings.keep === Settings.Limit
                                                               ? Settings.limitGb * 1e9 : App.used, 1)
                        x: 16
                        y: 36
                        width: parent.width - 32
                        height: 8
                        radius: 4
                        color: Theme.track
                        Rectangle {
                            width: parent.width * (App.used - App.usedByMine) / parent.whole
                            height: 8
                            radius: 4
                            color: Theme.mine
                        }
                        Rectangle {
                            x: parent.width * (App.used - App.usedByMine) / parent.whole + 1
                            width: Math.max(0, parent.width * App.usedByMine / parent.whole - 1)
                            height: 8
                            radius: 4
                            color: Theme.swarm
                        }
                    }
                    Row {
                        x: 16
                        y: 50
                        spacing: 6
                        Rectangle { width: 8; height: 8; radius: 2; color: Theme.mine; anchors.verticalCenter: parent.verticalCenter }
                        Txt { text: qsTr("recordings %1").arg(Format.size(App.used - App.usedByMine)); style: Txt.Caption; color: Theme.text2; rightPadding: 12 }
                        Rectangle { width: 8; height: 8; radius: 2; color: Theme.swarm; anchors.verticalCenter: parent.verticalCenter }
                        Txt { text: qsTr("my broadcasts %1").arg(Format.size(App.usedByMine)); style: Txt.Caption; color: Theme.text2 }
                    }
                    Rectangle { x: 16; y: 75; width: parent.width - 32; height: 1; color: Theme.line }
                }
                SettingRow {
                    title: qsTr("When a show is over")
                    words: qsTr("Freshet never deletes what it did not make.")
                    Choice {
                        title: qsTr("When a show is over")
                        model: [qsTr("Keep and share"), qsTr("Limit the space"), qsTr("Delete after watching")]
                        currentIndex: Settings.keep
                        onActivated: index => Settings.keep = index
                    }
                }
                SettingRow {
                    visible: Settings.keep === Settings.Limit
                    title: qsTr("At most")
                    words: qsTr("Beyond that the oldest recordings go. Your own broadcasts stay.")
                    Choice {
                        readonly property var sizes: [5, 10, 20, 50, 100, 200, 500, 1000]
                        title: qsTr("At most")
                        model: sizes.map(gb => Format.size(gb * 1e9))
                        currentIndex: Math.max(0, sizes.indexOf(Settings.limitGb))
                        onActivated: index => Settings.limitGb = sizes[index]
                    }
                }
            }
            SettingCard {
                width: parent.width
                symbol: "gauge"
                title: qsTr("Speed")
                SettingRow {
                    title: qsTr("Receive at most")
                    Choice {
                        title: qsTr("Receive at most")
                        model: page.rateNames(Settings.downloadLimit)
                        currentIndex: page.rateIndex(Settings.downloadLimit)
                        onActivated: index => { if (index < page.rates.length) Settings.downloadLimit = page.rates[index] }
                    }
                }
                SettingRow {
                    title: qsTr("Send at most")
                    words: qsTr("Who sends little is served last when a show is crowded.")
                    Choice {
                        title: qsTr("Send at most")
                        model: page.rateNames(Settings.uploadLimit)
                        currentIndex: page.rateIndex(Settings.uploadLimit)
                        onActivated: index => { if (index < page.rates.length) Settings.uploadLimit = page.rates[index] }
                    }
                }
            }
            SettingCard {
                width: parent.width
                symbol: "sun"
                title: qsTr("Look and language")
                SettingRow {
                    title: qsTr("Theme")
                    Segments {
                        title: qsTr("Theme")
                        names: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
                        current: Settings.theme
                        onChosen: index => Settings.theme = index
                    }
                }
                SettingRow {
                    title: qsTr("Language")
                    Choice {
                        readonly property var codes: ["system", "en", "de"]
                        title: qsTr("Language")
                        model: [qsTr("As the system"), "English", "Deutsch"]
                        currentIndex: Math.max(0, codes.indexOf(Settings.language))
                        onActivated: index => Settings.language = codes[index]
                    }
                }
                SettingRow {
                    title: qsTr("Reduce motion")
                    Toggle { text: qsTr("Reduce motion"); checked: Settings.reducedMotion; onToggled: Settings.reducedMotion = checked }
                }
            }
        }
        Column {
            width: page.half
            spacing: 20
            SettingCard {
                width: parent.width
                symbol: "plug"
                title: qsTr("Connection")
                SettingRow {
                    readonly property bool reached: App.reached
                    title: Settings.port > 0 ? qsTr("Port %1").arg(Settings.port) : qsTr("Any port")
                    words: App.problem !== "" ? App.problem
                         : reached ? qsTr("People can reach you") : qsTr("Nobody has reached you from outside yet")
                    wordsColour: App.problem !== "" ? Theme.warn : reached ? Theme.good : Theme.text3
                    Field {
                        width: 96
                        implicitHeight: 32
                        text: Settings.port > 0 ? Settings.port : ""
                        placeholderText: qsTr("any")
                        inputMethodHints: Qt.ImhDigitsOnly
                        validator: IntValidator { bottom: 0; top: 65535 }
                        onEditingFinished: {
                            const port = parseInt(text || "0")
                            if (port !== Settings.port) {
                                Settings.port = port
                                restart.asked = true
                            }
                        }
                    }
                }
                SettingRow {
                    title: qsTr("Open the port on my router")
                    Toggle {
                        text: qsTr("Open the port on my router")
                        checked: Settings.openPort
                        onToggled: {
                            Settings.openPort = checked
                            restart.asked = true
                        }
                    }
                }
            }
            SettingCard {
                width: parent.width
                symbol: "shield"
                title: qsTr("VPN")
                SettingRow {
                    title: qsTr("Use only this network")
                    words: Settings.interface === "" ? ""
                           : qsTr("Nothing leaves by another way. When it goes, shows wait and go on later.")
                    Choice {
                        title: qsTr("Use only this network")
                        model: Array.from([qsTr("Any")]).concat(Array.from(Settings.interfaces))
                        currentIndex: Settings.interface === "" ? 0 : 1 + Array.from(Settings.interfaces).indexOf(Settings.interface)
                        onActivated: index => {
                            Settings.interface = index === 0 ? "" : Settings.interfaces[index - 1]
                            restart.asked = true
                        }
                    }
                }
                SettingRow {
                    id: restart
                    property bool asked: false
                    visible: asked
                    title: qsTr("This counts from the next start on")
                    words: qsTr("Shows that are open keep their connections until then.")
                    wordsColour: Theme.warn
                    Push { small: true; text: qsTr("Restart now"); onClicked: App.restart() }
                }
                SettingRow {
                    title: qsTr("Who can see you")
                    words: qsTr("People in the swarm of a show can see your IP address. A VPN hides it; Freshet does not.")
                }
            }
            SettingCard {
                width: parent.width
                symbol: "key"
                title: qsTr("Your channel")
                SettingRow {
                    title: qsTr("Name")
                    words: qsTr("Signed into your shows. People who watch see it.")
                    Field {
                        width: 220
                        height: 36
                        placeholderText: qsTr("None")
                        text: Settings.channelName
                        onEditingFinished: Settings.channelName = text
                        Accessible.name: qsTr("Name of your channel")
                    }
                }
                SettingRow {
                    title: qsTr("Picture")
                    words: qsTr("Any picture; it is made small enough to travel with the show.")
                    Row {
                        spacing: 8
                        ChannelPicture { url: Settings.channelPicture; visible: url !== ""; side: 32 }
                        Push { small: true; text: qsTr("Choose"); onClicked: picture.open() }
                        Push { small: true; text: qsTr("None"); visible: Settings.channelPicture !== ""; onClicked: App.chooseChannelPicture("") }
                    }
                }
                SettingRow {
                    title: qsTr("Link of your channel")
                    words: qsTr("It shows what you have on air now, and every show to come.")
                    Push {
                        small: true
                        symbol: "link"
                        text: qsTr("Copy link")
                        onClicked: {
                            App.copy(App.channelLink())
                            Dialogs.say(qsTr("Link copied"), "")
                        }
                    }
                }
                SettingRow {
                    title: qsTr("Identity")
                    words: qsTr("Whoever has it can broadcast as you. Keep a copy: without it the channel is lost.")
                    Row {
                        spacing: 8
                        Push { small: true; text: qsTr("Export"); onClicked: identity.ask(true) }
                        Push { small: true; text: qsTr("Import"); onClicked: identity.ask(false) }
                    }
                }
            }
            SettingCard {
                width: parent.width
                symbol: "tray"
                title: qsTr("In the background")
                SettingRow {
                    title: qsTr("Keep sharing in the tray when the window closes")
                    Toggle { text: qsTr("Keep sharing in the tray"); checked: Settings.tray; onToggled: Settings.tray = checked }
                }
                SettingRow {
                    title: qsTr("Notify me when a show starts or ends")
                    Toggle { text: qsTr("Notify me"); checked: Settings.notify; onToggled: Settings.notify = checked }
                }
            }
        }
    }
    IdentityDialog { id: identity }
    FileDialog {
        id: picture
        title: qsTr("A picture of your channel")
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp)")]
        onAccepted: App.chooseChannelPicture(selectedFile)
    }
    Connections {
        target: App
        function onChannelPictureRefused(problem: string) {
            Dialogs.say(qsTr("That did not work"), problem)
        }
    }
    FolderDialog {
        id: folder
        title: qsTr("Where recordings are kept")
        onAccepted: {
            Settings.folder = decodeURIComponent(("" + selectedFolder).replace("file://", ""))
            restart.asked = true
        }
    }
}
