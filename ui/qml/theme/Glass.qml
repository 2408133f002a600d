// SPDX-License-Identifier: GPL-3.0-or-later
// Colours over a picture: the dark values in both themes.
pragma Singleton
import QtQuick

QtObject {
    readonly property color ground: "#E60B1417"
    readonly property color chip: "#D1071013"
    readonly property color line: "#26FFFFFF"
    readonly property color text: "#EDF4F5"
    readonly property color text2: "#C7D4D8"
    readonly property color mine: "#55CBE0"
    readonly property color swarm: "#66879C"
    readonly property color ahead: "#9DB0B7"
    readonly property color mark: "#FF6257"
    readonly property color hover: "#24FFFFFF"
}
