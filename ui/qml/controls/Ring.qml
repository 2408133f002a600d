// SPDX-License-Identifier: GPL-3.0-or-later
// Shows that time passes, around an icon. Never alone: a sentence stands beside it.
import QtQuick
import QtQuick.Shapes
import Freshet

Item {
    id: ring
    property string symbol
    property bool running: true
    implicitWidth: 44
    implicitHeight: 44

    Shape {
        anchors.fill: parent
        ShapePath {
            strokeColor: "#33FFFFFF"
            strokeWidth: 3
            fillColor: "transparent"
            PathAngleArc { centerX: 22; centerY: 22; radiusX: 20; radiusY: 20; sweepAngle: 360 }
        }
        ShapePath {
            strokeColor: Glass.mine
            strokeWidth: 3
            capStyle: ShapePath.RoundCap
            fillColor: "transparent"
            PathAngleArc {
                id: arc
                centerX: 22
                centerY: 22
                radiusX: 20
                radiusY: 20
                sweepAngle: 70
                NumberAnimation on startAngle {
                    from: -90
                    to: 270
                    duration: 1400
                    loops: Animation.Infinite
                    running: ring.visible && ring.running && Theme.motion
                }
            }
        }
    }
    Icon {
        anchors.centerIn: parent
        name: ring.symbol
        colour: Glass.text
    }
}
