// The scripts a host is asked with: constants, sent on standard input to `/bin/sh -s`, so that nothing is ever quoted or put into them.
// They only read, use the shell's own `read` where they can (no process per sensor), and mark each part with a line `@@name`.
import type { Cadence } from '../../daemon/domain/point.ts'

const BEGIN = `LC_ALL=C; export LC_ALL
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin; export PATH
exec 2>/dev/null
os=$(uname -s)
printf '\\n@@begin\\n'
printf '@@os\\n%s\\n' "$os"
`
const END = `
printf '\\n@@end\\n'
`

/** Who it is: asked at discovery alone. */
const IDENTITY = `
echo @@uname; uname -n; uname -r; uname -m
echo @@release; cat /etc/os-release
echo @@dmi
for f in sys_vendor product_name product_serial; do
  v=; [ -r /sys/class/dmi/id/$f ] && read -r v </sys/class/dmi/id/$f; echo "$f=$v"
done
case "$os" in FreeBSD) for f in maker product serial; do printf '%s=' "$f"; kenv -q smbios.system.$f || echo; done ;; esac
`

/** A look at the processors' times some way before FAST, so that the very first answer has a utilisation. */
const BEFORE = `
echo @@before
case "$os" in
Linux) while read -r a b; do [ "$a" = cpu ] && echo "$a $b"; done </proc/stat ;;
*) sysctl -n kern.cp_time ;;
esac
sleep 1
`

const FAST = `
case "$os" in
Linux)
  echo @@uptime; cat /proc/uptime
  echo @@loadavg; cat /proc/loadavg
  echo @@stat; while read -r a b; do [ "$a" = cpu ] && echo "$a $b"; done </proc/stat
  echo @@meminfo; cat /proc/meminfo
  echo @@hwmon
  for d in /sys/class/hwmon/hwmon*; do
    [ -r "$d/name" ] || continue
    n=; read -r n <"$d/name"
    p=$(cd -P "$d/device" && pwd -P)
    for f in "$d"/temp*_input "$d"/fan*_input "$d"/power*_input "$d"/in*_input "$d"/curr*_input; do
      [ -r "$f" ] || continue
      b=\${f%_input}
      v=; m=; c=; l=
      read -r v <"$f" || continue
      [ -r "$b"_max ] && read -r m <"$b"_max
      [ -r "$b"_crit ] && read -r c <"$b"_crit
      [ -r "$b"_label ] && read -r l <"$b"_label
      echo "$n|\${p##*/}|\${b##*/}|$v|$m|$c|$l"
    done
  done
  echo @@thermal
  for d in /sys/class/thermal/thermal_zone*; do
    t=; v=
    [ -r "$d/type" ] && read -r t <"$d/type" && read -r v <"$d/temp" && echo "$t|$v"
  done
  ;;
*)
  echo @@boottime; sysctl -n kern.boottime; date +%s
  echo @@loadavg; sysctl -n vm.loadavg
  echo @@cptime; sysctl -n kern.cp_time
  echo @@vm; sysctl hw.physmem hw.pagesize vm.stats.vm.v_free_count vm.stats.vm.v_inactive_count vm.stats.vm.v_laundry_count vm.stats.vm.v_cache_count
  echo @@swapinfo; swapinfo -k
  echo @@temperature; sysctl dev.cpu hw.acpi.thermal | while read -r a b; do case "$a" in *.temperature:) echo "$a $b" ;; esac; done
  ;;
esac
`

/**
 * Only filesystems that live on this machine are asked: df on a network mount whose server is gone hangs for minutes.
 * The mounts go to df as arguments of the host's own shell, undone from the octal escapes of /proc/mounts.
 */
const NORMAL = `
case "$os" in
Linux)
  set --
  while read -r d m t o; do
    case "$t" in
    ext2 | ext3 | ext4 | xfs | btrfs | zfs | f2fs | jfs | reiserfs | bcachefs | vfat | ubifs) ;;
    overlay) [ "$m" = / ] || continue ;;
    *) continue ;;
    esac
    set -- "$@" "$(printf '%b' "$m")"
  done </proc/mounts
  if [ $# -gt 0 ]; then
    echo @@df; df -Pk "$@"
    echo @@inodes; df -Pi "$@"
  fi
  echo @@netdev; cat /proc/net/dev
  echo @@diskstats; cat /proc/diskstats
  echo @@mdstat; cat /proc/mdstat
  if [ -d /run/systemd/system ]; then
    echo @@failed; systemctl list-units --state=failed --plain --no-legend --no-pager
  elif command -v rc-status >/dev/null; then
    echo @@failed; rc-status --nocolor --crashed
  fi
  ;;
*)
  echo @@bsddf; df -lkiT
  echo @@netstat; netstat -ibn
  ;;
esac
if command -v zpool >/dev/null; then echo @@zpool; zpool list -H -o name,health; fi
`

/** SMART needs root; nothing is tried through sudo, or a host without such a rule would log a refusal every quarter of an hour. */
const SLOW = `
if command -v apt-get >/dev/null; then
  echo @@apt; nice apt-get -s -qq -o Debug::NoLocking=true dist-upgrade </dev/null | grep '^Inst '
  echo @@reboot; if [ -e /run/reboot-required ]; then echo 1; else echo 0; fi
elif command -v apk >/dev/null; then
  echo @@apk; apk version -l '<' </dev/null
elif command -v dnf >/dev/null; then
  echo @@dnf; nice dnf -q -C check-update </dev/null
elif command -v pkg >/dev/null; then
  echo @@pkg; pkg version -qvl '<' </dev/null
fi
if [ "$(id -u)" = 0 ] && command -v smartctl >/dev/null; then
  echo @@smart
  smartctl --scan | while read -r d o; do echo "$d"; smartctl -n standby -H "$d" </dev/null; done
fi
if command -v openssl >/dev/null; then
  echo @@certificates; date -u +%s
  for f in /etc/letsencrypt/live/*/cert.pem /etc/nginx/ssl/*.crt /etc/ssl/suar/*.pem; do
    [ -r "$f" ] && echo "$f|$(openssl x509 -noout -enddate -in "$f")"
  done
fi
`

export const SCRIPTS: Readonly<Record<Cadence, string>> = {
  fast: [BEGIN, FAST, END].join(''),
  normal: [BEGIN, NORMAL, END].join(''),
  slow: [BEGIN, SLOW, END].join(''),
}
/** FAST, with a look a second before it to take a utilisation from. */
export const FIRST_FAST = [BEGIN, BEFORE, FAST, END].join('')
/** Everything, for discovery. */
export const EVERYTHING = [BEGIN, IDENTITY, BEFORE, FAST, NORMAL, SLOW, END].join('')
