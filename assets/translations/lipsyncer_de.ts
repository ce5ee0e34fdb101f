<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_GB">
    <context>
        <name>AnalysingPanel</name>
        <message>
            <source>Filming the demo</source>
            <translation>Die Demo wird gefilmt</translation>
        </message>
        <message>
            <source>Reading the files</source>
            <translation>Die Dateien werden gelesen</translation>
        </message>
        <message>
            <source>Watching the lips</source>
            <translation>Die Lippen werden beobachtet</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Abbrechen (Esc)</translation>
        </message>
        <message>
            <source>The mouth</source>
            <translation>Der Mund</translation>
        </message>
        <message>
            <source>Song against take</source>
            <translation>Song gegen Aufnahme</translation>
        </message>
        <message>
            <source>Making the demo</source>
            <translation>Die Demo entsteht</translation>
        </message>
        <message>
            <source>A few seconds left</source>
            <translation>Noch ein paar Sekunden</translation>
        </message>
        <message>
            <source>About {n} seconds left</source>
            <translation>Noch etwa {n} Sekunden</translation>
        </message>
        <message>
            <source>About {n} minutes left</source>
            <translation>Noch etwa {n} Minuten</translation>
        </message>
        <message>
            <source>Fetching the face model</source>
            <translation>Das Gesichtsmodell wird geholt</translation>
        </message>
        <message>
            <source>Listening to the song</source>
            <translation>Der Song wird gehört</translation>
        </message>
        <message>
            <source>Comparing song and lips</source>
            <translation>Song und Lippen werden verglichen</translation>
        </message>
        <message>
            <source>Bringing them in sync</source>
            <translation>Beides wird zusammengebracht</translation>
        </message>
    </context>
    <context>
        <name>Arrivals</name>
        <message>
            <source>Add a take</source>
            <translation>Eine Aufnahme hinzufügen</translation>
        </message>
        <message>
            <source>What is {name} for?</source>
            <translation>Wofür ist {name}?</translation>
        </message>
        <message>
            <source>A project is open.</source>
            <translation>Ein Projekt ist geöffnet.</translation>
        </message>
        <message>
            <source>Replace the song</source>
            <translation>Das Lied ersetzen</translation>
        </message>
        <message>
            <source>New project</source>
            <translation>Neues Projekt</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Preparing the picture…</source>
            <translation>Das Bild wird vorbereitet…</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Nachher</translation>
        </message>
        <message>
            <source>Framed automatically</source>
            <translation>Von selbst gerahmt</translation>
        </message>
        <message>
            <source>Framed by hand, {zoom}</source>
            <translation>Von Hand gerahmt, {zoom}</translation>
        </message>
        <message>
            <source>No mouth is seen here.</source>
            <translation>Hier ist kein Mund zu sehen.</translation>
        </message>
    </context>
    <context>
        <name>Controls</name>
        <message>
            <source>&amp;Play</source>
            <translation>Ab&amp;spielen</translation>
        </message>
        <message>
            <source>One frame &amp;back</source>
            <translation>Ein Bild &amp;zurück</translation>
        </message>
        <message>
            <source>One frame &amp;on</source>
            <translation>Ein Bild &amp;vor</translation>
        </message>
        <message>
            <source>&amp;Loop the segment</source>
            <translation>Abschnitt &amp;wiederholen</translation>
        </message>
        <message>
            <source>I and O set the ends of any loop; Shift and the mouse on the song too</source>
            <translation>I und O setzen die Enden einer beliebigen Schleife; Umschalt und die Maus auf dem Song auch</translation>
        </message>
        <message>
            <source>&amp;Before and after</source>
            <translation>&amp;Vorher und nachher</translation>
        </message>
        <message>
            <source>Hold to see it before</source>
            <translation>Halten zeigt es vorher</translation>
        </message>
        <message>
            <source>&amp;Watched mouth</source>
            <translation>&amp;Beobachteter Mund</translation>
        </message>
        <message>
            <source>Where the lips were seen and how sure this segment is</source>
            <translation>Wo die Lippen gesehen wurden und wie sicher dieser Abschnitt ist</translation>
        </message>
        <message>
            <source>What the &amp;platform covers</source>
            <translation>Was die &amp;Plattform verdeckt</translation>
        </message>
        <message>
            <source>Where the platform you export for lays its buttons over the picture</source>
            <translation>Wo die Plattform, für die du exportierst, ihre Knöpfe über das Bild legt</translation>
        </message>
        <message>
            <source>Frame by &amp;hand</source>
            <translation>Von &amp;Hand rahmen</translation>
        </message>
        <message>
            <source>Shows the picture as the platform will: drag it, scroll to zoom, double-click to frame it automatically</source>
            <translation>Zeigt das Bild wie die Plattform: ziehen verschiebt es, scrollen vergrößert, ein Doppelklick lässt es wieder von selbst rahmen</translation>
        </message>
        <message>
            <source>Test the sound &amp;delay…</source>
            <translation>Ton&amp;verzögerung messen …</translation>
        </message>
        <message>
            <source>For Bluetooth: find out how late your headphones or loudspeaker play</source>
            <translation>Für Bluetooth: herausfinden, wie spät Kopfhörer oder Lautsprecher spielen</translation>
        </message>
        <message>
            <source>Play back&amp;wards</source>
            <translation>&amp;Rückwärts abspielen</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>Play, then &amp;faster</source>
            <translation>Abspielen, dann sch&amp;neller</translation>
        </message>
        <message>
            <source>To the start</source>
            <translation>Zum Anfang</translation>
        </message>
        <message>
            <source>To the end</source>
            <translation>Zum Ende</translation>
        </message>
        <message>
            <source>Loop starts here</source>
            <translation>Schleife beginnt hier</translation>
        </message>
        <message>
            <source>Loop ends here</source>
            <translation>Schleife endet hier</translation>
        </message>
        <message>
            <source>Hear the &amp;song</source>
            <translation>Den &amp;Song hören</translation>
        </message>
        <message>
            <source>Hear the &amp;camera</source>
            <translation>Die &amp;Kamera hören</translation>
        </message>
        <message>
            <source>Hear b&amp;oth</source>
            <translation>&amp;Beides hören</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>&amp;Pause</translation>
        </message>
        <message>
            <source>Mouth close-&amp;up</source>
            <translation>M&amp;und groß zeigen</translation>
        </message>
        <message>
            <source>The mouth, large, beside the voice of the same instant</source>
            <translation>Der Mund, groß, neben der Stimme im selben Moment</translation>
        </message>
        <message>
            <source>What you filmed beside the result</source>
            <translation>Was du gefilmt hast, neben dem Ergebnis</translation>
        </message>
        <message>
            <source>Befo&amp;re alone</source>
            <translation>Nur vo&amp;rher</translation>
        </message>
        <message>
            <source>What you filmed in place of the result, as long as the key is down</source>
            <translation>Was du gefilmt hast, statt des Ergebnisses, solange die Taste gedrückt ist</translation>
        </message>
    </context>
    <context>
        <name>Core</name>
        <message>
            <source>A little higher than wide</source>
            <translation>Etwas höher als breit</translation>
        </message>
        <message>
            <source>Size and rate of your take, best quality</source>
            <translation>Größe und Bildrate wie gefilmt</translation>
        </message>
        <message>
            <source>The installation lacks {kind}/{name}; install Lipsyncer again to bring it back.</source>
            <translation>Der Installation fehlt {kind}/{name}; installiere Lipsyncer neu, um es zurückzubringen.</translation>
        </message>
        <message>
            <source>Up to a minute</source>
            <translation>Bis zu einer Minute</translation>
        </message>
        <message>
            <source>Up to three minutes</source>
            <translation>Bis zu drei Minuten</translation>
        </message>
        <message>
            <source>Upright, full screen</source>
            <translation>Hochkant, ganzer Bildschirm</translation>
        </message>
        <message>
            <source>a cut is one of {value1}; give it a name that ends in one of them.</source>
            <translation>ein Schnitt wird als {value1} geschrieben; gib ihm einen Namen, der so endet.</translation>
        </message>
        <message>
            <source>a frame can't be moved by {x} and {y} and enlarged by {zoom}</source>
            <translation>ein Rahmen kann nicht um {x} und {y} verschoben und um {zoom} vergrößert werden</translation>
        </message>
        <message>
            <source>a pin must lie in its take, 0 s to {duration} s</source>
            <translation>ein angehefteter Moment muss in seiner Aufnahme liegen, 0 s bis {duration} s</translation>
        </message>
        <message>
            <source>a pin must lie in the part of the song that is shown, {first} s to {last} s</source>
            <translation>ein angehefteter Moment muss im gezeigten Teil des Songs liegen, {first} s bis {last} s</translation>
        </message>
        <message>
            <source>an EDL holds {_MOST_EVENTS} events, and this cut has {value3}; write .otio or .fcpxml instead.</source>
            <translation>eine EDL fasst {_MOST_EVENTS} Ereignisse, und dieser Schnitt hat {value3}; schreibe stattdessen .otio oder .fcpxml.</translation>
        </message>
        <message>
            <source>it can't be read to its end; copy the file again, or choose another.</source>
            <translation>sie lässt sich nicht bis zum Ende lesen; kopiere die Datei noch einmal oder wähle eine andere.</translation>
        </message>
        <message>
            <source>it can't be read; check the permissions of the file.</source>
            <translation>das lässt sich nicht lesen; prüfe, ob die Datei dir gehört.</translation>
        </message>
        <message>
            <source>it claims to last {value1} minutes, and at most {value3} can be used; cut it first, or convert it if it is really shorter.</source>
            <translation>sie soll {value1} Minuten lang sein, und höchstens {value3} sind möglich; kürze sie zuerst, oder wandle sie um, wenn sie in Wirklichkeit kürzer ist.</translation>
        </message>
        <message>
            <source>it contains neither picture nor sound; choose another file.</source>
            <translation>es ist weder Bild noch Ton darin; wähle eine andere Datei.</translation>
        </message>
        <message>
            <source>it contains no readable picture or sound; convert or replace it.</source>
            <translation>darin ist kein lesbares Bild und kein lesbarer Ton; wandle die Datei um oder ersetze sie.</translation>
        </message>
        <message>
            <source>it could not be written ({reason}); try another folder.</source>
            <translation>das ließ sich nicht schreiben ({reason}); versuche es mit einem anderen Ordner.</translation>
        </message>
        <message>
            <source>it has no sound that can be heard; go by its lips, or choose a take with sound.</source>
            <translation>sie hat keinen hörbaren Ton; richte dich nach ihren Lippen oder wähle eine Aufnahme mit Ton.</translation>
        </message>
        <message>
            <source>it has no sound to compare its lips with; choose another video.</source>
            <translation>es hat keinen Ton, mit dem sich die Lippen vergleichen lassen; wähle ein anderes Video.</translation>
        </message>
        <message>
            <source>it is damaged and can't be read; copy it again or convert it first.</source>
            <translation>sie ist beschädigt und lässt sich nicht lesen; kopiere sie noch einmal oder wandle sie zuerst um.</translation>
        </message>
        <message>
            <source>it is damaged or not a Lipsyncer project; choose another file.</source>
            <translation>das ist beschädigt oder kein Lipsyncer-Projekt; wähle eine andere Datei.</translation>
        </message>
        <message>
            <source>it is damaged or not a Lipsyncer project; open its earlier version, {value1}.</source>
            <translation>das ist beschädigt oder kein Lipsyncer-Projekt; ein früherer Stand liegt als {value1} daneben, öffne diesen.</translation>
        </message>
        <message>
            <source>it was made by a newer Lipsyncer; update this one to open it.</source>
            <translation>das wurde mit einem neueren Lipsyncer gemacht; aktualisiere dieses, um es zu öffnen.</translation>
        </message>
        <message>
            <source>its picture can't be decoded from {start} s to {end} s; copy the file again from the camera, or let the rest be delivered.</source>
            <translation>das Bild lässt sich von {start} s bis {end} s nicht dekodieren; kopiere die Datei noch einmal von der Kamera, oder lass den Rest ausgeben.</translation>
        </message>
        <message>
            <source>its picture can't be decoded; convert the file first.</source>
            <translation>das Bild lässt sich nicht dekodieren; wandle die Datei zuerst um.</translation>
        </message>
        <message>
            <source>its picture of {width}x{height} pixels can't be used; make it smaller first.</source>
            <translation>ihr Bild von {width}x{height} Pixeln lässt sich nicht verwenden; verkleinere es zuerst.</translation>
        </message>
        <message>
            <source>its script needs the FriBiDi library, which is not installed; install fribidi and restart Lipsyncer.</source>
            <translation>die Schrift braucht die Bibliothek FriBiDi, die nicht installiert ist; installiere fribidi und starte Lipsyncer neu.</translation>
        </message>
        <message>
            <source>its sound has {channels} channels at {rate} Hz, which can't be used; convert it to stereo at 48000 Hz.</source>
            <translation>ihr Ton hat {channels} Kanäle mit {rate} Hz, was sich nicht verwenden lässt; wandle ihn in Stereo mit 48000 Hz um.</translation>
        </message>
        <message>
            <source>its sound is silent; choose a video with a voice.</source>
            <translation>sein Ton ist stumm; wähle ein Video mit einer Stimme.</translation>
        </message>
        <message>
            <source>its time stamps leap by {value1} minutes where there is no picture or sound; convert the file first.</source>
            <translation>ihre Zeitstempel springen um {value1} Minuten, in denen es weder Bild noch Ton gibt; wandle die Datei zuerst um.</translation>
        </message>
        <message>
            <source>most of its picture can't be decoded; copy the file again.</source>
            <translation>der größte Teil des Bildes lässt sich nicht dekodieren; kopiere die Datei noch einmal.</translation>
        </message>
        <message>
            <source>most of its sound can't be decoded; copy or convert the file.</source>
            <translation>der größte Teil des Tons lässt sich nicht dekodieren; kopiere die Datei noch einmal oder wandle sie um.</translation>
        </message>
        <message>
            <source>no face was found in it; choose a video that shows the lips.</source>
            <translation>darin wurde kein Gesicht gefunden; wähle ein Video, das die Lippen zeigt.</translation>
        </message>
        <message>
            <source>no face was found in it; film the singer's face from the front, in good light.</source>
            <translation>darin wurde kein Gesicht gefunden; filme das Gesicht von vorn und bei gutem Licht.</translation>
        </message>
        <message>
            <source>no font on this computer has its “{letter}”; install {font} and restart Lipsyncer.</source>
            <translation>keine Schrift auf diesem Rechner hat „{letter}“; installiere {font} und starte Lipsyncer neu.</translation>
        </message>
        <message>
            <source>no line in it has a time; lyrics are an .lrc file with lines like [00:12.30]words, or an .srt file.</source>
            <translation>keine Zeile darin hat eine Zeit; ein Liedtext ist eine .lrc-Datei mit Zeilen wie [00:12.30]Worte oder eine .srt-Datei.</translation>
        </message>
        <message>
            <source>nothing of the cut lies between {song_start} and {song_end} s: it goes from {first} to {last} s of the song</source>
            <translation>zwischen {song_start} und {song_end} s liegt nichts vom Schnitt: er geht von {first} bis {last} s des Songs</translation>
        </message>
        <message>
            <source>reading it crashes the decoder; convert the file first, or choose another.</source>
            <translation>der Decoder stürzt beim Lesen ab; wandle die Datei zuerst um oder wähle eine andere.</translation>
        </message>
        <message>
            <source>reading it takes more memory than any video should; choose another file.</source>
            <translation>das Lesen braucht mehr Speicher, als ein Video brauchen sollte; wähle eine andere Datei.</translation>
        </message>
        <message>
            <source>the cut must stay between {value1} and {value3} s, not move to {song_time} s</source>
            <translation>der Schnitt muss zwischen {value1} und {value3} s bleiben und kann nicht nach {song_time} s</translation>
        </message>
        <message>
            <source>the disk is full, so it was not written; free some space or choose another folder.</source>
            <translation>der Datenträger ist voll, deshalb wurde nichts geschrieben; schaffe Platz oder wähle einen anderen Ordner.</translation>
        </message>
        <message>
            <source>the disk is full; free some space for working copies and try again.</source>
            <translation>der Datenträger ist voll; schaffe Platz für Arbeitskopien und versuche es noch einmal.</translation>
        </message>
        <message>
            <source>the file can't be opened; check its name.</source>
            <translation>die Datei lässt sich nicht öffnen; prüfe ihren Namen.</translation>
        </message>
        <message>
            <source>the file can't be opened; check its permissions.</source>
            <translation>die Datei lässt sich nicht öffnen; prüfe, ob du sie lesen darfst.</translation>
        </message>
        <message>
            <source>the file can't be opened; check that you are allowed to read it.</source>
            <translation>die Datei lässt sich nicht öffnen; prüfe, ob du sie lesen darfst.</translation>
        </message>
        <message>
            <source>the file is empty; copy or record it again.</source>
            <translation>die Datei ist leer; kopiere oder filme sie noch einmal.</translation>
        </message>
        <message>
            <source>the folder no longer exists, so it was not written; choose another one.</source>
            <translation>den Ordner gibt es nicht mehr, deshalb wurde nichts geschrieben; wähle einen anderen.</translation>
        </message>
        <message>
            <source>the last segment has no next one</source>
            <translation>nach dem letzten Abschnitt kommt keiner mehr</translation>
        </message>
        <message>
            <source>the lyrics can't be read; check that the file exists, and its permissions.</source>
            <translation>der Liedtext lässt sich nicht lesen; prüfe, ob es die Datei gibt und ob du sie lesen darfst.</translation>
        </message>
        <message>
            <source>the other document covers another part of the song</source>
            <translation>die andere Fassung umfasst einen anderen Teil des Songs</translation>
        </message>
        <message>
            <source>the other document is about another song or other takes</source>
            <translation>die andere Fassung gehört zu einem anderen Song oder anderen Aufnahmen</translation>
        </message>
        <message>
            <source>the output is an MP4 file; give it a name that ends in .mp4.</source>
            <translation>das Ergebnis ist eine MP4-Datei; gib ihr einen Namen, der auf .mp4 endet.</translation>
        </message>
        <message>
            <source>the project needs this file; put it back, or put it beside the project.</source>
            <translation>das Projekt braucht diese Datei; leg sie zurück, oder leg sie neben das Projekt.</translation>
        </message>
        <message>
            <source>the recording is incomplete, the index at its end is missing; copy the file again from the device that recorded it.</source>
            <translation>die Aufnahme ist abgebrochen, ihr Verzeichnis am Ende fehlt; kopiere die Datei noch einmal vom Aufnahmegerät.</translation>
        </message>
        <message>
            <source>the settings can't be saved; check the permissions of the folder.</source>
            <translation>die Einstellungen lassen sich hier nicht speichern; prüfe, ob du in den Ordner schreiben darfst.</translation>
        </message>
        <message>
            <source>the song is silent; choose the file that has the singing.</source>
            <translation>der Song ist stumm; wähle die Datei mit dem Gesang.</translation>
        </message>
        <message>
            <source>the song lasts only {value1} seconds; choose one of a second or more.</source>
            <translation>der Song dauert nur {value1} Sekunden; wähle einen von mindestens einer Sekunde.</translation>
        </message>
        <message>
            <source>the video lasts only {value1} seconds; choose one of a second or more.</source>
            <translation>das Video dauert nur {value1} Sekunden; wähle eines von mindestens einer Sekunde.</translation>
        </message>
        <message>
            <source>there are no usable lips or no voice here; move it by hand</source>
            <translation>hier gibt es keine brauchbaren Lippen oder keine Stimme; verschiebe es von Hand</translation>
        </message>
        <message>
            <source>there is no folder {folder}; create it or choose another one.</source>
            <translation>es gibt keinen Ordner {folder}; lege ihn an oder wähle einen anderen.</translation>
        </message>
        <message>
            <source>there is no folder {value1}; create it or choose another one.</source>
            <translation>es gibt keinen Ordner {value1}; lege ihn an oder wähle einen anderen.</translation>
        </message>
        <message>
            <source>there is no segment to split at {song_time} s</source>
            <translation>bei {song_time} s gibt es keinen Abschnitt zum Teilen</translation>
        </message>
        <message>
            <source>there is no segment {index} among {value3}</source>
            <translation>es gibt keinen Abschnitt {index} unter {value3}</translation>
        </message>
        <message>
            <source>there is no such file; check the name and the folder.</source>
            <translation>diese Datei gibt es nicht; prüfe Name und Ordner.</translation>
        </message>
        <message>
            <source>there is no such project; was it moved or renamed?</source>
            <translation>dieses Projekt gibt es nicht; wurde es verschoben oder umbenannt?</translation>
        </message>
        <message>
            <source>there is no take {value1}; there are {value3}</source>
            <translation>es gibt keine Aufnahme {value1}; es sind {value3}</translation>
        </message>
        <message>
            <source>there is nothing between {song_start} and {song_end} s to reset</source>
            <translation>zwischen {song_start} und {song_end} s gibt es nichts zurückzusetzen</translation>
        </message>
        <message>
            <source>this can't be read as a picture; choose a PNG or JPEG file.</source>
            <translation>das lässt sich nicht als Bild lesen; wähle eine PNG- oder JPEG-Datei.</translation>
        </message>
        <message>
            <source>this file has no picture; choose a video.</source>
            <translation>diese Datei hat kein Bild; wähle ein Video.</translation>
        </message>
        <message>
            <source>this file has no readable picture; choose a video of the performance.</source>
            <translation>diese Datei hat kein Bild, das sich zeigen lässt; wähle ein Video des Auftritts.</translation>
        </message>
        <message>
            <source>this file has no readable sound; choose the song.</source>
            <translation>diese Datei hat keinen hörbaren Ton; wähle den Song.</translation>
        </message>
        <message>
            <source>this file has no sound; choose another file.</source>
            <translation>diese Datei hat keinen Ton; wähle eine andere.</translation>
        </message>
        <message>
            <source>this is a folder; name a file in it that ends in .mp4.</source>
            <translation>das ist ein Ordner; nenne eine Datei darin, die auf .mp4 endet.</translation>
        </message>
        <message>
            <source>this is a folder; name a file in it.</source>
            <translation>das ist ein Ordner; nenne eine Datei darin.</translation>
        </message>
        <message>
            <source>this is a pipe or a device; choose a file.</source>
            <translation>das ist eine Pipe oder ein Gerät; wähle eine Datei.</translation>
        </message>
        <message>
            <source>this is a still picture, not a video; choose a video of the performance.</source>
            <translation>das ist ein Standbild, kein Video; wähle ein Video des Auftritts.</translation>
        </message>
        <message>
            <source>this is a text file, not video or sound; choose another file.</source>
            <translation>das ist eine Textdatei, weder Video noch Ton; wähle eine andere.</translation>
        </message>
        <message>
            <source>this is not a Lipsyncer project; choose a .lipsync file.</source>
            <translation>das ist kein Lipsyncer-Projekt; wähle eine .lipsync-Datei.</translation>
        </message>
        <message>
            <source>this is not a readable video or sound file; choose another or convert it first.</source>
            <translation>das ist keine lesbare Video- oder Tondatei; wähle eine andere oder wandle sie zuerst um.</translation>
        </message>
        <message>
            <source>this is not text in a known encoding; save the lyrics as UTF-8.</source>
            <translation>das ist kein Text in einer bekannten Kodierung; speichere den Liedtext als UTF-8.</translation>
        </message>
        <message>
            <source>this is one of the input files and would be lost; choose another name.</source>
            <translation>das ist eine der Eingabedateien und ginge verloren; wähle einen anderen Namen.</translation>
        </message>
        <message>
            <source>this is one of the input files; choose another name.</source>
            <translation>das ist ein Video oder Song dieses Durchlaufs; wähle einen anderen Namen.</translation>
        </message>
        <message>
            <source>this picture is fully transparent; choose another one.</source>
            <translation>dieses Bild ist ganz durchsichtig; wähle ein anderes.</translation>
        </message>
        <message>
            <source>this pin contradicts the one at {value1} s: what comes later in the song must come later in the take</source>
            <translation>dieser angeheftete Moment widerspricht dem bei {value1} s: was im Song später kommt, muss auch in der Aufnahme später kommen</translation>
        </message>
        <message>
            <source>this place can't be written to; choose another folder.</source>
            <translation>hier lässt sich nichts schreiben; wähle einen anderen Ordner.</translation>
        </message>
        <message>
            <source>this segment is locked; unlock it first</source>
            <translation>dieser Abschnitt ist gesperrt; entsperre ihn zuerst</translation>
        </message>
        <message>
            <source>this segment is too short to align again; move it by hand</source>
            <translation>dieser Abschnitt ist zu kurz, um neu gesucht zu werden; verschiebe ihn von Hand</translation>
        </message>
        <message>
            <source>unsaved work can't be kept here, so a crash would lose it; save the project, and check whether the disk is full or the folder may not be written to.</source>
            <translation>was du nicht gespeichert hast, kann hier nicht gesichert werden und ginge bei einem Absturz verloren; speichere das Projekt und prüfe, ob die Platte voll ist oder du in den Ordner nicht schreiben darfst.</translation>
        </message>
        <message>
            <source>working copies can't be written here; check the permissions of the folder.</source>
            <translation>Arbeitskopien lassen sich hier nicht schreiben; prüfe, ob du in den Ordner schreiben darfst.</translation>
        </message>
        <message>
            <source>{reason}; choose another folder for the demo.</source>
            <translation>{reason}; wähle einen anderen Ordner für die Demo.</translation>
        </message>
        <message>
            <source>{same}; name each take once.</source>
            <translation>{same}; nenne jede Aufnahme nur einmal.</translation>
        </message>
        <message>
            <source>{suffix} files need the package {package}; install it, or write .otio.</source>
            <translation>{suffix}-Dateien brauchen das Paket {package}; installiere es oder schreibe .otio.</translation>
        </message>
        <message>
            <source>the face model is missing; fetch it from {ADDRESS} and save it as {path}.</source>
            <translation>Das Gesichtsmodell fehlt; hole es von {ADDRESS} und speichere es als {path}.</translation>
        </message>
        <message>
            <source>this is not the face model that Lipsyncer works with; fetch it from {ADDRESS}.</source>
            <translation>Das ist nicht das Gesichtsmodell, mit dem Lipsyncer arbeitet; hole es von {ADDRESS}.</translation>
        </message>
        <message>
            <source>the face model can't be fetched ({reason}); connect to the internet this once, or save {ADDRESS} as {path}.</source>
            <translation>Das Gesichtsmodell kann nicht geholt werden ({reason}); verbinde dich dieses eine Mal mit dem Internet, oder speichere {ADDRESS} als {path}.</translation>
        </message>
        <message>
            <source>what came from {ADDRESS} is not the face model that Lipsyncer works with; try again, or save the right file as {path}.</source>
            <translation>Was von {ADDRESS} kam, ist nicht das Gesichtsmodell, mit dem Lipsyncer arbeitet; versuche es noch einmal, oder speichere die richtige Datei als {path}.</translation>
        </message>
        <message>
            <source>a cut needs the package opentimelineio, which has no release for this Python yet; install Lipsyncer with Python 3.13 or older.</source>
            <translation>Ein Schnitt braucht das Paket opentimelineio, das es für dieses Python noch nicht gibt; installiere Lipsyncer mit Python 3.13 oder älter.</translation>
        </message>
        <message>
            <source>your footage shows no closed mouth that is long enough for this rest; drag the picture of this segment to another moment instead</source>
            <translation>dein Video zeigt keinen geschlossenen Mund, der lang genug für diese Pause ist; ziehe stattdessen das Bild dieses Abschnitts zu einem anderen Moment</translation>
        </message>
        <message>
            <source>Three wide, four high</source>
            <translation>Drei breit, vier hoch</translation>
        </message>
        <message>
            <source>Wide</source>
            <translation>Quer</translation>
        </message>
        <message>
            <source>there is no network to send it over; connect to the phone's Wi-Fi.</source>
            <translation>es gibt kein Netz, über das sie gesendet werden kann; verbinde dich mit dem WLAN des Telefons.</translation>
        </message>
        <message>
            <source>this can't be read any more; export it again.</source>
            <translation>die Datei lässt sich nicht mehr lesen; exportiere sie noch einmal.</translation>
        </message>
        <message>
            <source>TikTok</source>
            <translation>TikTok</translation>
        </message>
        <message>
            <source>Instagram Reels</source>
            <translation>Instagram Reels</translation>
        </message>
        <message>
            <source>Instagram Stories</source>
            <translation>Instagram Stories</translation>
        </message>
        <message>
            <source>Instagram Feed</source>
            <translation>Instagram Feed</translation>
        </message>
        <message>
            <source>YouTube Shorts</source>
            <translation>YouTube Shorts</translation>
        </message>
        <message>
            <source>Douyin</source>
            <translation>Douyin</translation>
        </message>
        <message>
            <source>Kuaishou</source>
            <translation>Kuaishou</translation>
        </message>
        <message>
            <source>Xiaohongshu</source>
            <translation>Xiaohongshu</translation>
        </message>
        <message>
            <source>Bilibili</source>
            <translation>Bilibili</translation>
        </message>
        <message>
            <source>Master</source>
            <translation>Master</translation>
        </message>
        <message>
            <source>the takes last {value1} minutes in all, and with a song of {value3} minutes at most {value5} can be matched; cut them to where the song is performed.</source>
            <translation>die Aufnahmen dauern zusammen {value1} Minuten, und mit einem Song von {value3} Minuten lassen sich höchstens {value5} abgleichen; schneide sie auf die Stellen zu, an denen der Song vorgetragen wird.</translation>
        </message>
        <message>
            <source>it holds lyrics or subtitles alone; choose a video or a song instead.</source>
            <translation>sie enthält nur Liedtext oder Untertitel; wähle stattdessen ein Video oder einen Song.</translation>
        </message>
        <message>
            <source>{value0}: its picture has to be turned by {value2}° clockwise; the file does not say which way up it is.</source>
            <translation>{value0}: Das Bild muss um {value2}° im Uhrzeigersinn gedreht werden; die Datei sagt nicht, wo oben ist.</translation>
        </message>
    </context>
    <context>
        <name>DelayTest</name>
        <message>
            <source>Sound delay</source>
            <translation>Tonverzögerung</translation>
        </message>
        <message>
            <source>Tap (Space)</source>
            <translation>Tippen (Leertaste)</translation>
        </message>
        <message>
            <source>Again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Use this delay</source>
            <translation>Diese Verzögerung nehmen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>{n} of {all}</source>
            <translation>{n} von {all}</translation>
        </message>
        <message>
            <source>Tap along with the clicks that you hear. The first two don't count.</source>
            <translation>Tippe im Takt der Klicks, die du hörst. Die ersten beiden zählen nicht.</translation>
        </message>
        <message>
            <source>Now tap along with the flashes that you see.</source>
            <translation>Tippe jetzt im Takt des Blinkens, das du siehst.</translation>
        </message>
        <message>
            <source>Your sound comes {n} ms late. The preview can wait for it.</source>
            <translation>Dein Ton kommt {n} ms zu spät. Die Vorschau kann darauf warten.</translation>
        </message>
        <message>
            <source>Your sound is not late ({n} ms).</source>
            <translation>Dein Ton kommt nicht zu spät ({n} ms).</translation>
        </message>
        <message>
            <source>The taps were too uneven to tell. Try again, as evenly as you can.</source>
            <translation>Das Tippen war zu ungleichmäßig. Versuche es noch einmal, so gleichmäßig du kannst.</translation>
        </message>
        <message>
            <source>There is no sound device. Connect one, then choose Again.</source>
            <translation>Es gibt kein Tongerät. Schließe eines an und wähle „Noch einmal“.</translation>
        </message>
    </context>
    <context>
        <name>Drag</name>
        <message>
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <source>First after the cut</source>
            <translation>Erstes nach dem Schnitt</translation>
        </message>
        <message>
            <source>Last before the cut</source>
            <translation>Letztes vor dem Schnitt</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>Gesperrt</translation>
        </message>
        <message>
            <source>{shift}  ({frames} frames)</source>
            <translation>{shift}  ({frames} Bilder)</translation>
        </message>
        <message>
            <source>Move cut {n} to {time}</source>
            <translation>Schnitt {n} nach {time} verschieben</translation>
        </message>
        <message>
            <source>{time}  ({shift})</source>
            <translation>{time}  ({shift})</translation>
        </message>
    </context>
    <context>
        <name>ExportRow</name>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Aus der Liste entfernen</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <source>Writing, {n} %</source>
            <translation>Wird geschrieben, {n} %</translation>
        </message>
        <message>
            <source>Done: {path}</source>
            <translation>Fertig: {path}</translation>
        </message>
        <message>
            <source>The song is in it; don't add it again in the app.</source>
            <translation>Der Song ist schon darin; füge ihn in der App nicht noch einmal hinzu.</translation>
        </message>
        <message>
            <source>Cancelled; nothing was written</source>
            <translation>Abgebrochen; nichts wurde geschrieben</translation>
        </message>
        <message>
            <source>Offers this file once, in your own network, to whoever scans a code</source>
            <translation>Bietet diese eine Datei im eigenen Netz einmal dem an, der einen Code scannt</translation>
        </message>
        <message>
            <source>Send to phone</source>
            <translation>An Telefon senden</translation>
        </message>
        <message>
            <source>Upload page</source>
            <translation>Hochladeseite</translation>
        </message>
        <message>
            <source>Opens {page} in your browser</source>
            <translation>Öffnet {page} im Browser</translation>
        </message>
        <message>
            <source>{done}. {left}</source>
            <translation>{done}. {left}</translation>
        </message>
    </context>
    <context>
        <name>ExportSheet</name>
        <message>
            <source>{platform} takes up to {limit}; this is {length}.</source>
            <translation>{platform} nimmt bis zu {limit}; das hier sind {length}.</translation>
        </message>
        <message>
            <source>Not sure about segment {numbers}: have a look at it first.</source>
            <translation>Unsicher bei Abschnitt {numbers}: sieh ihn dir vorher an.</translation>
        </message>
        <message>
            <source>There is a file of this name already; it will be replaced.</source>
            <translation>Eine Datei dieses Namens gibt es schon; sie wird ersetzt.</translation>
        </message>
        <message>
            <source>The song's loudness is {loudness} LUFS, its peak {peak} dBTP.</source>
            <translation>Das Lied hat {loudness} LUFS, sein Spitzenpegel {peak} dBTP.</translation>
        </message>
        <message>
            <source>Platforms play it {gain} dB lower.</source>
            <translation>Plattformen spielen es {gain} dB leiser.</translation>
        </message>
        <message>
            <source>Framing, sound, lyrics, countdown, watermark</source>
            <translation>Ausschnitt, Ton, Liedtext, Countdown, Wasserzeichen</translation>
        </message>
        <message>
            <source>Take the best part</source>
            <translation>Den besten Ausschnitt nehmen</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message numerus="yes">
            <source>More: %n chosen</source>
            <translation>
                <numerusform>Mehr: %n gewählt</numerusform>
                <numerusform>Mehr: %n gewählt</numerusform>
            </translation>
        </message>
        <message>
            <source>Export and replace</source>
            <translation>Exportieren und ersetzen</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Nachher</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <source>Before and after</source>
            <translation>Vorher und nachher</translation>
        </message>
        <message numerus="yes">
            <source>Export %n videos</source>
            <translation>
                <numerusform>%n Video exportieren</numerusform>
                <numerusform>%n Videos exportieren</numerusform>
            </translation>
        </message>
        <message>
            <source>Shows what you filmed beside the result</source>
            <translation>Zeigt, was du gefilmt hast, neben dem Ergebnis</translation>
        </message>
        <message>
            <source>Tick a platform.</source>
            <translation>Hake eine Plattform an.</translation>
        </message>
        <message>
            <source>before and after</source>
            <translation>vorher und nachher</translation>
        </message>
    </context>
    <context>
        <name>FileField</name>
        <message>
            <source>Remove it</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
    </context>
    <context>
        <name>Findings</name>
        <message>
            <source>The song has no voice from {start} s to {end} s.</source>
            <translation>Der Song hat von {start} s bis {end} s keine Stimme.</translation>
        </message>
        <message>
            <source>The footage does not cover the song from {start} s to {end} s; the picture freezes there.</source>
            <translation>Die Aufnahme deckt den Song von {start} s bis {end} s nicht ab; dort steht das Bild still.</translation>
        </message>
        <message>
            <source>The picture shows no face from {start} s to {end} s; check the timing there.</source>
            <translation>Von {start} s bis {end} s ist kein Gesicht im Bild; prüfe dort das Timing.</translation>
        </message>
        <message>
            <source>Something covers the mouth from {start} s to {end} s; check the timing there.</source>
            <translation>Von {start} s bis {end} s ist der Mund verdeckt; prüfe dort das Timing.</translation>
        </message>
        <message>
            <source>The mouth is hard to see from {start} s to {end} s; check the timing there.</source>
            <translation>Von {start} s bis {end} s ist der Mund schlecht zu sehen; prüfe dort das Timing.</translation>
        </message>
        <message>
            <source>The lips do not match the song from {start} s to {end} s; check the timing there.</source>
            <translation>Von {start} s bis {end} s passen die Lippen nicht zum Song; prüfe dort das Timing.</translation>
        </message>
        <message>
            <source>The lips move from {start} s to {end} s although there is no singing.</source>
            <translation>Die Lippen bewegen sich von {start} s bis {end} s, obwohl dort nicht gesungen wird.</translation>
        </message>
        <message>
            <source>The lips moved from {start} s to {end} s although there is no singing; the video now shows a closed mouth there.</source>
            <translation>Die Lippen bewegten sich von {start} s bis {end} s, obwohl dort nicht gesungen wird; das Video zeigt dort nun einen geschlossenen Mund.</translation>
        </message>
        <message>
            <source>The lips match the song only loosely from {start} s to {end} s (confidence {number} %); check the timing there.</source>
            <translation>Die Lippen passen von {start} s bis {end} s nur ungefähr zum Song (Sicherheit {number} %); prüfe dort das Timing.</translation>
        </message>
        <message>
            <source>The picture can't be decoded from {source_start} s to {source_end} s of the take and freezes there; copy the file again from the camera.</source>
            <translation>Das Bild lässt sich von {source_start} s bis {source_end} s der Aufnahme nicht dekodieren und steht dort still; kopiere die Datei noch einmal von der Kamera.</translation>
        </message>
        <message>
            <source>The picture shows {number} faces; Lipsyncer follows the largest one that moves its lips most.</source>
            <translation>Im Bild sind {number} Gesichter; Lipsyncer verfolgt das größte, dessen Lippen sich am meisten bewegen.</translation>
        </message>
        <message>
            <source>The take does not seem to match the song, so it is not shown.</source>
            <translation>Die Aufnahme scheint nicht zum Song zu passen und wird deshalb nicht gezeigt.</translation>
        </message>
        <message>
            <source>The footage does not seem to match the song (confidence {number} %); check that it is the right song.</source>
            <translation>Die Aufnahmen scheinen nicht zum Song zu passen (Sicherheit {number} %); prüfe, ob es der richtige Song ist.</translation>
        </message>
        <message>
            <source>There is nothing to align: the take shows no usable lips, or the song has no voice.</source>
            <translation>Es gibt nichts abzugleichen: Die Aufnahme zeigt keine brauchbaren Lippen, oder der Song hat keine Stimme.</translation>
        </message>
        <message>
            <source>The camera sound does not contain the song.</source>
            <translation>Der Kameraton enthält den Song nicht.</translation>
        </message>
        <message>
            <source>No graphics card encoder works here, so the processor encoded the video.</source>
            <translation>Hier funktioniert kein Encoder einer Grafikkarte; deshalb hat der Prozessor das Video kodiert.</translation>
        </message>
        <message>
            <source>Your video was already in time</source>
            <translation>Das Video war schon synchron</translation>
        </message>
        <message>
            <source>Your video was {seconds} s late</source>
            <translation>Das Video war {seconds} s zu spät</translation>
        </message>
        <message>
            <source>Your video was {seconds} s early</source>
            <translation>Das Video war {seconds} s zu früh</translation>
        </message>
        <message>
            <source>The song begins {seconds} s into your video</source>
            <translation>Der Song beginnt {seconds} s nach dem Anfang des Videos</translation>
        </message>
        <message>
            <source>Your video begins {seconds} s into the song</source>
            <translation>Das Video beginnt {seconds} s nach dem Anfang des Songs</translation>
        </message>
        <message>
            <source>Your video ran {percent} % slower than the song</source>
            <translation>Das Video lief {percent} % langsamer als der Song</translation>
        </message>
        <message>
            <source>Your video ran {percent} % faster than the song</source>
            <translation>Das Video lief {percent} % schneller als der Song</translation>
        </message>
        <message>
            <source>You filmed at {speed}× the song's speed</source>
            <translation>Du hast mit {speed}-facher Geschwindigkeit des Songs gefilmt</translation>
        </message>
        <message>
            <source>Your video slipped once</source>
            <translation>Das Video war einmal versprungen</translation>
        </message>
        <message>
            <source>Your video slipped {count} times</source>
            <translation>Das Video war {count}-mal versprungen</translation>
        </message>
        <message>
            <source>Your video kept changing its speed</source>
            <translation>Das Tempo des Videos schwankte</translation>
        </message>
        <message>
            <source>The cut shows one of {takes} takes throughout</source>
            <translation>Der Schnitt zeigt durchgehend eine von {takes} Aufnahmen</translation>
        </message>
        <message>
            <source>The cut switches {count} times between {takes} takes</source>
            <translation>Der Schnitt wechselt {count}-mal zwischen {takes} Aufnahmen</translation>
        </message>
        <message>
            <source>Your video does not seem to match the song</source>
            <translation>Das Video scheint nicht zum Song zu gehören</translation>
        </message>
        <message>
            <source>everything matches now</source>
            <translation>jetzt passt alles</translation>
        </message>
        <message>
            <source>nothing had to be changed</source>
            <translation>nichts musste geändert werden</translation>
        </message>
        <message>
            <source>there is one place left to look at</source>
            <translation>eine Stelle bleibt anzusehen</translation>
        </message>
        <message>
            <source>there are {left} places left to look at</source>
            <translation>{left} Stellen bleiben anzusehen</translation>
        </message>
        <message>
            <source>check that it is the right song</source>
            <translation>prüfe, ob es der richtige Song ist</translation>
        </message>
        <message>
            <source>{correction}; {outcome}.</source>
            <translation>{correction}; {outcome}.</translation>
        </message>
        <message>
            <source>The footage is too short to tell where in the song it belongs (confidence {number} %); film ten seconds or more.</source>
            <translation>Die Aufnahme ist zu kurz, um zu sagen, wohin im Song sie gehört (Sicherheit {number} %); filme zehn Sekunden oder mehr.</translation>
        </message>
        <message>
            <source>The song's file has several sound tracks; number {number} is used.</source>
            <translation>Die Datei des Songs hat mehrere Tonspuren; benutzt wird Nummer {number}.</translation>
        </message>
        <message>
            <source>The take has several sound tracks; Lipsyncer listened to number {number}.</source>
            <translation>Die Aufnahme hat mehrere Tonspuren; Lipsyncer hat Nummer {number} angehört.</translation>
        </message>
        <message>
            <source>Your video is too short to tell where in the song it belongs</source>
            <translation>Dein Video ist zu kurz, um zu sagen, wohin im Song es gehört</translation>
        </message>
        <message>
            <source>film ten seconds or more</source>
            <translation>filme zehn Sekunden oder mehr</translation>
        </message>
        <message>
            <source>The cut shows one of your {takes} attempts throughout</source>
            <translation>Der Schnitt zeigt durchgehend einen deiner {takes} Versuche</translation>
        </message>
        <message>
            <source>The cut joins {count} of your {takes} attempts</source>
            <translation>Der Schnitt verbindet {count} deiner {takes} Versuche</translation>
        </message>
        <message>
            <source>The file does not say which way up its picture is; it was turned by {number}° clockwise.</source>
            <translation>Die Datei sagt nicht, wo am Bild oben ist; es wurde um {number}° im Uhrzeigersinn gedreht.</translation>
        </message>
    </context>
    <context>
        <name>FramingActions</name>
        <message>
            <source>Picture to the left in its frame</source>
            <translation>Bild im Rahmen nach links</translation>
        </message>
        <message>
            <source>Picture to the right in its frame</source>
            <translation>Bild im Rahmen nach rechts</translation>
        </message>
        <message>
            <source>Picture up in its frame</source>
            <translation>Bild im Rahmen nach oben</translation>
        </message>
        <message>
            <source>Picture down in its frame</source>
            <translation>Bild im Rahmen nach unten</translation>
        </message>
        <message>
            <source>Closer</source>
            <translation>Näher heran</translation>
        </message>
        <message>
            <source>Further away</source>
            <translation>Weiter weg</translation>
        </message>
        <message>
            <source>Frame it automatically again</source>
            <translation>Wieder von selbst rahmen</translation>
        </message>
        <message>
            <source>The frame follows the face again in this segment</source>
            <translation>Der Rahmen folgt in diesem Abschnitt wieder dem Gesicht</translation>
        </message>
        <message>
            <source>Frame the whole take like this</source>
            <translation>Die ganze Aufnahme so rahmen</translation>
        </message>
        <message>
            <source>Frames every segment of this take like the one under the playhead</source>
            <translation>Jeder Abschnitt dieser Aufnahme wird gerahmt wie der an der Abspielposition</translation>
        </message>
    </context>
    <context>
        <name>FramingHand</name>
        <message>
            <source>Frame segment {n} automatically</source>
            <translation>Abschnitt {n} von selbst rahmen</translation>
        </message>
        <message>
            <source>Frame the whole take like segment {n}</source>
            <translation>Die ganze Aufnahme rahmen wie Abschnitt {n}</translation>
        </message>
        <message>
            <source>Frame segment {n}, {zoom}</source>
            <translation>Abschnitt {n} rahmen, {zoom}</translation>
        </message>
    </context>
    <context>
        <name>Guide</name>
        <message>
            <source>User guide</source>
            <translation>Anleitung</translation>
        </message>
    </context>
    <context>
        <name>HistoryList</name>
        <message>
            <source>As found</source>
            <translation>Wie gefunden</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Every edit in the order it was made; choose one to go back to it</source>
            <translation>Jede Änderung in ihrer Reihenfolge; wähle eine, um zu ihr zurückzukehren</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Open a song and videos, or a project</source>
            <translation>Einen Song und Videos oder ein Projekt öffnen</translation>
        </message>
        <message>
            <source>Choose the song</source>
            <translation>Den Song wählen</translation>
        </message>
        <message>
            <source>Exporting {percent} % — {title}</source>
            <translation>Export zu {percent} % — {title}</translation>
        </message>
        <message>
            <source>The diagnostics are on the clipboard.</source>
            <translation>Die Diagnose liegt in der Zwischenablage.</translation>
        </message>
    </context>
    <context>
        <name>Panels</name>
        <message>
            <source>Segments</source>
            <translation>Abschnitte</translation>
        </message>
        <message>
            <source>Match</source>
            <translation>Passung</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Export</translation>
        </message>
    </context>
    <context>
        <name>MatchingRow</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Abbrechen (Esc)</translation>
        </message>
        <message>
            <source>Loose moves the whole video as one piece. Tighter settings correct smaller errors, with more cuts and changes of speed.</source>
            <translation>„Locker“ verschiebt das ganze Video als ein Stück. Je genauer, desto kleineren Fehlern wird gefolgt, mit mehr Schnitten und Tempowechseln.</translation>
        </message>
        <message>
            <source>The camera may have recorded the song from a loudspeaker. That sound helps to align the video, or aligns it alone, even without a face.</source>
            <translation>Vielleicht hat die Kamera den Song aus einem Lautsprecher aufgenommen. Dieser Ton hilft beim Abgleichen oder gleicht allein ab, auch ohne Gesicht.</translation>
        </message>
        <message>
            <source>Where the lips move without singing, show a closed mouth from elsewhere in your video, or what you filmed.</source>
            <translation>Wo sich die Lippen ohne Gesang bewegen, einen geschlossenen Mund von anderswo in deinem Video zeigen, oder was du gefilmt hast.</translation>
        </message>
        <message>
            <source>How it is matched</source>
            <translation>Wie es passend gemacht wird</translation>
        </message>
        <message>
            <source>Aligns everything again. What you set by hand stays, and undo brings the rest back.</source>
            <translation>Richtet alles neu aus. Was du von Hand gesetzt hast, bleibt; Rückgängig bringt den Rest zurück.</translation>
        </message>
    </context>
    <context>
        <name>MatrixView</name>
        <message>
            <source>Take</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>Bright: lips and sound fit. The line is what is shown when; drag it where you know better.</source>
            <translation>Hell: Lippen und Ton passen zusammen. Die Linie zeigt, was wann zu sehen ist; zieh sie dorthin, wo du es besser weißt.</translation>
        </message>
        <message>
            <source>Song</source>
            <translation>Song</translation>
        </message>
        <message>
            <source>song {song}, take {take}, match {match}</source>
            <translation>Song {song}, Aufnahme {take}, Übereinstimmung {match}</translation>
        </message>
        <message>
            <source>Pin {time}</source>
            <translation>{time} anheften</translation>
        </message>
        <message>
            <source>Remove the pin at {time}</source>
            <translation>Angehefteten Moment bei {time} lösen</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>Open &amp;recent</source>
            <translation>&amp;Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Segment</source>
            <translation>Abschnitt</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>&amp;Frame</source>
            <translation>&amp;Rahmen</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>Ö&amp;ffnen…</translation>
        </message>
        <message>
            <source>A song, one or more videos, or a project</source>
            <translation>Ein Song, ein oder mehrere Videos oder ein Projekt</translation>
        </message>
        <message>
            <source>&amp;Choose the song…</source>
            <translation>Den &amp;Song wählen…</translation>
        </message>
        <message>
            <source>Any file with sound, also a music video</source>
            <translation>Jede Datei mit Ton; von einem Musikvideo wird der Ton genommen</translation>
        </message>
        <message>
            <source>Try the &amp;demo</source>
            <translation>&amp;Demo ausprobieren</translation>
        </message>
        <message>
            <source>A synthetic song and selfie, out of sync on purpose</source>
            <translation>Ein erfundenes Selfie zu einem erfundenen Song, absichtlich nicht synchron</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>&amp;Speichern</translation>
        </message>
        <message>
            <source>Save &amp;as…</source>
            <translation>Speichern &amp;unter…</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Exportieren…</translation>
        </message>
        <message>
            <source>Write the video for TikTok, Instagram and others</source>
            <translation>Das Video für TikTok, Instagram und andere schreiben</translation>
        </message>
        <message>
            <source>&amp;Close project</source>
            <translation>Projekt s&amp;chließen</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>&amp;Einstellungen…</translation>
        </message>
        <message>
            <source>F&amp;ull screen</source>
            <translation>&amp;Vollbild</translation>
        </message>
        <message>
            <source>&amp;How it is matched…</source>
            <translation>&amp;Wie es passend gemacht wird…</translation>
        </message>
        <message>
            <source>How closely to follow the lips, and what else to align by</source>
            <translation>Wie genau den Lippen gefolgt wird, und wonach sonst</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>&amp;Tastenkürzel</translation>
        </message>
        <message>
            <source>&amp;User guide</source>
            <translation>&amp;Anleitung</translation>
        </message>
        <message>
            <source>When something is &amp;wrong</source>
            <translation>Wenn etwas nicht &amp;stimmt</translation>
        </message>
        <message>
            <source>&amp;Copy diagnostics</source>
            <translation>&amp;Diagnose kopieren</translation>
        </message>
        <message>
            <source>&amp;Newer versions</source>
            <translation>&amp;Neuere Versionen</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Segment</source>
            <translation>A&amp;bschnitt</translation>
        </message>
        <message>
            <source>&amp;Play</source>
            <translation>Ab&amp;spielen</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>Werkzeuge</translation>
        </message>
    </context>
    <context>
        <name>MessageBar</name>
        <message>
            <source>Copy details</source>
            <translation>Details kopieren</translation>
        </message>
        <message>
            <source>Copies what a developer needs to find the fault</source>
            <translation>Kopiert, was Entwickler brauchen, um den Fehler zu finden</translation>
        </message>
        <message>
            <source>Close this message</source>
            <translation>Diese Meldung schließen</translation>
        </message>
        <message>
            <source>Close this message (Esc)</source>
            <translation>Diese Meldung schließen (Esc)</translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n weitere</numerusform>
                <numerusform>%n weitere</numerusform>
            </translation>
        </message>
        <message>
            <source>Error: {text}</source>
            <translation>Fehler: {text}</translation>
        </message>
        <message>
            <source>Warning: {text}</source>
            <translation>Warnung: {text}</translation>
        </message>
        <message>
            <source>Note: {text}</source>
            <translation>Hinweis: {text}</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
    </context>
    <context>
        <name>MoreChoices</name>
        <message>
            <source>Defaults</source>
            <translation>Vorgaben</translation>
        </message>
        <message>
            <source>Restore the defaults under More</source>
            <translation>Alles unter „Mehr“ so stellen, wie es am Anfang war</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Follow the face</source>
            <translation>Dem Gesicht folgen</translation>
        </message>
        <message>
            <source>Keep the middle</source>
            <translation>Die Mitte behalten</translation>
        </message>
        <message>
            <source>Whole, blurred border</source>
            <translation>Ganz, unscharfer Rand</translation>
        </message>
        <message>
            <source>Whole, black border</source>
            <translation>Ganz, schwarzer Rand</translation>
        </message>
        <message>
            <source>Framing</source>
            <translation>Ausschnitt</translation>
        </message>
        <message>
            <source>Morph</source>
            <translation>Überblenden</translation>
        </message>
        <message>
            <source>Come closer</source>
            <translation>Näher heran</translation>
        </message>
        <message>
            <source>Plain cut</source>
            <translation>Harter Schnitt</translation>
        </message>
        <message>
            <source>Jumps</source>
            <translation>Sprünge</translation>
        </message>
        <message>
            <source>Smooth slow motion</source>
            <translation>Zeitlupe glätten</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Turn down to −14 LUFS, −1 dBTP</source>
            <translation>Auf −14 LUFS, −1 dBTP senken</translation>
        </message>
        <message>
            <source>Fade in</source>
            <translation>Einblenden</translation>
        </message>
        <message>
            <source>Fade out</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>Camera sound</source>
            <translation>Kameraton</translation>
        </message>
        <message>
            <source>Level of the camera sound</source>
            <translation>Pegel des Kameratons</translation>
        </message>
        <message>
            <source>On the picture</source>
            <translation>Auf dem Bild</translation>
        </message>
        <message>
            <source>Choose lyrics</source>
            <translation>Liedtext wählen</translation>
        </message>
        <message>
            <source>Lyrics (*.lrc *.srt);;All files (*)</source>
            <translation>Liedtexte (*.lrc *.srt);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Lyrics</source>
            <translation>Liedtext</translation>
        </message>
        <message>
            <source>Below</source>
            <translation>Unten</translation>
        </message>
        <message>
            <source>Above</source>
            <translation>Oben</translation>
        </message>
        <message>
            <source>Where the lyrics stand</source>
            <translation>Wo der Liedtext steht</translation>
        </message>
        <message>
            <source>Small</source>
            <translation>Klein</translation>
        </message>
        <message>
            <source>Medium</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>Large</source>
            <translation>Groß</translation>
        </message>
        <message>
            <source>Size of the lyrics</source>
            <translation>Größe des Liedtexts</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keiner</translation>
        </message>
        <message>
            <source>Countdown</source>
            <translation>Countdown</translation>
        </message>
        <message>
            <source>Choose a watermark</source>
            <translation>Wasserzeichen wählen</translation>
        </message>
        <message>
            <source>Pictures (*.png *.webp *.jpg *.jpeg);;All files (*)</source>
            <translation>Bilder (*.png *.webp *.jpg *.jpeg);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Watermark</source>
            <translation>Wasserzeichen</translation>
        </message>
        <message>
            <source>Upper left</source>
            <translation>Oben links</translation>
        </message>
        <message>
            <source>Upper right</source>
            <translation>Oben rechts</translation>
        </message>
        <message>
            <source>Lower left</source>
            <translation>Unten links</translation>
        </message>
        <message>
            <source>Lower right</source>
            <translation>Unten rechts</translation>
        </message>
        <message>
            <source>Corner of the watermark</source>
            <translation>Ecke des Wasserzeichens</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <source>Before and after in one picture</source>
            <translation>Vorher und nachher in einem Bild</translation>
        </message>
        <message>
            <source>Before beside after</source>
            <translation>Vorher neben nachher</translation>
        </message>
        <message>
            <source>Black and white</source>
            <translation>Schwarzweiß</translation>
        </message>
        <message>
            <source>Mirrored</source>
            <translation>Gespiegelt</translation>
        </message>
        <message>
            <source>Only the result</source>
            <translation>Nur das Ergebnis</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
    </context>
    <context>
        <name>Nudging</name>
        <message>
            <source>Move the picture of segment {n} to {shift}</source>
            <translation>Das Bild von Abschnitt {n} auf {shift} verschieben</translation>
        </message>
        <message>
            <source>The pin changed the picture from {start} to {end}. Undo brings it back.</source>
            <translation>Die Anheftung hat das Bild von {start} bis {end} geändert. Rückgängig bringt es zurück.</translation>
        </message>
        <message>
            <source>one frame</source>
            <translation>ein Bild</translation>
        </message>
        <message>
            <source>five frames</source>
            <translation>fünf Bilder</translation>
        </message>
        <message>
            <source>a millisecond</source>
            <translation>eine Millisekunde</translation>
        </message>
        <message>
            <source>Picture {amount} earlier</source>
            <translation>Video {amount} früher</translation>
        </message>
        <message>
            <source>Picture {amount} later</source>
            <translation>Video {amount} später</translation>
        </message>
        <message>
            <source>Moves the footage under the song; the cuts stay where they are</source>
            <translation>Verschiebt die Aufnahme unter dem Song; die Schnitte bleiben, wo sie sind</translation>
        </message>
        <message>
            <source>Select the segment &amp;before</source>
            <translation>&amp;Vorigen Abschnitt auswählen</translation>
        </message>
        <message>
            <source>Select the &amp;next segment</source>
            <translation>&amp;Nächsten Abschnitt auswählen</translation>
        </message>
        <message>
            <source>&amp;Split at the playhead</source>
            <translation>An der Abspielposition &amp;teilen</translation>
        </message>
        <message>
            <source>Makes two segments that you can move separately</source>
            <translation>Macht zwei Abschnitte, die sich einzeln verschieben lassen</translation>
        </message>
        <message>
            <source>&amp;Join with the next</source>
            <translation>Mit dem nächsten &amp;verbinden</translation>
        </message>
        <message>
            <source>Removes the cut; the first segment's footage continues</source>
            <translation>Nimmt den Schnitt heraus; die Aufnahme des ersten läuft weiter</translation>
        </message>
        <message>
            <source>&amp;Lock</source>
            <translation>&amp;Sperren</translation>
        </message>
        <message>
            <source>Only you can move a locked segment</source>
            <translation>Einen gesperrten Abschnitt bewegst nur du</translation>
        </message>
        <message>
            <source>&amp;Pin this moment</source>
            <translation>Diesen Moment &amp;anheften</translation>
        </message>
        <message>
            <source>Keeps the frame on screen at this moment of the song</source>
            <translation>Hält fest, was jetzt an dieser Stelle des Songs zu sehen ist</translation>
        </message>
        <message>
            <source>Remove &amp;the nearest pin</source>
            <translation>Nächstgelegene Anheftung &amp;lösen</translation>
        </message>
        <message>
            <source>Aligns the segment again without the pin nearest to the playhead</source>
            <translation>Sucht den Abschnitt neu, ohne die Anheftung neben der Abspielposition</translation>
        </message>
        <message>
            <source>&amp;Align it again</source>
            <translation>&amp;Neu suchen</translation>
        </message>
        <message>
            <source>Aligns this segment alone again</source>
            <translation>Beobachtet die Lippen noch einmal, nur für diesen Abschnitt</translation>
        </message>
        <message>
            <source>&amp;Reset to what was found</source>
            <translation>Auf das Gefundene &amp;zurücksetzen</translation>
        </message>
        <message>
            <source>Undoes every change to this stretch of the song</source>
            <translation>Macht alle Änderungen an diesem Stück des Songs rückgängig</translation>
        </message>
        <message>
            <source>Split at {time}</source>
            <translation>Bei {time} teilen</translation>
        </message>
        <message>
            <source>Join segments {first} and {second}</source>
            <translation>Abschnitte {first} und {second} verbinden</translation>
        </message>
        <message>
            <source>Unlock segment {n}</source>
            <translation>Abschnitt {n} entsperren</translation>
        </message>
        <message>
            <source>Lock segment {n}</source>
            <translation>Abschnitt {n} sperren</translation>
        </message>
        <message>
            <source>Reset segment {n}</source>
            <translation>Abschnitt {n} zurücksetzen</translation>
        </message>
        <message>
            <source>Align segment {n} again</source>
            <translation>Abschnitt {n} neu suchen</translation>
        </message>
        <message>
            <source>Pin {time}</source>
            <translation>{time} anheften</translation>
        </message>
        <message>
            <source>Remove the pin at {time}</source>
            <translation>Anheftung bei {time} lösen</translation>
        </message>
    </context>
    <context>
        <name>PartChoice</name>
        <message>
            <source>Part</source>
            <translation>Ausschnitt</translation>
        </message>
        <message>
            <source>I and O, or Shift and the mouse on the song, set the ends of a loop</source>
            <translation>I und O, oder Umschalt und die Maus auf dem Lied, setzen die Enden einer Schleife</translation>
        </message>
        <message>
            <source>All, {length}</source>
            <translation>Alles, {length}</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <source>The best {n} s: the loudest singing</source>
            <translation>Die besten {n} s: der lauteste Gesang</translation>
        </message>
        <message>
            <source>{start} to {end}</source>
            <translation>{start} bis {end}</translation>
        </message>
        <message>
            <source>All, {length}</source>
            <translation>Alles, {length}</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <source>The best {n} s: the loudest singing</source>
            <translation>Die besten {n} s: der lauteste Gesang</translation>
        </message>
        <message>
            <source>{start} to {end}</source>
            <translation>{start} bis {end}</translation>
        </message>
    </context>
    <context>
        <name>PhoneTransfer</name>
        <message>
            <source>Code to scan with the phone</source>
            <translation>Code zum Scannen mit dem Telefon</translation>
        </message>
        <message>
            <source>It is on the phone. The address is gone.</source>
            <translation>Das Video ist auf dem Telefon. Die Adresse gibt es nicht mehr.</translation>
        </message>
        <message>
            <source>Nobody fetched it in ten minutes. The address is gone.</source>
            <translation>Zehn Minuten lang hat es niemand geholt. Die Adresse gibt es nicht mehr.</translation>
        </message>
        <message>
            <source>Scan it with the camera of a phone in the same Wi-Fi. The file can be fetched once, for another {time}, by whoever has the address:
{address}</source>
            <translation>Scanne ihn mit der Kamera eines Telefons im selben WLAN. Wer die Adresse hat, kann die Datei einmal holen, noch {time} lang:
{address}</translation>
        </message>
        <message>
            <source>Sending, {share}</source>
            <translation>Wird gesendet, {share}</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Stopped. The address is gone.</source>
            <translation>Beendet. Die Adresse gibt es nicht mehr.</translation>
        </message>
    </context>
    <context>
        <name>PlatformCard</name>
        <message>
            <source>As filmed</source>
            <translation>Wie gefilmt</translation>
        </message>
    </context>
    <context>
        <name>Preferences</name>
        <message>
            <source>Look</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Light, dark, or like the desktop.</source>
            <translation>Hell, dunkel oder wie der übrige Desktop.</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>Wie der Desktop</translation>
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
            <source>Takes effect when you restart Lipsyncer.</source>
            <translation>Zu sehen, wenn Lipsyncer das nächste Mal startet.</translation>
        </message>
        <message>
            <source>English</source>
            <translation>English</translation>
        </message>
        <message>
            <source>Deutsch</source>
            <translation>Deutsch</translation>
        </message>
        <message>
            <source>简体中文</source>
            <translation>简体中文</translation>
        </message>
        <message>
            <source>New result</source>
            <translation>Neues Ergebnis</translation>
        </message>
        <message>
            <source>Whether it plays once by itself, from where its first correction matters.</source>
            <translation>Ob es einmal von selbst abspielt, ab der ersten Korrektur.</translation>
        </message>
        <message>
            <source>Play it once</source>
            <translation>Einmal abspielen</translation>
        </message>
        <message>
            <source>Wait</source>
            <translation>Warten</translation>
        </message>
        <message>
            <source>Sound delay</source>
            <translation>Tonverzögerung</translation>
        </message>
        <message>
            <source>How late your headphones or loudspeaker play. Bluetooth is often late.</source>
            <translation>Wie verspätet deine Kopfhörer oder Lautsprecher spielen. Bluetooth ist oft spät.</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Plattform</translation>
        </message>
        <message>
            <source>Chosen first when you export.</source>
            <translation>Beim Exportieren zuerst ausgewählt.</translation>
        </message>
        <message>
            <source>Export folder</source>
            <translation>Exportordner</translation>
        </message>
        <message>
            <source>If empty, videos go to your Videos folder.</source>
            <translation>Ist das Feld leer, kommen Videos in deinen Videos-Ordner.</translation>
        </message>
        <message>
            <source>Encode with</source>
            <translation>Kodieren mit</translation>
        </message>
        <message>
            <source>A graphics card is faster if it works; the processor makes smaller files.</source>
            <translation>Eine Grafikkarte ist schneller, wo sie es kann; der Prozessor macht kleinere Dateien.</translation>
        </message>
        <message>
            <source>The processor</source>
            <translation>Dem Prozessor</translation>
        </message>
        <message>
            <source>The graphics card</source>
            <translation>Der Grafikkarte</translation>
        </message>
        <message>
            <source>Follow the lips</source>
            <translation>Den Lippen folgen</translation>
        </message>
        <message>
            <source>For new songs; the Match panel sets it for the open song.</source>
            <translation>Für neue Songs; für den offenen steht dasselbe im Feld „Passung“.</translation>
        </message>
        <message>
            <source>Loose</source>
            <translation>Locker</translation>
        </message>
        <message>
            <source>Relaxed</source>
            <translation>Gelassen</translation>
        </message>
        <message>
            <source>Normal</source>
            <translation>Normal</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Genau</translation>
        </message>
        <message>
            <source>Tight</source>
            <translation>Sehr genau</translation>
        </message>
        <message>
            <source>Go by</source>
            <translation>Sich richten nach</translation>
        </message>
        <message>
            <source>What to align new videos by.</source>
            <translation>Was in einem neuen Video sagt, wo der Song ist.</translation>
        </message>
        <message>
            <source>Lips and camera sound</source>
            <translation>Lippen und Kameraton</translation>
        </message>
        <message>
            <source>Lips alone</source>
            <translation>Nur Lippen</translation>
        </message>
        <message>
            <source>Camera sound alone</source>
            <translation>Nur Kameraton</translation>
        </message>
        <message>
            <source>Where there is no singing</source>
            <translation>Wo kein Gesang ist</translation>
        </message>
        <message>
            <source>What to show where the lips move in the pauses of a new song.</source>
            <translation>Was aus Lippen wird, die sich in den Pausen eines neuen Songs bewegen.</translation>
        </message>
        <message>
            <source>Close the mouth</source>
            <translation>Mund schließen</translation>
        </message>
        <message>
            <source>Leave as filmed</source>
            <translation>Lassen wie gefilmt</translation>
        </message>
        <message>
            <source>Autosave</source>
            <translation>Automatisch speichern</translation>
        </message>
        <message>
            <source>How long after a change your work is safe on disk.</source>
            <translation>Wie lange nach einer Änderung deine Arbeit sicher gespeichert ist.</translation>
        </message>
    </context>
    <context>
        <name>PreviewPanel</name>
        <message>
            <source>Song time</source>
            <translation>Zeit im Song</translation>
        </message>
        <message>
            <source>Take time</source>
            <translation>Zeit in der Aufnahme</translation>
        </message>
    </context>
    <context>
        <name>ProgressStrip</name>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>Projects</name>
        <message>
            <source>{name} is open in another window, so this is a copy. Saving asks for another name.</source>
            <translation>{name} ist in einem anderen Fenster offen. Das hier ist eine Kopie: Beim Speichern wird nach einem eigenen Namen gefragt.</translation>
        </message>
        <message>
            <source>Your work from before the crash is back.</source>
            <translation>Deine Arbeit von vor dem Absturz ist wieder da.</translation>
        </message>
        <message>
            <source>Lipsyncer closed without saving. Resume where you were?</source>
            <translation>Lipsyncer endete, ohne zu speichern. Dort weitermachen, wo du warst?</translation>
        </message>
        <message>
            <source>{name}, saved at {time}</source>
            <translation>{name}, gesichert um {time}</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weitermachen</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Nicht jetzt</translation>
        </message>
        <message>
            <source>Discard it</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <source>{name} has changed since this project was saved; the cut may not fit it.</source>
            <translation>{name} ist nicht mehr die Datei, die es beim Speichern des Projekts war; der Schnitt passt vielleicht nicht dazu.</translation>
        </message>
        <message>
            <source>Where is {name}?</source>
            <translation>Wo ist {name}?</translation>
        </message>
        <message>
            <source>{name} is a different file from {lost}; the cut may not fit it.</source>
            <translation>{name} ist eine andere Datei als {lost}; der Schnitt passt vielleicht nicht dazu.</translation>
        </message>
        <message>
            <source>{name} was not found, so Lipsyncer can't open the project. Put it beside the project and open the project again.</source>
            <translation>{name} wurde nicht gefunden, darum lässt sich das Projekt nicht zeigen. Lege die Datei neben das Projekt und öffne dieses noch einmal.</translation>
        </message>
        <message>
            <source>Save the project</source>
            <translation>Das Projekt speichern</translation>
        </message>
        <message>
            <source>{name} is open in another window; choose another name.</source>
            <translation>{name} ist in einem anderen Fenster offen; wähle einen anderen Namen.</translation>
        </message>
        <message>
            <source>Save {name} first?</source>
            <translation>{name} vorher speichern?</translation>
        </message>
        <message>
            <source>Your changes would be lost.</source>
            <translation>Deine Änderungen gingen verloren.</translation>
        </message>
    </context>
    <context>
        <name>Quitting</name>
        <message>
            <source>A video is being exported.</source>
            <translation>Ein Video wird gerade exportiert.</translation>
        </message>
        <message>
            <source>If you quit now, the export stops and its file is not written.</source>
            <translation>Wenn du jetzt beendest, wird der Export abgebrochen und die Datei nicht geschrieben.</translation>
        </message>
        <message>
            <source>Quit when it is done</source>
            <translation>Beenden, wenn er fertig ist</translation>
        </message>
        <message>
            <source>Stop it and quit</source>
            <translation>Abbrechen und beenden</translation>
        </message>
    </context>
    <context>
        <name>Rematching</name>
        <message>
            <source>There is nothing to match yet.</source>
            <translation>Noch gibt es nichts passend zu machen.</translation>
        </message>
        <message>
            <source>Lipsyncer is still watching your video; wait until it has finished.</source>
            <translation>Dein Video wird gerade beobachtet; warte, bis das fertig ist.</translation>
        </message>
        <message>
            <source>Lipsyncer has not analysed your video yet; open this panel again to begin.</source>
            <translation>Lipsyncer hat dein Video noch nicht untersucht; öffne dieses Feld noch einmal, um zu beginnen.</translation>
        </message>
        <message>
            <source>Aligning again, {n} %</source>
            <translation>Der Schnitt wird neu gesucht, {n} %</translation>
        </message>
        <message>
            <source>Follow the lips: loose</source>
            <translation>Den Lippen folgen: locker</translation>
        </message>
        <message>
            <source>Follow the lips: relaxed</source>
            <translation>Den Lippen folgen: gelassen</translation>
        </message>
        <message>
            <source>Follow the lips: normal</source>
            <translation>Den Lippen folgen: normal</translation>
        </message>
        <message>
            <source>Follow the lips: close</source>
            <translation>Den Lippen folgen: genau</translation>
        </message>
        <message>
            <source>Follow the lips: tight</source>
            <translation>Den Lippen folgen: sehr genau</translation>
        </message>
        <message>
            <source>Go by lips and camera sound</source>
            <translation>Nach Lippen und Kameraton richten</translation>
        </message>
        <message>
            <source>Go by the lips alone</source>
            <translation>Nur nach den Lippen richten</translation>
        </message>
        <message>
            <source>Go by the camera sound alone</source>
            <translation>Nur nach dem Kameraton richten</translation>
        </message>
        <message>
            <source>Close the mouth where there is no singing</source>
            <translation>Den Mund schließen, wo kein Gesang ist</translation>
        </message>
        <message>
            <source>Leave pauses as filmed</source>
            <translation>Pausen lassen wie gefilmt</translation>
        </message>
        <message>
            <source>That gives the same cut.</source>
            <translation>So ist der Schnitt derselbe.</translation>
        </message>
        <message>
            <source>You have set every segment by hand, so nothing has changed. Reset a segment (Del) to have Lipsyncer align it.</source>
            <translation>Du hast jeden Abschnitt von Hand gesetzt, deshalb hat sich nichts geändert. Setze einen Abschnitt zurück (Entf), damit Lipsyncer ihn ausrichtet.</translation>
        </message>
        <message>
            <source>What you moved, split, framed, locked or pinned has stayed.</source>
            <translation>Was du bewegt, geteilt, gerahmt, gesperrt oder angeheftet hast, ist geblieben.</translation>
        </message>
    </context>
    <context>
        <name>ResultPanel</name>
        <message>
            <source>Look at the next place</source>
            <translation>Nächste Stelle ansehen</translation>
        </message>
        <message>
            <source>Places to look at</source>
            <translation>Stellen zum Ansehen</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Show a closed mouth</source>
            <translation>Geschlossenen Mund zeigen</translation>
        </message>
        <message>
            <source>Shows a closed mouth from elsewhere in your video during this rest</source>
            <translation>Zeigt in dieser Pause einen geschlossenen Mund von anderswo in deinem Video</translation>
        </message>
        <message>
            <source>Show a closed &amp;mouth</source>
            <translation>Geschlossenen &amp;Mund zeigen</translation>
        </message>
    </context>
    <context>
        <name>SegmentModel</name>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Where it begins in the song</source>
            <translation>Wo er im Song beginnt</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>Where it ends in the song</source>
            <translation>Wo er im Song endet</translation>
        </message>
        <message>
            <source>Take</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>The video that is shown</source>
            <translation>Das Video, das gezeigt wird</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>Versatz</translation>
        </message>
        <message>
            <source>How far the picture was moved: + is later, − is earlier</source>
            <translation>Wie weit das Bild verschoben wurde: + ist später, − ist früher</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>How fast the video runs: 100 % is as it was filmed</source>
            <translation>Wie schnell das Video läuft: 100 % ist wie gefilmt</translation>
        </message>
        <message>
            <source>Match</source>
            <translation>Übereinstimmung</translation>
        </message>
        <message>
            <source>How well the lips fit the song</source>
            <translation>Wie gut die Lippen zum Song passen</translation>
        </message>
        <message>
            <source>Frame</source>
            <translation>Rahmen</translation>
        </message>
        <message>
            <source>Zoom, where you framed the picture by hand</source>
            <translation>Wie viel näher das Bild ist, wo es von Hand gerahmt wurde</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>Gesperrt</translation>
        </message>
        <message>
            <source>A locked segment is never moved</source>
            <translation>Ein gesperrter Abschnitt wird nie verschoben</translation>
        </message>
        <message>
            <source>still</source>
            <translation>steht</translation>
        </message>
        <message>
            <source>by hand, {zoom}</source>
            <translation>von Hand, {zoom}</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>gesperrt</translation>
        </message>
        <message>
            <source>sure, {percent}</source>
            <translation>sicher, {percent}</translation>
        </message>
        <message>
            <source>fairly sure, {percent}</source>
            <translation>ziemlich sicher, {percent}</translation>
        </message>
        <message>
            <source>unsure, {percent}</source>
            <translation>unsicher, {percent}</translation>
        </message>
        <message>
            <source>moved by you</source>
            <translation>von dir verschoben</translation>
        </message>
        <message>
            <source>nothing to match</source>
            <translation>nichts zu vergleichen</translation>
        </message>
        <message>
            <source>There is no singing to match here, so the picture only bridges the time.</source>
            <translation>Hier gibt es keinen Gesang abzugleichen; das Bild überbrückt nur die Zeit.</translation>
        </message>
        <message>
            <source>Look at this one, and move its picture if the lips are off.</source>
            <translation>Sieh dir diesen an und verschiebe sein Bild, wenn die Lippen nicht passen.</translation>
        </message>
        <message>
            <source>checked by you</source>
            <translation>von dir geprüft</translation>
        </message>
    </context>
    <context>
        <name>SegmentTable</name>
        <message>
            <source>Segments</source>
            <translation>Abschnitte</translation>
        </message>
    </context>
    <context>
        <name>Session</name>
        <message>
            <source>Something went wrong inside Lipsyncer. Your work is saved; copy the details if you want to report it.</source>
            <translation>In Lipsyncer ist etwas schiefgegangen. Deine Arbeit ist gespeichert; kopiere die Details, wenn du es melden möchtest.</translation>
        </message>
        <message>
            <source>Something went wrong inside Lipsyncer, and your work could not be saved. Save the project in another place now.</source>
            <translation>In Lipsyncer ist etwas schiefgegangen, und deine Arbeit konnte nicht gespeichert werden. Speichere das Projekt jetzt an einem anderen Ort.</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Your Videos folder</source>
            <translation>Dein Videos-Ordner</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Where exported videos go</source>
            <translation>Wohin exportierte Videos kommen</translation>
        </message>
        <message>
            <source>Defaults</source>
            <translation>Standardwerte</translation>
        </message>
        <message>
            <source>Restore the defaults on this page</source>
            <translation>Alles auf dieser Seite so einstellen, wie es am Anfang war</translation>
        </message>
    </context>
    <context>
        <name>ShortcutSheet</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Search: “cut”, “undo”, or a key</source>
            <translation>Suche: „teilen“, „rückgängig“ oder eine Taste</translation>
        </message>
        <message>
            <source>Search the shortcuts</source>
            <translation>Tastenkürzel durchsuchen</translation>
        </message>
        <message>
            <source>No shortcut has that name.</source>
            <translation>Kein Tastenkürzel heißt so.</translation>
        </message>
    </context>
    <context>
        <name>TargetFields</name>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>F&amp;older</source>
            <translation>&amp;Ordner</translation>
        </message>
        <message>
            <source>Where to put the video</source>
            <translation>Wohin das Video soll</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>The whole song. Drag to look elsewhere.</source>
            <translation>Der ganze Song. Ziehen zeigt eine andere Stelle.</translation>
        </message>
        <message>
            <source>The song, tinted where it has a voice. Click to go there; hold Shift and drag to loop a part.</source>
            <translation>Der Song, gefärbt, wo er eine Stimme hat. Klicken springt dorthin; mit Umschalt ziehen wiederholt einen Teil.</translation>
        </message>
        <message>
            <source>Segment {n}, {start} to {end}: {match}
{take}, {shift}
Drag to move the picture under the song, drag an edge to move the cut.</source>
            <translation>Abschnitt {n}, {start} bis {end}: {match}
{take}, {shift}
Ziehen verschiebt das Bild unter dem Song, an einem Rand ziehen den Schnitt.</translation>
        </message>
        <message>
            <source>take {n}</source>
            <translation>Aufnahme {n}</translation>
        </message>
        <message>
            <source>{name}: {start} to {end} of the song
Double-click to show it in the segment here.</source>
            <translation>{name}: {start} bis {end} des Songs
Ein Doppelklick zeigt es hier im Abschnitt.</translation>
        </message>
        <message>
            <source>speed {percent}</source>
            <translation>Tempo {percent}</translation>
        </message>
    </context>
    <context>
        <name>TimelineWidget</name>
        <message>
            <source>Timeline</source>
            <translation>Zeitleiste</translation>
        </message>
        <message>
            <source>The song and the footage under it; the Segments table says the same in words</source>
            <translation>Der Song und darunter die Aufnahmen; die Tabelle Abschnitte sagt dasselbe in Worten</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>&amp;Vergrößern</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>Ver&amp;kleinern</translation>
        </message>
        <message>
            <source>&amp;Fit the song</source>
            <translation>&amp;Ganzer Song</translation>
        </message>
        <message>
            <source>How far the mouth is open: as filmed, and as it is shown now</source>
            <translation>Wie weit der Mund offen ist: wie gefilmt, und wie er jetzt gezeigt wird</translation>
        </message>
        <message>
            <source>Mouth &amp;curve over the song</source>
            <translation>Mund&amp;kurve über dem Song</translation>
        </message>
    </context>
    <context>
        <name>_DropArea</name>
        <message>
            <source>Open files…</source>
            <translation>Dateien öffnen…</translation>
        </message>
        <message>
            <source>Choose a song and your videos (Ctrl+O)</source>
            <translation>Einen Song und deine Videos wählen (Strg+O)</translation>
        </message>
        <message>
            <source>Try the demo</source>
            <translation>Demo ausprobieren</translation>
        </message>
        <message>
            <source>Makes a short song and a selfie that is out of sync, and corrects it</source>
            <translation>Macht einen kurzen Song und ein Selfie, das nicht im Takt ist, und bringt es in Ordnung</translation>
        </message>
        <message>
            <source>Drop a song and your video here</source>
            <translation>Zieh Song und Video hierher</translation>
        </message>
        <message>
            <source>Lipsyncer watches the lips and moves the picture until it sings in time.
Several videos of the same song are welcome.</source>
            <translation>Lipsyncer beobachtet die Lippen und verschiebt das Bild, bis es im Takt singt.
Mehrere Videos desselben Songs sind willkommen.</translation>
        </message>
        <message>
            <source>Now drop your song</source>
            <translation>Jetzt noch der Song</translation>
        </message>
        <message>
            <source>The recording that you sang to.</source>
            <translation>Die fertige Aufnahme, zu der gesungen wurde.</translation>
        </message>
        <message>
            <source>Now drop your video</source>
            <translation>Jetzt noch dein Video</translation>
        </message>
        <message>
            <source>You singing to this song; several videos are welcome.</source>
            <translation>Du, wie du zu diesem Song singst; mehrere Videos sind willkommen.</translation>
        </message>
        <message>
            <source>Drop another song or video</source>
            <translation>Zieh einen anderen Song oder ein Video hierher</translation>
        </message>
        <message>
            <source>A new song takes the place of the old one.</source>
            <translation>Ein neuer Song ersetzt den alten.</translation>
        </message>
        <message>
            <source>Song: {name}</source>
            <translation>Song: {name}</translation>
        </message>
        <message>
            <source>Video: {name}</source>
            <translation>Video: {name}</translation>
        </message>
        <message>
            <source>Put in sync</source>
            <translation>Synchronisieren</translation>
        </message>
        <message>
            <source>Use this video's own sound</source>
            <translation>Den Ton dieses Videos nehmen</translation>
        </message>
        <message>
            <source>For a video that already has its song: brings its lips in time with it</source>
            <translation>Für ein Video, das seinen Song schon hat: bringt die Lippen mit ihm in Takt</translation>
        </message>
        <message numerus="yes">
            <source>%n more videos</source>
            <translation>
                <numerusform>%n weiteres Video</numerusform>
                <numerusform>%n weitere Videos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>_Have</name>
        <message>
            <source>Take it out</source>
            <translation>Herausnehmen</translation>
        </message>
        <message>
            <source>Take {name} out</source>
            <translation>{name} herausnehmen</translation>
        </message>
    </context>
    <context>
        <name>_Lamp</name>
        <message>
            <source>Flash</source>
            <translation>Blinklicht</translation>
        </message>
    </context>
    <context>
        <name>Plot</name>
        <message>
            <source>Matrix</source>
            <translation>Matrix</translation>
        </message>
    </context>
    <context>
        <name>_Recent</name>
        <message>
            <source>Recent projects</source>
            <translation>Letzte Projekte</translation>
        </message>
        <message>
            <source>today</source>
            <translation>heute</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>gestern</translation>
        </message>
    </context>
    <context>
        <name>Lanes</name>
        <message>
            <source>Attempt {n}</source>
            <translation>Versuch {n}</translation>
        </message>
        <message>
            <source>attempt {n}</source>
            <translation>Versuch {n}</translation>
        </message>
        <message>
            <source>{name}, attempt {n}</source>
            <translation>{name}, Versuch {n}</translation>
        </message>
        <message>
            <source>{n} attempts in {name}</source>
            <translation>{n} Versuche in {name}</translation>
        </message>
        <message>
            <source>{n} more in a segment's menu</source>
            <translation>{n} weitere im Menü eines Abschnitts</translation>
        </message>
    </context>
    <context>
        <name>Swapping</name>
        <message>
            <source>Show another attempt or &amp;take</source>
            <translation>Anderen Versuch oder andere &amp;Aufnahme zeigen</translation>
        </message>
        <message>
            <source>Show the attempt before</source>
            <translation>Vorigen Versuch zeigen</translation>
        </message>
        <message>
            <source>Show the ne&amp;xt attempt</source>
            <translation>&amp;Nächsten Versuch zeigen</translation>
        </message>
        <message>
            <source>Show {lane} in segment {n}</source>
            <translation>{lane} in Abschnitt {n} zeigen</translation>
        </message>
        <message>
            <source>Shows another attempt, or another take, that has these words</source>
            <translation>Zeigt einen anderen Versuch oder eine andere Aufnahme mit diesen Worten</translation>
        </message>
        <message>
            <source>These words are not in</source>
            <translation>Diese Worte fehlen in</translation>
        </message>
    </context>
    <context>
        <name>MouthClosing</name>
        <message>
            <source>Close the mouth at {time}</source>
            <translation>Den Mund bei {time} schließen</translation>
        </message>
    </context>
    <context>
        <name>MouthCurve</name>
        <message>
            <source>mouth as filmed</source>
            <translation>Mund wie gefilmt</translation>
        </message>
        <message>
            <source>mouth now</source>
            <translation>Mund jetzt</translation>
        </message>
    </context>
    <context>
        <name>TakesPanel</name>
        <message>
            <source>Takes</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <source>Makes the cut without this take; the file stays where it is</source>
            <translation>Macht den Schnitt ohne diese Aufnahme; die Datei bleibt, wo sie ist</translation>
        </message>
        <message>
            <source>Prefer</source>
            <translation>Bevorzugen</translation>
        </message>
        <message>
            <source>Prefer no take</source>
            <translation>Keine Aufnahme bevorzugen</translation>
        </message>
        <message>
            <source>Prefer take {n}</source>
            <translation>Aufnahme {n} bevorzugen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>{name} entfernen</translation>
        </message>
        <message>
            <source>Shows this take wherever it fits, unless another one fits much better</source>
            <translation>Zeigt diese Aufnahme, wo immer sie passt, außer eine andere passt viel besser</translation>
        </message>
        <message>
            <source>preferred</source>
            <translation>bevorzugt</translation>
        </message>
        <message>
            <source>{n} attempts</source>
            <translation>{n} Versuche</translation>
        </message>
        <message>
            <source>{percent} of the cut</source>
            <translation>{percent} des Schnitts</translation>
        </message>
        <message>
            <source>not shown</source>
            <translation>wird nicht gezeigt</translation>
        </message>
        <message>
            <source>does not seem to match</source>
            <translation>passt wohl nicht</translation>
        </message>
        <message>
            <source>Double-click, or press F2, to rename it</source>
            <translation>Doppelklicken oder F2 drücken, um sie umzubenennen</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Rename take {n}</source>
            <translation>Aufnahme {n} umbenennen</translation>
        </message>
    </context>
    <context>
        <name>Spoken</name>
        <message>
            <source>shown as filmed</source>
            <translation>gezeigt wie gefilmt</translation>
        </message>
        <message>
            <source>shown {amount} s earlier than filmed</source>
            <translation>{amount} s früher gezeigt als gefilmt</translation>
        </message>
        <message>
            <source>shown {amount} s later than filmed</source>
            <translation>{amount} s später gezeigt als gefilmt</translation>
        </message>
    </context>
    <context>
        <name>Volume</name>
        <message>
            <source>Volume</source>
            <translation>Lautstärke</translation>
        </message>
        <message>
            <source>Volume: {n} %</source>
            <translation>Lautstärke: {n} %</translation>
        </message>
        <message>
            <source>No sound</source>
            <translation>Kein Ton</translation>
        </message>
        <message>
            <source>Connect headphones or a loudspeaker to hear the song.</source>
            <translation>Schließe Kopfhörer oder Lautsprecher an, um den Song zu hören.</translation>
        </message>
    </context>
    <context>
        <name>Hints</name>
        <message>
            <source>Click a segment and press Left or Right to move its picture frame by frame.</source>
            <translation>Klicke einen Abschnitt an und drücke Links oder Rechts, um sein Bild einzelbildweise zu bewegen.</translation>
        </message>
        <message>
            <source>Drag an edge to move a cut. Ctrl and the wheel zoom.</source>
            <translation>Ziehe an einem Rand, um einen Schnitt zu verschieben. Strg und das Rad zoomen.</translation>
        </message>
        <message>
            <source>Space plays, and H held down shows what it was before.</source>
            <translation>Die Leertaste spielt ab, und solange du H hältst, siehst du, wie es vorher war.</translation>
        </message>
        <message>
            <source>No more hints</source>
            <translation>Keine Hinweise mehr</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Next ({n} of {count})</source>
            <translation>Weiter ({n} von {count})</translation>
        </message>
    </context>
</TS>
