// SPDX-License-Identifier: GPL-3.0-or-later
// A line of text in one of the seven styles of the design.
import QtQuick
import Freshet

Text {
    enum Style { Display, Title, Heading, Body, Label, Small, Caption }
    property int style: Txt.Body

    color: Theme.text
    elide: Text.ElideRight
    horizontalAlignment: Text.AlignLeft
    verticalAlignment: Text.AlignVCenter
    textFormat: Text.PlainText
    renderType: Text.NativeRendering
    font.family: style <= Txt.Title ? Theme.display : Theme.sans
    font.pixelSize: [32, 24, 16, 14, 14, 13, 12][style]
    font.weight: [Font.DemiBold, Font.DemiBold, Font.DemiBold, Font.Normal, Font.Medium,
                  Font.Normal, Font.Medium][style]
    font.letterSpacing: style === Txt.Display ? -0.4 : style === Txt.Title ? -0.15 : 0
    lineHeight: [40, 32, 24, 20, 20, 20, 16][style]
    lineHeightMode: Text.FixedHeight
}
