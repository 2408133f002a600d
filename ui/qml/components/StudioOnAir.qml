// SPDX-License-Identifier: GPL-3.0-or-later
// On the air: what one sends, who gets it and how late; and after the end, what stays.
import QtQuick
import Freshet
import Freshet.Items
import Freshet.Models

Item {
    id: air
    required property bool wide
    readonly property Show show: Studio.show
    readonly property bool over: Studio.stage === Studio.Ended
    readonly property bool planned: Studio.stage === Studio.Planned
    readonly property int side: wide ? 440 : width
    implicitHeight: (wide ? Math.max(first.y + first.height, second.y + second.height)
                          : second.y + second.height)

    Item {
        id: head
        width: parent.width
        height: 40
        Rectangle {
            id: badge
            height: 32
            width: badgeRow.width + 28
            radius: 10
            anchors.verticalCenter: parent.verticalCenter
            color: air.over || air.planned ? Theme.raised : Theme.liveFill
            Row {
                id: badgeRow
                anchors.centerIn: parent
                spacing: 8
                Rectangle {
                    width: 10; height: 10; radius: 5
                    anchors.verticalCenter: parent.verticalCenter
                    color: air.over ? Theme.good : air.planned ? Theme.warn : "#FFFFFF"
                }
                Txt {
                    text: air.over ? qsTr("ENDED") : air.planned ? qsTr("SOON")
                        : Studio.stage === Studio.Ending ? qsTr("ENDING") : qsTr("ON AIR")
                    style: Txt.Small
                    font.weight: Font.DemiBold
                    font.letterSpacing: 0.4
                    color: air.over || air.planned ? Theme.text : "#FFFFFF"
                }
            }
        }
        Txt {
            id: clock
            anchors.left: badge.right
            anchors.leftMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            style: Txt.Title
            font.family: Theme.display
            text: (Studio.elapsed < 0 ? "−" : "") + Format.clock(Math.abs(Studio.elapsed))
        }
        Txt {
            anchors.left: clock.right
            anchors.leftMargin: 24
            anchors.right: buttons.left
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            style: Txt.Heading
            text: air.show ? air.show.name : ""
        }
        Row {
            id: buttons
            anchors.right: parent.right
            spacing: 12
            Push {
                visible: Studio.hasLevel && !air.over
                symbol: Studio.muted ? "audio" : "mic"
                text: Studio.muted ? qsTr("Unmute") : qsTr("Mute")
                kind: Studio.muted ? Push.Warn : Push.Standard
                onClicked: Studio.muted = !Studio.muted
            }
            Push { visible: air.planned; kind: Push.Live; symbol: "broadcast"; text: qsTr("Start now"); onClicked: Studio.startNow() }
            Push {
                visible: !air.over
                enabled: Studio.stage !== Studio.Ending
                kind: Push.Danger
                symbol: "stop"
                text: qsTr("End show")
                onClicked: question.open()
            }
            Push { visible: air.over; kind: Push.Primary; symbol: "broadcast"; text: qsTr("New broadcast"); onClicked: Studio.again() }
        }
    }

    Column {
        id: first
        y: 56
        width: air.wide ? air.width - air.side - 24 : air.width
        spacing: 16
        Item {
            width: parent.width
            height: Math.round(width * 9 / 16)
            Rectangle { anchors.fill: parent; radius: 14; color: Theme.dark ? "#060A0C" : "#16232A" }
            Picture {
                anchors.fill: parent
                radius: 14
                whole: true
                ground: "transparent"
                image: Studio.frame
                source: Studio.frameSeen || !air.show ? "" : air.show.pictureUrl
            }
            Chip { x: 12; y: 12; text: air.over ? qsTr("The recording") : qsTr("What you send") }
            Push {
                anchors.centerIn: parent
                visible: air.over && air.show !== null && air.show.size > 0
                kind: Push.Primary
                symbol: "play"
                text: qsTr("Play the recording")
                onClicked: App.watch(air.show)
            }
        }
        Rectangle {
            width: parent.width
            height: 96
            radius: 14
            color: Theme.surface
            border.color: Theme.line
            Meter {
                x: 16; y: 14
                width: parent.width - 32
                visible: Studio.hasLevel && !air.over
                first: Studio.left
                second: Studio.right
            }
            Row {
                x: 16
                y: Studio.hasLevel && !air.over ? 44 : 26
                width: parent.width - 32
                component Cell: Column {
                    id: cell
                    property string title
                    property string value
                    width: parent ? parent.width / 4 : 100
                    Accessible.role: Accessible.StaticText
                    Accessible.name: title + ": " + value
                    Txt { width: cell.width; text: cell.title; style: Txt.Caption; color: Theme.text3 }
                    Txt { width: cell.width; text: cell.value; style: Txt.Label }
                }
                Cell { title: qsTr("Bit rate"); value: air.show ? Format.rate(air.show.bitRate) : "" }
                Cell { title: qsTr("Frames dropped"); value: Format.count(Studio.dropped) }
                Cell {
                    title: qsTr("Picture")
                    value: Studio.picture.width <= 0 ? "–"
                         : Studio.picture.height + "p" + (Studio.fps > 0 ? " · " + Studio.fps + " fps" : "")
                }
                Cell { title: qsTr("Recorded"); value: air.show ? Format.size(air.show.size) : "" }
            }
        }
        Rectangle {
            id: health
            readonly property bool bad: Studio.problem !== "" || (Studio.limit > 0 && !air.over)
            width: parent.width
            height: words.implicitHeight + 24
            radius: 12
            color: bad ? Theme.warnSoft : Theme.goodSoft
            border.color: bad ? Theme.warnLine : "transparent"
            Accessible.role: Accessible.AlertMessage
            Accessible.name: words.text
            Icon { x: 16; anchors.verticalCenter: parent.verticalCenter; name: health.bad ? "warn" : "check"; colour: health.bad ? Theme.warn : Theme.good }
            Txt {
                id: words
                x: 48
                width: parent.width - 64
                anchors.verticalCenter: parent.verticalCenter
                wrapMode: Text.Wrap
                text: Studio.problem !== "" ? Studio.problem
                    : air.over ? qsTr("The show has ended. Everyone who watched has the recording, and so do you.")
                    : air.planned ? qsTr("The link works already: people can wait here until it begins.")
                    : Studio.tooMuch ? qsTr("Your connection does not carry this quality: the audience falls behind. Choose a smaller one in your encoder.")
                    : Studio.limit > 0 ? qsTr("Your connection carries less than this quality. The picture is sent with less until there is more room: %1 in all.").arg(Format.rate(Studio.limit / 8))
                    : Studio.said !== "" ? Studio.said
                    : Studio.watching === 0 ? qsTr("You are on air. Nobody watches yet: give the link away.")
                    : Studio.delay95 > 0 && Studio.delay95 <= 2000 ? qsTr("All is well. Every part reaches the audience within two seconds.")
                    : qsTr("You are on air.")
            }
        }
    }

    Column {
        id: second
        x: air.wide ? air.width - air.side : 0
        y: air.wide ? 56 : first.y + first.height + 16
        width: air.side
        spacing: 16
        LinkCard { width: parent.width; show: air.show; over: air.over }
        Figure {
            width: parent.width
            visible: !air.over
            title: qsTr("Watching now")
            value: Format.count(Studio.watching)
            RateGraph {
                width: parent.width
                height: 72
                down: Studio.watchingHistory
                downColour: Theme.accent
                upColour: "transparent"
                grid: Theme.line
            }
        }
        Row {
            width: parent.width
            spacing: 16
            visible: !air.over
            Figure {
                width: (parent.width - 16) / 2
                height: Math.max(implicitHeight, send.implicitHeight)
                title: qsTr("Audience is behind by")
                value: Studio.delay > 0 ? Format.seconds(Studio.delay) : "–"
                words: Studio.delay95 > 0 ? qsTr("95 of 100 within %1, as they report it").arg(Format.seconds(Studio.delay95))
                                          : qsTr("known once somebody watches live")
            }
            Figure {
                id: send
                width: (parent.width - 16) / 2
                height: implicitHeight
                title: qsTr("You send")
                value: Format.times(Studio.upMultiple)
                words: qsTr("the stream, %1").arg(Format.rate(air.show ? air.show.upRate : 0))
            }
        }
        Figure {
            width: parent.width
            visible: !air.over && Studio.watching > 0
            title: qsTr("Carried by viewers")
            value: (100 * Studio.offload).toFixed(Studio.offload > 0.99 ? 1 : 0) + " %"
            words: qsTr("Without them you would need %1.").arg(Format.rate(air.show ? air.show.bitRate * Studio.watching : 0))
        }
    }
    Question {
        id: question
        title: qsTr("End the show?")
        words: qsTr("Everyone who watches keeps the recording, and the link goes on working. It cannot be continued.")
        accept: qsTr("End show")
        danger: true
        onAccepted: Studio.end()
    }
}
