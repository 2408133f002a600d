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
        <name>ChannelChip</name>
        <message>
            <source>on air</source>
            <translation>auf Sendung</translation>
        </message>
        <message>
            <source>On air: %1</source>
            <translation>Auf Sendung: %1</translation>
        </message>
        <message>
            <source>Last: %1</source>
            <translation>Zuletzt: %1</translation>
        </message>
        <message>
            <source>Not on air</source>
            <translation>Nicht auf Sendung</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Copy the channel's link</source>
            <translation>Link des Kanals kopieren</translation>
        </message>
        <message>
            <source>Link copied</source>
            <translation>Link kopiert</translation>
        </message>
        <message>
            <source>No longer follow</source>
            <translation>Nicht mehr folgen</translation>
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
            <source>A camera, the screen, a file or OBS. You get one link to give away, nothing to sign up for.</source>
            <translation>Kamera, Bildschirm, eine Datei oder OBS. Du bekommst einen Link zum Weitergeben, ohne Anmeldung.</translation>
        </message>
        <message>
            <source>Go live</source>
            <translation>Auf Sendung gehen</translation>
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
        <message>
            <source>Channels you follow</source>
            <translation>Kanäle, denen du folgst</translation>
        </message>
    </context>
    <context>
        <name>IdentityDialog</name>
        <message>
            <source>Export your identity</source>
            <translation>Deine Identität exportieren</translation>
        </message>
        <message>
            <source>Import an identity</source>
            <translation>Eine Identität importieren</translation>
        </message>
        <message>
            <source>With a passphrase the file is of no use to anybody else. Without the passphrase it is of no use to you either.</source>
            <translation>Mit einem Kennwort nützt die Datei sonst niemandem. Ohne das Kennwort nützt sie auch dir nichts.</translation>
        </message>
        <message>
            <source>It takes the place of yours, which stays in the folder. Its passphrase, if it has one:</source>
            <translation>Sie tritt an die Stelle deiner, die im Ordner bleibt. Ihr Kennwort, falls sie eins hat:</translation>
        </message>
        <message>
            <source>Choose where</source>
            <translation>Ort wählen</translation>
        </message>
        <message>
            <source>Choose the file</source>
            <translation>Datei wählen</translation>
        </message>
        <message>
            <source>Passphrase, may be empty</source>
            <translation>Kennwort, kann leer sein</translation>
        </message>
        <message>
            <source>That did not work</source>
            <translation>Das ging nicht</translation>
        </message>
        <message>
            <source>Identity exported</source>
            <translation>Identität exportiert</translation>
        </message>
        <message>
            <source>Identity imported</source>
            <translation>Identität importiert</translation>
        </message>
    </context>
    <context>
        <name>LevelRow</name>
        <message>
            <source>Muted</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>Very quiet</source>
            <translation>Sehr leise</translation>
        </message>
        <message>
            <source>Too loud</source>
            <translation>Zu laut</translation>
        </message>
        <message>
            <source>Good level</source>
            <translation>Guter Pegel</translation>
        </message>
    </context>
    <context>
        <name>LinkCard</name>
        <message>
            <source>Show the QR code large</source>
            <translation>QR-Code groß zeigen</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>Größer</translation>
        </message>
        <message>
            <source>The link goes on working</source>
            <translation>Der Link gilt weiter</translation>
        </message>
        <message>
            <source>One link for everyone</source>
            <translation>Ein Link für alle</translation>
        </message>
        <message>
            <source>Any BitTorrent program can fetch the recording, too.</source>
            <translation>Auch jedes BitTorrent-Programm kann die Aufzeichnung holen.</translation>
        </message>
        <message>
            <source>Works now, and later for the recording.</source>
            <translation>Gilt jetzt, und später für die Aufzeichnung.</translation>
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
            <source>Show the file and its .torrent</source>
            <translation>Datei und .torrent zeigen</translation>
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
        <message>
            <source>The link is copied</source>
            <translation>Der Link ist kopiert</translation>
        </message>
        <message>
            <source>Give it away: paste it anywhere.</source>
            <translation>Gib ihn weiter: füge ihn irgendwo ein.</translation>
        </message>
        <message>
            <source>You are on air</source>
            <translation>Du bist auf Sendung</translation>
        </message>
        <message>
            <source>Closing Freshet ends the show for everybody. It can go on at the next start if you leave it unfinished.</source>
            <translation>Wird Freshet geschlossen, bricht die Sendung für alle ab. Unbeendet kann sie beim nächsten Start weitergehen.</translation>
        </message>
        <message>
            <source>Leave it unfinished and close</source>
            <translation>Unbeendet lassen und schließen</translation>
        </message>
    </context>
    <context>
        <name>Meter</name>
        <message>
            <source>Sound level</source>
            <translation>Tonpegel</translation>
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
            <source>Copy link</source>
            <translation>Link kopieren</translation>
        </message>
        <message>
            <source>Link copied</source>
            <translation>Link kopiert</translation>
        </message>
        <message>
            <source>On air: to the studio</source>
            <translation>Auf Sendung: zum Studio</translation>
        </message>
        <message>
            <source>Was cut off: go on with it, or end it</source>
            <translation>Abgebrochen: fortsetzen oder beenden</translation>
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
        <message>
            <source>Broadcast</source>
            <translation>Senden</translation>
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
            <translation>Keiner</translation>
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
        <message>
            <source>Your channel</source>
            <translation>Dein Kanal</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Signed into your shows. People who watch see it.</source>
            <translation>Steht unterschrieben in deinen Sendungen. Wer zusieht, sieht ihn.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keiner</translation>
        </message>
        <message>
            <source>Name of your channel</source>
            <translation>Name deines Kanals</translation>
        </message>
        <message>
            <source>Link of your channel</source>
            <translation>Link deines Kanals</translation>
        </message>
        <message>
            <source>It shows what you have on air now, and every show to come.</source>
            <translation>Er zeigt, was du gerade sendest, und jede künftige Sendung.</translation>
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
            <source>Identity</source>
            <translation>Identität</translation>
        </message>
        <message>
            <source>Whoever has it can broadcast as you. Keep a copy: without it the channel is lost.</source>
            <translation>Wer sie hat, kann als du senden. Bewahre eine Kopie auf: ohne sie ist der Kanal verloren.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Any picture; it is made small enough to travel with the show.</source>
            <translation>Irgendein Bild; es wird klein genug gemacht, um mit der Sendung zu reisen.</translation>
        </message>
        <message>
            <source>Choose</source>
            <translation>Wählen</translation>
        </message>
        <message>
            <source>A picture of your channel</source>
            <translation>Ein Bild deines Kanals</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp)</source>
            <translation>Bilder (*.png *.jpg *.jpeg *.webp *.gif *.bmp)</translation>
        </message>
        <message>
            <source>That did not work</source>
            <translation>Das ging nicht</translation>
        </message>
    </context>
    <context>
        <name>StudioOnAir</name>
        <message>
            <source>ENDED</source>
            <translation>BEENDET</translation>
        </message>
        <message>
            <source>SOON</source>
            <translation>BALD</translation>
        </message>
        <message>
            <source>ENDING</source>
            <translation>ENDET</translation>
        </message>
        <message>
            <source>ON AIR</source>
            <translation>AUF SENDUNG</translation>
        </message>
        <message>
            <source>Unmute</source>
            <translation>Ton an</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Ton aus</translation>
        </message>
        <message>
            <source>Start now</source>
            <translation>Jetzt beginnen</translation>
        </message>
        <message>
            <source>End show</source>
            <translation>Sendung beenden</translation>
        </message>
        <message>
            <source>New broadcast</source>
            <translation>Neue Sendung</translation>
        </message>
        <message>
            <source>The recording</source>
            <translation>Die Aufzeichnung</translation>
        </message>
        <message>
            <source>What you send</source>
            <translation>Was du sendest</translation>
        </message>
        <message>
            <source>Play the recording</source>
            <translation>Aufzeichnung abspielen</translation>
        </message>
        <message>
            <source>Bit rate</source>
            <translation>Bitrate</translation>
        </message>
        <message>
            <source>Frames dropped</source>
            <translation>Ausgelassene Bilder</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>Aufgezeichnet</translation>
        </message>
        <message>
            <source>The show has ended. Everyone who watched has the recording, and so do you.</source>
            <translation>Die Sendung ist zu Ende. Alle, die zusahen, haben die Aufzeichnung, und du auch.</translation>
        </message>
        <message>
            <source>The link works already: people can wait here until it begins.</source>
            <translation>Der Link gilt schon: man kann hier warten, bis es beginnt.</translation>
        </message>
        <message>
            <source>You are on air. Nobody watches yet: give the link away.</source>
            <translation>Du bist auf Sendung. Noch sieht niemand zu: gib den Link weiter.</translation>
        </message>
        <message>
            <source>All is well. Every part reaches the audience within two seconds.</source>
            <translation>Alles gut. Jeder Teil erreicht das Publikum binnen zwei Sekunden.</translation>
        </message>
        <message>
            <source>You are on air.</source>
            <translation>Du bist auf Sendung.</translation>
        </message>
        <message>
            <source>Watching now</source>
            <translation>Sehen gerade zu</translation>
        </message>
        <message>
            <source>Audience is behind by</source>
            <translation>Publikum liegt zurück</translation>
        </message>
        <message>
            <source>95 of 100 within %1, as they report it</source>
            <translation>95 von 100 binnen %1, nach eigener Auskunft</translation>
        </message>
        <message>
            <source>known once somebody watches live</source>
            <translation>bekannt, sobald jemand live zusieht</translation>
        </message>
        <message>
            <source>You send</source>
            <translation>Du sendest</translation>
        </message>
        <message>
            <source>the stream, %1</source>
            <translation>den Strom, %1</translation>
        </message>
        <message>
            <source>Carried by viewers</source>
            <translation>Von Zuschauern getragen</translation>
        </message>
        <message>
            <source>Without them you would need %1.</source>
            <translation>Ohne sie bräuchtest du %1.</translation>
        </message>
        <message>
            <source>End the show?</source>
            <translation>Sendung beenden?</translation>
        </message>
        <message>
            <source>Everyone who watches keeps the recording, and the link goes on working. It cannot be continued.</source>
            <translation>Alle, die zusehen, behalten die Aufzeichnung, und der Link gilt weiter. Fortsetzen geht dann nicht mehr.</translation>
        </message>
        <message>
            <source>Your connection does not carry this quality: the audience falls behind. Choose a smaller one in your encoder.</source>
            <translation>Deine Verbindung schafft diese Qualität nicht: das Publikum fällt zurück. Wähle im Encoder eine kleinere.</translation>
        </message>
        <message>
            <source>Your connection carries less than this quality. The picture is sent with less until there is more room: %1 in all.</source>
            <translation>Deine Verbindung schafft weniger als diese Qualität. Das Bild wird mit weniger gesendet, bis mehr Platz ist: %1 insgesamt.</translation>
        </message>
    </context>
    <context>
        <name>StudioOptions</name>
        <message>
            <source>Title</source>
            <translation>Titel</translation>
        </message>
        <message>
            <source>The date and time, if you write nothing</source>
            <translation>Datum und Zeit, wenn du nichts schreibst</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>None found</source>
            <translation>Keine gefunden</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <source>Auto</source>
            <translation>Auto</translation>
        </message>
        <message>
            <source>Bit rate</source>
            <translation>Bitrate</translation>
        </message>
        <message>
            <source>saves data</source>
            <translation>spart Daten</translation>
        </message>
        <message>
            <source>sharper</source>
            <translation>schärfer</translation>
        </message>
        <message>
            <source>How many people your connection carries is not known yet</source>
            <translation>Wie viele deine Leitung trägt, ist noch nicht bekannt</translation>
        </message>
        <message>
            <source>Your connection is too slow for this quality</source>
            <translation>Deine Leitung ist für diese Qualität zu langsam</translation>
        </message>
        <message numerus="yes">
            <source>Your connection can carry this to about %n person(s) directly</source>
            <translation>
                <numerusform>Deine Leitung trägt dies direkt zu etwa einer Person</numerusform>
                <numerusform>Deine Leitung trägt dies direkt zu etwa %n Personen</numerusform>
            </translation>
        </message>
        <message>
            <source>It shows in your first show. Whoever watches passes it on to others.</source>
            <translation>Das zeigt deine erste Sendung. Wer zusieht, gibt sie an andere weiter.</translation>
        </message>
        <message>
            <source>Choose a smaller one: it sent %1 at most so far.</source>
            <translation>Wähle eine kleinere: bisher sandte sie höchstens %1.</translation>
        </message>
        <message>
            <source>They pass it on to everyone else. The most it has sent so far: %1.</source>
            <translation>Sie geben es an alle anderen weiter. Bisher höchstens gesendet: %1.</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Beginn</translation>
        </message>
        <message>
            <source>At once</source>
            <translation>Sofort</translation>
        </message>
        <message>
            <source>In 5 minutes</source>
            <translation>In 5 Minuten</translation>
        </message>
        <message>
            <source>In 15 minutes</source>
            <translation>In 15 Minuten</translation>
        </message>
        <message>
            <source>In 30 minutes</source>
            <translation>In 30 Minuten</translation>
        </message>
        <message>
            <source>In an hour</source>
            <translation>In einer Stunde</translation>
        </message>
        <message>
            <source>In two hours</source>
            <translation>In zwei Stunden</translation>
        </message>
        <message>
            <source>Tomorrow at this time</source>
            <translation>Morgen um diese Zeit</translation>
        </message>
        <message>
            <source>Going live</source>
            <translation>Geht auf Sendung</translation>
        </message>
        <message>
            <source>Make the link</source>
            <translation>Link machen</translation>
        </message>
        <message>
            <source>Go live</source>
            <translation>Auf Sendung gehen</translation>
        </message>
        <message>
            <source>You get one link. It works now and for ever after. The recording takes about %1 an hour.</source>
            <translation>Du bekommst einen Link. Er gilt jetzt und für immer. Die Aufzeichnung braucht etwa %1 je Stunde.</translation>
        </message>
    </context>
    <context>
        <name>StudioSetup</name>
        <message>
            <source>"%1" was cut off</source>
            <translation>„%1“ wurde abgebrochen</translation>
        </message>
        <message>
            <source>Its link still works. It can go on with what is chosen here, or end as it is.</source>
            <translation>Ihr Link gilt noch. Sie kann mit dem hier Gewählten weitergehen oder so enden.</translation>
        </message>
        <message>
            <source>Go on with it</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>End it</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Screen</source>
            <translation>Bildschirm</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>OBS / encoder</source>
            <translation>OBS / Encoder</translation>
        </message>
        <message>
            <source>Test picture</source>
            <translation>Testbild</translation>
        </message>
        <message>
            <source>Preview, only you see this</source>
            <translation>Vorschau, nur du siehst sie</translation>
        </message>
        <message>
            <source>Choose a video or sound file</source>
            <translation>Wähle eine Video- oder Tondatei</translation>
        </message>
        <message>
            <source>Let OBS or any encoder push to this address</source>
            <translation>Lass OBS oder einen Encoder an diese Adresse senden</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Datei wählen</translation>
        </message>
        <message>
            <source>Another file</source>
            <translation>Andere Datei</translation>
        </message>
        <message>
            <source>Copy address</source>
            <translation>Adresse kopieren</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Speak as you will on air. The meter should stay green and touch yellow now and then.</source>
            <translation>Sprich wie auf Sendung. Der Pegel soll grün bleiben und ab und zu Gelb berühren.</translation>
        </message>
        <message>
            <source>It airs at its own speed. What is H.264 and AAC already is passed on as it is.</source>
            <translation>Sie läuft in ihrem Tempo. Was schon H.264 und AAC ist, wird unverändert weitergegeben.</translation>
        </message>
        <message>
            <source>A video or sound file to broadcast</source>
            <translation>Eine Video- oder Tondatei zum Senden</translation>
        </message>
        <message>
            <source>Its last part is a secret key. In OBS: Settings, Stream, Custom. Go live here first, then start streaming there. When it breaks off, the show waits for it.</source>
            <translation>Ihr letzter Teil ist ein geheimer Schlüssel. In OBS: Einstellungen, Stream, Benutzerdefiniert. Geh erst hier auf Sendung, dann streame dort. Bricht er ab, wartet die Sendung auf ihn.</translation>
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
        <message>
            <source>The broadcaster gives no name</source>
            <translation>Der Sender nennt keinen Namen</translation>
        </message>
        <message>
            <source>By %1</source>
            <translation>Von %1</translation>
        </message>
        <message>
            <source>Followed</source>
            <translation>Gefolgt</translation>
        </message>
        <message>
            <source>Follow</source>
            <translation>Folgen</translation>
        </message>
        <message>
            <source>what you see</source>
            <translation>was du siehst</translation>
        </message>
        <message>
            <source>Aired before</source>
            <translation>Früher gesendet</translation>
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
        <message>
            <source>That is not the link of a channel</source>
            <translation>Das ist kein Link eines Kanals</translation>
        </message>
        <message>
            <source>Looking for the channel</source>
            <translation>Der Kanal wird gesucht</translation>
        </message>
        <message>
            <source>It plays as soon as somebody knows what is on.</source>
            <translation>Er läuft, sobald jemand weiß, was gesendet wird.</translation>
        </message>
        <message>
            <source>You follow this channel</source>
            <translation>Du folgst diesem Kanal</translation>
        </message>
        <message>
            <source>Freshet tells you when it is on air.</source>
            <translation>Freshet sagt dir, wenn er auf Sendung ist.</translation>
        </message>
        <message>
            <source>This is no identity that can be used: %1</source>
            <translation>Das ist keine brauchbare Identität: %1</translation>
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
    <context>
        <name>freshet::ui::models::Studio</name>
        <message>
            <source>The usual one</source>
            <translation>Der übliche</translation>
        </message>
        <message>
            <source>No sound</source>
            <translation>Kein Ton</translation>
        </message>
    </context>
</TS>
