// SPDX-License-Identifier: GPL-3.0-or-later
// Who broadcasts, small.
import QtQuick

Image {
    id: picture
    property string url
    property real side: 36
    source: url
    width: side
    height: side
    sourceSize.width: 2 * side
    sourceSize.height: 2 * side
    fillMode: Image.PreserveAspectCrop
    smooth: true
    Accessible.ignored: true
}
