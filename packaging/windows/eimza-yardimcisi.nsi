; The Windows installer of the host, for all users of a computer.
;   makensis -INPUTCHARSET UTF8 -DVERSION=1.2.3 -DHOST=…\eimza-host.exe -DOUT=….exe eimza-yardimcisi.nsi
; -DSIGN=program runs a program with the path of the uninstaller, then of the installer, which it must sign.
; Silent mode: /S, and /D=C:\folder as the last argument for another folder.
; Exit status 0: done, 1: cancelled, 2: failed.

Unicode true
Target amd64-unicode ; a 32-bit installer would use another registry view and another Program Files folder
SetCompressor /SOLID lzma
SetDateSave off ; for reproducible builds
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel admin

!include MUI2.nsh
!include LogicLib.nsh

!define PRODUCT "e-İmza Yardımcısı"
!define ID "eimza-yardimcisi"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

!ifdef SIGN
  !uninstfinalize '"${SIGN}" "%1"' = 0
  !finalize '"${SIGN}" "%1"' = 0
!endif

Name "${PRODUCT}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\${ID}"
BrandingText "${PRODUCT} ${VERSION}"
ShowInstDetails hide
ShowUninstDetails hide

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1055 ProductName "${PRODUCT}"
VIAddVersionKey /LANG=1055 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=1055 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1055 FileDescription "${PRODUCT} kurulumu"
VIAddVersionKey /LANG=1055 LegalCopyright "MIT OR Apache-2.0"

!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "$(NEXT)"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE Turkish ; the default if Windows uses neither language
!insertmacro MUI_LANGUAGE English

LangString NEXT ${LANG_TURKISH} "Kart programı kuruldu. Açık tarayıcıları yeniden başlatmanız gerekmez: eklentinin panelini açın, kartınızı takın."
LangString NEXT ${LANG_ENGLISH} "The card program is installed. Open browsers need no restart: open the extension’s panel and insert your card."
LangString FAILED_FILE ${LANG_TURKISH} "Kart programı yazılamadı: $INSTDIR. Klasöre yazma izniniz olduğundan emin olun ve kurulumu yeniden çalıştırın."
LangString FAILED_FILE ${LANG_ENGLISH} "The card program could not be written: $INSTDIR. Make sure that you may write there and run the installer again."
LangString FAILED_RIGHTS ${LANG_TURKISH} "Klasörün hakları ayarlanamadı: $INSTDIR. Klasörü yöneticilerin dışında kimsenin değiştirememesi gerekir; başka bir klasöre, en iyisi Program Files’a kurun."
LangString FAILED_RIGHTS ${LANG_ENGLISH} "The rights of the folder could not be set: $INSTDIR. Nobody but administrators may change it; install into another folder, best into Program Files."
LangString FAILED_REGISTER ${LANG_TURKISH} "Kart programı kuruldu, ama bir tarayıcıya tanıtılamadı. Yönetici komut isteminde şunu çalıştırıp ne dediğine bakın: “$INSTDIR\eimza-host.exe” register --system"
LangString FAILED_REGISTER ${LANG_ENGLISH} "The card program is installed, but a browser could not be told. Run this as administrator and see what it says: “$INSTDIR\eimza-host.exe” register --system"

Function .onInit
  SetRegView 64
  ; An upgrade uses the folder of the installed version.
  ReadRegStr $0 HKLM "${UNINSTALL}" InstallLocation
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
FunctionEnd

; Owner: Administrators. Full access for SYSTEM and Administrators, read and execute for Users, nothing inherited
; (Microsoft Learn, "Security Descriptor String Format").
!define RIGHTS "O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
!define FILE_RIGHTS "O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;BU)"
; OWNER_SECURITY_INFORMATION, GROUP_…, DACL_… and PROTECTED_DACL_SECURITY_INFORMATION in winnt.h.
!define ALL_RIGHTS 0x80000007

; Sets owner and rights of a file or folder; $9 is 0 if that failed. Outside of Program Files a folder inherits
; rights with which every user may replace the program.
!macro PROTECT PATH DESCRIPTOR
  StrCpy $9 0
  System::Call 'advapi32::ConvertStringSecurityDescriptorToSecurityDescriptorW(w "${DESCRIPTOR}", i 1, *p .r8, p 0) i .r7'
  ${If} $7 != 0
    System::Call 'advapi32::SetFileSecurityW(w "${PATH}", i ${ALL_RIGHTS}, p r8) i .r9'
    System::Call 'kernel32::LocalFree(p r8)'
  ${EndIf}
!macroend

; A running program cannot be overwritten, but it can be renamed: a browser may be running the host.
!macro MOVE_ASIDE
  ClearErrors
  Delete "$INSTDIR\eimza-host.exe.old"
  ${If} ${FileExists} "$INSTDIR\eimza-host.exe.old"
    GetTempFileName $1 "$INSTDIR"
    Delete $1
    Rename "$INSTDIR\eimza-host.exe.old" "$1"
    Delete /REBOOTOK "$1"
  ${EndIf}
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\eimza-host.exe"
    Rename "$INSTDIR\eimza-host.exe" "$INSTDIR\eimza-host.exe.old"
    Delete "$INSTDIR\eimza-host.exe.old" ; if it is not running
  ${EndIf}
!macroend

Section
  SetOutPath $INSTDIR
  !insertmacro PROTECT "$INSTDIR" "${RIGHTS}"
  ${If} $9 == 0
    MessageBox MB_OK|MB_ICONSTOP "$(FAILED_RIGHTS)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  ; Somebody may have put files there before the folder was closed: libraries that Windows loads from the program's folder
  ; before its first instruction, and a manifest that would keep its owner.
  Delete "$INSTDIR\WinSCard.dll"
  Delete "$INSTDIR\USERENV.dll"
  Delete "$INSTDIR\bcryptprimitives.dll"
  Delete "$INSTDIR\eimza.yardimcisi.host.json"
  !insertmacro MOVE_ASIDE
  ClearErrors
  SetOverwrite try
  File "/oname=eimza-host.exe" "${HOST}"
  ${If} ${Errors}
    ; Keep the previous version.
    Rename "$INSTDIR\eimza-host.exe.old" "$INSTDIR\eimza-host.exe"
    MessageBox MB_OK|MB_ICONSTOP "$(FAILED_FILE)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  Delete /REBOOTOK "$INSTDIR\eimza-host.exe.old"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ; Files that were there before keep rights of their own.
  !insertmacro PROTECT "$INSTDIR\eimza-host.exe" "${FILE_RIGHTS}"
  !insertmacro PROTECT "$INSTDIR\uninstall.exe" "${FILE_RIGHTS}"
  WriteRegStr HKLM "${UNINSTALL}" DisplayName "${PRODUCT}"
  WriteRegStr HKLM "${UNINSTALL}" DisplayVersion "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" DisplayIcon "$INSTDIR\eimza-host.exe"
  WriteRegStr HKLM "${UNINSTALL}" InstallLocation "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL}" NoModify 1
  WriteRegDWORD HKLM "${UNINSTALL}" NoRepair 1
  ; The host knows the registry keys of each browser.
  nsExec::Exec '"$INSTDIR\eimza-host.exe" register --system'
  Pop $0
  ${If} $0 != 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(FAILED_REGISTER)" /SD IDOK
    SetErrorLevel 2
  ${EndIf}
SectionEnd

Section Uninstall
  nsExec::Exec '"$INSTDIR\eimza-host.exe" unregister --system'
  Pop $0
  !insertmacro MOVE_ASIDE
  Delete /REBOOTOK "$INSTDIR\eimza-host.exe.old"
  Delete "$INSTDIR\eimza.yardimcisi.host.json" ; removed by unregister, unless a key was deleted manually
  Delete "$INSTDIR\eimza.yardimcisi.host.firefox.json" ; of versions that registered the host with Firefox
  Delete "$INSTDIR\uninstall.exe"
  RMDir /REBOOTOK "$INSTDIR" ; unless it contains other files
  DeleteRegKey HKLM "${UNINSTALL}"
SectionEnd
