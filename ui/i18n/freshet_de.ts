<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
    <context>
        <name>CardMenu</name>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Link kopieren</translation>
        </message>
        <message>
            <source>Show file</source>
            <translation>Datei zeigen</translation>
        </message>
        <message>
            <source>Stop sharing</source>
            <translation>Nicht mehr teilen</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Entfernen…</translation>
        </message>
    </context>
    <context>
        <name>EmptyHome</name>
        <message>
            <source>A live show, and no server behind it</source>
            <translation>Eine Live-Sendung, und kein Server dahinter</translation>
        </message>
        <message>
            <source>Everyone who watches helps to carry it. Afterwards everyone has the recording.</source>
            <translation>Wer zusieht, hilft sie weiterzugeben. Danach haben alle die Aufzeichnung.</translation>
        </message>
        <message>
            <source>Freshet is not connected</source>
            <translation>Freshet ist nicht verbunden</translation>
        </message>
        <message>
            <source>Watch</source>
            <translation>Ansehen</translation>
        </message>
        <message>
            <source>Paste the link that somebody gave you. It plays from the beginning, even while it airs.</source>
            <translation>Füge den Link ein, den du bekommen hast. Die Sendung läuft von Anfang an, auch während sie noch gesendet wird.</translation>
        </message>
        <message>
            <source>Paste link</source>
            <translation>Link einfügen</translation>
        </message>
        <message>
            <source>Broadcast</source>
            <translation>Senden</translation>
        </message>
        <message>
            <source>A file, a stream or what a program writes. You get one link to give away, nothing to sign up for.</source>
            <translation>Eine Datei, ein Stream oder was ein Programm schreibt. Du bekommst einen Link zum Weitergeben, ohne Anmeldung.</translation>
        </message>
        <message>
            <source>Copy the command</source>
            <translation>Befehl kopieren</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
    </context>
    <context>
        <name>GlassNotice</name>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>Home</name>
        <message>
            <source>Freshet is not connected</source>
            <translation>Freshet ist nicht verbunden</translation>
        </message>
        <message>
            <source>There is no network</source>
            <translation>Es gibt kein Netz</translation>
        </message>
        <message>
            <source>What is on this computer can be watched. The rest goes on when the network is back.</source>
            <translation>Was auf diesem Rechner ist, kann angesehen werden. Der Rest geht weiter, wenn das Netz wieder da ist.</translation>
        </message>
        <message>
            <source>On air</source>
            <translation>Auf Sendung</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>Aufzeichnungen</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>Weniger zeigen</translation>
        </message>
        <message>
            <source>Show all %1</source>
            <translation>Alle %1 zeigen</translation>
        </message>
        <message>
            <source>My broadcasts</source>
            <translation>Meine Sendungen</translation>
        </message>
    </context>
    <context>
        <name>LinkField</name>
        <message>
            <source>Paste a link or drop a file</source>
            <translation>Link einfügen oder Datei hierher ziehen</translation>
        </message>
        <message>
            <source>Open file</source>
            <translation>Datei öffnen</translation>
        </message>
        <message>
            <source>Watch</source>
            <translation>Ansehen</translation>
        </message>
        <message>
            <source>Open a torrent file or a recording</source>
            <translation>Torrent-Datei oder Aufzeichnung öffnen</translation>
        </message>
        <message>
            <source>Torrent files (*.torrent)</source>
            <translation>Torrent-Dateien (*.torrent)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
    </context>
    <context>
        <name>LiveBadge</name>
        <message>
            <source>LIVE</source>
            <translation>LIVE</translation>
        </message>
    </context>
    <context>
        <name>LivePill</name>
        <message>
            <source>%1 behind</source>
            <translation>%1 zurück</translation>
        </message>
        <message>
            <source>Go live</source>
            <translation>Zu jetzt</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Drop it to watch</source>
            <translation>Zum Ansehen loslassen</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>Remove "%1"?</source>
            <translation>„%1“ entfernen?</translation>
        </message>
        <message>
            <source>The recording (%1) and everything Freshet knows of it are deleted from this computer. Others keep theirs.</source>
            <translation>Die Aufzeichnung (%1) und alles, was Freshet von ihr weiß, wird auf diesem Rechner gelöscht. Andere behalten ihre.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>MineRow</name>
        <message numerus="yes">
            <source>%n person(s) keep it</source>
            <translation>
                <numerusform>eine Person hat sie</numerusform>
                <numerusform>%n Personen haben sie</numerusform>
            </translation>
        </message>
        <message>
            <source>Not ended: go on with freshet-cli publish</source>
            <translation>Nicht beendet: weiter mit freshet-cli publish</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Link kopieren</translation>
        </message>
        <message>
            <source>Link copied</source>
            <translation>Link kopiert</translation>
        </message>
    </context>
    <context>
        <name>NavBar</name>
        <message>
            <source>Home</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message numerus="yes">
            <source>Sharing %n show(s)</source>
            <translation>
                <numerusform>Teilt eine Sendung</numerusform>
                <numerusform>Teilt %n Sendungen</numerusform>
            </translation>
        </message>
        <message>
            <source>No network</source>
            <translation>Kein Netz</translation>
        </message>
    </context>
    <context>
        <name>OnAirCard</name>
        <message>
            <source>Starts soon</source>
            <translation>Beginnt bald</translation>
        </message>
        <message>
            <source>Looking for it</source>
            <translation>Wird gesucht</translation>
        </message>
        <message>
            <source>Nobody who has it is here right now</source>
            <translation>Gerade ist niemand da, der sie hat</translation>
        </message>
        <message>
            <source>Looking for people who have it</source>
            <translation>Sucht Leute, die sie haben</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) waiting</source>
            <translation>
                <numerusform>eine Person wartet</numerusform>
                <numerusform>%n Personen warten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) with this show</source>
            <translation>
                <numerusform>eine Person mit dieser Sendung</numerusform>
                <numerusform>%n Personen mit dieser Sendung</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Leertaste</translation>
        </message>
        <message>
            <source>10 seconds back</source>
            <translation>10 Sekunden zurück</translation>
        </message>
        <message>
            <source>10 seconds on</source>
            <translation>10 Sekunden vor</translation>
        </message>
        <message>
            <source>Sound on</source>
            <translation>Ton an</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Ton aus</translation>
        </message>
        <message>
            <source>mine</source>
            <translation>bei mir</translation>
        </message>
        <message>
            <source>in the swarm</source>
            <translation>bei anderen</translation>
        </message>
        <message>
            <source>not aired yet</source>
            <translation>noch nicht gesendet</translation>
        </message>
        <message>
            <source>1.25× · catching up</source>
            <translation>1,25× · holt auf</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Catch up</source>
            <translation>Aufholen</translation>
        </message>
        <message>
            <source>Sound track</source>
            <translation>Tonspur</translation>
        </message>
        <message>
            <source>Track %1</source>
            <translation>Spur %1</translation>
        </message>
        <message>
            <source>Subtitles</source>
            <translation>Untertitel</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keine</translation>
        </message>
        <message>
            <source>Save picture</source>
            <translation>Bild speichern</translation>
        </message>
        <message>
            <source>Small window on top</source>
            <translation>Kleines Fenster obenauf</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Sound track %1</source>
            <translation>Tonspur %1</translation>
        </message>
        <message>
            <source>Subtitles %1</source>
            <translation>Untertitel %1</translation>
        </message>
        <message>
            <source>Leave full screen</source>
            <translation>Vollbild verlassen</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
    </context>
    <context>
        <name>Question</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>RecordingCard</name>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>shared %1</source>
            <translation>%1 geteilt</translation>
        </message>
        <message>
            <source>not shared</source>
            <translation>nicht geteilt</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>No limit</source>
            <translation>Unbegrenzt</translation>
        </message>
        <message>
            <source>Folder and disk</source>
            <translation>Ordner und Platz</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>Aufzeichnungen</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>Space used</source>
            <translation>Belegter Platz</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>recordings %1</source>
            <translation>Aufzeichnungen %1</translation>
        </message>
        <message>
            <source>my broadcasts %1</source>
            <translation>meine Sendungen %1</translation>
        </message>
        <message>
            <source>When a show is over</source>
            <translation>Wenn eine Sendung vorbei ist</translation>
        </message>
        <message>
            <source>Freshet never deletes what it did not make.</source>
            <translation>Freshet löscht nie, was es nicht selbst angelegt hat.</translation>
        </message>
        <message>
            <source>Keep and share</source>
            <translation>Behalten und teilen</translation>
        </message>
        <message>
            <source>Limit the space</source>
            <translation>Platz begrenzen</translation>
        </message>
        <message>
            <source>Delete after watching</source>
            <translation>Nach dem Ansehen löschen</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Höchstens</translation>
        </message>
        <message>
            <source>Beyond that the oldest recordings go. Your own broadcasts stay.</source>
            <translation>Darüber hinaus gehen die ältesten Aufzeichnungen. Eigene Sendungen bleiben.</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Receive at most</source>
            <translation>Empfangen höchstens</translation>
        </message>
        <message>
            <source>Send at most</source>
            <translation>Senden höchstens</translation>
        </message>
        <message>
            <source>Who sends little is served last when a show is crowded.</source>
            <translation>Wer wenig weitergibt, kommt bei Andrang zuletzt dran.</translation>
        </message>
        <message>
            <source>Look and language</source>
            <translation>Aussehen und Sprache</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Reduce motion</source>
            <translation>Weniger Bewegung</translation>
        </message>
        <message>
            <source>Connection</source>
            <translation>Verbindung</translation>
        </message>
        <message>
            <source>Port %1</source>
            <translation>Port %1</translation>
        </message>
        <message>
            <source>Any port</source>
            <translation>Beliebiger Port</translation>
        </message>
        <message>
            <source>People can reach you</source>
            <translation>Andere erreichen dich</translation>
        </message>
        <message>
            <source>Nobody has reached you from outside yet</source>
            <translation>Von außen hat dich noch niemand erreicht</translation>
        </message>
        <message>
            <source>any</source>
            <translation>beliebig</translation>
        </message>
        <message>
            <source>Open the port on my router</source>
            <translation>Den Port an meinem Router öffnen</translation>
        </message>
        <message>
            <source>VPN</source>
            <translation>VPN</translation>
        </message>
        <message>
            <source>Use only this network</source>
            <translation>Nur dieses Netz benutzen</translation>
        </message>
        <message>
            <source>Nothing leaves by another way. When it goes, shows wait and go on later.</source>
            <translation>Nichts geht auf anderem Weg hinaus. Fällt es weg, warten die Sendungen und gehen später weiter.</translation>
        </message>
        <message>
            <source>Any</source>
            <translation>Jedes</translation>
        </message>
        <message>
            <source>This counts from the next start on</source>
            <translation>Das gilt ab dem nächsten Start</translation>
        </message>
        <message>
            <source>Shows that are open keep their connections until then.</source>
            <translation>Offene Sendungen behalten bis dahin ihre Verbindungen.</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>Jetzt neu starten</translation>
        </message>
        <message>
            <source>Who can see you</source>
            <translation>Wer dich sehen kann</translation>
        </message>
        <message>
            <source>People in the swarm of a show can see your IP address. A VPN hides it; Freshet does not.</source>
            <translation>Wer im Schwarm einer Sendung ist, kann deine IP-Adresse sehen. Ein VPN verbirgt sie; Freshet nicht.</translation>
        </message>
        <message>
            <source>In the background</source>
            <translation>Im Hintergrund</translation>
        </message>
        <message>
            <source>Keep sharing in the tray when the window closes</source>
            <translation>Weiter teilen, wenn das Fenster geschlossen wird</translation>
        </message>
        <message>
            <source>Keep sharing in the tray</source>
            <translation>Im Hintergrund weiter teilen</translation>
        </message>
        <message>
            <source>Notify me when a show starts or ends</source>
            <translation>Benachrichtigen, wenn eine Sendung beginnt oder endet</translation>
        </message>
        <message>
            <source>Notify me</source>
            <translation>Benachrichtigen</translation>
        </message>
        <message>
            <source>Where recordings are kept</source>
            <translation>Wo Aufzeichnungen liegen</translation>
        </message>
    </context>
    <context>
        <name>SwarmPanel</name>
        <message>
            <source>Who is here</source>
            <translation>Wer da ist</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>people with this show</source>
            <translation>Leute mit dieser Sendung</translation>
        </message>
        <message numerus="yes">
            <source>%n send(s) to you</source>
            <translation>
                <numerusform>eine Person gibt dir</numerusform>
                <numerusform>%n geben dir</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>you send to %n</source>
            <translation>
                <numerusform>du gibst einer Person</numerusform>
                <numerusform>du gibst %n</numerusform>
            </translation>
        </message>
        <message>
            <source>There is no network</source>
            <translation>Es gibt kein Netz</translation>
        </message>
        <message>
            <source>Your line is slower than the show</source>
            <translation>Deine Leitung ist langsamer als die Sendung</translation>
        </message>
        <message>
            <source>Nobody was reached yet</source>
            <translation>Noch niemand erreicht</translation>
        </message>
        <message>
            <source>New people can't reach you</source>
            <translation>Neue Leute erreichen dich nicht</translation>
        </message>
        <message>
            <source>Connect this computer; the show goes on by itself.</source>
            <translation>Verbinde diesen Rechner; die Sendung geht von selbst weiter.</translation>
        </message>
        <message>
            <source>It needs %1, you get %2. Pause for a while and watch then, or stop other downloads.</source>
            <translation>Sie braucht %1, du bekommst %2. Mach eine Pause und sieh danach weiter, oder halte andere Downloads an.</translation>
        </message>
        <message>
            <source>Whoever has the show may be away, or a firewall is in between. Freshet goes on looking.</source>
            <translation>Wer die Sendung hat, ist vielleicht weg, oder eine Firewall steht dazwischen. Freshet sucht weiter.</translation>
        </message>
        <message>
            <source>Nobody has connected to you from outside. Watching works; sharing is slower than it could be. Opening the port on your router helps.</source>
            <translation>Von außen hat sich niemand mit dir verbunden. Ansehen geht; das Weitergeben ist langsamer, als es sein könnte. Den Port am Router zu öffnen hilft.</translation>
        </message>
        <message>
            <source>Right now</source>
            <translation>Gerade jetzt</translation>
        </message>
        <message>
            <source>1 minute ago</source>
            <translation>vor einer Minute</translation>
        </message>
        <message>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message>
            <source>Behind the camera</source>
            <translation>Hinter der Kamera</translation>
        </message>
        <message>
            <source>the show is over</source>
            <translation>die Sendung ist vorbei</translation>
        </message>
        <message>
            <source>for the newest part</source>
            <translation>beim neuesten Teil</translation>
        </message>
        <message>
            <source>Share ratio</source>
            <translation>Teilverhältnis</translation>
        </message>
        <message>
            <source>%1 out, %2 in</source>
            <translation>%1 hinaus, %2 herein</translation>
        </message>
        <message>
            <source>Parts of the show</source>
            <translation>Teile der Sendung</translation>
        </message>
        <message>
            <source>%1 % are yours</source>
            <translation>%1 % hast du</translation>
        </message>
        <message>
            <source>People in this swarm can see your IP address, as in every BitTorrent swarm.</source>
            <translation>Wer in diesem Schwarm ist, kann deine IP-Adresse sehen, wie in jedem BitTorrent-Schwarm.</translation>
        </message>
        <message>
            <source>Hide technical details</source>
            <translation>Technisches verbergen</translation>
        </message>
        <message>
            <source>Technical details</source>
            <translation>Technisches</translation>
        </message>
        <message>
            <source>Info-hash</source>
            <translation>Info-Hash</translation>
        </message>
        <message>
            <source>Publisher's key</source>
            <translation>Schlüssel des Senders</translation>
        </message>
        <message>
            <source>Signed head</source>
            <translation>Signierter Kopf</translation>
        </message>
        <message>
            <source>Piece length</source>
            <translation>Stückgröße</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Verbindungen</translation>
        </message>
        <message>
            <source>Overhead, in and out</source>
            <translation>Zusatz, herein und hinaus</translation>
        </message>
        <message>
            <source>Received twice</source>
            <translation>Doppelt empfangen</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Frames dropped, shown late</source>
            <translation>Bilder verworfen, verspätet</translation>
        </message>
        <message>
            <source>Sound ahead of picture</source>
            <translation>Ton vor Bild</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>Position</source>
            <translation>Stelle</translation>
        </message>
        <message>
            <source>mine</source>
            <translation>bei mir</translation>
        </message>
        <message>
            <source>in the swarm</source>
            <translation>bei anderen</translation>
        </message>
    </context>
    <context>
        <name>Volume</name>
        <message>
            <source>Volume</source>
            <translation>Lautstärke</translation>
        </message>
    </context>
    <context>
        <name>Watch</name>
        <message>
            <source>Left out %1 that did not arrive</source>
            <translation>%1 ausgelassen, die nicht ankamen</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Recording · %1</source>
            <translation>Aufzeichnung · %1</translation>
        </message>
        <message>
            <source>on air for %1</source>
            <translation>seit %1 auf Sendung</translation>
        </message>
        <message>
            <source>has not begun yet</source>
            <translation>hat noch nicht begonnen</translation>
        </message>
        <message>
            <source>looking for people who have it</source>
            <translation>sucht Leute, die sie haben</translation>
        </message>
        <message>
            <source>Who is here</source>
            <translation>Wer da ist</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Link kopieren</translation>
        </message>
        <message>
            <source>Link copied</source>
            <translation>Link kopiert</translation>
        </message>
        <message>
            <source>Whoever opens it sees the show from its beginning.</source>
            <translation>Wer ihn öffnet, sieht die Sendung von Anfang an.</translation>
        </message>
        <message>
            <source>Looking for people who have this show</source>
            <translation>Sucht Leute, die diese Sendung haben</translation>
        </message>
        <message>
            <source>There is no network</source>
            <translation>Es gibt kein Netz</translation>
        </message>
        <message>
            <source>Looking for people who have this part</source>
            <translation>Sucht Leute, die diesen Teil haben</translation>
        </message>
        <message>
            <source>The broadcaster is silent since %1 s</source>
            <translation>Der Sender schweigt seit %1 s</translation>
        </message>
        <message>
            <source>You are at the newest part</source>
            <translation>Du bist beim neuesten Teil</translation>
        </message>
        <message>
            <source>The show has not begun</source>
            <translation>Die Sendung hat noch nicht begonnen</translation>
        </message>
        <message>
            <source>Getting the first picture</source>
            <translation>Das erste Bild kommt</translation>
        </message>
        <message>
            <source>This can take a minute. It goes on by itself.</source>
            <translation>Das kann eine Minute dauern. Es geht von selbst weiter.</translation>
        </message>
        <message>
            <source>Your line gives %1, the show needs %2.</source>
            <translation>Deine Leitung gibt %1, die Sendung braucht %2.</translation>
        </message>
        <message>
            <source>You are at the newest part. It goes on by itself.</source>
            <translation>Du bist beim neuesten Teil. Es geht von selbst weiter.</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) are already here. It begins by itself.</source>
            <translation>
                <numerusform>Eine Person ist schon da. Es beginnt von selbst.</numerusform>
                <numerusform>%n Personen sind schon da. Es beginnt von selbst.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) asked</source>
            <translation>
                <numerusform>eine Person gefragt</numerusform>
                <numerusform>%n Personen gefragt</numerusform>
            </translation>
        </message>
        <message>
            <source>Go live</source>
            <translation>Zu jetzt</translation>
        </message>
        <message>
            <source>Starts in</source>
            <translation>Beginnt in</translation>
        </message>
        <message>
            <source>This show cannot go on</source>
            <translation>Diese Sendung kann nicht weitergehen</translation>
        </message>
        <message>
            <source>This is not a video that can be shown</source>
            <translation>Dieses Video kann nicht gezeigt werden</translation>
        </message>
        <message>
            <source>The recording cannot be read</source>
            <translation>Die Aufzeichnung kann nicht gelesen werden</translation>
        </message>
        <message>
            <source>The video player cannot be started</source>
            <translation>Der Videoplayer startet nicht</translation>
        </message>
        <message>
            <source>Freshet plays MPEG-TS, Matroska and MP4. It is still fetched and kept, so that you can open it with another program.</source>
            <translation>Freshet spielt MPEG-TS, Matroska und MP4. Die Datei wird trotzdem geholt und behalten, sodass du sie mit einem anderen Programm öffnen kannst.</translation>
        </message>
        <message>
            <source>Another program may have changed the file.</source>
            <translation>Vielleicht hat ein anderes Programm die Datei verändert.</translation>
        </message>
        <message>
            <source>libmpv is missing or broken.</source>
            <translation>libmpv fehlt oder ist kaputt.</translation>
        </message>
        <message>
            <source>Show file</source>
            <translation>Datei zeigen</translation>
        </message>
        <message>
            <source>The show has ended.</source>
            <translation>Die Sendung ist zu Ende.</translation>
        </message>
        <message>
            <source>You have the whole recording and are sharing it.</source>
            <translation>Du hast die ganze Aufzeichnung und teilst sie.</translation>
        </message>
        <message>
            <source>The rest of the recording is on its way.</source>
            <translation>Der Rest der Aufzeichnung ist unterwegs.</translation>
        </message>
        <message>
            <source>No sound device was found</source>
            <translation>Kein Tongerät gefunden</translation>
        </message>
        <message>
            <source>The picture goes on without sound.</source>
            <translation>Das Bild läuft ohne Ton weiter.</translation>
        </message>
        <message>
            <source>While you watch, you pass the show on.</source>
            <translation>Während du zusiehst, gibst du die Sendung weiter.</translation>
        </message>
        <message>
            <source>People in the swarm can see your IP address.</source>
            <translation>Leute im Schwarm können deine IP-Adresse sehen.</translation>
        </message>
        <message>
            <source>Back to the large window</source>
            <translation>Zurück zum großen Fenster</translation>
        </message>
        <message>
            <source>Picture saved</source>
            <translation>Bild gespeichert</translation>
        </message>
    </context>
    <context>
        <name>Window</name>
        <message>
            <source>Watch live shows over BitTorrent.</source>
            <translation>Live-Sendungen über BitTorrent ansehen.</translation>
        </message>
    </context>
    <context>
        <name>freshet::ui::desktop::Desktop</name>
        <message>
            <source>Open Freshet</source>
            <translation>Freshet öffnen</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>A show is playing</source>
            <translation>Eine Sendung läuft</translation>
        </message>
    </context>
    <context>
        <name>freshet::ui::models::App</name>
        <message>
            <source>This show cannot be opened</source>
            <translation>Diese Sendung lässt sich nicht öffnen</translation>
        </message>
        <message>
            <source>%1 has ended</source>
            <translation>%1 ist zu Ende</translation>
        </message>
        <message>
            <source>You keep the recording.</source>
            <translation>Du behältst die Aufzeichnung.</translation>
        </message>
        <message>
            <source>%1 is on air</source>
            <translation>%1 ist auf Sendung</translation>
        </message>
        <message>
            <source>Freshet is not connected</source>
            <translation>Freshet ist nicht verbunden</translation>
        </message>
        <message>
            <source>This is a file of yours, not a show</source>
            <translation>Das ist eine Datei von dir, keine Sendung</translation>
        </message>
        <message>
            <source>To put it on air, use: freshet-cli publish "%1"</source>
            <translation>Um sie zu senden: freshet-cli publish "%1"</translation>
        </message>
        <message>
            <source>That is not the link of a show</source>
            <translation>Das ist kein Link einer Sendung</translation>
        </message>
        <message>
            <source>A link begins with magnet: and was copied whole. (%1)</source>
            <translation>Ein Link beginnt mit magnet: und ist vollständig kopiert. (%1)</translation>
        </message>
        <message>
            <source>There is no recording of Freshet in this folder</source>
            <translation>In diesem Ordner ist keine Aufzeichnung von Freshet</translation>
        </message>
        <message>
            <source>This torrent file cannot be read</source>
            <translation>Diese Torrent-Datei kann nicht gelesen werden</translation>
        </message>
        <message>
            <source>This torrent is not a show that you have</source>
            <translation>Dieser Torrent ist keine Sendung, die du hast</translation>
        </message>
        <message>
            <source>Ask for the show's link, or open the file with any BitTorrent program.</source>
            <translation>Frag nach dem Link der Sendung, oder öffne die Datei mit einem BitTorrent-Programm.</translation>
        </message>
        <message>
            <source>The recording could not be removed</source>
            <translation>Die Aufzeichnung konnte nicht entfernt werden</translation>
        </message>
    </context>
    <context>
        <name>freshet::ui::models::Format</name>
        <message>
            <source>%1 s</source>
            <translation>%1 s</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 min</translation>
        </message>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1 h %2 min</translation>
        </message>
        <message>
            <source>%1 kB</source>
            <translation>%1 kB</translation>
        </message>
        <message>
            <source>%1 MB</source>
            <translation>%1 MB</translation>
        </message>
        <message>
            <source>%1 GB</source>
            <translation>%1 GB</translation>
        </message>
        <message>
            <source>%1 TB</source>
            <translation>%1 TB</translation>
        </message>
        <message>
            <source>%1 kb/s</source>
            <translation>%1 kb/s</translation>
        </message>
        <message>
            <source>%1 Mb/s</source>
            <translation>%1 Mb/s</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gestern</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>d. MMM</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>d. MMM yyyy</translation>
        </message>
    </context>
    <context>
        <name>freshet::ui::models::Show</name>
        <message>
            <source>There is no room left on the disk. Make room, or choose another folder in the settings, and open the show again: it goes on where it stopped.</source>
            <translation>Auf der Platte ist kein Platz mehr. Mach Platz oder wähle in den Einstellungen einen anderen Ordner, und öffne die Sendung wieder: sie geht weiter, wo sie aufgehört hat.</translation>
        </message>
    </context>
</TS>
