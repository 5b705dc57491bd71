# Part of samples/realm: its daemons. Needs $dir, die and load_environment.
# shellcheck shell=bash disable=SC2154

# Free for TCP and UDP on every address, and below the range from which outgoing connections take theirs.
free_ports() {
  python3 - "$1" <<'END'
import random, socket, sys
held = []
while len(held) < int(sys.argv[1]) * 2:
    port = random.randint(10000, 32000)
    try:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            s = socket.socket(socket.AF_INET6, kind)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            s.bind(("::", port))
            held.append(s)
        print(port)
    except OSError:
        if len(held) % 2:
            held.pop().close()
END
}

# Each daemon leads a session of its own, so that what it forks ends with it.

# Empty for a process that has ended, a zombie too.
started_at() { sed -n 's/^.*) \([^Z]\)/\1/p' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

start_daemon() {
  local host=$1 name=$2 log=$dir/log/$1.$2.log
  shift 2
  is_running "$host.$name" && die "$name of $host runs already"
  local environment
  load_environment "$host"
  env "${environment[@]}" setsid "$@" </dev/null >"$log" 2>&1 &
  echo "$! $(started_at $!)" >"$dir/run/$host.$name.pid"
}

# A recorded pid is ours only while the process has the same start time.
is_running() {
  local pid start
  read -r pid start 2>/dev/null <"$dir/run/$1.pid" || return 1
  [[ $(started_at "$pid") == "$start" ]]
}

pid_of() {
  local pid
  is_running "$1" || die "${1#*.} of ${1%.*} does not run"
  read -r pid _ <"$dir/run/$1.pid"
  printf %s "$pid"
}

stop_daemon() {
  local pid
  if is_running "$1"; then
    read -r pid _ <"$dir/run/$1.pid"
    kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
    await 10 stopped "$1" || kill -KILL -- "-$pid" 2>/dev/null || true
    # One that was killed still ends what it waits for of the disk.
    await 60 stopped "$1" || die "$1 (pid $pid) does not end"
  fi
  rm -f "$dir/run/$1.pid"
}

stopped() { ! is_running "$1"; }

# await SECONDS CONDITION...: polls until it holds.
await() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.02
  done
}

listens() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

await_daemon() {
  local name=$1
  shift
  await 20 "$@" || {
    cat "$dir/log/$name.log" >&2
    die "$name was not ready within 20 s; its output is above"
  }
}

