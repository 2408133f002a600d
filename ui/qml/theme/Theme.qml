// SPDX-License-Identifier: GPL-3.0-or-later
// Colours, type and measures; the names are those of the design's tokens.
pragma Singleton
import QtQuick
import Freshet.Models

QtObject {
    id: theme

    readonly property SystemPalette system: SystemPalette {}
    readonly property bool systemDark: system.window.hslLightness < 0.5
    readonly property bool dark: Settings.theme === Settings.Dark
                                 || (Settings.theme === Settings.System && systemDark)

    readonly property color bg: dark ? "#0B1215" : "#F4F7F7"
    readonly property color surface: dark ? "#121B1F" : "#FFFFFF"
    readonly property color raised: dark ? "#1A262B" : "#EAF0F1"
    readonly property color pressed: dark ? "#25343A" : "#DCE5E7"
    readonly property color line: dark ? "#233238" : "#D5DFE2"
    readonly property color stroke: dark ? "#6A7F87" : "#75878E"
    readonly property color text: dark ? "#EDF4F5" : "#0F1D22"
    readonly property color text2: dark ? "#B3C2C7" : "#3F525A"
    readonly property color text3: dark ? "#8DA0A7" : "#5A6D75"
    readonly property color accent: dark ? "#55CBE0" : "#0A7083"
    readonly property color focus: dark ? "#7FDDED" : "#075566"
    readonly property color selected: dark ? "#12343D" : "#DDF1F5"
    readonly property color accentInk: dark ? "#04242B" : "#FFFFFF"
    readonly property color liveFill: dark ? "#D93A30" : "#C62F26"
    readonly property color live: dark ? "#FF6257" : "#C62F26"
    readonly property color liveInk: "#FFFFFF"
    readonly property color warn: dark ? "#F2B84B" : "#8A5A00"
    readonly property color warnSoft: dark ? "#33280F" : "#FFF3DA"
    readonly property color warnLine: dark ? "#5A4618" : "#EBCF94"
    readonly property color good: dark ? "#5BD6A0" : "#0F7A53"
    readonly property color goodSoft: dark ? "#10322A" : "#DDF4EA"
    readonly property color mine: dark ? "#55CBE0" : "#0A8CA3"
    readonly property color swarm: dark ? "#4F6F85" : "#92ACB9"
    readonly property color ahead: dark ? "#3A484E" : "#C9D5D9"
    readonly property color track: dark ? "#2A3A41" : "#D3DEE1"

    readonly property string sans: "Inter"
    readonly property string display: "Inter Display"

    readonly property int hover: 90
    readonly property int notice: 160
    readonly property int panel: Settings.reducedMotion ? 90 : 240
    readonly property int fade: Settings.reducedMotion ? 90 : 400
    readonly property bool motion: !Settings.reducedMotion

    // A widget's colour under the pointer and pressed.
    function shade(base: color, hovered: bool, down: bool): color {
        const grey = base.hslSaturation < 0.35
        if (down)
            return Qt.darker(base, 1.14)
        if (hovered)
            return dark ? Qt.lighter(base, grey ? 1.3 : 1.12) : Qt.darker(base, grey ? 1.06 : 1.12)
        return base
    }
}
