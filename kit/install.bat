@echo off
rem Installs provenance from this folder, without a network:  install.bat [FOLDER]
setlocal EnableExtensions
chcp 65001 >nul
set "here=%~dp0"
set "target=%~1"
if "%target%"=="" set "target=%USERPROFILE%\provenance"

set "python="
for %%v in (3.13 3.12 3.11) do (
    if not defined python (
        py -%%v -c "import sys; sys.exit(sys.maxsize < 2**32)" >nul 2>&1 && set "python=py -%%v"
    )
)
if not defined python (
    python -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>&1 && set "python=python"
)
if not defined python (
    echo 64-bit Python 3.11, 3.12 or 3.13 is needed, and was not found.
    echo Run the installer in the folder "%here%python", then run this file again.
    echo Потрібен 64-розрядний Python 3.11, 3.12 або 3.13; його не знайдено.
    echo Запустіть інсталятор з теки "%here%python", потім цей файл ще раз.
    pause
    exit /b 1
)

%python% "%here%check.py" || goto :failed

rem Whatever is set up on this machine, nothing is fetched from anywhere but this folder.
set "PIP_NO_INDEX=1"
set "PIP_CONFIG_FILE=nul"
set "PIP_INDEX_URL="
set "PIP_EXTRA_INDEX_URL="
set "PIP_FIND_LINKS="
set "PIP_CONSTRAINT="
set "PIP_REQUIRE_VIRTUALENV="

if not exist "%target%" mkdir "%target%" || goto :failed
%python% -m venv --clear --without-pip "%target%\program" || goto :failed
for %%f in ("%here%wheels\pip-*.whl") do set "pip=%%~f"
"%target%\program\Scripts\python.exe" "%pip%\pip" install --quiet --disable-pip-version-check --no-index --find-links "%here%wheels" --only-binary :all: provenance || goto :failed

> "%target%\provenance.bat" (
    echo @echo off
    echo setlocal
    echo rem The database and the evidence are in this folder too.
    echo if not defined PROVENANCE_DB set "PROVENANCE_DB=%%~dp0field.db"
    echo "%%~dp0program\Scripts\provenance.exe" %%*
)
call "%target%\provenance.bat" init || goto :failed

echo.
echo Installed in %target%. Next:
echo Встановлено в %target%. Що далі:
echo   "%target%\provenance.bat" log recovery
echo   "%target%\provenance.bat" log photos E:\
echo   "%target%\provenance.bat" --help
pause
exit /b 0

:failed
echo Installation stopped.  Встановлення зупинено.
pause
exit /b 1
