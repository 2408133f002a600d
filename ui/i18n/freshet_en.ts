<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
    <context>
        <name>MineRow</name>
        <message numerus="yes">
            <source>%n person(s) keep it</source>
            <translation>
                <numerusform>1 person keeps it</numerusform>
                <numerusform>%n people keep it</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>NavBar</name>
        <message numerus="yes">
            <source>Sharing %n show(s)</source>
            <translation>
                <numerusform>Sharing 1 show</numerusform>
                <numerusform>Sharing %n shows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>OnAirCard</name>
        <message numerus="yes">
            <source>%n person(s) waiting</source>
            <translation>
                <numerusform>1 person waiting</numerusform>
                <numerusform>%n people waiting</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) with this show</source>
            <translation>
                <numerusform>1 person with this show</numerusform>
                <numerusform>%n people with this show</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StudioOptions</name>
        <message numerus="yes">
            <source>Your connection can carry this to about %n person(s) directly</source>
            <translation>
                <numerusform>Your connection can carry this to about 1 person directly</numerusform>
                <numerusform>Your connection can carry this to about %n people directly</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SwarmPanel</name>
        <message numerus="yes">
            <source>%n send(s) to you</source>
            <translation>
                <numerusform>1 sends to you</numerusform>
                <numerusform>%n send to you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>you send to %n</source>
            <translation>
                <numerusform>you send to 1</numerusform>
                <numerusform>you send to %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Watch</name>
        <message numerus="yes">
            <source>%n person(s) are already here. It begins by itself.</source>
            <translation>
                <numerusform>1 person is already here. It begins by itself.</numerusform>
                <numerusform>%n people are already here. It begins by itself.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) asked</source>
            <translation>
                <numerusform>1 person asked</numerusform>
                <numerusform>%n people asked</numerusform>
            </translation>
        </message>
    </context>
</TS>
