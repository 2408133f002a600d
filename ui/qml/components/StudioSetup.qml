// SPDX-License-Identifier: GPL-3.0-or-later
// What is broadcast, how it looks and sounds, and "Go live".
import QtQuick
import QtQuick.Dialogs
import Freshet
import Freshet.Items
import Freshet.Models

Item {
    id: setup
    required property bool wide
    readonly property int side: wide ? 380 : width
    readonly property bool isFile: Studio.kind === Studio.File
    readonly property bool isEncoder: Studio.kind === Studio.Encoder
    readonly property bool hasDevices: Studio.kind === Studio.Camera || Studio.kind === Studio.Screen
    implicitHeight: wide ? Math.max(first.height, second.height) : first.height + 24 + second.height

    Column {
        id: first
        width: setup.wide ? setup.width - setup.side - 32 : setup.width
        spacing: 16

        Notice {
            width: parent.width
            visible: Studio.unfinished !== null
            title: Studio.unfinished ? qsTr("\"%1\" was cut off").arg(Studio.unfinished.name) : ""
            words: qsTr("Its link still works. It can go on with what is chosen here, or end as it is.")
            Push { small: true; kind: Push.Warn; text: qsTr("Go on with it"); enabled: Studio.canGoLive; onClicked: Studio.goOn() }
            Push { small: true; text: qsTr("End it"); onClicked: Studio.endUnfinished() }
        }
        Flow {
            width: parent.width
            spacing: 8
            Repeater {
                model: [
                    { kind: Studio.Camera, symbol: "cam", text: qsTr("Camera") },
                    { kind: Studio.Screen, symbol: "screen", text: qsTr("Screen") },
                    { kind: Studio.File, symbol: "file", text: qsTr("File") },
                    { kind: Studio.Encoder, symbol: "obs", text: qsTr("OBS / encoder") },
                    { kind: Studio.Test, symbol: "bars", text: qsTr("Test picture") }
                ]
                SourceTile {
                    required property var modelData
                    width: first.width >= 640 ? (first.width - 32) / 5 : implicitWidth
                    symbol: modelData.symbol
                    text: modelData.text
                    chosen: Studio.kind === modelData.kind
                    onClicked: Studio.kind = modelData.kind
                }
            }
        }
        Rectangle {
            id: stage
            width: parent.width
            height: Math.round(width * 9 / 16)
            radius: 14
            color: Theme.dark ? "#060A0C" : "#16232A"
            Picture {
                anchors.fill: parent
                radius: 14
                whole: true
                ground: "transparent"
                image: Studio.frame
            }
            Chip {
                x: 12
                y: 12
                visible: preview.on
                text: qsTr("Preview, only you see this")
            }
            QtObject {
                id: preview
                readonly property bool on: Studio.hasLevel || !setup.isFile && !setup.isEncoder && Studio.problem === ""
            }
            Column {
                anchors.centerIn: parent
                width: Math.min(520, parent.width - 48)
                spacing: 12
                visible: Studio.problem !== "" || setup.isFile || setup.isEncoder
                Icon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    name: Studio.problem !== "" ? "warn" : setup.isFile ? "file" : "obs"
                    side: 40
                    colour: Studio.problem !== "" ? "#F2B84B" : "#8DA0A7"
                }
                Txt {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                    style: Txt.Heading
                    color: "#EDF4F5"
                    text: Studio.problem !== "" ? Studio.problem
                        : setup.isFile ? (Studio.file === "" ? qsTr("Choose a video or sound file") : Studio.file.split("/").pop())
                        : qsTr("Let OBS or any encoder push to this address")
                }
                Txt {
                    width: parent.width
                    visible: setup.isEncoder && Studio.address !== ""
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.WrapAnywhere
                    color: "#B3C2C7"
                    text: Studio.address
                }
                Txt {
                    width: parent.width
                    visible: setup.isEncoder && Studio.problem === ""
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                    style: Txt.Small
                    color: "#8DA0A7"
                    text: qsTr("Its last part is a secret key. In OBS: Settings, Stream, Custom. Go live here first, then start streaming there. When it breaks off, the show waits for it.")
                }
                Row {
                    anchors.horizontalCenter: parent.horizontalCenter
                    spacing: 8
                    Push {
                        visible: setup.isFile
                        text: Studio.file === "" ? qsTr("Choose a file") : qsTr("Another file")
                        kind: Studio.file === "" ? Push.Primary : Push.Standard
                        onClicked: files.open()
                    }
                    Push {
                        visible: setup.isEncoder && Studio.address !== ""
                        text: qsTr("Copy address")
                        symbol: "copy"
                        onClicked: {
                            App.copy(Studio.address)
                            Dialogs.say(qsTr("Copied"), Studio.address)
                        }
                    }
                    Push {
                        visible: Studio.problem !== "" && !setup.isFile
                        text: qsTr("Try again")
                        onClicked: Studio.retry()
                    }
                }
            }
        }
        LevelRow { width: parent.width; visible: Studio.hasLevel }
        Txt {
            width: parent.width
            style: Txt.Small
            color: Theme.text3
            wrapMode: Text.Wrap
            text: setup.hasDevices && !Studio.hasLevel && Studio.said !== "" ? Studio.said
                : Studio.hasLevel ? qsTr("Speak as you will on air. The meter should stay green and touch yellow now and then.")
                : setup.isFile ? qsTr("It airs at its own speed. What is H.264 and AAC already is passed on as it is.") : ""
            visible: text !== ""
        }
    }
    StudioOptions {
        id: second
        x: setup.wide ? setup.width - width : 0
        y: setup.wide ? 0 : first.height + 24
        width: setup.side
    }
    FileDialog {
        id: files
        title: qsTr("A video or sound file to broadcast")
        onAccepted: Studio.file = decodeURIComponent(("" + selectedFile).replace(/^file:\/\//, ""))
    }
}
