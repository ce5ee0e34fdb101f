; Windows' installer, made by Inno Setup 6 from the folder that PyInstaller made; see build.py.
; For the user alone, so that no administrator is needed.
#ifndef Version
  #error build.py names the version
#endif

[Setup]
AppId={{5C8C0E5B-6D0A-4E0C-9A0F-3B7C1F1B7A52}
AppName=Lipsyncer
AppVersion={#Version}
DefaultDirName={autopf}\Lipsyncer
DefaultGroupName=Lipsyncer
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
DisableProgramGroupPage=yes
ChangesAssociations=yes
Compression=lzma2/max
SolidCompression=yes
LicenseFile=..\LICENSE
OutputDir=..\dist
OutputBaseFilename=Lipsyncer-{#Version}-setup
SetupIconFile=..\build\lipsyncer.ico
UninstallDisplayIcon={app}\Lipsyncer-window.exe

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Files]
Source: "..\build\bundle\lipsyncer\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Lipsyncer"; Filename: "{app}\Lipsyncer-window.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.lipsync"; ValueType: string; ValueData: "Lipsyncer.Project"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Lipsyncer.Project"; ValueType: string; ValueData: "Lipsyncer project"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Lipsyncer.Project\DefaultIcon"; ValueType: string; ValueData: "{app}\Lipsyncer-window.exe,0"
Root: HKA; Subkey: "Software\Classes\Lipsyncer.Project\shell\open\command"; ValueType: string; ValueData: """{app}\Lipsyncer-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\Lipsyncer-window.exe\shell\open\command"; ValueType: string; ValueData: """{app}\Lipsyncer-window.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\Lipsyncer-window.exe\SupportedTypes"; ValueType: string; ValueName: ".mp4"
Root: HKA; Subkey: "Software\Classes\Applications\Lipsyncer-window.exe\SupportedTypes"; ValueType: string; ValueName: ".mov"
Root: HKA; Subkey: "Software\Classes\Applications\Lipsyncer-window.exe\SupportedTypes"; ValueType: string; ValueName: ".mkv"

[Run]
Filename: "{app}\Lipsyncer-window.exe"; Description: "{cm:LaunchProgram,Lipsyncer}"; Flags: nowait postinstall skipifsilent
