<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>CardMenu</name>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmptyHome</name>
    <message>
        <source>A live show, and no server behind it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everyone who watches helps to carry it. Afterwards everyone has the recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freshet is not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the link that somebody gave you. It plays from the beginning, even while it airs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file, a stream or what a program writes. You get one link to give away, nothing to sign up for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GlassNotice</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>Freshet is not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is on this computer can be watched. The rest goes on when the network is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On air</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My broadcasts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LinkField</name>
    <message>
        <source>Paste a link or drop a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a torrent file or a recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Torrent files (*.torrent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LiveBadge</name>
    <message>
        <source>LIVE</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LivePill</name>
    <message>
        <source>%1 behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go live</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Drop it to watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove &quot;%1&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording (%1) and everything Freshet knows of it are deleted from this computer. Others keep theirs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MineRow</name>
    <message numerus="yes">
        <source>%n person(s) keep it</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Not ended: go on with freshet-cli publish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NavBar</name>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Sharing %n show(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No network</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OnAirCard</name>
    <message>
        <source>Starts soon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody who has it is here right now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for people who have it</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) waiting</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) with this show</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>10 seconds back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>10 seconds on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the swarm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not aired yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1.25× · catching up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catch up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Track %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small window on top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound track %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtitles %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordingCard</name>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not shared</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>No limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder and disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recordings %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>my broadcasts %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When a show is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freshet never deletes what it did not make.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep and share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit the space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete after watching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beyond that the oldest recordings go. Your own broadcasts stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receive at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who sends little is served last when a show is crowded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People can reach you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has reached you from outside yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the port on my router</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VPN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use only this network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves by another way. When it goes, shows wait and go on later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This counts from the next start on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows that are open keep their connections until then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who can see you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People in the swarm of a show can see your IP address. A VPN hides it; Freshet does not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep sharing in the tray when the window closes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep sharing in the tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notify me when a show starts or ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notify me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where recordings are kept</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SwarmPanel</name>
    <message>
        <source>Who is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>people with this show</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n send(s) to you</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>you send to %n</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>There is no network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your line is slower than the show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody was reached yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New people can&apos;t reach you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect this computer; the show goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs %1, you get %2. Pause for a while and watch then, or stop other downloads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever has the show may be away, or a firewall is in between. Freshet goes on looking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has connected to you from outside. Watching works; sharing is slower than it could be. Opening the port on your router helps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 minute ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Behind the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the show is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for the newest part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 out, %2 in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % are yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People in this swarm can see your IP address, as in every BitTorrent swarm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide technical details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Info-hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Publisher&apos;s key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piece length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overhead, in and out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames dropped, shown late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound ahead of picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the swarm</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Volume</name>
    <message>
        <source>Volume</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Watch</name>
    <message>
        <source>Left out %1 that did not arrive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on air for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has not begun yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking for people who have it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever opens it sees the show from its beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for people who have this show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for people who have this part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broadcaster is silent since %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are at the newest part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The show has not begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting the first picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This can take a minute. It goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your line gives %1, the show needs %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are at the newest part. It goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) are already here. It begins by itself.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) asked</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Go live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This show cannot go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a video that can be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video player cannot be started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freshet plays MPEG-TS, Matroska and MP4. It is still fetched and kept, so that you can open it with another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program may have changed the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>libmpv is missing or broken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The show has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have the whole recording and are sharing it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest of the recording is on its way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sound device was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture goes on without sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While you watch, you pass the show on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People in the swarm can see your IP address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the large window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Watch live shows over BitTorrent.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>freshet::ui::desktop::Desktop</name>
    <message>
        <source>Open Freshet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A show is playing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>freshet::ui::models::App</name>
    <message>
        <source>This show cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You keep the recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is on air</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freshet is not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a file of yours, not a show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To put it on air, use: freshet-cli publish &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not the link of a show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link begins with magnet: and was copied whole. (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no recording of Freshet in this folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This torrent file cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This torrent is not a show that you have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for the show&apos;s link, or open the file with any BitTorrent program.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>freshet::ui::models::Format</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 TB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 kb/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Mb/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
