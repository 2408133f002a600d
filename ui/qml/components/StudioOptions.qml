// SPDX-License-Identifier: GPL-3.0-or-later
// The right half of the studio before a show: title, devices, quality, the line, and "Go live".
import QtQuick
import Freshet
import Freshet.Models

Column {
    id: options
    readonly property bool encodes: Studio.kind !== Studio.Encoder
                                    && (Studio.kind !== Studio.File || Studio.quality !== Studio.Auto)
    readonly property bool hasSound: Studio.kind === Studio.Camera || Studio.kind === Studio.Screen
    spacing: 20

    component Named: Column {
        id: named
        property string title
        default property alias inside: place.data
        width: options.width
        spacing: 8
        Txt { text: named.title; style: Txt.Small; font.weight: Font.Medium; color: Theme.text2 }
        Item { id: place; width: parent.width; height: childrenRect.height }
    }

    Named {
        title: qsTr("Title")
        Field {
            id: title
            width: parent.width
            height: 48
            font.pixelSize: 15
            placeholderText: qsTr("The date and time, if you write nothing")
            text: Studio.title
            onTextEdited: Studio.title = text
            onAccepted: Studio.goLive()
            Accessible.name: qsTr("Title")
        }
    }
    Row {
        width: parent.width
        spacing: 12
        visible: options.hasSound
        Named {
            width: Studio.kind === Studio.Camera ? (options.width - 12) / 2 : 0
            visible: Studio.kind === Studio.Camera
            title: qsTr("Camera")
            Choice {
                width: parent.width
                implicitHeight: 40
                title: qsTr("Camera")
                model: Studio.cameras.length > 0 ? Studio.cameras : [qsTr("None found")]
                currentIndex: Studio.camera
                onActivated: index => Studio.camera = index
            }
        }
        Named {
            width: Studio.kind === Studio.Camera ? (options.width - 12) / 2 : options.width
            title: qsTr("Sound")
            Choice {
                width: parent.width
                implicitHeight: 40
                title: qsTr("Sound")
                model: Studio.sounds
                currentIndex: Studio.sound
                onActivated: index => Studio.sound = index
            }
        }
    }
    Named {
        title: qsTr("Quality")
        visible: Studio.kind !== Studio.Encoder
        Segments {
            width: parent.width
            title: qsTr("Quality")
            stretch: true
            names: [qsTr("Auto"), "480p", "720p", "1080p"]
            current: Studio.quality
            onChosen: index => Studio.quality = index
        }
    }
    Named {
        title: qsTr("Bit rate")
        visible: options.encodes
        Column {
            width: parent.width
            spacing: 4
            Level {
                width: parent.width
                title: qsTr("Bit rate")
                from: 300000
                to: Math.max(2 * Studio.usualBitRate, 4000000)
                stepSize: 100000
                value: Studio.bitRate
                onMoved: Studio.bitRate = value
            }
            Item {
                width: parent.width
                height: 16
                Txt { text: qsTr("saves data"); style: Txt.Caption; color: Theme.text3 }
                Txt { anchors.horizontalCenter: parent.horizontalCenter; text: Format.rate(Studio.bitRate / 8); style: Txt.Caption; color: Theme.text }
                Txt { anchors.right: parent.right; text: qsTr("sharper"); style: Txt.Caption; color: Theme.text3 }
            }
        }
    }
    Rectangle {
        width: parent.width
        height: line.height + 28
        visible: Studio.kind !== Studio.Encoder
        radius: 14
        color: Studio.uplink > 0 && Studio.carries < 1 ? Theme.warnSoft : Theme.surface
        border.color: Studio.uplink > 0 && Studio.carries < 1 ? Theme.warnLine : Theme.line
        Icon { x: 16; y: 16; name: "gauge"; side: 24; colour: Studio.uplink > 0 && Studio.carries < 1 ? Theme.warn : Theme.accent }
        Column {
            id: line
            x: 52
            y: 14
            width: parent.width - 68
            spacing: 4
            Txt {
                width: parent.width
                style: Txt.Label
                wrapMode: Text.Wrap
                text: Studio.uplink <= 0 ? qsTr("How many people your connection carries is not known yet")
                    : Studio.carries < 1 ? qsTr("Your connection is too slow for this quality")
                    : qsTr("Your connection can carry this to about %n person(s) directly", "", Studio.carries)
            }
            Txt {
                width: parent.width
                style: Txt.Small
                color: Theme.text2
                wrapMode: Text.Wrap
                text: Studio.uplink <= 0 ? qsTr("It shows in your first show. Whoever watches passes it on to others.")
                    : Studio.carries < 1 ? qsTr("Choose a smaller one: it sent %1 at most so far.").arg(Format.rate(Studio.uplink))
                    : qsTr("They pass it on to everyone else. The most it has sent so far: %1.").arg(Format.rate(Studio.uplink))
            }
        }
    }
    Named {
        title: qsTr("Start")
        Choice {
            id: start
            readonly property var minutes: [0, 5, 15, 30, 60, 120, 1440]
            width: parent.width
            implicitHeight: 40
            title: qsTr("Start")
            model: [qsTr("At once"), qsTr("In 5 minutes"), qsTr("In 15 minutes"), qsTr("In 30 minutes"),
                    qsTr("In an hour"), qsTr("In two hours"), qsTr("Tomorrow at this time")]
            onActivated: index => Studio.start = index === 0 ? new Date(NaN)
                                                             : new Date(Date.now() + minutes[index] * 60000)
        }
    }
    Column {
        width: parent.width
        spacing: 12
        Push {
            id: go
            width: parent.width
            implicitHeight: 52
            kind: Push.Live
            symbol: "broadcast"
            text: Studio.stage === Studio.Starting ? qsTr("Going live") : start.currentIndex > 0 ? qsTr("Make the link") : qsTr("Go live")
            enabled: Studio.canGoLive
            onClicked: Studio.goLive()
        }
        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            style: Txt.Small
            color: Theme.text3
            wrapMode: Text.Wrap
            text: qsTr("You get one link. It works now and for ever after. The recording takes about %1 an hour.")
                  .arg(Format.size((Studio.bitRate + 128000) / 8 * 3600 * 1.06))
        }
    }
}
