// SPDX-License-Identifier: GPL-3.0-or-later
// What any part of the window may ask of the window as a whole.
pragma Singleton
import QtQuick
import Freshet.Models

QtObject {
    signal said(string title, string text)
    signal removeAsked(Show show)

    function say(title: string, text: string) { said(title, text) }
    function askRemove(show: Show) { removeAsked(show) }
}
