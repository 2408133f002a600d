// SPDX-License-Identifier: GPL-3.0-or-later
// What is on the air, what one has, and the field for a link.
import QtQuick
import QtQuick.Templates as T
import Freshet
import Freshet.Models

Item {
    id: page
    readonly property int content: Math.min(width - 64, 1760)
    readonly property int airColumns: width < 720 ? 1 : width < 1024 ? 2
        : Math.max(3, Math.floor((content + 20) / 440))
    readonly property int recordingColumns: width < 720 ? 1 : width < 1024 ? 2
        : Math.max(4, Math.floor((content + 20) / 380))
    property bool showAll: false
    signal broadcastWanted

    component Section: Item {
        property alias title: words.text
        default property alias extra: holder.data
        width: page.content
        height: 60
        Txt {
            id: words
            style: Txt.Heading
            anchors.left: parent.left
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 12
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Item {
            id: holder
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 8
            width: childrenRect.width
            height: childrenRect.height
        }
    }

    EmptyHome {
        anchors.fill: parent
        onBroadcastWanted: page.broadcastWanted()
        visible: App.ready && App.empty
    }

    // The list of what is kept is being read.
    Grid {
        visible: !App.ready
        x: (page.width - page.content) / 2
        y: 128
        columns: page.airColumns
        spacing: 20
        Repeater {
            model: page.airColumns
            Rectangle {
                width: (page.content - 20 * (page.airColumns - 1)) / page.airColumns
                height: Math.round(width * 0.52)
                radius: 12
                color: Theme.surface
            }
        }
    }

    Flickable {
        id: scroll
        anchors.fill: parent
        visible: App.ready && !App.empty
        contentHeight: column.height + 40
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: Scroll {}
        Column {
            id: column
            x: (page.width - width) / 2
            y: 16
            width: page.content
            LinkField { width: parent.width }
            Notice {
                width: parent.width
                visible: App.problem !== ""
                title: qsTr("Freshet is not connected")
                words: App.problem
            }
            Notice {
                width: parent.width
                visible: App.problem === "" && !App.online
                title: qsTr("There is no network")
                words: qsTr("What is on this computer can be watched. The rest goes on when the network is back.")
            }
            Section { title: qsTr("Channels you follow"); visible: channels.count > 0 }
            Flow {
                width: parent.width
                spacing: 12
                visible: channels.count > 0
                Repeater {
                    id: channels
                    model: App.follows.channels
                    ChannelChip {}
                }
            }
            Section { title: qsTr("On air"); visible: air.count > 0 }
            Grid {
                columns: page.airColumns
                spacing: 20
                visible: air.count > 0
                Repeater {
                    id: air
                    model: App.onAir
                    OnAirCard { width: (page.content - 20 * (page.airColumns - 1)) / page.airColumns }
                }
            }
            Section {
                title: qsTr("Recordings")
                visible: App.recordings.length > 0
                Push {
                    small: true
                    kind: Push.Ghost
                    visible: App.recordings.length > page.recordingColumns
                    text: page.showAll ? qsTr("Show fewer")
                                       : qsTr("Show all %1").arg(App.recordings.length)
                    onClicked: page.showAll = !page.showAll
                }
            }
            Grid {
                columns: page.recordingColumns
                columnSpacing: 20
                rowSpacing: 16
                visible: App.recordings.length > 0
                Repeater {
                    model: App.recordings
                    RecordingCard {
                        required property int index
                        visible: page.showAll || index < page.recordingColumns
                        width: (page.content - 20 * (page.recordingColumns - 1)) / page.recordingColumns
                    }
                }
            }
            Section { title: qsTr("My broadcasts"); visible: App.mine.length > 0 }
            Grid {
                columns: page.airColumns
                spacing: 20
                visible: App.mine.length > 0
                Repeater {
                    model: App.mine
                    MineRow { onBroadcastWanted: page.broadcastWanted(); width: (page.content - 20 * (page.airColumns - 1)) / page.airColumns }
                }
            }
        }
    }
}
