// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing here yet: the two things one can do.
import QtQuick
import Freshet
import Freshet.Models

Flickable {
    id: page
    readonly property int content: Math.min(720, width - 48)
    contentHeight: column.height + 96
    clip: true
    signal broadcastWanted

    component Way: Rectangle {
        id: way
        property alias drawing: place.data
        property alias title: heading.text
        property alias words: words.text
        default property alias action: foot.data
        width: page.content < 560 ? page.content : (page.content - 20) / 2
        height: 312
        radius: 14
        color: Theme.surface
        border.color: Theme.line
        Item { id: place; width: parent.width; height: 144 }
        Txt {
            id: heading
            y: 144
            width: parent.width
            style: Txt.Heading
            horizontalAlignment: Text.AlignHCenter
        }
        Txt {
            id: words
            x: 24
            y: 172
            width: parent.width - 48
            style: Txt.Small
            color: Theme.text2
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }
        Item {
            id: foot
            anchors.horizontalCenter: parent.horizontalCenter
            y: 248
            width: childrenRect.width
            height: 40
        }
    }

    Column {
        id: column
        x: (page.width - width) / 2
        y: Math.max(32, page.height * 0.12)
        width: page.content
        Txt {
            width: parent.width
            text: qsTr("A live show, and no server behind it")
            style: Txt.Display
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
        Txt {
            width: parent.width
            topPadding: 8
            bottomPadding: 32
            text: qsTr("Everyone who watches helps to carry it. Afterwards everyone has the recording.")
            font.pixelSize: 16
            color: Theme.text2
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }
        LinkField { id: field; width: parent.width; height: 56; focus: true }
        Notice {
            width: parent.width
            visible: App.problem !== ""
            title: qsTr("Freshet is not connected")
            words: App.problem
        }
        Item { width: 1; height: 32 }
        Grid {
            columns: page.content < 560 ? 1 : 2
            spacing: 20
            Way {
                title: qsTr("Watch")
                words: qsTr("Paste the link that somebody gave you. It plays from the beginning, even while it airs.")
                drawing: Rectangle {
                    anchors.centerIn: parent
                    width: 162
                    height: 86
                    radius: 10
                    color: Theme.raised
                    border.color: Theme.line
                    Icon {
                        anchors.centerIn: parent
                        anchors.verticalCenterOffset: -4
                        name: "play"
                        side: 44
                        colour: Theme.accent
                    }
                    Row {
                        x: 14
                        y: 70
                        spacing: 3
                        Rectangle { width: 70; height: 4; radius: 2; color: Theme.mine }
                        Rectangle { width: 34; height: 4; radius: 2; color: Theme.swarm }
                    }
                }
                Push {
                    text: qsTr("Paste link")
                    kind: Push.Primary
                    onClicked: {
                        const text = App.clipboard()
                        if (text.startsWith("magnet:"))
                            App.open(text)
                        else
                            field.forceActiveFocus()
                    }
                }
            }
            Way {
                title: qsTr("Broadcast")
                words: qsTr("A camera, the screen, a file or OBS. You get one link to give away, nothing to sign up for.")
                drawing: Canvas {
                    id: web
                    anchors.fill: parent
                    property color node: Theme.mine
                    property color far: Theme.swarm
                    onNodeChanged: requestPaint()
                    onPaint: {
                        const c = getContext("2d")
                        c.reset()
                        const mid = Qt.point(width / 2, 76)
                        const spots = [[-60, -26, -28, -38], [-66, 18, -86, -4], [-28, 38, 0, 0],
                                       [30, 40, 0, 0], [68, 16, 88, -8], [60, -28, 0, 0]]
                        c.strokeStyle = Theme.pressed
                        c.lineWidth = 2
                        for (const s of spots) {
                            c.beginPath()
                            c.moveTo(mid.x, mid.y)
                            c.lineTo(mid.x + s[0], mid.y + s[1])
                            if (s[2] !== 0)
                                c.lineTo(mid.x + s[2], mid.y + s[3])
                            c.stroke()
                        }
                        const dot = (x, y, r, colour) => {
                            c.fillStyle = colour
                            c.beginPath()
                            c.arc(x, y, r, 0, 2 * Math.PI)
                            c.fill()
                        }
                        for (const s of spots) {
                            dot(mid.x + s[0], mid.y + s[1], 6, node)
                            if (s[2] !== 0)
                                dot(mid.x + s[2], mid.y + s[3], 4, far)
                        }
                        dot(mid.x, mid.y, 22, Theme.dark ? "#3A1A19" : "#FCE6E4")
                        dot(mid.x, mid.y, 12, Theme.live)
                    }
                }
                Push {
                    text: qsTr("Go live")
                    kind: Push.Live
                    symbol: "broadcast"
                    onClicked: page.broadcastWanted()
                }
            }
        }
    }
}
