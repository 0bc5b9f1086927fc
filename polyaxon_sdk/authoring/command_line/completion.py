"""What a shell completes behind `python train.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from polyaxon_sdk.authoring.command_line.flag import Flag

__all__ = ["COMPLETE", "SHELLS", "candidates", "source"]

COMPLETE = "--complete"
"""By which a shell asks for candidates."""

_BASH = """\
_polyaxon_scripts="${_polyaxon_scripts-} %s "
_polyaxon_script() {
    local at=0
    [[ ${COMP_WORDS[0]##*/} == python* ]] && at=1
    COMPREPLY=()
    (( COMP_CWORD > at )) && [[ $_polyaxon_scripts == *" ${COMP_WORDS[at]##*/} "* ]] || return 0
    local IFS=$'\\n'
    COMPREPLY=($("${COMP_WORDS[@]:0:at+1}" --complete "${COMP_WORDS[@]:at+1:COMP_CWORD-at}" 2>/dev/null))
}
complete -o bashdefault -o default -F _polyaxon_script python python3 %s
"""

_ZSH = """\
_polyaxon_scripts="${_polyaxon_scripts-} %s "
_polyaxon_script() {
    local at=1 found
    [[ ${words[1]:t} == python* ]] && at=2
    if (( CURRENT > at )) && [[ $_polyaxon_scripts == *" ${words[at]:t} "* ]]; then
        found=("${(@f)$("${(@)words[1,at]}" --complete "${(@)words[at+1,CURRENT]}" 2>/dev/null)}")
        [[ -n $found ]] && compadd -- $found && return
    fi
    _default
}
compdef _polyaxon_script python python3 %s
"""

_FISH = """\
set -g _polyaxon_scripts $_polyaxon_scripts %s
function _polyaxon_script
    set -l typed (commandline -opc)
    set -l at 1
    string match -q 'python*' (basename $typed[1]); and set at 2
    test (count $typed) -ge $at; and contains (basename $typed[$at]) $_polyaxon_scripts; or return
    set -l command $typed[1..$at]
    set -e typed[1..$at]
    $command --complete $typed (commandline -ct) 2>/dev/null
end
for each in python python3 %s
    complete -c $each -a '(_polyaxon_script)'
end
"""

SHELLS: Mapping[str, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""What each shell reads to complete the options of a script; the names of all such scripts are kept together."""


def source(shell: str, script: str) -> str:
    """What a shell reads to complete a script's options.

    Args:
        script: the file's name.

    >>> source("bash", "train.py").splitlines()[-1]
    'complete -o bashdefault -o default -F _polyaxon_script python python3 train.py'
    """
    return SHELLS[shell] % (script, script)


def candidates(words: Sequence[str], flags: Iterable[Flag], options: Iterable[str]) -> list[str]:
    """The words that the last one may become; none where a value or a file is expected.

    Args:
        words: those behind the script, the unfinished one last.
        options: all options as they are typed.

    >>> candidates(["--ep"], [], ["--epochs", "--help"])
    ['--epochs']
    """
    *before, start = words or [""]
    if start == "=" and before:  # bash takes it for a word of its own
        before, start = [*before, start], ""
    asked = before[-2] if before[-1:] == ["="] else before[-1] if before else ""
    flag = next((each for each in flags if asked in (each.option, f"--{each.key}")), None)
    if flag is None or flag.io.is_list:
        words = [*(flag.choices if flag else ()), *options]
    elif flag.io.type == "bool":  # which may stand without a value
        words = ["true", "false", *options]
    else:
        words = flag.choices
    return [word for word in words if word.startswith(start)]
