<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>AnalysingPanel</name>
        <message>
            <source>Filming the demo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preparing the picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Watching the lips</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hearing and seeing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Comparing sound and lips</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finding what belongs together</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The mouth</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Song against take</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Making the demo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A few seconds left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About {n} seconds left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About {n} minutes left</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Preview</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preparing the picture…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Before</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>After</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Controls</name>
        <message>
            <source>&amp;Play</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One frame &amp;back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One frame &amp;on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Loop the segment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>I and O set the ends of any loop; Shift and the mouse on the song too</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Before and after</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The raw take beside the result</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Raw take alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Watched mouth</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the lips were seen and how sure this segment is</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play back&amp;wards</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play, then &amp;faster</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>To the start</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>To the end</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loop starts here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loop ends here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hear the &amp;song</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hear the &amp;camera</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hear b&amp;oth</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Drag</name>
        <message>
            <source>Locked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{shift}  ({frames} frames)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move cut {n} to {time}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Guide</name>
        <message>
            <source>User guide</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>HistoryList</name>
        <message>
            <source>As found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>History</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every edit in the order it was made; choose one to go back to it</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Segments</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Match</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>History</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a song and videos, or a project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose the song</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The lips don't seem to sing this song (confidence {percent} %). Check that it is the right song, or look at what was found.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The diagnostics are on the clipboard.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>Open &amp;recent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Segment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Play</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A song, one or more videos, or a project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Choose the song…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Any file with sound; of a music video the sound is taken</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try the &amp;demo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A made-up selfie to a made-up song, out of sync on purpose</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Save</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save &amp;as…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write the video for TikTok, Instagram and others</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Close project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;User guide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>When something is &amp;wrong</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copy diagnostics</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Segment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Play</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tools</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MessageBar</name>
        <message>
            <source>Copy details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copies what a developer needs to find the fault</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close this message</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close this message (Esc)</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation type="unfinished">
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Error: {text}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Warning: {text}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Note: {text}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copied</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Nudging</name>
        <message>
            <source>Show another &amp;take</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>one frame</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>five frames</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a millisecond</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Picture {amount} earlier</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Picture {amount} later</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Moves the footage under the song; the cuts stay where they are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select the segment &amp;before</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select the &amp;next segment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Split at the playhead</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Makes two segments that can be moved apart</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Join with the next</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Takes the cut out; the first one's footage plays on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Lock</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing but you moves a locked segment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Pin this moment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keeps what is shown now at this moment of the song</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Find it again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Watches the lips again for this segment alone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Reset to what was found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undoes every change to this stretch of the song</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Split at {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Join segments {first} and {second}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unlock segment {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lock segment {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reset segment {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find segment {n} again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pin {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show take {take} in segment {n}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Preferences</name>
        <message>
            <source>Look</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light, dark, or as the rest of the desktop.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the desktop</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Language</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>You will see it when Lipsyncer starts the next time.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>English</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Deutsch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>简体中文</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sound delay</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How late your headphones or loudspeaker play. Bluetooth is often late.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Platform</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Chosen first when you export.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left empty, videos go beside the first take.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bring the voice forward before listening</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>May help with loud accompaniment; mostly it does not.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Autosave</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How long after a change your work is safe on disk.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PreviewPanel</name>
        <message>
            <source>Song time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>take {n}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SegmentModel</name>
        <message>
            <source>No.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The segment's number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where it begins in the song</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>To</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where it ends in the song</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The video that is shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shift</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How much later in the video than in the song its picture lies</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Speed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How fast the video runs: 100 % is as it was filmed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Match</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How well the lips fit the song</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Locked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A locked segment is never moved</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>still</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>locked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>sure, {percent}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>fairly sure, {percent}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unsure, {percent}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nothing to match</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nobody was seen singing here, so the picture only bridges the time.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look at this one, and move its picture if the lips are off.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SegmentTable</name>
        <message>
            <source>Segments</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Session</name>
        <message>
            <source>Something went wrong inside Lipsyncer. Your work is saved; copy the details if you want to report it.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Beside the first take</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where exported videos go</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Defaults</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Set everything on this page as it was at first</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ShortcutSheet</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search: “cut”, “undo”, or a key</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search the shortcuts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No shortcut is called that.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TimelineWidget</name>
        <message>
            <source>Timeline</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The song and the footage under it; the Segments table says the same in words</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Fit the song</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>_DropArea</name>
        <message>
            <source>Open files…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a song and your videos (Ctrl+O)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try the demo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Makes a short song and a selfie that is out of time, and mends it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop a song and your video here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lipsyncer watches the lips and moves the picture until it sings in time.
Several videos of the same song are welcome.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Now drop your song</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The finished recording that was sung to.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Now drop your video</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>You singing to this song; several videos are welcome.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop another song or video</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A new song takes the place of the old one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Song: {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} videos: {names}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Video: {name}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>_Recent</name>
        <message>
            <source>Recent projects</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>today</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>yesterday</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
