<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
    <context>
        <name>AnalysingPanel</name>
        <message>
            <source>Filming the demo</source>
            <translation>正在拍摄演示</translation>
        </message>
        <message>
            <source>Reading the files</source>
            <translation>正在读取文件</translation>
        </message>
        <message>
            <source>Watching the lips</source>
            <translation>正在观察嘴唇</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>取消 (Esc)</translation>
        </message>
        <message>
            <source>The mouth</source>
            <translation>嘴部</translation>
        </message>
        <message>
            <source>Song against take</source>
            <translation>歌曲与素材对照</translation>
        </message>
        <message>
            <source>Making the demo</source>
            <translation>正在制作演示</translation>
        </message>
        <message>
            <source>A few seconds left</source>
            <translation>还剩几秒</translation>
        </message>
        <message>
            <source>About {n} seconds left</source>
            <translation>大约还剩 {n} 秒</translation>
        </message>
        <message>
            <source>About {n} minutes left</source>
            <translation>大约还剩 {n} 分钟</translation>
        </message>
        <message>
            <source>Fetching the face model</source>
            <translation>正在获取人脸模型</translation>
        </message>
        <message>
            <source>Listening to the song</source>
            <translation>正在聆听歌曲</translation>
        </message>
        <message>
            <source>Comparing song and lips</source>
            <translation>正在比较歌曲与嘴唇</translation>
        </message>
        <message>
            <source>Bringing them in sync</source>
            <translation>正在对齐</translation>
        </message>
    </context>
    <context>
        <name>Arrivals</name>
        <message>
            <source>Add a take</source>
            <translation>添加素材</translation>
        </message>
        <message>
            <source>What is {name} for?</source>
            <translation>{name} 用来做什么？</translation>
        </message>
        <message>
            <source>A project is open.</source>
            <translation>已有一个项目打开。</translation>
        </message>
        <message>
            <source>Replace the song</source>
            <translation>替换歌曲</translation>
        </message>
        <message>
            <source>New project</source>
            <translation>新建项目</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Preparing the picture…</source>
            <translation>正在准备画面…</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>之前</translation>
        </message>
        <message>
            <source>After</source>
            <translation>之后</translation>
        </message>
        <message>
            <source>Framed automatically</source>
            <translation>自动取景</translation>
        </message>
        <message>
            <source>Framed by hand, {zoom}</source>
            <translation>手动取景，{zoom}</translation>
        </message>
        <message>
            <source>No mouth is seen here.</source>
            <translation>这里看不到嘴。</translation>
        </message>
    </context>
    <context>
        <name>Controls</name>
        <message>
            <source>&amp;Play</source>
            <translation>播放(&amp;P)</translation>
        </message>
        <message>
            <source>One frame &amp;back</source>
            <translation>后退一帧(&amp;B)</translation>
        </message>
        <message>
            <source>One frame &amp;on</source>
            <translation>前进一帧(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Loop the segment</source>
            <translation>循环播放片段(&amp;L)</translation>
        </message>
        <message>
            <source>I and O set the ends of any loop; Shift and the mouse on the song too</source>
            <translation>I 和 O 设定循环的起止点；按住 Shift 在歌曲上拖动也可以</translation>
        </message>
        <message>
            <source>&amp;Before and after</source>
            <translation>前后对比(&amp;B)</translation>
        </message>
        <message>
            <source>Hold to see it before</source>
            <translation>按住查看之前</translation>
        </message>
        <message>
            <source>&amp;Watched mouth</source>
            <translation>所观察的嘴部(&amp;W)</translation>
        </message>
        <message>
            <source>Where the lips were seen and how sure this segment is</source>
            <translation>嘴唇出现的位置，以及这个片段有多可靠</translation>
        </message>
        <message>
            <source>What the &amp;platform covers</source>
            <translation>平台遮挡的区域(&amp;P)</translation>
        </message>
        <message>
            <source>Where the platform you export for lays its buttons over the picture</source>
            <translation>你要导出到的平台会把按钮盖在画面的哪些位置</translation>
        </message>
        <message>
            <source>Frame by &amp;hand</source>
            <translation>手动取景(&amp;H)</translation>
        </message>
        <message>
            <source>Shows the picture as the platform will: drag it, scroll to zoom, double-click to frame it automatically</source>
            <translation>按平台的样子显示画面：拖动可移动，滚动可缩放，双击恢复自动取景</translation>
        </message>
        <message>
            <source>Test the sound &amp;delay…</source>
            <translation>测试声音延迟(&amp;D)…</translation>
        </message>
        <message>
            <source>For Bluetooth: find out how late your headphones or loudspeaker play</source>
            <translation>用于蓝牙：测出耳机或音箱的声音晚了多少</translation>
        </message>
        <message>
            <source>Play back&amp;wards</source>
            <translation>倒放(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>停止(&amp;S)</translation>
        </message>
        <message>
            <source>Play, then &amp;faster</source>
            <translation>播放，再按加速(&amp;F)</translation>
        </message>
        <message>
            <source>To the start</source>
            <translation>到开头</translation>
        </message>
        <message>
            <source>To the end</source>
            <translation>到结尾</translation>
        </message>
        <message>
            <source>Loop starts here</source>
            <translation>循环从这里开始</translation>
        </message>
        <message>
            <source>Loop ends here</source>
            <translation>循环到这里结束</translation>
        </message>
        <message>
            <source>Hear the &amp;song</source>
            <translation>听歌曲(&amp;S)</translation>
        </message>
        <message>
            <source>Hear the &amp;camera</source>
            <translation>听摄像机声音(&amp;C)</translation>
        </message>
        <message>
            <source>Hear b&amp;oth</source>
            <translation>两者都听(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>暂停(&amp;P)</translation>
        </message>
        <message>
            <source>Mouth close-&amp;up</source>
            <translation>嘴部特写(&amp;U)</translation>
        </message>
        <message>
            <source>The mouth, large, beside the voice of the same instant</source>
            <translation>放大的嘴，与同一时刻的歌声并列</translation>
        </message>
        <message>
            <source>What you filmed beside the result</source>
            <translation>原始拍摄与结果并排显示</translation>
        </message>
        <message>
            <source>Befo&amp;re alone</source>
            <translation>只看之前(&amp;R)</translation>
        </message>
        <message>
            <source>What you filmed in place of the result, as long as the key is down</source>
            <translation>按住此键时显示原始拍摄</translation>
        </message>
    </context>
    <context>
        <name>Core</name>
        <message>
            <source>A little higher than wide</source>
            <translation>高度略大于宽度</translation>
        </message>
        <message>
            <source>Size and rate of your take, best quality</source>
            <translation>与素材相同的尺寸和帧率，最佳画质</translation>
        </message>
        <message>
            <source>The installation lacks {kind}/{name}; install Lipsyncer again to bring it back.</source>
            <translation>安装中缺少 {kind}/{name}；请重新安装 Lipsyncer。</translation>
        </message>
        <message>
            <source>Up to a minute</source>
            <translation>最长一分钟</translation>
        </message>
        <message>
            <source>Up to three minutes</source>
            <translation>最长三分钟</translation>
        </message>
        <message>
            <source>Upright, full screen</source>
            <translation>竖屏，全屏</translation>
        </message>
        <message>
            <source>a cut is one of {value1}; give it a name that ends in one of them.</source>
            <translation>剪辑可写成 {value1}；请用这样的后缀命名。</translation>
        </message>
        <message>
            <source>a frame can't be moved by {x} and {y} and enlarged by {zoom}</source>
            <translation>画框不能移动 {x} 和 {y}，也不能放大 {zoom}</translation>
        </message>
        <message>
            <source>a pin must lie in its take, 0 s to {duration} s</source>
            <translation>固定点必须在素材之内，即 0 s 到 {duration} s</translation>
        </message>
        <message>
            <source>a pin must lie in the part of the song that is shown, {first} s to {last} s</source>
            <translation>固定点必须在所显示的歌曲部分之内，即 {first} s 到 {last} s</translation>
        </message>
        <message>
            <source>an EDL holds {_MOST_EVENTS} events, and this cut has {value3}; write .otio or .fcpxml instead.</source>
            <translation>EDL 最多 {_MOST_EVENTS} 个事件，而这个剪辑有 {value3} 个；请改写 .otio 或 .fcpxml。</translation>
        </message>
        <message>
            <source>it can't be read to its end; copy the file again, or choose another.</source>
            <translation>无法读到文件末尾；请重新复制该文件，或选择其他文件。</translation>
        </message>
        <message>
            <source>it can't be read; check the permissions of the file.</source>
            <translation>无法读取；请检查你是否有权访问该文件。</translation>
        </message>
        <message>
            <source>it claims to last {value1} minutes, and at most {value3} can be used; cut it first, or convert it if it is really shorter.</source>
            <translation>文件声称长 {value1} 分钟，最多只能使用 {value3} 分钟；请先剪短，若实际更短请先转换格式。</translation>
        </message>
        <message>
            <source>it contains neither picture nor sound; choose another file.</source>
            <translation>里面既没有画面也没有声音；请选择别的文件。</translation>
        </message>
        <message>
            <source>it contains no readable picture or sound; convert or replace it.</source>
            <translation>其中没有可读取的画面或声音；请转换或更换文件。</translation>
        </message>
        <message>
            <source>it could not be written ({reason}); try another folder.</source>
            <translation>无法写入（{reason}）；请换一个文件夹。</translation>
        </message>
        <message>
            <source>it has no sound that can be heard; go by its lips, or choose a take with sound.</source>
            <translation>其中没有可听到的声音；请以嘴唇为准，或选择有声音的素材。</translation>
        </message>
        <message>
            <source>it has no sound to compare its lips with; choose another video.</source>
            <translation>它没有可与嘴唇比较的声音；请选择其他视频。</translation>
        </message>
        <message>
            <source>it is damaged and can't be read; copy it again or convert it first.</source>
            <translation>文件已损坏，无法读取；请重新复制，或先转换格式。</translation>
        </message>
        <message>
            <source>it is damaged or not a Lipsyncer project; choose another file.</source>
            <translation>文件已损坏或不是 Lipsyncer 项目；请选择其他文件。</translation>
        </message>
        <message>
            <source>it is damaged or not a Lipsyncer project; open its earlier version, {value1}.</source>
            <translation>文件已损坏或不是 Lipsyncer 项目；较早的状态保存在 {value1}，请打开它。</translation>
        </message>
        <message>
            <source>it was made by a newer Lipsyncer; update this one to open it.</source>
            <translation>它由更新版本的 Lipsyncer 创建；请更新后再打开。</translation>
        </message>
        <message>
            <source>its picture can't be decoded from {start} s to {end} s; copy the file again from the camera, or let the rest be delivered.</source>
            <translation>画面在 {start} s 至 {end} s 无法解码；请从相机重新复制该文件，或允许输出其余部分。</translation>
        </message>
        <message>
            <source>its picture can't be decoded; convert the file first.</source>
            <translation>无法解码其画面；请先转换文件。</translation>
        </message>
        <message>
            <source>its picture of {width}x{height} pixels can't be used; make it smaller first.</source>
            <translation>{width}x{height} 像素的画面无法使用；请先缩小。</translation>
        </message>
        <message>
            <source>its script needs the FriBiDi library, which is not installed; install fribidi and restart Lipsyncer.</source>
            <translation>显示这种文字需要 FriBiDi 库，而这台电脑上没有；请安装 fribidi 后重新启动 Lipsyncer。</translation>
        </message>
        <message>
            <source>its sound has {channels} channels at {rate} Hz, which can't be used; convert it to stereo at 48000 Hz.</source>
            <translation>声音有 {channels} 个声道、{rate} Hz，无法使用；请转换为 48000 Hz 立体声。</translation>
        </message>
        <message>
            <source>its sound is silent; choose a video with a voice.</source>
            <translation>它的声音是静音的；请选择有人声的视频。</translation>
        </message>
        <message>
            <source>its time stamps leap by {value1} minutes where there is no picture or sound; convert the file first.</source>
            <translation>时间戳跳跃了 {value1} 分钟，其间没有画面或声音；请先转换该文件。</translation>
        </message>
        <message>
            <source>most of its picture can't be decoded; copy the file again.</source>
            <translation>大部分画面无法解码；请重新复制文件。</translation>
        </message>
        <message>
            <source>most of its sound can't be decoded; copy or convert the file.</source>
            <translation>大部分声音无法解码；请重新复制或转换文件。</translation>
        </message>
        <message>
            <source>no face was found in it; choose a video that shows the lips.</source>
            <translation>其中没有找到人脸；请选择能看到嘴唇的视频。</translation>
        </message>
        <message>
            <source>no face was found in it; film the singer's face from the front, in good light.</source>
            <translation>没有找到人脸；请在光线良好处从正面拍摄演唱者的脸。</translation>
        </message>
        <message>
            <source>no font on this computer has its “{letter}”; install {font} and restart Lipsyncer.</source>
            <translation>这台电脑上没有字体能显示其中的“{letter}”；请安装 {font} 后重新启动 Lipsyncer。</translation>
        </message>
        <message>
            <source>no line in it has a time; lyrics are an .lrc file with lines like [00:12.30]words, or an .srt file.</source>
            <translation>其中没有任何一行带有时间；歌词应为含有 [00:12.30]歌词 这类行的 .lrc 文件，或 .srt 文件。</translation>
        </message>
        <message>
            <source>nothing of the cut lies between {song_start} and {song_end} s: it goes from {first} to {last} s of the song</source>
            <translation>剪辑在 {song_start} 到 {song_end} 秒之间没有内容：它对应歌曲的 {first} 到 {last} 秒</translation>
        </message>
        <message>
            <source>reading it crashes the decoder; convert the file first, or choose another.</source>
            <translation>读取时解码器崩溃；请先转换该文件，或选择其他文件。</translation>
        </message>
        <message>
            <source>reading it takes more memory than any video should; choose another file.</source>
            <translation>读取所需内存超出任何视频应有的量；请选择其他文件。</translation>
        </message>
        <message>
            <source>the cut must stay between {value1} and {value3} s, not move to {song_time} s</source>
            <translation>切点必须在 {value1} 到 {value3} s 之间，不能移到 {song_time} s</translation>
        </message>
        <message>
            <source>the disk is full, so it was not written; free some space or choose another folder.</source>
            <translation>磁盘已满，因此未写入任何内容；请腾出空间或选择其他文件夹。</translation>
        </message>
        <message>
            <source>the disk is full; free some space for working copies and try again.</source>
            <translation>磁盘已满；请为工作副本腾出空间后重试。</translation>
        </message>
        <message>
            <source>the file can't be opened; check its name.</source>
            <translation>无法打开文件；请检查文件名。</translation>
        </message>
        <message>
            <source>the file can't be opened; check its permissions.</source>
            <translation>无法打开文件；请检查你是否有读取权限。</translation>
        </message>
        <message>
            <source>the file can't be opened; check that you are allowed to read it.</source>
            <translation>无法打开该文件；请检查是否有读取权限。</translation>
        </message>
        <message>
            <source>the file is empty; copy or record it again.</source>
            <translation>文件是空的；请重新复制或录制。</translation>
        </message>
        <message>
            <source>the folder no longer exists, so it was not written; choose another one.</source>
            <translation>文件夹已不存在，因此未写入任何内容；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>the last segment has no next one</source>
            <translation>最后一个片段之后没有片段了</translation>
        </message>
        <message>
            <source>the lyrics can't be read; check that the file exists, and its permissions.</source>
            <translation>无法读取这份歌词；请检查文件是否存在、你是否有权读取。</translation>
        </message>
        <message>
            <source>the other document covers another part of the song</source>
            <translation>另一个版本对应歌曲的其他部分</translation>
        </message>
        <message>
            <source>the other document is about another song or other takes</source>
            <translation>另一个版本属于其他歌曲或素材</translation>
        </message>
        <message>
            <source>the output is an MP4 file; give it a name that ends in .mp4.</source>
            <translation>输出是 MP4 文件；请使用以 .mp4 结尾的文件名。</translation>
        </message>
        <message>
            <source>the project needs this file; put it back, or put it beside the project.</source>
            <translation>项目需要此文件；请将它放回原处，或放在项目旁边。</translation>
        </message>
        <message>
            <source>the recording is incomplete, the index at its end is missing; copy the file again from the device that recorded it.</source>
            <translation>录像不完整，缺少结尾的索引；请从拍摄设备重新复制文件。</translation>
        </message>
        <message>
            <source>the settings can't be saved; check the permissions of the folder.</source>
            <translation>设置无法保存在此处；请检查你是否有写入该文件夹的权限。</translation>
        </message>
        <message>
            <source>the song is silent; choose the file that has the singing.</source>
            <translation>歌曲没有声音；请选择有演唱的文件。</translation>
        </message>
        <message>
            <source>the song lasts only {value1} seconds; choose one of a second or more.</source>
            <translation>歌曲只有 {value1} 秒；请选择一秒以上的歌曲。</translation>
        </message>
        <message>
            <source>the video lasts only {value1} seconds; choose one of a second or more.</source>
            <translation>视频只有 {value1} 秒；请选择一秒以上的视频。</translation>
        </message>
        <message>
            <source>there are no usable lips or no voice here; move it by hand</source>
            <translation>这里没有可用的嘴唇画面或人声；请手动移动</translation>
        </message>
        <message>
            <source>there is no folder {folder}; create it or choose another one.</source>
            <translation>没有文件夹 {folder}；请创建或选择其他文件夹。</translation>
        </message>
        <message>
            <source>there is no folder {value1}; create it or choose another one.</source>
            <translation>没有文件夹 {value1}；请创建或选择其他文件夹。</translation>
        </message>
        <message>
            <source>there is no segment to split at {song_time} s</source>
            <translation>{song_time} s 处没有可分割的片段</translation>
        </message>
        <message>
            <source>there is no segment {index} among {value3}</source>
            <translation>{value3} 个片段中没有片段 {index}</translation>
        </message>
        <message>
            <source>there is no such file; check the name and the folder.</source>
            <translation>没有这个文件；请检查文件名和文件夹。</translation>
        </message>
        <message>
            <source>there is no such project; was it moved or renamed?</source>
            <translation>没有这个项目；它是否被移动或改名了？</translation>
        </message>
        <message>
            <source>there is no take {value1}; there are {value3}</source>
            <translation>没有素材 {value1}；共有 {value3} 个</translation>
        </message>
        <message>
            <source>there is nothing between {song_start} and {song_end} s to reset</source>
            <translation>{song_start} 到 {song_end} s 之间没有可重置的内容</translation>
        </message>
        <message>
            <source>this can't be read as a picture; choose a PNG or JPEG file.</source>
            <translation>无法作为图片读取；请选择 PNG 或 JPEG 文件。</translation>
        </message>
        <message>
            <source>this file has no picture; choose a video.</source>
            <translation>该文件没有画面；请选择视频。</translation>
        </message>
        <message>
            <source>this file has no readable picture; choose a video of the performance.</source>
            <translation>该文件没有可显示的画面；请选择演唱的视频。</translation>
        </message>
        <message>
            <source>this file has no readable sound; choose the song.</source>
            <translation>该文件没有可听的声音；请选择歌曲。</translation>
        </message>
        <message>
            <source>this file has no sound; choose another file.</source>
            <translation>该文件没有声音；请选择其他文件。</translation>
        </message>
        <message>
            <source>this is a folder; name a file in it that ends in .mp4.</source>
            <translation>这是文件夹；请指定其中以 .mp4 结尾的文件。</translation>
        </message>
        <message>
            <source>this is a folder; name a file in it.</source>
            <translation>这是文件夹；请指定其中的文件。</translation>
        </message>
        <message>
            <source>this is a pipe or a device; choose a file.</source>
            <translation>这是管道或设备；请选择文件。</translation>
        </message>
        <message>
            <source>this is a still picture, not a video; choose a video of the performance.</source>
            <translation>这是静态图片，不是视频；请选择演唱的视频。</translation>
        </message>
        <message>
            <source>this is a text file, not video or sound; choose another file.</source>
            <translation>这是文本文件，不是视频或声音；请选择其他文件。</translation>
        </message>
        <message>
            <source>this is not a Lipsyncer project; choose a .lipsync file.</source>
            <translation>这不是 Lipsyncer 项目；请选择 .lipsync 文件。</translation>
        </message>
        <message>
            <source>this is not a readable video or sound file; choose another or convert it first.</source>
            <translation>这不是可读取的视频或声音文件；请选择其他文件或先转换。</translation>
        </message>
        <message>
            <source>this is not text in a known encoding; save the lyrics as UTF-8.</source>
            <translation>这不是已知编码的文本；请将歌词另存为 UTF-8。</translation>
        </message>
        <message>
            <source>this is one of the input files and would be lost; choose another name.</source>
            <translation>这是输入文件之一，会被覆盖；请使用其他名称。</translation>
        </message>
        <message>
            <source>this is one of the input files; choose another name.</source>
            <translation>这是本次使用的视频或歌曲；请使用其他名称。</translation>
        </message>
        <message>
            <source>this picture is fully transparent; choose another one.</source>
            <translation>这张图片上什么也看不见；请选择一张有内容的图片。</translation>
        </message>
        <message>
            <source>this pin contradicts the one at {value1} s: what comes later in the song must come later in the take</source>
            <translation>这个固定点与 {value1} s 处的相矛盾：歌曲中靠后的，在素材中也必须靠后</translation>
        </message>
        <message>
            <source>this place can't be written to; choose another folder.</source>
            <translation>此处无法写入；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>this segment is locked; unlock it first</source>
            <translation>这个片段已锁定；请先解锁</translation>
        </message>
        <message>
            <source>this segment is too short to align again; move it by hand</source>
            <translation>这个片段太短，无法重新查找；请手动移动</translation>
        </message>
        <message>
            <source>unsaved work can't be kept here, so a crash would lose it; save the project, and check whether the disk is full or the folder may not be written to.</source>
            <translation>未保存的工作无法在此处备份，程序崩溃时会丢失；请保存项目，并检查磁盘是否已满或该文件夹是否不可写入。</translation>
        </message>
        <message>
            <source>working copies can't be written here; check the permissions of the folder.</source>
            <translation>工作副本无法写入此处；请检查你是否有写入该文件夹的权限。</translation>
        </message>
        <message>
            <source>{reason}; choose another folder for the demo.</source>
            <translation>{reason}；请为演示选择其他文件夹。</translation>
        </message>
        <message>
            <source>{same}; name each take once.</source>
            <translation>{same}；每个素材只需指定一次。</translation>
        </message>
        <message>
            <source>{suffix} files need the package {package}; install it, or write .otio.</source>
            <translation>{suffix} 文件需要软件包 {package}；请安装它，或改写 .otio。</translation>
        </message>
        <message>
            <source>the face model is missing; fetch it from {ADDRESS} and save it as {path}.</source>
            <translation>缺少人脸模型；请从 {ADDRESS} 获取，并保存为 {path}。</translation>
        </message>
        <message>
            <source>this is not the face model that Lipsyncer works with; fetch it from {ADDRESS}.</source>
            <translation>这不是 Lipsyncer 使用的人脸模型；请从 {ADDRESS} 获取。</translation>
        </message>
        <message>
            <source>the face model can't be fetched ({reason}); connect to the internet this once, or save {ADDRESS} as {path}.</source>
            <translation>无法获取人脸模型（{reason}）；请这一次连接互联网，或将 {ADDRESS} 保存为 {path}。</translation>
        </message>
        <message>
            <source>what came from {ADDRESS} is not the face model that Lipsyncer works with; try again, or save the right file as {path}.</source>
            <translation>从 {ADDRESS} 收到的不是 Lipsyncer 使用的人脸模型；请重试，或将正确的文件保存为 {path}。</translation>
        </message>
        <message>
            <source>a cut needs the package opentimelineio, which has no release for this Python yet; install Lipsyncer with Python 3.13 or older.</source>
            <translation>导出剪辑需要 opentimelineio 软件包，目前还没有适用于此 Python 的版本；请用 Python 3.13 或更早版本安装 Lipsyncer。</translation>
        </message>
        <message>
            <source>your footage shows no closed mouth that is long enough for this rest; drag the picture of this segment to another moment instead</source>
            <translation>你的视频里没有足够长的闭嘴画面来填补这个间歇；请改为把该片段的画面拖到别的时刻</translation>
        </message>
        <message>
            <source>Three wide, four high</source>
            <translation>宽三高四</translation>
        </message>
        <message>
            <source>Wide</source>
            <translation>横屏</translation>
        </message>
        <message>
            <source>there is no network to send it over; connect to the phone's Wi-Fi.</source>
            <translation>没有可用于发送的网络；请连接到手机所在的 Wi-Fi。</translation>
        </message>
        <message>
            <source>this can't be read any more; export it again.</source>
            <translation>该文件已无法读取；请重新导出。</translation>
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
            <translation>Instagram 快拍</translation>
        </message>
        <message>
            <source>Instagram Feed</source>
            <translation>Instagram 动态</translation>
        </message>
        <message>
            <source>YouTube Shorts</source>
            <translation>YouTube Shorts</translation>
        </message>
        <message>
            <source>Douyin</source>
            <translation>抖音</translation>
        </message>
        <message>
            <source>Kuaishou</source>
            <translation>快手</translation>
        </message>
        <message>
            <source>Xiaohongshu</source>
            <translation>小红书</translation>
        </message>
        <message>
            <source>Bilibili</source>
            <translation>哔哩哔哩</translation>
        </message>
        <message>
            <source>Master</source>
            <translation>母版</translation>
        </message>
        <message>
            <source>the takes last {value1} minutes in all, and with a song of {value3} minutes at most {value5} can be matched; cut them to where the song is performed.</source>
            <translation>这些素材总长 {value1} 分钟，而对于 {value3} 分钟的歌曲，最多只能匹配 {value5} 分钟；请把素材剪到演唱这首歌的部分。</translation>
        </message>
        <message>
            <source>it holds lyrics or subtitles alone; choose a video or a song instead.</source>
            <translation>其中只有歌词或字幕；请改选视频或歌曲。</translation>
        </message>
        <message>
            <source>{value0}: its picture has to be turned by {value2}° clockwise; the file does not say which way up it is.</source>
            <translation>{value0}：画面需要顺时针旋转 {value2}°；文件没有说明哪边朝上。</translation>
        </message>
    </context>
    <context>
        <name>DelayTest</name>
        <message>
            <source>Sound delay</source>
            <translation>声音延迟</translation>
        </message>
        <message>
            <source>Tap (Space)</source>
            <translation>敲击（空格键）</translation>
        </message>
        <message>
            <source>Again</source>
            <translation>再来一次</translation>
        </message>
        <message>
            <source>Use this delay</source>
            <translation>使用这个延迟</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>{n} of {all}</source>
            <translation>{n} / {all}</translation>
        </message>
        <message>
            <source>Tap along with the clicks that you hear. The first two don't count.</source>
            <translation>跟着听到的咔嗒声敲击。前两下不计入。</translation>
        </message>
        <message>
            <source>Now tap along with the flashes that you see.</source>
            <translation>现在跟着看到的闪光敲击。</translation>
        </message>
        <message>
            <source>Your sound comes {n} ms late. The preview can wait for it.</source>
            <translation>你的声音晚了 {n} 毫秒，预览画面可以等它。</translation>
        </message>
        <message>
            <source>Your sound is not late ({n} ms).</source>
            <translation>你的声音没有延迟（{n} 毫秒）。</translation>
        </message>
        <message>
            <source>The taps were too uneven to tell. Try again, as evenly as you can.</source>
            <translation>敲击太不均匀，无法判断。请尽量均匀地再试一次。</translation>
        </message>
        <message>
            <source>There is no sound device. Connect one, then choose Again.</source>
            <translation>没有声音设备。请连接一个，然后选择“再来一次”。</translation>
        </message>
    </context>
    <context>
        <name>Drag</name>
        <message>
            <source>Before</source>
            <translation>之前</translation>
        </message>
        <message>
            <source>First after the cut</source>
            <translation>切点后第一帧</translation>
        </message>
        <message>
            <source>Last before the cut</source>
            <translation>切点前最后一帧</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>锁定</translation>
        </message>
        <message>
            <source>{shift}  ({frames} frames)</source>
            <translation>{shift}（{frames} 帧）</translation>
        </message>
        <message>
            <source>Move cut {n} to {time}</source>
            <translation>将切点 {n} 移到 {time}</translation>
        </message>
        <message>
            <source>{time}  ({shift})</source>
            <translation>{time}（{shift}）</translation>
        </message>
    </context>
    <context>
        <name>ExportRow</name>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>在文件夹中显示</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>从列表中移除</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <source>Writing, {n} %</source>
            <translation>正在写入，{n} %</translation>
        </message>
        <message>
            <source>Done: {path}</source>
            <translation>完成：{path}</translation>
        </message>
        <message>
            <source>The song is in it; don't add it again in the app.</source>
            <translation>歌曲已在视频中；不要在应用里再次添加。</translation>
        </message>
        <message>
            <source>Cancelled; nothing was written</source>
            <translation>已取消；没有写入任何内容</translation>
        </message>
        <message>
            <source>Offers this file once, in your own network, to whoever scans a code</source>
            <translation>在你自己的网络中，将此文件向扫码者提供一次</translation>
        </message>
        <message>
            <source>Send to phone</source>
            <translation>发送到手机</translation>
        </message>
        <message>
            <source>Upload page</source>
            <translation>上传页面</translation>
        </message>
        <message>
            <source>Opens {page} in your browser</source>
            <translation>在浏览器中打开 {page}</translation>
        </message>
        <message>
            <source>{done}. {left}</source>
            <translation>{done}，{left}</translation>
        </message>
    </context>
    <context>
        <name>ExportSheet</name>
        <message>
            <source>{platform} takes up to {limit}; this is {length}.</source>
            <translation>{platform} 最长接受 {limit}；当前为 {length}。</translation>
        </message>
        <message>
            <source>Not sure about segment {numbers}: have a look at it first.</source>
            <translation>片段 {numbers} 不确定：请先检查一下。</translation>
        </message>
        <message>
            <source>There is a file of this name already; it will be replaced.</source>
            <translation>已有同名文件；它将被替换。</translation>
        </message>
        <message>
            <source>The song's loudness is {loudness} LUFS, its peak {peak} dBTP.</source>
            <translation>歌曲响度为 {loudness} LUFS，峰值 {peak} dBTP。</translation>
        </message>
        <message>
            <source>Platforms play it {gain} dB lower.</source>
            <translation>各平台会将其降低 {gain} dB 播放。</translation>
        </message>
        <message>
            <source>Framing, sound, lyrics, countdown, watermark</source>
            <translation>构图、声音、歌词、倒计时、水印</translation>
        </message>
        <message>
            <source>Take the best part</source>
            <translation>取最精彩的部分</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message numerus="yes">
            <source>More: %n chosen</source>
            <translation>
                <numerusform>更多：已选 %n 项</numerusform>
            </translation>
        </message>
        <message>
            <source>Export and replace</source>
            <translation>导出并替换</translation>
        </message>
        <message>
            <source>After</source>
            <translation>之后</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>之前</translation>
        </message>
        <message>
            <source>Before and after</source>
            <translation>前后对比</translation>
        </message>
        <message numerus="yes">
            <source>Export %n videos</source>
            <translation>
                <numerusform>导出 %n 个视频</numerusform>
            </translation>
        </message>
        <message>
            <source>Shows what you filmed beside the result</source>
            <translation>将原始拍摄画面与结果并排显示</translation>
        </message>
        <message>
            <source>Tick a platform.</source>
            <translation>请勾选一个平台。</translation>
        </message>
        <message>
            <source>before and after</source>
            <translation>前后对比</translation>
        </message>
    </context>
    <context>
        <name>FileField</name>
        <message>
            <source>Remove it</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
    </context>
    <context>
        <name>Findings</name>
        <message>
            <source>The song has no voice from {start} s to {end} s.</source>
            <translation>歌曲在 {start} s 至 {end} s 没有人声。</translation>
        </message>
        <message>
            <source>The footage does not cover the song from {start} s to {end} s; the picture freezes there.</source>
            <translation>素材没有覆盖歌曲的 {start} s 至 {end} s；画面在此处静止。</translation>
        </message>
        <message>
            <source>The picture shows no face from {start} s to {end} s; check the timing there.</source>
            <translation>{start} s 至 {end} s 的画面中没有脸；请检查此处的同步。</translation>
        </message>
        <message>
            <source>Something covers the mouth from {start} s to {end} s; check the timing there.</source>
            <translation>{start} s 至 {end} s 嘴被遮住；请检查此处的同步。</translation>
        </message>
        <message>
            <source>The mouth is hard to see from {start} s to {end} s; check the timing there.</source>
            <translation>{start} s 至 {end} s 看不清嘴；请检查此处的同步。</translation>
        </message>
        <message>
            <source>The lips do not match the song from {start} s to {end} s; check the timing there.</source>
            <translation>{start} s 至 {end} s 嘴唇与歌曲不匹配；请检查此处的同步。</translation>
        </message>
        <message>
            <source>The lips move from {start} s to {end} s although there is no singing.</source>
            <translation>{start} s 至 {end} s 没有歌声，嘴唇却在动。</translation>
        </message>
        <message>
            <source>The lips moved from {start} s to {end} s although there is no singing; the video now shows a closed mouth there.</source>
            <translation>{start} s 至 {end} s 没有歌声，嘴唇却在动；视频在此处改为显示闭着的嘴。</translation>
        </message>
        <message>
            <source>The lips match the song only loosely from {start} s to {end} s (confidence {number} %); check the timing there.</source>
            <translation>{start} s 至 {end} s 嘴唇与歌曲只是大致吻合（可信度 {number} %）；请检查此处的同步。</translation>
        </message>
        <message>
            <source>The picture can't be decoded from {source_start} s to {source_end} s of the take and freezes there; copy the file again from the camera.</source>
            <translation>素材在 {source_start} s 至 {source_end} s 的画面无法解码，在此处静止；请从相机重新复制该文件。</translation>
        </message>
        <message>
            <source>The picture shows {number} faces; Lipsyncer follows the largest one that moves its lips most.</source>
            <translation>画面中有 {number} 张脸；Lipsyncer 跟踪其中最大且嘴唇动得最多的那张。</translation>
        </message>
        <message>
            <source>The take does not seem to match the song, so it is not shown.</source>
            <translation>这段素材似乎与歌曲不符，因此不会显示。</translation>
        </message>
        <message>
            <source>The footage does not seem to match the song (confidence {number} %); check that it is the right song.</source>
            <translation>素材似乎与歌曲不符（可信度 {number} %）；请确认歌曲是否正确。</translation>
        </message>
        <message>
            <source>There is nothing to align: the take shows no usable lips, or the song has no voice.</source>
            <translation>没有可对齐的内容：素材中没有可用的嘴唇画面，或者歌曲没有人声。</translation>
        </message>
        <message>
            <source>The camera sound does not contain the song.</source>
            <translation>相机录下的声音中没有这首歌。</translation>
        </message>
        <message>
            <source>No graphics card encoder works here, so the processor encoded the video.</source>
            <translation>此处没有可用的显卡编码器，因此视频由处理器编码。</translation>
        </message>
        <message>
            <source>Your video was already in time</source>
            <translation>视频原本就是同步的</translation>
        </message>
        <message>
            <source>Your video was {seconds} s late</source>
            <translation>视频晚了 {seconds} 秒</translation>
        </message>
        <message>
            <source>Your video was {seconds} s early</source>
            <translation>视频早了 {seconds} 秒</translation>
        </message>
        <message>
            <source>The song begins {seconds} s into your video</source>
            <translation>歌曲从视频的第 {seconds} 秒开始</translation>
        </message>
        <message>
            <source>Your video begins {seconds} s into the song</source>
            <translation>视频从歌曲的第 {seconds} 秒开始</translation>
        </message>
        <message>
            <source>Your video ran {percent} % slower than the song</source>
            <translation>视频比歌曲慢 {percent} %</translation>
        </message>
        <message>
            <source>Your video ran {percent} % faster than the song</source>
            <translation>视频比歌曲快 {percent} %</translation>
        </message>
        <message>
            <source>You filmed at {speed}× the song's speed</source>
            <translation>你是以歌曲 {speed} 倍的速度拍摄的</translation>
        </message>
        <message>
            <source>Your video slipped once</source>
            <translation>视频错位了一次</translation>
        </message>
        <message>
            <source>Your video slipped {count} times</source>
            <translation>视频错位了 {count} 次</translation>
        </message>
        <message>
            <source>Your video kept changing its speed</source>
            <translation>视频的速度一直在变</translation>
        </message>
        <message>
            <source>The cut shows one of {takes} takes throughout</source>
            <translation>成片全程只用了 {takes} 段素材中的一段</translation>
        </message>
        <message>
            <source>The cut switches {count} times between {takes} takes</source>
            <translation>成片在 {takes} 段素材之间切换了 {count} 次</translation>
        </message>
        <message>
            <source>Your video does not seem to match the song</source>
            <translation>视频似乎与这首歌不符</translation>
        </message>
        <message>
            <source>everything matches now</source>
            <translation>现在全部对上了</translation>
        </message>
        <message>
            <source>nothing had to be changed</source>
            <translation>无需改动</translation>
        </message>
        <message>
            <source>there is one place left to look at</source>
            <translation>还有一处需要查看</translation>
        </message>
        <message>
            <source>there are {left} places left to look at</source>
            <translation>还有 {left} 处需要查看</translation>
        </message>
        <message>
            <source>check that it is the right song</source>
            <translation>请确认歌曲是否正确</translation>
        </message>
        <message>
            <source>{correction}; {outcome}.</source>
            <translation>{correction}；{outcome}。</translation>
        </message>
        <message>
            <source>The footage is too short to tell where in the song it belongs (confidence {number} %); film ten seconds or more.</source>
            <translation>素材太短，无法判断它属于歌曲的哪一段（置信度 {number} %）；请拍摄十秒以上。</translation>
        </message>
        <message>
            <source>The song's file has several sound tracks; number {number} is used.</source>
            <translation>歌曲文件有多条音轨；使用的是第 {number} 条。</translation>
        </message>
        <message>
            <source>The take has several sound tracks; Lipsyncer listened to number {number}.</source>
            <translation>这段素材有多条音轨；Lipsyncer 听的是第 {number} 条。</translation>
        </message>
        <message>
            <source>Your video is too short to tell where in the song it belongs</source>
            <translation>你的视频太短，无法判断它属于歌曲的哪一段</translation>
        </message>
        <message>
            <source>film ten seconds or more</source>
            <translation>请拍摄十秒以上</translation>
        </message>
        <message>
            <source>The cut shows one of your {takes} attempts throughout</source>
            <translation>成片全程只用了你 {takes} 次尝试中的一次</translation>
        </message>
        <message>
            <source>The cut joins {count} of your {takes} attempts</source>
            <translation>成片由你 {takes} 次尝试中的 {count} 次拼接而成</translation>
        </message>
        <message>
            <source>The file does not say which way up its picture is; it was turned by {number}° clockwise.</source>
            <translation>文件没有说明画面的方向；画面已顺时针旋转 {number}°。</translation>
        </message>
    </context>
    <context>
        <name>FramingActions</name>
        <message>
            <source>Picture to the left in its frame</source>
            <translation>画面在画框中左移</translation>
        </message>
        <message>
            <source>Picture to the right in its frame</source>
            <translation>画面在画框中右移</translation>
        </message>
        <message>
            <source>Picture up in its frame</source>
            <translation>画面在画框中上移</translation>
        </message>
        <message>
            <source>Picture down in its frame</source>
            <translation>画面在画框中下移</translation>
        </message>
        <message>
            <source>Closer</source>
            <translation>拉近</translation>
        </message>
        <message>
            <source>Further away</source>
            <translation>拉远</translation>
        </message>
        <message>
            <source>Frame it automatically again</source>
            <translation>恢复自动取景</translation>
        </message>
        <message>
            <source>The frame follows the face again in this segment</source>
            <translation>在这个片段中画框重新跟随面部</translation>
        </message>
        <message>
            <source>Frame the whole take like this</source>
            <translation>整段素材都这样取景</translation>
        </message>
        <message>
            <source>Frames every segment of this take like the one under the playhead</source>
            <translation>这段素材的所有片段都按播放头所在的片段取景</translation>
        </message>
    </context>
    <context>
        <name>FramingHand</name>
        <message>
            <source>Frame segment {n} automatically</source>
            <translation>片段 {n} 自动取景</translation>
        </message>
        <message>
            <source>Frame the whole take like segment {n}</source>
            <translation>整段素材按片段 {n} 取景</translation>
        </message>
        <message>
            <source>Frame segment {n}, {zoom}</source>
            <translation>片段 {n} 取景，{zoom}</translation>
        </message>
    </context>
    <context>
        <name>Guide</name>
        <message>
            <source>User guide</source>
            <translation>使用指南</translation>
        </message>
    </context>
    <context>
        <name>HistoryList</name>
        <message>
            <source>As found</source>
            <translation>最初结果</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>Every edit in the order it was made; choose one to go back to it</source>
            <translation>按顺序列出的每一次修改；选择一项即可回到那里</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Open a song and videos, or a project</source>
            <translation>打开歌曲和视频，或打开项目</translation>
        </message>
        <message>
            <source>Choose the song</source>
            <translation>选择歌曲</translation>
        </message>
        <message>
            <source>Exporting {percent} % — {title}</source>
            <translation>正在导出 {percent} % — {title}</translation>
        </message>
        <message>
            <source>The diagnostics are on the clipboard.</source>
            <translation>诊断信息已复制到剪贴板。</translation>
        </message>
    </context>
    <context>
        <name>Panels</name>
        <message>
            <source>Segments</source>
            <translation>片段</translation>
        </message>
        <message>
            <source>Match</source>
            <translation>匹配</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>素材</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
    </context>
    <context>
        <name>MatchingRow</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>取消 (Esc)</translation>
        </message>
        <message>
            <source>Loose moves the whole video as one piece. Tighter settings correct smaller errors, with more cuts and changes of speed.</source>
            <translation>“宽松”把整个视频作为一整段移动。越紧密，修正的误差就越小，但剪切和变速也越多。</translation>
        </message>
        <message>
            <source>The camera may have recorded the song from a loudspeaker. That sound helps to align the video, or aligns it alone, even without a face.</source>
            <translation>摄像机可能录到了扬声器里的歌曲。它的声音有助于找到位置，或单独决定位置，没有人脸也可以。</translation>
        </message>
        <message>
            <source>Where the lips move without singing, show a closed mouth from elsewhere in your video, or what you filmed.</source>
            <translation>没有人唱歌而嘴唇在动时，显示视频中别处闭着的嘴，或保持拍摄的画面。</translation>
        </message>
        <message>
            <source>How it is matched</source>
            <translation>如何匹配</translation>
        </message>
        <message>
            <source>Aligns everything again. What you set by hand stays, and undo brings the rest back.</source>
            <translation>重新对齐全部内容。你手动设置的保持不变，其余可用撤销恢复。</translation>
        </message>
    </context>
    <context>
        <name>MatrixView</name>
        <message>
            <source>Take</source>
            <translation>素材</translation>
        </message>
        <message>
            <source>Bright: lips and sound fit. The line is what is shown when; drag it where you know better.</source>
            <translation>亮处：嘴唇与声音吻合。线条表示何时显示什么；你更清楚的地方可以拖动它。</translation>
        </message>
        <message>
            <source>Song</source>
            <translation>歌曲</translation>
        </message>
        <message>
            <source>song {song}, take {take}, match {match}</source>
            <translation>歌曲 {song}，素材 {take}，匹配 {match}</translation>
        </message>
        <message>
            <source>Pin {time}</source>
            <translation>固定 {time}</translation>
        </message>
        <message>
            <source>Remove the pin at {time}</source>
            <translation>移除 {time} 处的固定点</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>Open &amp;recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <source>Segment</source>
            <translation>片段</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>&amp;Frame</source>
            <translation>取景(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>打开(&amp;O)…</translation>
        </message>
        <message>
            <source>A song, one or more videos, or a project</source>
            <translation>一首歌曲、一个或多个视频，或者一个项目</translation>
        </message>
        <message>
            <source>&amp;Choose the song…</source>
            <translation>选择歌曲(&amp;C)…</translation>
        </message>
        <message>
            <source>Any file with sound, also a music video</source>
            <translation>任何有声音的文件；音乐视频只取其声音</translation>
        </message>
        <message>
            <source>Try the &amp;demo</source>
            <translation>试试演示(&amp;D)</translation>
        </message>
        <message>
            <source>A synthetic song and selfie, out of sync on purpose</source>
            <translation>虚构的自拍配虚构的歌曲，故意不同步</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>保存(&amp;S)</translation>
        </message>
        <message>
            <source>Save &amp;as…</source>
            <translation>另存为(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <source>Write the video for TikTok, Instagram and others</source>
            <translation>为 TikTok、Instagram 等平台生成视频</translation>
        </message>
        <message>
            <source>&amp;Close project</source>
            <translation>关闭项目(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>设置(&amp;S)…</translation>
        </message>
        <message>
            <source>F&amp;ull screen</source>
            <translation>全屏(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;How it is matched…</source>
            <translation>如何匹配(&amp;H)…</translation>
        </message>
        <message>
            <source>How closely to follow the lips, and what else to align by</source>
            <translation>跟随嘴唇的紧密程度，以及其他依据</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>键盘快捷键(&amp;K)</translation>
        </message>
        <message>
            <source>&amp;User guide</source>
            <translation>使用指南(&amp;U)</translation>
        </message>
        <message>
            <source>When something is &amp;wrong</source>
            <translation>遇到问题时(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Copy diagnostics</source>
            <translation>复制诊断信息(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Newer versions</source>
            <translation>新版本(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Segment</source>
            <translation>片段(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Play</source>
            <translation>播放(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>工具</translation>
        </message>
    </context>
    <context>
        <name>MessageBar</name>
        <message>
            <source>Copy details</source>
            <translation>复制详情</translation>
        </message>
        <message>
            <source>Copies what a developer needs to find the fault</source>
            <translation>复制开发者查找问题所需的信息</translation>
        </message>
        <message>
            <source>Close this message</source>
            <translation>关闭这条消息</translation>
        </message>
        <message>
            <source>Close this message (Esc)</source>
            <translation>关闭这条消息 (Esc)</translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>还有 %n 条</numerusform>
            </translation>
        </message>
        <message>
            <source>Error: {text}</source>
            <translation>错误：{text}</translation>
        </message>
        <message>
            <source>Warning: {text}</source>
            <translation>警告：{text}</translation>
        </message>
        <message>
            <source>Note: {text}</source>
            <translation>提示：{text}</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>已复制</translation>
        </message>
    </context>
    <context>
        <name>MoreChoices</name>
        <message>
            <source>Defaults</source>
            <translation>默认值</translation>
        </message>
        <message>
            <source>Restore the defaults under More</source>
            <translation>将“更多”中的所有项恢复为初始设置</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画面</translation>
        </message>
        <message>
            <source>Follow the face</source>
            <translation>跟随面部</translation>
        </message>
        <message>
            <source>Keep the middle</source>
            <translation>保留中间</translation>
        </message>
        <message>
            <source>Whole, blurred border</source>
            <translation>完整画面，模糊边</translation>
        </message>
        <message>
            <source>Whole, black border</source>
            <translation>完整画面，黑边</translation>
        </message>
        <message>
            <source>Framing</source>
            <translation>构图</translation>
        </message>
        <message>
            <source>Morph</source>
            <translation>变形过渡</translation>
        </message>
        <message>
            <source>Come closer</source>
            <translation>推近</translation>
        </message>
        <message>
            <source>Plain cut</source>
            <translation>直接剪切</translation>
        </message>
        <message>
            <source>Jumps</source>
            <translation>跳跃处</translation>
        </message>
        <message>
            <source>Smooth slow motion</source>
            <translation>平滑慢动作</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>声音</translation>
        </message>
        <message>
            <source>Turn down to −14 LUFS, −1 dBTP</source>
            <translation>降低到 −14 LUFS、−1 dBTP</translation>
        </message>
        <message>
            <source>Fade in</source>
            <translation>淡入</translation>
        </message>
        <message>
            <source>Fade out</source>
            <translation>淡出</translation>
        </message>
        <message>
            <source>Camera sound</source>
            <translation>摄像机声音</translation>
        </message>
        <message>
            <source>Level of the camera sound</source>
            <translation>摄像机声音的电平</translation>
        </message>
        <message>
            <source>On the picture</source>
            <translation>画面上</translation>
        </message>
        <message>
            <source>Choose lyrics</source>
            <translation>选择歌词</translation>
        </message>
        <message>
            <source>Lyrics (*.lrc *.srt);;All files (*)</source>
            <translation>歌词 (*.lrc *.srt);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Lyrics</source>
            <translation>歌词</translation>
        </message>
        <message>
            <source>Below</source>
            <translation>下方</translation>
        </message>
        <message>
            <source>Above</source>
            <translation>上方</translation>
        </message>
        <message>
            <source>Where the lyrics stand</source>
            <translation>歌词的位置</translation>
        </message>
        <message>
            <source>Small</source>
            <translation>小</translation>
        </message>
        <message>
            <source>Medium</source>
            <translation>中</translation>
        </message>
        <message>
            <source>Large</source>
            <translation>大</translation>
        </message>
        <message>
            <source>Size of the lyrics</source>
            <translation>歌词的大小</translation>
        </message>
        <message>
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <source>Countdown</source>
            <translation>倒计时</translation>
        </message>
        <message>
            <source>Choose a watermark</source>
            <translation>选择水印</translation>
        </message>
        <message>
            <source>Pictures (*.png *.webp *.jpg *.jpeg);;All files (*)</source>
            <translation>图片 (*.png *.webp *.jpg *.jpeg);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Watermark</source>
            <translation>水印</translation>
        </message>
        <message>
            <source>Upper left</source>
            <translation>左上</translation>
        </message>
        <message>
            <source>Upper right</source>
            <translation>右上</translation>
        </message>
        <message>
            <source>Lower left</source>
            <translation>左下</translation>
        </message>
        <message>
            <source>Lower right</source>
            <translation>右下</translation>
        </message>
        <message>
            <source>Corner of the watermark</source>
            <translation>水印所在的角</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>Before and after in one picture</source>
            <translation>同一画面内前后对比</translation>
        </message>
        <message>
            <source>Before beside after</source>
            <translation>前后并排</translation>
        </message>
        <message>
            <source>Black and white</source>
            <translation>黑白</translation>
        </message>
        <message>
            <source>Mirrored</source>
            <translation>镜像</translation>
        </message>
        <message>
            <source>Only the result</source>
            <translation>仅结果</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
    </context>
    <context>
        <name>Nudging</name>
        <message>
            <source>Move the picture of segment {n} to {shift}</source>
            <translation>将片段 {n} 的画面移到 {shift}</translation>
        </message>
        <message>
            <source>The pin changed the picture from {start} to {end}. Undo brings it back.</source>
            <translation>固定点改变了 {start} 至 {end} 的画面。撤销即可恢复。</translation>
        </message>
        <message>
            <source>one frame</source>
            <translation>一帧</translation>
        </message>
        <message>
            <source>five frames</source>
            <translation>五帧</translation>
        </message>
        <message>
            <source>a millisecond</source>
            <translation>一毫秒</translation>
        </message>
        <message>
            <source>Picture {amount} earlier</source>
            <translation>画面提前{amount}</translation>
        </message>
        <message>
            <source>Picture {amount} later</source>
            <translation>画面推后{amount}</translation>
        </message>
        <message>
            <source>Moves the footage under the song; the cuts stay where they are</source>
            <translation>在歌曲之下移动画面；切点保持不动</translation>
        </message>
        <message>
            <source>Select the segment &amp;before</source>
            <translation>选择上一个片段(&amp;B)</translation>
        </message>
        <message>
            <source>Select the &amp;next segment</source>
            <translation>选择下一个片段(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Split at the playhead</source>
            <translation>在播放头处分割(&amp;S)</translation>
        </message>
        <message>
            <source>Makes two segments that you can move separately</source>
            <translation>分成两个可以分别移动的片段</translation>
        </message>
        <message>
            <source>&amp;Join with the next</source>
            <translation>与下一个合并(&amp;J)</translation>
        </message>
        <message>
            <source>Removes the cut; the first segment's footage continues</source>
            <translation>去掉切点；前一个片段的画面继续播放</translation>
        </message>
        <message>
            <source>&amp;Lock</source>
            <translation>锁定(&amp;L)</translation>
        </message>
        <message>
            <source>Only you can move a locked segment</source>
            <translation>只有你能移动锁定的片段</translation>
        </message>
        <message>
            <source>&amp;Pin this moment</source>
            <translation>固定这一刻(&amp;P)</translation>
        </message>
        <message>
            <source>Keeps the frame on screen at this moment of the song</source>
            <translation>把当前画面固定在歌曲的这一刻</translation>
        </message>
        <message>
            <source>Remove &amp;the nearest pin</source>
            <translation>移除最近的固定点(&amp;T)</translation>
        </message>
        <message>
            <source>Aligns the segment again without the pin nearest to the playhead</source>
            <translation>不使用播放头旁的固定点，重新查找片段</translation>
        </message>
        <message>
            <source>&amp;Align it again</source>
            <translation>重新查找(&amp;F)</translation>
        </message>
        <message>
            <source>Aligns this segment alone again</source>
            <translation>只为这个片段重新观察嘴唇</translation>
        </message>
        <message>
            <source>&amp;Reset to what was found</source>
            <translation>恢复到最初结果(&amp;R)</translation>
        </message>
        <message>
            <source>Undoes every change to this stretch of the song</source>
            <translation>撤销对这段歌曲的所有修改</translation>
        </message>
        <message>
            <source>Split at {time}</source>
            <translation>在 {time} 处分割</translation>
        </message>
        <message>
            <source>Join segments {first} and {second}</source>
            <translation>合并片段 {first} 和 {second}</translation>
        </message>
        <message>
            <source>Unlock segment {n}</source>
            <translation>解锁片段 {n}</translation>
        </message>
        <message>
            <source>Lock segment {n}</source>
            <translation>锁定片段 {n}</translation>
        </message>
        <message>
            <source>Reset segment {n}</source>
            <translation>重置片段 {n}</translation>
        </message>
        <message>
            <source>Align segment {n} again</source>
            <translation>重新查找片段 {n}</translation>
        </message>
        <message>
            <source>Pin {time}</source>
            <translation>固定 {time}</translation>
        </message>
        <message>
            <source>Remove the pin at {time}</source>
            <translation>移除 {time} 处的固定点</translation>
        </message>
    </context>
    <context>
        <name>PartChoice</name>
        <message>
            <source>Part</source>
            <translation>片段</translation>
        </message>
        <message>
            <source>I and O, or Shift and the mouse on the song, set the ends of a loop</source>
            <translation>I 和 O，或按住 Shift 在歌曲上拖动，设置循环的两端</translation>
        </message>
        <message>
            <source>All, {length}</source>
            <translation>全部，{length}</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>循环</translation>
        </message>
        <message>
            <source>The best {n} s: the loudest singing</source>
            <translation>最佳 {n} 秒：歌声最响亮处</translation>
        </message>
        <message>
            <source>{start} to {end}</source>
            <translation>{start} 至 {end}</translation>
        </message>
        <message>
            <source>All, {length}</source>
            <translation>全部，{length}</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>循环</translation>
        </message>
        <message>
            <source>The best {n} s: the loudest singing</source>
            <translation>最佳 {n} 秒：歌声最响亮处</translation>
        </message>
        <message>
            <source>{start} to {end}</source>
            <translation>{start} 至 {end}</translation>
        </message>
    </context>
    <context>
        <name>PhoneTransfer</name>
        <message>
            <source>Code to scan with the phone</source>
            <translation>用手机扫描的二维码</translation>
        </message>
        <message>
            <source>It is on the phone. The address is gone.</source>
            <translation>已传到手机，地址已失效。</translation>
        </message>
        <message>
            <source>Nobody fetched it in ten minutes. The address is gone.</source>
            <translation>十分钟内无人下载，地址已失效。</translation>
        </message>
        <message>
            <source>Scan it with the camera of a phone in the same Wi-Fi. The file can be fetched once, for another {time}, by whoever has the address:
{address}</source>
            <translation>用同一 Wi-Fi 下的手机相机扫描。凭此地址可下载该文件一次，剩余时间 {time}：
{address}</translation>
        </message>
        <message>
            <source>Sending, {share}</source>
            <translation>正在发送，{share}</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stopped. The address is gone.</source>
            <translation>已停止，地址已失效。</translation>
        </message>
    </context>
    <context>
        <name>PlatformCard</name>
        <message>
            <source>As filmed</source>
            <translation>按原始尺寸</translation>
        </message>
    </context>
    <context>
        <name>Preferences</name>
        <message>
            <source>Look</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>Light, dark, or like the desktop.</source>
            <translation>浅色、深色，或跟随桌面。</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>跟随桌面</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Takes effect when you restart Lipsyncer.</source>
            <translation>下次启动 Lipsyncer 时生效。</translation>
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
            <translation>新结果</translation>
        </message>
        <message>
            <source>Whether it plays once by itself, from where its first correction matters.</source>
            <translation>是否从第一处修正开始自动播放一次。</translation>
        </message>
        <message>
            <source>Play it once</source>
            <translation>播放一次</translation>
        </message>
        <message>
            <source>Wait</source>
            <translation>等待</translation>
        </message>
        <message>
            <source>Sound delay</source>
            <translation>声音延迟</translation>
        </message>
        <message>
            <source>How late your headphones or loudspeaker play. Bluetooth is often late.</source>
            <translation>耳机或扬声器播放的延迟。蓝牙往往有延迟。</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>平台</translation>
        </message>
        <message>
            <source>Chosen first when you export.</source>
            <translation>导出时首先选中。</translation>
        </message>
        <message>
            <source>Export folder</source>
            <translation>导出文件夹</translation>
        </message>
        <message>
            <source>If empty, videos go to your Videos folder.</source>
            <translation>留空则视频保存到“视频”文件夹。</translation>
        </message>
        <message>
            <source>Encode with</source>
            <translation>编码方式</translation>
        </message>
        <message>
            <source>A graphics card is faster if it works; the processor makes smaller files.</source>
            <translation>显卡在支持时更快；处理器生成的文件更小。</translation>
        </message>
        <message>
            <source>The processor</source>
            <translation>处理器</translation>
        </message>
        <message>
            <source>The graphics card</source>
            <translation>显卡</translation>
        </message>
        <message>
            <source>Follow the lips</source>
            <translation>跟随嘴唇</translation>
        </message>
        <message>
            <source>For new songs; the Match panel sets it for the open song.</source>
            <translation>用于新歌曲；当前歌曲在“匹配”面板中设置。</translation>
        </message>
        <message>
            <source>Loose</source>
            <translation>宽松</translation>
        </message>
        <message>
            <source>Relaxed</source>
            <translation>较宽松</translation>
        </message>
        <message>
            <source>Normal</source>
            <translation>标准</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>较紧</translation>
        </message>
        <message>
            <source>Tight</source>
            <translation>紧密</translation>
        </message>
        <message>
            <source>Go by</source>
            <translation>依据</translation>
        </message>
        <message>
            <source>What to align new videos by.</source>
            <translation>在新视频中根据什么判断歌曲的位置。</translation>
        </message>
        <message>
            <source>Lips and camera sound</source>
            <translation>嘴唇和摄像机声音</translation>
        </message>
        <message>
            <source>Lips alone</source>
            <translation>仅嘴唇</translation>
        </message>
        <message>
            <source>Camera sound alone</source>
            <translation>仅摄像机声音</translation>
        </message>
        <message>
            <source>Where there is no singing</source>
            <translation>没有人唱歌时</translation>
        </message>
        <message>
            <source>What to show where the lips move in the pauses of a new song.</source>
            <translation>在新歌曲的间歇中，对会动的嘴唇如何处理。</translation>
        </message>
        <message>
            <source>Close the mouth</source>
            <translation>闭上嘴</translation>
        </message>
        <message>
            <source>Leave as filmed</source>
            <translation>保持原样</translation>
        </message>
        <message>
            <source>Autosave</source>
            <translation>自动保存</translation>
        </message>
        <message>
            <source>How long after a change your work is safe on disk.</source>
            <translation>修改后多久你的工作会安全保存到磁盘。</translation>
        </message>
    </context>
    <context>
        <name>PreviewPanel</name>
        <message>
            <source>Song time</source>
            <translation>歌曲时间</translation>
        </message>
        <message>
            <source>Take time</source>
            <translation>素材时间</translation>
        </message>
    </context>
    <context>
        <name>ProgressStrip</name>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
    </context>
    <context>
        <name>Projects</name>
        <message>
            <source>{name} is open in another window, so this is a copy. Saving asks for another name.</source>
            <translation>{name} 已在另一个窗口中打开。这是它的副本：保存时会询问新名称。</translation>
        </message>
        <message>
            <source>Your work from before the crash is back.</source>
            <translation>崩溃前的工作已恢复。</translation>
        </message>
        <message>
            <source>Lipsyncer closed without saving. Resume where you were?</source>
            <translation>Lipsyncer 未保存就结束了。要从中断处继续吗？</translation>
        </message>
        <message>
            <source>{name}, saved at {time}</source>
            <translation>{name}，保存于 {time}</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>暂不</translation>
        </message>
        <message>
            <source>Discard it</source>
            <translation>丢弃</translation>
        </message>
        <message>
            <source>{name} has changed since this project was saved; the cut may not fit it.</source>
            <translation>{name} 已不是保存项目时的那个文件；剪辑可能不适合它。</translation>
        </message>
        <message>
            <source>Where is {name}?</source>
            <translation>{name} 在哪里？</translation>
        </message>
        <message>
            <source>{name} is a different file from {lost}; the cut may not fit it.</source>
            <translation>{name} 与 {lost} 不是同一个文件；剪辑可能不适合它。</translation>
        </message>
        <message>
            <source>{name} was not found, so Lipsyncer can't open the project. Put it beside the project and open the project again.</source>
            <translation>没有找到 {name}，因此无法显示项目。请把它放到项目旁边，然后重新打开项目。</translation>
        </message>
        <message>
            <source>Save the project</source>
            <translation>保存项目</translation>
        </message>
        <message>
            <source>{name} is open in another window; choose another name.</source>
            <translation>{name} 已在另一个窗口中打开；请使用其他名称。</translation>
        </message>
        <message>
            <source>Save {name} first?</source>
            <translation>先保存 {name} 吗？</translation>
        </message>
        <message>
            <source>Your changes would be lost.</source>
            <translation>你的修改将会丢失。</translation>
        </message>
    </context>
    <context>
        <name>Quitting</name>
        <message>
            <source>A video is being exported.</source>
            <translation>正在导出视频。</translation>
        </message>
        <message>
            <source>If you quit now, the export stops and its file is not written.</source>
            <translation>如果现在退出，导出会停止，文件不会写出。</translation>
        </message>
        <message>
            <source>Quit when it is done</source>
            <translation>完成后退出</translation>
        </message>
        <message>
            <source>Stop it and quit</source>
            <translation>停止并退出</translation>
        </message>
    </context>
    <context>
        <name>Rematching</name>
        <message>
            <source>There is nothing to match yet.</source>
            <translation>还没有可以匹配的内容。</translation>
        </message>
        <message>
            <source>Lipsyncer is still watching your video; wait until it has finished.</source>
            <translation>正在观察你的视频；请等待完成。</translation>
        </message>
        <message>
            <source>Lipsyncer has not analysed your video yet; open this panel again to begin.</source>
            <translation>Lipsyncer 尚未分析你的视频；请重新打开此面板以开始。</translation>
        </message>
        <message>
            <source>Aligning again, {n} %</source>
            <translation>正在重新查找剪辑，{n} %</translation>
        </message>
        <message>
            <source>Follow the lips: loose</source>
            <translation>跟随嘴唇：宽松</translation>
        </message>
        <message>
            <source>Follow the lips: relaxed</source>
            <translation>跟随嘴唇：较宽松</translation>
        </message>
        <message>
            <source>Follow the lips: normal</source>
            <translation>跟随嘴唇：标准</translation>
        </message>
        <message>
            <source>Follow the lips: close</source>
            <translation>跟随嘴唇：较紧</translation>
        </message>
        <message>
            <source>Follow the lips: tight</source>
            <translation>跟随嘴唇：紧密</translation>
        </message>
        <message>
            <source>Go by lips and camera sound</source>
            <translation>依据嘴唇和摄像机声音</translation>
        </message>
        <message>
            <source>Go by the lips alone</source>
            <translation>仅依据嘴唇</translation>
        </message>
        <message>
            <source>Go by the camera sound alone</source>
            <translation>仅依据摄像机声音</translation>
        </message>
        <message>
            <source>Close the mouth where there is no singing</source>
            <translation>没有人唱歌时闭上嘴</translation>
        </message>
        <message>
            <source>Leave pauses as filmed</source>
            <translation>间歇保持原样</translation>
        </message>
        <message>
            <source>That gives the same cut.</source>
            <translation>这样剪辑没有变化。</translation>
        </message>
        <message>
            <source>You have set every segment by hand, so nothing has changed. Reset a segment (Del) to have Lipsyncer align it.</source>
            <translation>每个片段都由你手动设置，因此没有任何变化。重置某个片段（Del），Lipsyncer 就会重新对齐它。</translation>
        </message>
        <message>
            <source>What you moved, split, framed, locked or pinned has stayed.</source>
            <translation>你移动、分割、取景、锁定或固定过的内容都保持不变。</translation>
        </message>
    </context>
    <context>
        <name>ResultPanel</name>
        <message>
            <source>Look at the next place</source>
            <translation>查看下一处</translation>
        </message>
        <message>
            <source>Places to look at</source>
            <translation>需要查看的位置</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>对比</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Show a closed mouth</source>
            <translation>显示闭着的嘴</translation>
        </message>
        <message>
            <source>Shows a closed mouth from elsewhere in your video during this rest</source>
            <translation>在这个间歇显示视频中别处闭着的嘴</translation>
        </message>
        <message>
            <source>Show a closed &amp;mouth</source>
            <translation>显示闭合的嘴(&amp;M)</translation>
        </message>
    </context>
    <context>
        <name>SegmentModel</name>
        <message>
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>Where it begins in the song</source>
            <translation>在歌曲中的起点</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>Where it ends in the song</source>
            <translation>在歌曲中的终点</translation>
        </message>
        <message>
            <source>Take</source>
            <translation>素材</translation>
        </message>
        <message>
            <source>The video that is shown</source>
            <translation>所显示的视频</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>偏移</translation>
        </message>
        <message>
            <source>How far the picture was moved: + is later, − is earlier</source>
            <translation>画面移动了多少：+ 为推后，− 为提前</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>How fast the video runs: 100 % is as it was filmed</source>
            <translation>视频播放的速度：100 % 即拍摄时的速度</translation>
        </message>
        <message>
            <source>Match</source>
            <translation>匹配</translation>
        </message>
        <message>
            <source>How well the lips fit the song</source>
            <translation>嘴唇与歌曲的吻合程度</translation>
        </message>
        <message>
            <source>Frame</source>
            <translation>取景</translation>
        </message>
        <message>
            <source>Zoom, where you framed the picture by hand</source>
            <translation>手动取景处画面放大的倍数</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>锁定</translation>
        </message>
        <message>
            <source>A locked segment is never moved</source>
            <translation>锁定的片段不会被移动</translation>
        </message>
        <message>
            <source>still</source>
            <translation>静止</translation>
        </message>
        <message>
            <source>by hand, {zoom}</source>
            <translation>手动，{zoom}</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>已锁定</translation>
        </message>
        <message>
            <source>sure, {percent}</source>
            <translation>可靠，{percent}</translation>
        </message>
        <message>
            <source>fairly sure, {percent}</source>
            <translation>较可靠，{percent}</translation>
        </message>
        <message>
            <source>unsure, {percent}</source>
            <translation>不确定，{percent}</translation>
        </message>
        <message>
            <source>moved by you</source>
            <translation>由您移动</translation>
        </message>
        <message>
            <source>nothing to match</source>
            <translation>无可匹配</translation>
        </message>
        <message>
            <source>There is no singing to match here, so the picture only bridges the time.</source>
            <translation>这里没有可匹配的歌声，画面只是用来过渡。</translation>
        </message>
        <message>
            <source>Look at this one, and move its picture if the lips are off.</source>
            <translation>请检查这一段，如果嘴唇对不上就移动画面。</translation>
        </message>
        <message>
            <source>checked by you</source>
            <translation>已由您确认</translation>
        </message>
    </context>
    <context>
        <name>SegmentTable</name>
        <message>
            <source>Segments</source>
            <translation>片段</translation>
        </message>
    </context>
    <context>
        <name>Session</name>
        <message>
            <source>Something went wrong inside Lipsyncer. Your work is saved; copy the details if you want to report it.</source>
            <translation>Lipsyncer 内部出错了。你的工作已保存；如果想报告问题，请复制详情。</translation>
        </message>
        <message>
            <source>Something went wrong inside Lipsyncer, and your work could not be saved. Save the project in another place now.</source>
            <translation>Lipsyncer 内部出错了，你的工作也没能保存。请现在把项目保存到别的位置。</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Your Videos folder</source>
            <translation>“视频”文件夹</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Where exported videos go</source>
            <translation>导出视频的保存位置</translation>
        </message>
        <message>
            <source>Defaults</source>
            <translation>恢复默认</translation>
        </message>
        <message>
            <source>Restore the defaults on this page</source>
            <translation>将本页所有设置恢复为最初的值</translation>
        </message>
    </context>
    <context>
        <name>ShortcutSheet</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>Search: “cut”, “undo”, or a key</source>
            <translation>搜索：“分割”“撤销”或某个按键</translation>
        </message>
        <message>
            <source>Search the shortcuts</source>
            <translation>搜索快捷键</translation>
        </message>
        <message>
            <source>No shortcut has that name.</source>
            <translation>没有这样的快捷键。</translation>
        </message>
    </context>
    <context>
        <name>TargetFields</name>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>名称(&amp;N)</translation>
        </message>
        <message>
            <source>F&amp;older</source>
            <translation>文件夹(&amp;O)</translation>
        </message>
        <message>
            <source>Where to put the video</source>
            <translation>视频保存位置</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>The whole song. Drag to look elsewhere.</source>
            <translation>整首歌曲。拖动可查看其他位置。</translation>
        </message>
        <message>
            <source>The song, tinted where it has a voice. Click to go there; hold Shift and drag to loop a part.</source>
            <translation>歌曲，有人演唱的地方着色。单击可跳转；按住 Shift 拖动可反复播放一段。</translation>
        </message>
        <message>
            <source>Segment {n}, {start} to {end}: {match}
{take}, {shift}
Drag to move the picture under the song, drag an edge to move the cut.</source>
            <translation>片段 {n}，{start} 到 {end}：{match}
{take}，{shift}
拖动可在歌曲之下移动画面，拖动边缘可移动切点。</translation>
        </message>
        <message>
            <source>take {n}</source>
            <translation>素材 {n}</translation>
        </message>
        <message>
            <source>{name}: {start} to {end} of the song
Double-click to show it in the segment here.</source>
            <translation>{name}：歌曲的 {start} 至 {end}
双击即可在此处的片段中显示它。</translation>
        </message>
        <message>
            <source>speed {percent}</source>
            <translation>速度 {percent}</translation>
        </message>
    </context>
    <context>
        <name>TimelineWidget</name>
        <message>
            <source>Timeline</source>
            <translation>时间线</translation>
        </message>
        <message>
            <source>The song and the footage under it; the Segments table says the same in words</source>
            <translation>歌曲及其下方的画面；“片段”表格用文字表达同样的内容</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>放大(&amp;I)</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>缩小(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Fit the song</source>
            <translation>显示整首歌(&amp;F)</translation>
        </message>
        <message>
            <source>How far the mouth is open: as filmed, and as it is shown now</source>
            <translation>嘴张开的程度：拍摄时的，以及现在显示的</translation>
        </message>
        <message>
            <source>Mouth &amp;curve over the song</source>
            <translation>歌曲上的嘴形曲线(&amp;C)</translation>
        </message>
    </context>
    <context>
        <name>_DropArea</name>
        <message>
            <source>Open files…</source>
            <translation>打开文件…</translation>
        </message>
        <message>
            <source>Choose a song and your videos (Ctrl+O)</source>
            <translation>选择一首歌曲和你的视频 (Ctrl+O)</translation>
        </message>
        <message>
            <source>Try the demo</source>
            <translation>试试演示</translation>
        </message>
        <message>
            <source>Makes a short song and a selfie that is out of sync, and corrects it</source>
            <translation>制作一首短歌和一段不同步的自拍，然后把它修好</translation>
        </message>
        <message>
            <source>Drop a song and your video here</source>
            <translation>把歌曲和你的视频拖到这里</translation>
        </message>
        <message>
            <source>Lipsyncer watches the lips and moves the picture until it sings in time.
Several videos of the same song are welcome.</source>
            <translation>Lipsyncer 观察嘴唇并移动画面，直到唱得同步。
欢迎使用同一首歌的多个视频。</translation>
        </message>
        <message>
            <source>Now drop your song</source>
            <translation>现在请拖入歌曲</translation>
        </message>
        <message>
            <source>The recording that you sang to.</source>
            <translation>演唱时所用的成品录音。</translation>
        </message>
        <message>
            <source>Now drop your video</source>
            <translation>现在请拖入你的视频</translation>
        </message>
        <message>
            <source>You singing to this song; several videos are welcome.</source>
            <translation>你跟着这首歌演唱的画面；欢迎多个视频。</translation>
        </message>
        <message>
            <source>Drop another song or video</source>
            <translation>拖入其他歌曲或视频</translation>
        </message>
        <message>
            <source>A new song takes the place of the old one.</source>
            <translation>新歌曲会取代旧的。</translation>
        </message>
        <message>
            <source>Song: {name}</source>
            <translation>歌曲：{name}</translation>
        </message>
        <message>
            <source>Video: {name}</source>
            <translation>视频：{name}</translation>
        </message>
        <message>
            <source>Put in sync</source>
            <translation>同步</translation>
        </message>
        <message>
            <source>Use this video's own sound</source>
            <translation>使用此视频自身的声音</translation>
        </message>
        <message>
            <source>For a video that already has its song: brings its lips in time with it</source>
            <translation>适用于已含歌曲的视频：让口型与之同步</translation>
        </message>
        <message numerus="yes">
            <source>%n more videos</source>
            <translation>
                <numerusform>还有 %n 个视频</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>_Have</name>
        <message>
            <source>Take it out</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Take {name} out</source>
            <translation>移除 {name}</translation>
        </message>
    </context>
    <context>
        <name>_Lamp</name>
        <message>
            <source>Flash</source>
            <translation>闪光</translation>
        </message>
    </context>
    <context>
        <name>Plot</name>
        <message>
            <source>Matrix</source>
            <translation>矩阵</translation>
        </message>
    </context>
    <context>
        <name>_Recent</name>
        <message>
            <source>Recent projects</source>
            <translation>最近的项目</translation>
        </message>
        <message>
            <source>today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>昨天</translation>
        </message>
    </context>
    <context>
        <name>Lanes</name>
        <message>
            <source>Attempt {n}</source>
            <translation>第 {n} 遍</translation>
        </message>
        <message>
            <source>attempt {n}</source>
            <translation>第 {n} 遍</translation>
        </message>
        <message>
            <source>{name}, attempt {n}</source>
            <translation>{name}，第 {n} 遍</translation>
        </message>
        <message>
            <source>{n} attempts in {name}</source>
            <translation>{name} 中有 {n} 遍</translation>
        </message>
        <message>
            <source>{n} more in a segment's menu</source>
            <translation>另有 {n} 条，见片段菜单</translation>
        </message>
    </context>
    <context>
        <name>Swapping</name>
        <message>
            <source>Show another attempt or &amp;take</source>
            <translation>换用另一遍或其他素材(&amp;T)</translation>
        </message>
        <message>
            <source>Show the attempt before</source>
            <translation>换用上一遍</translation>
        </message>
        <message>
            <source>Show the ne&amp;xt attempt</source>
            <translation>换用下一遍(&amp;X)</translation>
        </message>
        <message>
            <source>Show {lane} in segment {n}</source>
            <translation>在片段 {n} 中显示 {lane}</translation>
        </message>
        <message>
            <source>Shows another attempt, or another take, that has these words</source>
            <translation>显示另一遍或另一个含有这些歌词的素材</translation>
        </message>
        <message>
            <source>These words are not in</source>
            <translation>以下不含这些歌词</translation>
        </message>
    </context>
    <context>
        <name>MouthClosing</name>
        <message>
            <source>Close the mouth at {time}</source>
            <translation>在 {time} 处闭上嘴</translation>
        </message>
    </context>
    <context>
        <name>MouthCurve</name>
        <message>
            <source>mouth as filmed</source>
            <translation>拍摄时的嘴</translation>
        </message>
        <message>
            <source>mouth now</source>
            <translation>现在的嘴</translation>
        </message>
    </context>
    <context>
        <name>TakesPanel</name>
        <message>
            <source>Takes</source>
            <translation>素材</translation>
        </message>
        <message>
            <source>Makes the cut without this take; the file stays where it is</source>
            <translation>剪辑中不再使用这个素材；文件保持原样</translation>
        </message>
        <message>
            <source>Prefer</source>
            <translation>优先使用</translation>
        </message>
        <message>
            <source>Prefer no take</source>
            <translation>不优先任何素材</translation>
        </message>
        <message>
            <source>Prefer take {n}</source>
            <translation>优先素材 {n}</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>移除 {name}</translation>
        </message>
        <message>
            <source>Shows this take wherever it fits, unless another one fits much better</source>
            <translation>只要合适就显示这个素材，除非另一个合适得多</translation>
        </message>
        <message>
            <source>preferred</source>
            <translation>优先</translation>
        </message>
        <message>
            <source>{n} attempts</source>
            <translation>{n} 遍</translation>
        </message>
        <message>
            <source>{percent} of the cut</source>
            <translation>占剪辑的 {percent}</translation>
        </message>
        <message>
            <source>not shown</source>
            <translation>未使用</translation>
        </message>
        <message>
            <source>does not seem to match</source>
            <translation>似乎不匹配</translation>
        </message>
        <message>
            <source>Double-click, or press F2, to rename it</source>
            <translation>双击或按 F2 可重命名</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Rename take {n}</source>
            <translation>重命名素材 {n}</translation>
        </message>
    </context>
    <context>
        <name>Spoken</name>
        <message>
            <source>shown as filmed</source>
            <translation>与拍摄时一致</translation>
        </message>
        <message>
            <source>shown {amount} s earlier than filmed</source>
            <translation>比拍摄时提前 {amount} 秒显示</translation>
        </message>
        <message>
            <source>shown {amount} s later than filmed</source>
            <translation>比拍摄时推后 {amount} 秒显示</translation>
        </message>
    </context>
    <context>
        <name>Volume</name>
        <message>
            <source>Volume</source>
            <translation>音量</translation>
        </message>
        <message>
            <source>Volume: {n} %</source>
            <translation>音量：{n} %</translation>
        </message>
        <message>
            <source>No sound</source>
            <translation>没有声音</translation>
        </message>
        <message>
            <source>Connect headphones or a loudspeaker to hear the song.</source>
            <translation>请连接耳机或扬声器来收听歌曲。</translation>
        </message>
    </context>
    <context>
        <name>Hints</name>
        <message>
            <source>Click a segment and press Left or Right to move its picture frame by frame.</source>
            <translation>点击一个片段，按左右方向键可逐帧移动它的画面。</translation>
        </message>
        <message>
            <source>Drag an edge to move a cut. Ctrl and the wheel zoom.</source>
            <translation>拖动边缘可移动切点。按住 Ctrl 滚动滚轮可缩放。</translation>
        </message>
        <message>
            <source>Space plays, and H held down shows what it was before.</source>
            <translation>空格键播放；按住 H 可查看原来的画面。</translation>
        </message>
        <message>
            <source>No more hints</source>
            <translation>不再提示</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Next ({n} of {count})</source>
            <translation>下一条（{n}/{count}）</translation>
        </message>
    </context>
</TS>
