# Shared by the scripts of this folder: steps with their times, and children that never outlive the script.
# shellcheck shell=bash
set -euo pipefail
set -m # every child gets a process group of its own, so that it can be stopped with all it started

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
log_dir=$root/build/log
mkdir -p "$log_dir"

# A clone elsewhere may use what this one compiled.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

fail() {
    echo "ci/$(basename "$0"): $*" >&2
    exit 1
}

children=()

stop_children() {
    local pid
    for pid in "${children[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
    for pid in "${children[@]}"; do
        for _ in {1..100}; do
            kill -0 -- "-$pid" 2>/dev/null || break
            sleep 0.05
        done
        kill -KILL -- "-$pid" 2>/dev/null || true
    done
    children=()
}
trap stop_children EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# start NAME COMMAND...: runs a server beside the script, its output in build/log/NAME.log; stopped at the end.
start() {
    local name=$1
    shift
    "$@" >"$log_dir/$name.log" 2>&1 </dev/null &
    children+=($!)
    disown # or bash says "Terminated" when it is stopped
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds; fails when the time is up or a child has died.
wait_for() {
    local deadline=$((SECONDS + $1)) what=$2 pid
    shift 2
    until "$@" >/dev/null 2>&1; do
        for pid in "${children[@]}"; do
            kill -0 "$pid" 2>/dev/null || fail "$what did not come up: its process ended; see $log_dir"
        done
        ((SECONDS < deadline)) || fail "$what did not come up in time; see $log_dir"
        sleep 0.05
    done
}

now_ms() { echo $((${EPOCHREALTIME/[^0-9]/} / 1000)); }

seconds_since() {
    local took=$(($(now_ms) - $1))
    printf '%d.%d s' $((took / 1000)) $((took % 1000 / 100))
}

# Waits for the process, showing on a terminal how far the build tool in the log has come ("[12/90]").
follow() {
    local pid=$1 log=$2 name=$3
    if [[ -t 1 ]]; then
        while kill -0 "$pid" 2>/dev/null; do
            printf '\r  %-34s %-9s' "$name" "$(tail -c 4000 "$log" | grep -o '^\[[0-9]*/[0-9]*\]' | tail -n 1 || true)"
            sleep 0.1
        done
        printf '\r'
    fi
    wait "$pid"
}

# What went wrong, from a log: a build's first complaint, each failed test with its output, the linter's errors; else
# the end.
show_failure() {
    echo "--- from $1"
    if grep -q '^FAILED: ' "$1"; then
        grep -A 40 '^FAILED: ' "$1" | grep -v '^\[[0-9]*/[0-9]*\]' | head -n 60
    elif grep -q ' tests failed out of ' "$1"; then
        awk '/^ *Start +[0-9]+: / { next }
             /^ *[0-9]+\/[0-9]+ Test +#/ { shown = /\*\*\*/ ? 40 : 0 }
             /% tests passed/ { shown = 1000 }
             shown-- > 0' "$1" | head -n 400
    elif grep -q ': error: ' "$1"; then
        grep ': error: ' "$1" | sort -u | head -n 100
    else
        tail -n 60 "$1"
    fi
    echo "---"
}

# step NAME COMMAND...: a line with the time it took; the command's output goes to a log, whose end is shown when
# the command fails. Gives the command's exit status.
step() {
    local name=$1 log began status=0
    shift
    log=$log_dir/${name//[^a-zA-Z0-9]/-}.log
    began=$(now_ms)
    "$@" >"$log" 2>&1 </dev/null &
    children+=($!)
    follow $! "$log" "$name" || status=$?
    unset 'children[-1]'
    if [[ $status == 0 ]]; then
        printf '  %-34s %9s\n' "$name" "$(seconds_since "$began")"
    else
        printf '  %-34s %9s  FAILED\n' "$name" "$(seconds_since "$began")"
        show_failure "$log"
    fi
    return "$status"
}

# How many compilers at once: as many as cores, but a file that pulls in Asio takes up to 0.9 GB.
build_jobs() {
    local cores memory_kb limit jobs
    cores=$(nproc)
    memory_kb=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
    limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || true)
    if [[ $limit =~ ^[0-9]+$ ]] && ((limit / 1024 < memory_kb)); then memory_kb=$((limit / 1024)); fi
    jobs=$((memory_kb / 900000))
    ((jobs >= 1)) || jobs=1
    echo $((jobs < cores ? jobs : cores))
}
