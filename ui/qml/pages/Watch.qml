// SPDX-License-Identifier: GPL-3.0-or-later
// The picture fills the window; everything else comes when it is wanted and goes again.
import QtQuick
import Freshet
import Freshet.Models
import Freshet.Player

FocusScope {
    id: page
    required property Show show
    property bool fullScreen: false
    property bool mini: false
    property bool panelOpen: false
    property bool endNotice: false
    readonly property alias player: player
    readonly property bool panelCovers: width < 1024
    readonly property int stageWidth: panelOpen && !panelCovers ? width - 400 : width
    signal leaveWanted
    signal fullScreenWanted(bool on)
    signal miniWanted(bool on)

    focus: true
    Accessible.name: show ? show.name : ""

    Player {
        id: player
        onPositionChanged: if (page.show && hasPicture && wait === Player.Nothing) page.show.position = position
        onEndedChanged: if (ended && page.show) page.show.nextPart()
        onJumpedOver: ms => page.tell("speed", qsTr("Left out %1 that did not arrive").arg(Format.seconds(ms)), "")
        Component.onCompleted: {
            volume = Settings.volume
            page.play()
        }
    }
    // Where the live edge is nobody knows before somebody was reached.
    property bool awaitsEdge: false
    function goLive() {
        if (page.show && !page.show.newestPart())
            player.goLive()
    }
    function play() {
        player.startAt = page.show ? page.show.startAt : 0
        awaitsEdge = page.show !== null && player.startAt < 0 && !page.show.edgeKnown
        player.playable = page.show && !awaitsEdge ? page.show.playable : undefined
    }
    onShowChanged: {
        page.panelOpen = false
        page.endNotice = false
        toast.visible = false
        page.play()
    }
    Connections {
        target: page.show
        function onPlayableChanged() { page.play() }
        function onPartAdded() { if (player.ended) page.show.nextPart() }
        function onChanged() { if (page.awaitsEdge) page.play() }
        function onOver() {
            page.endNotice = true
            controls.wake()
        }
    }
    // Between two snapshots the edge moves by itself.
    Timer {
        interval: 200
        repeat: true
        running: page.visible && page.show !== null && !page.show.ended && controls.awake
        onTriggered: page.show.refreshTimeline()
    }

    function tell(symbol: string, title: string, words: string) {
        toast.symbol = symbol
        toast.title = title
        toast.words = words
        toast.visible = true
        toastEnd.restart()
    }

    Rectangle { anchors.fill: parent; color: "#05090B" }
    Video {
        id: video
        player: player
        width: page.stageWidth
        height: page.height
    }
    Rectangle {
        // Before the first picture, and behind a countdown.
        width: page.stageWidth
        height: page.height
        visible: !player.hasPicture
        gradient: Gradient {
            GradientStop { position: 0; color: "#0E2027" }
            GradientStop { position: 1; color: "#05090B" }
        }
    }
    Rectangle {
        width: page.stageWidth
        height: page.height
        color: "#04090B"
        opacity: failure.visible ? 0.8 : waiting.visible && player.hasPicture ? 0.45 : 0
        Behavior on opacity { NumberAnimation { duration: Theme.notice } }
    }

    MouseArea {
        id: stage
        width: page.stageWidth
        height: page.height
        hoverEnabled: true
        cursorShape: controls.awake ? Qt.ArrowCursor : Qt.BlankCursor
        onPositionChanged: controls.wake()
        onClicked: {
            controls.wake()
            page.forceActiveFocus()
            if (player.hasPicture)
                player.toggle()
        }
        onDoubleClicked: page.mini ? page.miniWanted(false) : page.fullScreenWanted(!page.fullScreen)
        onWheel: wheel => {
            player.volume = player.volume + (wheel.angleDelta.y > 0 ? 5 : -5)
            controls.wake()
        }
    }

    Item {
        id: controls
        property bool awake: true
        readonly property bool held: player.paused || player.ended || bar.menuOpen || keyboard || page.panelOpen
                                     || waiting.visible || !player.hasPicture || hover.hovered
        property bool keyboard: false
        function wake() {
            awake = true
            still.restart()
        }
        width: page.stageWidth
        height: page.height
        opacity: awake || held ? 1 : 0
        visible: opacity > 0 && !page.mini
        Behavior on opacity { NumberAnimation { duration: controls.awake ? Theme.notice : Theme.fade } }
        Timer {
            id: still
            interval: 2500
            running: true
            onTriggered: if (!controls.held) controls.awake = false
        }
        onHeldChanged: if (!held) wake()

        Rectangle {
            width: parent.width
            height: 150
            gradient: Gradient {
                GradientStop { position: 0; color: "#D904090B" }
                GradientStop { position: 1; color: "#0004090B" }
            }
        }
        Rectangle {
            width: parent.width
            height: 270
            anchors.bottom: parent.bottom
            gradient: Gradient {
                GradientStop { position: 0; color: "#0004090B" }
                GradientStop { position: 0.42; color: "#A804090B" }
                GradientStop { position: 1; color: "#F004090B" }
            }
        }
        IconPush {
            id: back
            x: mirrored ? parent.width - width - 16 : 16
            y: 18
            glass: true
            symbol: "back"
            mirror: mirrored
            text: qsTr("Back")
            key: "Esc"
            onClicked: page.leaveWanted()
        }
        Column {
            anchors.left: back.right
            anchors.right: top.left
            anchors.leftMargin: 8
            anchors.rightMargin: 16
            y: 16
            Txt { width: parent.width; text: page.show ? page.show.name : ""; style: Txt.Heading; color: "#FFFFFF" }
            Txt {
                width: parent.width
                style: Txt.Small
                color: Glass.text2
                text: !page.show ? "" : page.show.ended
                      ? qsTr("Recording · %1").arg(Format.size(page.show.size))
                      : page.show.onAir && page.show.size > 0
                        ? qsTr("on air for %1").arg(Format.span(page.show.duration))
                      : page.show.phase === Show.Waiting ? qsTr("has not begun yet")
                      : qsTr("looking for people who have it")
            }
        }
        Row {
            id: top
            anchors.right: parent.right
            anchors.rightMargin: 24
            y: 20
            spacing: 8
            component TopPush: Push {
                small: true
                implicitHeight: 36
                ground: "#B30B1417"
                ink: "#FFFFFF"
            }
            TopPush {
                symbol: "people"
                text: page.show ? Format.count(page.show.people + 1) : "1"
                Accessible.name: qsTr("Who is here")
                onClicked: page.panelOpen = !page.panelOpen
            }
            TopPush {
                symbol: "link"
                text: qsTr("Copy link")
                visible: controls.width > 640
                onClicked: {
                    App.copy(page.show.link)
                    page.tell("check", qsTr("Link copied"), qsTr("Whoever opens it sees the show from its beginning."))
                }
            }
        }
        Item {
            id: foot
            width: Math.min(1600, parent.width - 64)
            height: bar.implicitHeight + 24
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            HoverHandler { id: hover }
            PlayerBar {
                id: bar
                width: parent.width
                show: page.show
                player: player
                fullScreen: page.fullScreen
                onLiveWanted: page.goLive()
                onFullScreenWanted: page.fullScreenWanted(!page.fullScreen)
                onMiniWanted: page.miniWanted(true)
                onScreenshotWanted: page.screenshot()
            }
        }
    }

    WaitCard {
        id: waiting
        readonly property bool silent: player.wait === Player.Source || (player.wait === Player.Opening && page.show && page.show.silence > 3000)
        readonly property bool late: player.waited > 700 || !player.hasPicture
        visible: page.show !== null && player.problem === Player.None && late
                 && (player.wait !== Player.Nothing || page.awaitsEdge)
                 && !countdown.visible && !page.show.ended
                 || page.show !== null && page.show.ended && player.wait === Player.Missing && late
        anchors.centerIn: video
        symbol: silent && player.hasPicture ? "broadcast" : "search"
        title: {
            if (!page.show)
                return ""
            if (page.show.phase === Show.Connecting && page.show.peers === 0)
                return App.online ? qsTr("Looking for people who have this show") : qsTr("There is no network")
            if (player.wait === Player.Missing)
                return qsTr("Looking for people who have this part")
            if (player.wait === Player.Source && player.hasPicture)
                return page.show.silence > 3000
                       ? qsTr("The broadcaster is silent since %1 s").arg(Math.floor(page.show.silence / 1000))
                       : qsTr("You are at the newest part")
            if (page.show.phase === Show.Waiting)
                return qsTr("The show has not begun")
            return qsTr("Getting the first picture")
        }
        words: {
            if (!page.show)
                return ""
            if (page.show.phase === Show.Connecting && page.show.peers === 0)
                return qsTr("This can take a minute. It goes on by itself.")
            if (page.show.tooSlow)
                return qsTr("Your line gives %1, the show needs %2.")
                    .arg(Format.rate(page.show.downRate)).arg(Format.rate(page.show.bitRate))
            if (player.wait === Player.Source && player.hasPicture)
                return qsTr("You are at the newest part. It goes on by itself.")
            if (page.show.phase === Show.Waiting)
                return qsTr("%n person(s) are already here. It begins by itself.", "", page.show.people)
            return qsTr("%n person(s) asked", "", page.show.peers)
        }
        action: player.wait === Player.Missing && player.hasPicture && page.show && !page.show.ended
                ? qsTr("Go live") : ""
        onActed: page.goLive()
    }

    Column {
        id: countdown
        property real remaining: 0
        visible: page.show !== null && page.show.size === 0 && !isNaN(page.show.plannedStart.getTime())
                 && remaining > 0
        anchors.centerIn: video
        spacing: 4
        Timer {
            running: page.visible
            repeat: true
            interval: 500
            triggeredOnStart: true
            onTriggered: countdown.remaining = page.show && page.show.plannedStart
                         ? page.show.plannedStart.getTime() - Date.now() : 0
        }
        Txt { text: qsTr("Starts in"); style: Txt.Small; color: "#FFFFFF"; anchors.horizontalCenter: parent.horizontalCenter }
        Txt {
            text: Format.clock(countdown.remaining)
            style: Txt.Display
            font.pixelSize: 48
            lineHeight: 56
            color: "#FFFFFF"
            anchors.horizontalCenter: parent.horizontalCenter
        }
        Txt {
            text: qsTr("%n person(s) are already here. It begins by itself.", "", page.show ? page.show.people : 0)
            style: Txt.Small
            color: Glass.text
            anchors.horizontalCenter: parent.horizontalCenter
        }
    }

    Column {
        // It cannot be played at all, or not any further.
        id: failure
        visible: player.problem !== Player.None || (page.show !== null && page.show.phase === Show.Failed)
        anchors.centerIn: video
        width: Math.min(520, video.width - 48)
        spacing: 8
        Icon { name: "warn"; side: 40; colour: "#F2B84B"; anchors.horizontalCenter: parent.horizontalCenter }
        Txt {
            width: parent.width
            style: Txt.Title
            color: "#FFFFFF"
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: page.show && page.show.phase === Show.Failed ? qsTr("This show cannot go on")
                : player.problem === Player.NotVideo ? qsTr("This is not a video that can be shown")
                : player.problem === Player.Unreadable ? qsTr("The recording cannot be read")
                : qsTr("The video player cannot be started")
        }
        Txt {
            width: parent.width
            style: Txt.Body
            color: Glass.text2
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: page.show && page.show.phase === Show.Failed ? page.show.problem
                : player.problem === Player.NotVideo
                  ? qsTr("Freshet plays MPEG-TS, Matroska and MP4. It is still fetched and kept, so that you can open it with another program.")
                : player.problem === Player.Unreadable ? qsTr("Another program may have changed the file.")
                : qsTr("libmpv is missing or broken.")
        }
        Push {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: page.show !== null && page.show.file !== ""
            text: qsTr("Show file")
            ground: "#33FFFFFF"
            ink: "#FFFFFF"
            onClicked: App.reveal(page.show.file)
        }
    }

    GlassNotice {
        visible: page.endNotice
        width: Math.min(564, foot.width)
        anchors.horizontalCenter: video.horizontalCenter
        anchors.bottom: video.bottom
        anchors.bottomMargin: 156
        title: qsTr("The show has ended.")
        words: page.show && page.show.complete ? qsTr("You have the whole recording and are sharing it.")
                                               : qsTr("The rest of the recording is on its way.")
        action: qsTr("Show file")
        onActed: App.reveal(page.show.file)
        onClosed: page.endNotice = false
    }
    GlassNotice {
        id: toast
        visible: false
        width: Math.min(460, foot.width)
        anchors.horizontalCenter: video.horizontalCenter
        y: 84
        ink: Glass.text
        ground: "#22FFFFFF"
        onClosed: visible = false
        Timer { id: toastEnd; interval: 4000; onTriggered: toast.visible = false }
    }
    GlassNotice {
        visible: player.noSound && player.hasPicture && !dismissed && !page.mini
        property bool dismissed: false
        width: Math.min(460, foot.width)
        anchors.horizontalCenter: video.horizontalCenter
        y: toast.visible ? 164 : 84
        symbol: "volume"
        ink: "#F2B84B"
        ground: "#33280F"
        title: qsTr("No sound device was found")
        words: qsTr("The picture goes on without sound.")
        onClosed: dismissed = true
    }
    GlassNotice {
        visible: !Settings.addressNoticeSeen && player.hasPicture && !page.mini
                 && !toast.visible && !player.noSound
        width: Math.min(640, foot.width)
        anchors.horizontalCenter: video.horizontalCenter
        y: 84
        symbol: "info"
        ink: Glass.text
        ground: "#22FFFFFF"
        title: qsTr("While you watch, you pass the show on.")
        words: qsTr("People in the swarm can see your IP address.")
        onClosed: Settings.addressNoticeSeen = true
    }

    Loader {
        active: page.panelOpen && page.show !== null && !page.mini
        x: page.width - width
        width: Math.min(400, page.width)
        height: page.height
        sourceComponent: SwarmPanel {
            show: page.show
            player: page.player
            onClosed: page.panelOpen = false
        }
        onLoaded: if (Theme.motion) slide.start()
        NumberAnimation on x {
            id: slide
            running: false
            from: page.width
            to: page.width - 400
            duration: Theme.panel
            easing.type: Easing.OutQuint
        }
    }
    IconPush {
        visible: page.mini && stage.containsMouse
        x: parent.width - width - 8
        y: 8
        glass: true
        symbol: "full"
        text: qsTr("Back to the large window")
        onClicked: page.miniWanted(false)
    }

    function screenshot() {
        const path = App.screenshotPath(page.show)
        player.saveScreenshot(path)
        tell("camera-shot", qsTr("Picture saved"), path)
    }

    Keys.onPressed: event => {
        controls.wake()
        event.accepted = true
        const shift = event.modifiers & Qt.ShiftModifier
        switch (event.key) {
        case Qt.Key_Space:
        case Qt.Key_K: player.toggle(); break
        case Qt.Key_Left: player.skip(shift ? -60000 : -5000); break
        case Qt.Key_Right: player.skip(shift ? 60000 : 5000); break
        case Qt.Key_J: player.skip(-10000); break
        case Qt.Key_L: player.skip(10000); break
        case Qt.Key_Up: player.volume += 5; break
        case Qt.Key_Down: player.volume -= 5; break
        case Qt.Key_M: player.muted = !player.muted; break
        case Qt.Key_F: page.fullScreenWanted(!page.fullScreen); break
        case Qt.Key_S: page.screenshot(); break
        case Qt.Key_I: page.miniWanted(!page.mini); break
        case Qt.Key_P: page.panelOpen = !page.panelOpen; break
        case Qt.Key_Home: player.seek(0); break
        case Qt.Key_End: page.show && !page.show.ended ? page.goLive() : player.seek(page.show.duration); break
        case Qt.Key_Greater:
        case Qt.Key_BracketRight: player.speed = Math.min(2, player.speed + 0.25); break
        case Qt.Key_Less:
        case Qt.Key_BracketLeft: player.speed = Math.max(0.5, player.speed - 0.25); break
        case Qt.Key_Escape:
            if (page.panelOpen)
                page.panelOpen = false
            else if (page.mini)
                page.miniWanted(false)
            else if (page.fullScreen)
                page.fullScreenWanted(false)
            else
                page.leaveWanted()
            break
        default: event.accepted = false
        }
    }
}
