// SPDX-License-Identifier: GPL-3.0-or-later
// The studio: before the show, on the air, and after it.
import QtQuick
import QtQuick.Templates as T
import Freshet
import Freshet.Models

Item {
    id: page
    signal watchWanted(Show show)
    readonly property bool setup: Studio.stage === Studio.Setup || Studio.stage === Studio.Starting
    readonly property bool wide: width >= 960
    Component.onCompleted: Studio.enter()
    Component.onDestruction: Studio.leave()

    Flickable {
        id: scroll
        anchors.fill: parent
        contentHeight: content.height + 48
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: Scroll {}
        Loader {
            id: content
            x: (page.width - width) / 2
            y: 24
            width: Math.min(page.width - (page.wide ? 64 : 32), 1520)
            sourceComponent: page.setup ? choice : air
        }
    }
    Component { id: choice; StudioSetup { wide: page.wide } }
    Component { id: air; StudioOnAir { wide: page.wide } }
}
