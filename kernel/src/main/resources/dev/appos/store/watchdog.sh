# Runs a command for as long as standard input stays open, and never longer.
#
#   sh -c "$(cat watchdog.sh)" watchdog LOG COMMAND...
#
# Input ends when the Java process that holds the other end closes it, or dies in whatever way. The command is then
# interrupted (PostgreSQL: a fast, clean shutdown), and killed if it does not obey. When the command ends by itself, so
# does this. The first line of output is the command's process id.
log=$1
shift

# Ctrl-C in a terminal reaches every process in the group. The Java process decides what follows, so this one must not.
trap '' HUP INT QUIT TERM
# Without setsid to start this script with (macOS), job control gives the command a process group of its own.
command -v setsid >/dev/null || set -m

exec 3<&0
"$@" </dev/null >>"$log" 2>&1 3<&- &
command=$!
echo "$command"
exec </dev/null >/dev/null 2>&1

{
    read -r _ <&3
    # Again and again: a signal sent before the command listens is lost, a repeated one does no harm.
    for signal in INT INT INT INT INT INT INT INT QUIT QUIT KILL; do
        kill -s "$signal" "$command" || break
        sleep 1
    done
} &
stopper=$!
exec 3<&-

wait "$command"
status=$?
kill -s KILL "$stopper"
exit "$status"
