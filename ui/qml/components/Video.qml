// SPDX-License-Identifier: GPL-3.0-or-later
// The picture, drawn by the graphics card where there is one.
import QtQuick
import Freshet.Player

Item {
    id: video
    required property Player player
    Loader {
        anchors.fill: parent
        sourceComponent: GraphicsInfo.api === GraphicsInfo.Software
                         || GraphicsInfo.api === GraphicsInfo.Unknown ? software : gl
    }
    Component { id: software; SoftwareVideo { player: video.player } }
    Component { id: gl; GlVideo { player: video.player } }
}
