# benchmarks/lab.sh: for the scripts in benchmarks/macro, which source it: a router, masters and a client in network namespaces
# of their own, and what runs in them. Everything is ended by pid and deleted when the script ends, however it ends.
#
#   client c 198.51.100.130 -- 198.51.100.129 router r 198.51.100.9 -- switch sw -- masters m1, m2.. 198.51.100.11, .12..
#   AS 65001: the router     AS 65000: the masters     the VIP: 203.0.113.10/32, port 6443
ROUTER=198.51.100.9 VIP=203.0.113.10 PORT=6443
LIMIT=60                          # seconds for anything that is waited for
declare -A PID=() NODE=()         # by name: what runs, and where
declare -a NODES=()
LAB= RUN= OUT=

need() { # need TOOL..: root and these
  local tool
  ((EUID == 0)) || { echo "$0: network namespaces need root" >&2; exit 1; }
  for tool in ip jq dotnet "$@"; do
    command -v "$tool" >/dev/null || { echo "$0: $tool is missing (apt-get install iproute2 jq frr bird2 gobgpd exabgp tcpdump umoci)" >&2; exit 1; }
  done
}

lab_open() { # lab_open LETTER: names that no other run has, and the end of it all
  LAB=bgp$1$$ RUN=/run/bgp$1$$ OUT=$(mktemp -d)
  mkdir "$RUN"
  trap lab_close EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

lab_close() {
  local code=$? name node
  trap - EXIT
  for name in "${!PID[@]}"; do kill_now "$name"; done
  for node in "${NODES[@]}"; do
    # What a program started itself, as the process of an announcer.
    for pid in $(ip netns pids "$LAB-$node" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null || true; done
    ip netns delete "$LAB-$node" 2>/dev/null || true
  done
  rm -rf "$RUN" "$OUT"
  exit "$code"
}

fail() { echo "$0: $*" >&2; tail -n 5 "$RUN"/*.log >&2; exit 1; }
ours() { [[ $(ip netns identify "$1" 2>/dev/null) == "$LAB"-* ]]; }
in_ns() { ip netns exec "$LAB-$1" "${@:2}"; }
address() { echo "198.51.100.$((10 + $1))"; }
now() { echo "${EPOCHREALTIME/./}"; }

await() { # await WHAT COMMAND..: until the command succeeds
  local what=$1 until=$((SECONDS + LIMIT))
  shift
  until "$@"; do ((SECONDS < until)) || fail "not within $LIMIT s: $what"; sleep 0.1; done
}

spawn() { # spawn NAME NODE COMMAND..: in the background; its output is in RUN/NAME.log
  local name=$1 node=$2
  shift 2
  rm -f "$RUN/$name.since"
  # The stamp is bash's own, so that neither ip nor a fork is in it.
  ip netns exec "$LAB-$node" bash -c 'echo "${EPOCHREALTIME/./}" >"$0"; exec "$@"' "$RUN/$name.since" "$@" </dev/null >"$RUN/$name.log" 2>&1 &
  PID[$name]=$! NODE[$name]=$node
}

since() { # since NAME: when it began
  await "$1 to begin" test -s "$RUN/$1.since"
  cat "$RUN/$1.since"
}

running() { [[ ${PID[$1]:-} ]] && ours "${PID[$1]}"; }

kill_now() {
  local pid=${PID[$1]}
  # Before it has begun it is in no namespace of ours.
  until [[ -s $RUN/$1.since ]] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
  if ours "$pid"; then kill -KILL "$pid" || true; fi
  wait "$pid" 2>/dev/null || true
  rm -rf /var/tmp/frr/*."$pid"
  unset "PID[$1]"
}

stop() { # stop NAME [SIGNAL]: and wait for its end; its exit code is CODE
  local pid=${PID[$1]}
  kill "-${2:-TERM}" "$pid"
  [[ ${2:-} == KILL ]] || await "$1 to end on SIG${2:-TERM}" ended "$pid"
  CODE=0
  wait "$pid" 2>/dev/null || CODE=$?
  unset "PID[$1]"
}
ended() { ! ours "$1"; }

stop_vip() { # stop_vip NAME: drained and with 0
  stop "$1"
  ((CODE == 0)) || fail "$1 exited with $CODE on SIGTERM"
}

add_node() {
  ip netns add "$LAB-$1"
  NODES+=("$1")
  ip -n "$LAB-$1" link set lo up
}

add_master() { # add_master I
  add_node "m$1"
  ip -n "$LAB-sw" link add "m$1" master br0 type veth peer name eth0 netns "$LAB-m$1"
  ip -n "$LAB-sw" link set "m$1" up
  ip -n "$LAB-m$1" -batch - <<CONFIG
addr add $(address "$1")/25 dev eth0
link set eth0 up
route add default via $ROUTER
CONFIG
}

network() { # network MASTERS
  local i
  MASTERS=$1
  for i in sw r c; do add_node $i; done
  ip -n "$LAB-sw" -batch - <<CONFIG
link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
link set br0 up
link add r master br0 type veth peer name eth0 netns $LAB-r
link set r up
CONFIG
  ip -n "$LAB-r" -batch - <<CONFIG
addr add $ROUTER/25 dev eth0
link set eth0 up
link add eth1 type veth peer name eth0 netns $LAB-c
addr add 198.51.100.129/25 dev eth1
link set eth1 up
CONFIG
  ip -n "$LAB-c" -batch - <<CONFIG
addr add 198.51.100.130/25 dev eth0
link set eth0 up
route add default via 198.51.100.129
CONFIG
  in_ns r sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv4/fib_multipath_hash_policy'
  for ((i = 1; i <= MASTERS; i++)); do add_master $i; done
}

frr_daemon() { # frr_daemon NAME [OPTION..]: it answers when this returns
  rm -f "$RUN/$1.vty"
  spawn "$1" r "/usr/lib/frr/$1" -f "$RUN/$1.conf" -i "$RUN/$1.pid" -z "$RUN/zserv.api" --vty_socket "$RUN" -A 127.0.0.1 "${@:2}"
  await "$1's vty" test -S "$RUN/$1.vty"
}

router_frr() { # router_frr [INTERVAL]: honours GRACEFUL_SHUTDOWN by itself; with BFD each INTERVAL ms, three times
  local i
  : >"$RUN/zebra.conf" >"$RUN/vtysh.conf"
  printf 'bfd\n profile lab\n  transmit-interval %s\n  receive-interval %s\n  detect-multiplier 3\n' "${1:-}" "${1:-}" >"$RUN/bfdd.conf"
  { cat <<CONFIG
frr defaults traditional
router bgp 65001
 bgp router-id $ROUTER
 no bgp ebgp-requires-policy
 no bgp hard-administrative-reset
 no bgp graceful-restart notification
 bgp bestpath as-path multipath-relax
CONFIG
    for ((i = 1; i <= MASTERS; i++)); do
      echo " neighbor $(address $i) remote-as 65000"
      echo " neighbor $(address $i) passive"
      if [[ ${1:-} ]]; then echo " neighbor $(address $i) bfd profile lab"; fi
    done
    printf ' address-family ipv4 unicast\n  maximum-paths %s\n' "$MASTERS"
  } >"$RUN/bgpd.conf"
  chown -R frr:frr "$RUN"
  frr_daemon zebra
  await "zebra's zserv.api" test -S "$RUN/zserv.api"
  if [[ ${1:-} ]]; then frr_daemon bfdd --bfdctl "$RUN/bfdd.sock"; fi
  frr_daemon bgpd
}

router_bird() { # without a filter: GRACEFUL_SHUTDOWN means nothing to it
  local i
  { echo "router id $ROUTER; protocol device { }"
    echo 'protocol kernel { merge paths on limit 32; ipv4 { export all; import none; }; }'
    for ((i = 1; i <= MASTERS; i++)); do
      echo "protocol bgp m$i { local $ROUTER as 65001; neighbor $(address $i) as 65000; passive on; ipv4 { import all; export none; }; }"
    done
  } >"$RUN/router.conf"
  spawn router r bird -f -c "$RUN/router.conf" -s "$RUN/router.ctl"
  await "BIRD's control socket" test -S "$RUN/router.ctl"
}

router_vtysh() { vtysh --vty_socket "$RUN" --config_dir "$RUN" "$@"; }

# While FRR holds a peer in Idle after a session it accepts nobody.
frr_accepts() { # frr_accepts I
  router_vtysh -c 'show bgp summary json' 2>/dev/null |
    jq -e --arg peer "$(address "$1")" '.ipv4Unicast.peers[$peer].state | . == "Active" or . == "Connect"' >/dev/null
}

read_metrics() { # read_metrics I: what master I's host exports, with the HTTP head
  in_ns "m$1" bash -c 'exec 3<>/dev/tcp/127.0.0.1/2112; printf "GET /metrics HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n" >&3; cat <&3'
}

next_hops() { ip -n "$LAB-r" -j route show "$VIP" | jq '[.[] | .nexthops // [.] | length] | add // 0'; }
has_next_hops() { [[ $(next_hops) == "$1" ]]; }
await_next_hops() { await "$1 next hops of $VIP at the router" has_next_hops "$1"; }

# The kernel's own time of each change of a route at the router, a line each, in RUN/routes.log.
watch_routes() {
  spawn routes r env TZ=UTC ip -ts -o monitor route
  await "the route monitor" running routes
}

# route_events: "MICROSECONDS TEXT" of each change of the VIP's route
route_events() {
  TZ=UTC awk -v vip="$VIP" '$2 == vip || $3 == vip {
    split(substr($1, 2), time, /[-T:.\]]/)
    sub(/^[^ ]+ /, "")
    print mktime(time[1] " " time[2] " " time[3] " " time[4] " " time[5] " " time[6]) time[7], $0
  }' "$RUN/routes.log"
}

event_after() { # event_after MICROSECONDS PATTERN: the time of the first change after then that matches, in EVENT_AT
  local until=$((SECONDS + LIMIT)) at text
  while ((SECONDS < until)); do
    sleep 0.2 # Not at once: to look takes time from what is measured.
    while read -r at text; do
      if ((at > $1)) && [[ $text =~ $2 ]]; then EVENT_AT=$at; return; fi
    done <<<"$(route_events)"
  done
  fail "no change of the route that matches '$2' within $LIMIT s"
}

gone_after() { # gone_after MICROSECONDS I: when the next hop of master I left the kernel of the router, in EVENT_AT
  local until=$((SECONDS + LIMIT)) at text hop
  hop=$(address "$2")
  while ((SECONDS < until)); do
    sleep 0.2
    while read -r at text; do
      if ((at > $1)) && [[ $text == Deleted* || $text != *"via $hop "* ]]; then EVENT_AT=$at; return; fi
    done <<<"$(route_events)"
  done
  fail "the next hop $hop did not leave the router within $LIMIT s"
}

build_yardstick() { # build_yardstick: with the JIT; YARDSTICK is the command
  dotnet build benchmarks/BgpSharp.Yardstick -c Release -v quiet -nologo >&2
  YARDSTICK=(dotnet "$PWD/benchmarks/BgpSharp.Yardstick/bin/Release/net10.0/BgpSharp.Yardstick.dll")
}

publish_yardstick() { # publish_yardstick: compiled ahead of time, since the JIT would take the cores that are measured, or LAB_YARDSTICK if that is set
  if [[ ${LAB_YARDSTICK:-} ]]; then YARDSTICK=("$LAB_YARDSTICK"); return; fi
  dotnet publish benchmarks/BgpSharp.Yardstick -c Release -o "$OUT/yardstick" -nologo -v quiet >&2
  YARDSTICK=("$OUT/yardstick/BgpSharp.Yardstick")
}

publish_vip() { # publish_vip: as it is deployed, compiled ahead of time, or LAB_VIP if that is set; VIP_HOST is the command
  if [[ ${LAB_VIP:-} ]]; then VIP_HOST=("$LAB_VIP"); return; fi
  dotnet publish src/BgpSharp.VipAdvertiser -c Release -o "$OUT/aot" -nologo -v quiet >&2
  VIP_HOST=("$OUT/aot/bgpsharp-vip")
}

build_vip() { # build_vip: with the JIT, which is there sooner
  dotnet build src/BgpSharp.VipAdvertiser -c Release -nologo -v quiet >&2
  VIP_HOST=(dotnet "$PWD/src/BgpSharp.VipAdvertiser/bin/Release/net10.0/bgpsharp-vip.dll")
}

vip_arguments() { # vip_arguments I
  echo "--vip $VIP --localAs 65000 --routerId $(address "$1") --peers:0:address $ROUTER --peers:0:as 65001"
}

# A service on the VIP's port of a master, in the place of an apiserver: it answers HTTPS, and an octet with the same.
start_service() { # start_service I
  spawn "service$1" "m$1" "${YARDSTICK[@]}" serve "$PORT"
  await "the service of master $1" grep -qs listening "$RUN/service$1.log"
}

rss() { awk '/^VmRSS:/{printf "%.1f", $2 / 1024}' "/proc/$1/status"; }
pss() { awk '/^Pss:/{printf "%.1f", $2 / 1024}' "/proc/$1/smaps_rollup"; }
cpu_ms() { awk -v hz="$(getconf CLK_TCK)" '{sub(/.*\) /, ""); print ($12 + $13) * 1000 / hz}' "/proc/$1/stat"; }

statistics() { # statistics TIMES..: median, min and max in ms
  printf '%s\n' "$@" | sort -n | awk '{t[NR] = $1 / 1000}
    END {m = NR % 2 ? t[(NR + 1) / 2] : (t[NR / 2] + t[NR / 2 + 1]) / 2; printf "%.0f %.0f %.0f\n", m, t[1], t[NR]}'
}

# The other announcers, with their default timers unless these are set: the hold time and the time between attempts in seconds, and
# the interval of BFD in ms (three times). start_KIND I [NAME]
HOLD= RETRY= BFD=
start_bird() {
  local a
  a=$(address "$1")
  { echo "router id $a; protocol device { }"
    echo "protocol static vip { ipv4; route $VIP/32 unreachable; }"
    if [[ $BFD ]]; then echo "protocol bfd { interface \"*\" { min rx interval $BFD ms; min tx interval $BFD ms; multiplier 3; }; }"; fi
    echo "protocol bgp { local $a as 65000; neighbor $ROUTER as 65001; ipv4 { import none; export all; };"
    echo "  ${HOLD:+hold time $HOLD;} ${RETRY:+error wait time $RETRY, $RETRY; connect delay time $RETRY; connect retry time $RETRY;} ${BFD:+bfd on;} }"
  } >"$RUN/bird$1.conf"
  spawn "${2:-bird$1}" "m$1" bird -f -c "$RUN/bird$1.conf" -s "$RUN/bird$1.ctl"
}

start_gobgp() { # the announcement is a call to its API, made as soon as it answers
  cat >"$RUN/gobgp$1.toml" <<CONFIG
[global.config]
  as = 65000
  router-id = "$(address "$1")"
[[neighbors]]
  [neighbors.config]
    neighbor-address = "$ROUTER"
    peer-as = 65001
  [neighbors.timers.config]
${HOLD:+    hold-time = $HOLD}
${HOLD:+    keepalive-interval = $((${HOLD:-0} / 3))}
${RETRY:+    connect-retry = $RETRY}
${RETRY:+    idle-hold-time-after-reset = $RETRY}
CONFIG
  spawn "${2:-gobgp$1}" "m$1" gobgpd -f "$RUN/gobgp$1.toml" --api-hosts 127.0.0.1:50051 --pprof-disable
  await "GoBGP's API on master $1" gobgp_announce "$1"
}
# Its ORIGIN would be INCOMPLETE, and the router has no equal paths then.
gobgp_announce() { in_ns "m$1" gobgp global rib add "$VIP/32" origin igp >/dev/null 2>&1; }

# The script that GoBGP's users write: every five seconds; the service is down when an octet does not come back.
start_gobgp_poll() { # start_gobgp_poll I
  spawn "poll$1" "m$1" bash -c '
    vip=$1 service=$2 up=1
    shift 2
    while sleep 5; do
      if "$@" ask "$service"; then
        if ((!up)); then gobgp global rib add "$vip/32" origin igp; up=1; fi
      elif ((up)); then
        gobgp global rib del "$vip/32"; up=0
      fi
    done' poll "$VIP" "127.0.0.1:$PORT" "${YARDSTICK[@]}"
}

start_exabgp() {
  cat >"$RUN/exabgp$1.conf" <<CONFIG
neighbor $ROUTER {
  router-id $(address "$1"); local-address $(address "$1"); local-as 65000; peer-as 65001; ${HOLD:+hold-time $HOLD;}
  family { ipv4 unicast; }
  static { route $VIP/32 next-hop self; }
}
CONFIG
  spawn_exabgp "$1" "${2:-exabgp$1}"
}

start_exabgp_check() { # start_exabgp_check I [NAME]: its own health check announces; RUN/disableI says that the service is disabled
  rm -f "$RUN/disable$1"
  cat >"$RUN/exabgp$1.conf" <<CONFIG
process check {
  run /usr/bin/python3 -m exabgp healthcheck --no-syslog --ip $VIP/32 --disable $RUN/disable$1 --command "curl -skf -m 1 https://127.0.0.1:$PORT/";
  encoder text;
}
neighbor $ROUTER {
  router-id $(address "$1"); local-address $(address "$1"); local-as 65000; peer-as 65001; ${HOLD:+hold-time $HOLD;}
  family { ipv4 unicast; }
  api { processes [ check ]; }
}
CONFIG
  spawn_exabgp "$1" "${2:-exabgp$1}"
}

spawn_exabgp() { spawn "$2" "m$1" env exabgp.daemon.user=root exabgp.api.cli=false exabgp "$RUN/exabgp$1.conf"; }

start_vip() { # start_vip I [NAME] [OPTION..]
  local i=$1 name=${2:-vip$1}
  shift $(($# > 1 ? 2 : 1))
  spawn "$name" "m$i" "${VIP_HOST[@]}" $(vip_arguments "$i") "$@"
}
