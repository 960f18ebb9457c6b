#!/bin/sh
# Suar: makes the host @ID@ a managed one. Read it, then run it as root on the host, from where you have its key:
#     ssh root@HOST sh -s < suar-host-@ID@.sh
# Again at any time, and after every upgrade of Suar: what is as it should be stays. To take everything back that it made:
#     ssh root@HOST sh -s -- --remove < suar-host-@ID@.sh
# It makes two accounts without password (suar-hand may run the one program below as root and nothing else; suar-inbox may write into one folder
# and fetch from another what it is told the name of),
# that program, what sudo, sshd and the web server must know of it, and folders. Debian 12 or newer, Ubuntu 22.04 or newer.
# Nothing runs before the last line of this file was read.
set -eu
umask 022
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL

ID='@ID@'
HAND_KEY='@BROKER_KEY@'
INBOX_KEY='@INBOX_KEY@'
BROKER_SHA256='@BROKER_SHA256@'
# Where the web server listens: an address or * for all, HTTP, HTTPS.
LISTEN='@LISTEN@'
HTTP='@HTTP@'
HTTPS='@HTTPS@'

ETC=/etc/suar-host
LIB=/var/lib/suar-host
BROKER=/usr/local/libexec/suar-broker
BOOK=$ETC/installed
HEAD='Managed by Suar: install/@ID@. Made by the install command; run it again rather than changing this.'
COMMAND="suar-host-$ID.sh"

say() { printf 'suar: %s\n' "$*"; }
fail() {
  printf 'suar: STOPPED. %s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }
systemd() { [ -d /run/systemd/system ]; }

# What this script made stands in its book, one line each, so that it takes back that and nothing else.
booked() { [ -f "$BOOK" ] && grep -qxF -- "$1" "$BOOK"; }
book() { booked "$1" || printf '%s\n' "$1" >>"$BOOK"; }

# put MODE PATH: its standard input as that file, owned by root. A file that somebody else made is never written over.
put() {
  if [ -e "$2" ] || [ -L "$2" ]; then
    booked "file $2" || fail "$2 is there already and was not made by this script. Look at it and move it away, then run this again."
  fi
  new=$(mktemp "${2%/*}/.suar.XXXXXX")
  cat >"$new"
  chmod "$1" "$new"
  if [ -f "$2" ] && cmp -s "$new" "$2" && [ "$(stat -c %a:%u "$2")" = "$(stat -c %a:%u "$new")" ]; then
    rm "$new"
    return 0
  fi
  book "file $2"
  mv -f "$new" "$2"
  say "wrote $2"
}

# folder MODE OWNER PATH
folder() {
  if [ ! -d "$3" ]; then
    mkdir -m "$1" "$3"
    book "folder $3"
    say "made $3"
  fi
  chown "$2" "$3"
  chmod "$1" "$3"
}

broker() {
  cat <<'SUAR_END_OF_THE_BROKER'
@BROKER@
SUAR_END_OF_THE_BROKER
}

# ---------------------------------------------------------------- looking first: everything that is missing, at once

look() {
  [ "$(id -u)" = 0 ] || fail 'This must run as root: ssh root@HOST …, or sudo sh -s on the host.'
  missing=''
  lacks() { missing="$missing
  - $*"; }
  [ -f /etc/debian_version ] || lacks 'Debian or Ubuntu: this is another system, whose folders are not known here.'
  if [ ! -x /usr/bin/python3 ]; then
    lacks 'python3: apt install python3'
  elif ! /usr/bin/python3 -I -c 'import sys; sys.exit(sys.version_info < (3, 8))'; then
    lacks "python3 of 3.8 or newer: here is $(/usr/bin/python3 -V)."
  fi
  if ! has sudo || ! has visudo; then
    lacks 'sudo: apt install sudo'
  else
    version=$(sudo -V | sed -n 's/^Sudo version \([0-9.]*\).*/\1/p')
    printf '1.9.10\n%s\n' "$version" | sort -V -C || lacks "sudo of 1.9.10 or newer: here is $version."
  fi
  [ -x /usr/sbin/sshd ] && has ssh-keygen || lacks 'the SSH server: apt install openssh-server'
  for program in useradd usermod userdel groupadd groupdel runuser sha256sum cmp mktemp stat pgrep pkill; do
    has "$program" || lacks "the program $program"
  done
  getent group www-data >/dev/null || lacks 'the group www-data, as whom web servers read: apt install nginx'
  for account in suar-hand suar-inbox; do
    if getent passwd "$account" >/dev/null && ! booked "user $account"; then
      lacks "a free name: the account $account exists and was not made by this script. Rename it."
    fi
  done
  if getent group suar-sftp >/dev/null && ! booked 'group suar-sftp'; then
    lacks 'a free name: the group suar-sftp exists and was not made by this script. Rename it.'
  fi
  if [ -f "$ETC/host-id" ] && [ "$(cat "$ETC/host-id")" != "$ID" ]; then
    lacks "a free host: it is managed already, as $(cat "$ETC/host-id"). Take that back first: sh -s -- --remove with its own script."
  fi
  if has sshd && ! words=$(sshd -t 2>&1); then lacks "an sshd whose settings are right; it says: $words"; fi
  if has visudo && ! words=$(visudo -c 2>&1); then lacks "a sudo whose settings are right; it says: $words"; fi
  if has nginx && ! words=$(nginx -t 2>&1); then lacks "an nginx whose settings are right; it says: $words"; fi
  if ! has nginx && has apache2ctl && ! words=$(apache2ctl -t 2>&1); then lacks "an Apache whose settings are right; it says: $words"; fi
  [ -z "$missing" ] || fail "Nothing was changed. This host lacks:$missing"
}

# ---------------------------------------------------------------- making

accounts() {
  if ! getent group suar-sftp >/dev/null; then
    groupadd --system suar-sftp
    book 'group suar-sftp'
    say 'made the group suar-sftp, for accounts of websites'
  fi
  # A password nobody has, not a lock: a locked account may not log in with its key either.
  if ! getent passwd suar-hand >/dev/null; then
    useradd --system --user-group --no-create-home --home-dir "$LIB" --shell /bin/sh --password '*' --comment 'Suar runs its broker' suar-hand
    book 'user suar-hand'
    say 'made the account suar-hand'
  fi
  if ! getent passwd suar-inbox >/dev/null; then
    useradd --system --user-group --no-create-home --home-dir / --shell /usr/sbin/nologin --password '*' --comment 'Suar brings files' suar-inbox
    book 'user suar-inbox'
    say 'made the account suar-inbox'
  fi
}

folders() {
  folder 755 root:root "$LIB"
  folder 700 suar-inbox:suar-inbox "$LIB/inbox"
  folder 710 root:suar-inbox "$LIB/outbox"
  folder 700 root:root "$LIB/kept"
  folder 711 root:root "$LIB/acme"
  folder 755 root:root "$ETC/keys"
  folder 700 root:root "$ETC/tls"
  [ -d /srv ] || folder 755 root:root /srv
  folder 755 root:root /srv/suar
  [ -d /usr/local/libexec ] || folder 755 root:root /usr/local/libexec
}

program() {
  broker | put 755 "$BROKER"
  printf '%s  %s\n' "$BROKER_SHA256" "$BROKER" | sha256sum -c --quiet - >/dev/null 2>&1 ||
    fail "$BROKER did not arrive whole. Fetch $COMMAND again."
  # A kernel without IPv6 refuses to listen there.
  [ "$LISTEN" != '*' ] || [ -e /proc/net/if_inet6 ] || LISTEN=0.0.0.0
  # What the administrator wrote there stays; only what is not said is filled in.
  [ ! -f "$ETC/broker.json" ] || book "file $ETC/broker.json"
  words=$(/usr/bin/python3 -I - "$ETC/broker.json" "$LISTEN" "$HTTP" "$HTTPS" 2>&1 <<'SETTINGS'
import json, sys
path, address, http, https = sys.argv[1:]
try:
    with open(path) as file:
        settings = json.load(file)
except FileNotFoundError:
    settings = {}
settings.setdefault("listen", {"address": address, "http": int(http), "https": int(https)})
print(json.dumps(settings, indent=2, sort_keys=True))
SETTINGS
  ) || fail "$ETC/broker.json is not JSON: put it right, or take it away. $words"
  printf '%s\n' "$words" | put 600 "$ETC/broker.json"
  words=$(/usr/bin/python3 -I -c '
import ipaddress, json, sys
with open(sys.argv[1]) as file:
    listen = json.load(file)["listen"]
address = "*" if listen["address"] == "*" else str(ipaddress.ip_address(listen["address"]))
print(address, int(listen["http"]), int(listen["https"]))
' "$ETC/broker.json" 2>&1) || fail "$ETC/broker.json: listen is {\"address\": an IP address or *, \"http\": port, \"https\": port}. Put that right. $words"
  LISTEN=${words%% *} HTTP=${words#* } HTTPS=${words##* }
  HTTP=${HTTP% *}
}

may_sudo() {
  rules=$(mktemp /etc/sudoers.d/.suar.XXXXXX)
  cat >"$rules" <<SUDOERS
# $HEAD
Defaults:suar-hand !requiretty, !use_pty, !setenv, env_reset, umask=0077, secure_path="/usr/sbin:/usr/bin:/sbin:/bin"
suar-hand ALL=(root) NOPASSWD: $BROKER ""
SUDOERS
  if ! words=$(visudo -cf "$rules" 2>&1); then
    rm -f "$rules"
    fail "sudo does not take its rule: $words"
  fi
  put 440 /etc/sudoers.d/suar <"$rules"
  rm -f "$rules"
  sudo -l -U suar-hand 2>/dev/null | grep -qF "$BROKER" ||
    fail '/etc/sudoers does not read /etc/sudoers.d. Add the line "@includedir /etc/sudoers.d" at its end with visudo, then run this again.'
}

may_login() {
  printf '%s\n' "@FROM@restrict,command=\"sudo -n $BROKER\" $HAND_KEY" | put 644 "$ETC/hand_keys"
  printf '%s\n' "@FROM@restrict,command=\"internal-sftp\" $INBOX_KEY" | put 644 "$ETC/inbox_keys"
  folder 755 root:root /etc/ssh/sshd_config.d
  was=$(mktemp)
  [ ! -f /etc/ssh/sshd_config.d/suar.conf ] || cp -p /etc/ssh/sshd_config.d/suar.conf "$was"
  keys_only='AuthenticationMethods publickey
    AuthorizedKeysCommand none
    AuthorizedPrincipalsFile none
    TrustedUserCAKeys none
    PubkeyAuthentication yes
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    HostbasedAuthentication no
    DisableForwarding yes
    PermitTunnel no
    PermitTTY no
    PermitUserRC no'
  put 644 /etc/ssh/sshd_config.d/suar.conf <<SSHD
# $HEAD
Match User suar-hand
    AuthorizedKeysFile $ETC/hand_keys
    ForceCommand sudo -n $BROKER
    $keys_only
Match User suar-inbox
    AuthorizedKeysFile $ETC/inbox_keys
    ChrootDirectory $LIB
    ForceCommand internal-sftp -d /inbox -u 0777 -p open,close,read,write,posix-rename,realpath,stat,lstat,fstat
    $keys_only
Match Group suar-sftp
    AuthorizedKeysFile $ETC/keys/%u /run/suar-host/probe-keys/%u
    ChrootDirectory /srv/suar/%u
    ForceCommand internal-sftp -d /public
    $keys_only
Match all
SSHD
  put_back() {
    if [ -s "$was" ]; then cp -p "$was" /etc/ssh/sshd_config.d/suar.conf; else rm -f /etc/ssh/sshd_config.d/suar.conf; fi
    rm -f "$was"
  }
  if ! words=$(sshd -t 2>&1); then
    put_back
    fail "sshd does not take its settings, they were put back: $words"
  fi
  for account in suar-hand suar-inbox; do
    effective=$(sshd -T -C "user=$account,host=suar,addr=127.0.0.1")
    if ! printf '%s\n' "$effective" | grep -q "^authorizedkeysfile $ETC/"; then
      put_back
      fail '/etc/ssh/sshd_config does not read its folder. Add the line "Include /etc/ssh/sshd_config.d/*.conf" at its beginning, then run this again.'
    fi
    for list in allowusers allowgroups; do
      if printf '%s\n' "$effective" | grep -q "^$list " && ! printf '%s\n' "$effective" | grep -q "^$list .*$account"; then
        put_back
        fail "sshd lets in only some ($list). Add suar-hand, suar-inbox and, for websites, the group suar-sftp there, then run this again."
      fi
    done
  done
  if ! cmp -s "$was" /etc/ssh/sshd_config.d/suar.conf; then reload_sshd; fi
  rm -f "$was"
}

reload_sshd() {
  if systemd; then
    systemctl try-reload-or-restart ssh 2>/dev/null || systemctl try-reload-or-restart sshd
  elif [ -f /run/sshd.pid ]; then
    # It writes the file anew when it listens again.
    old=$(stat -c %i /run/sshd.pid)
    kill -HUP "$(cat /run/sshd.pid)"
    tries=0
    while [ $tries -lt 100 ] && [ "$(stat -c %i /run/sshd.pid 2>/dev/null || echo "$old")" = "$old" ]; do
      tries=$((tries + 1))
      sleep 0.05
    done
  else
    say 'sshd was not told: restart it yourself.'
  fi
}

reload_nginx() {
  old=''
  [ ! -s /run/nginx.pid ] || old=$(pgrep -P "$(cat /run/nginx.pid)") || old=''
  if systemd; then
    ! systemctl is-active --quiet nginx || systemctl reload nginx
  elif [ -s /run/nginx.pid ]; then
    nginx -s reload 2>/dev/null
  fi
  # Workers of before answer as before until they are told, a moment later.
  tries=0
  while [ $tries -lt 50 ]; do
    tries=$((tries + 1))
    still=''
    for worker in $old; do
      title=$(tr '\0' ' ' 2>/dev/null <"/proc/$worker/cmdline") || title=''
      case $title in *'shutting down'* | '') ;; *) still=yes ;; esac
    done
    [ -n "$still" ] || break
    sleep 0.1
  done
}

reload_apache() {
  if systemd; then
    ! systemctl is-active --quiet apache2 || systemctl reload apache2
  elif [ -s /run/apache2/apache2.pid ]; then
    apache2ctl graceful
  fi
}

serve() {
  if has nginx; then
    serve_nginx
    ! has apache2ctl || say 'Apache is here too and was left alone: nginx serves the websites.'
  elif has apache2ctl; then
    serve_apache
  else
    say 'There is neither nginx nor Apache here. Websites can live here after one was installed and this was run again.'
  fi
}

serve_nginx() {
  folder 755 root:root /etc/nginx/suar.d
  case $LISTEN in
    '*') set -- 0.0.0.0 '[::]' ;;
    *:*) set -- "[$LISTEN]" ;;
    *) set -- "$LISTEN" ;;
  esac
  sizes=''
  # Said once in all of nginx; what the administrator said stays.
  nginx -T 2>/dev/null | grep -v '^# configuration file' | sed '/^# Managed by Suar: install/,/^# End of Suar/d' >"$ETC/.nginx" || true
  grep -Eq '^[[:space:]]*server_names_hash_bucket_size' "$ETC/.nginx" || sizes="server_names_hash_bucket_size 512;"
  grep -Eq '^[[:space:]]*server_names_hash_max_size' "$ETC/.nginx" || sizes="$sizes
server_names_hash_max_size 8192;"
  rm -f "$ETC/.nginx"
  was=$(mktemp)
  [ ! -f /etc/nginx/conf.d/suar.conf ] || cp -p /etc/nginx/conf.d/suar.conf "$was"
  {
    printf '# %s\n%s\n' "$HEAD" "$sizes"
    printf 'server {\n'
    for address; do printf '    listen %s:%s default_server;\n' "$address" "$HTTP"; done
    printf '    server_name _;\n    server_tokens off;\n    access_log off;\n'
    printf '    location ^~ /.well-known/acme-challenge/ {\n        alias %s/acme/;\n        default_type text/plain;\n    }\n' "$LIB"
    printf '    location / {\n        return 404;\n    }\n}\n'
    # Of a name that is not served here no certificate is shown.
    printf 'server {\n'
    for address; do printf '    listen %s:%s ssl http2 default_server;\n' "$address" "$HTTPS"; done
    printf '    server_name _;\n    ssl_reject_handshake on;\n}\n'
    printf 'include /etc/nginx/suar.d/*.conf;\n# End of Suar\n'
  } | put 644 /etc/nginx/conf.d/suar.conf
  words=$(nginx -t 2>&1) && right=yes || right=no
  link=/etc/nginx/sites-enabled/default
  if [ "$right" = no ] && printf '%s' "$words" | grep -q 'duplicate default server' && [ -L "$link" ]; then
    # Debian's page of welcome: only a link, made again when Suar goes.
    target=$(readlink "$link")
    if [ "$target" = /etc/nginx/sites-available/default ]; then
      rm "$link"
      book "link $link $target"
      say "took away $link, the page of welcome: unknown names are answered by Suar's own"
      words=$(nginx -t 2>&1) && right=yes || right=no
    fi
  fi
  if [ "$right" = no ]; then
    if [ -s "$was" ]; then cp -p "$was" /etc/nginx/conf.d/suar.conf; else rm -f /etc/nginx/conf.d/suar.conf; fi
    rm -f "$was"
    links_back
    fail "nginx does not take its settings, they were put back. Take away what it names (another default_server), then run this again. It says: $words"
  fi
  if ! cmp -s "$was" /etc/nginx/conf.d/suar.conf; then reload_nginx; fi
  rm -f "$was"
}

serve_apache() {
  folder 755 root:root /etc/apache2/suar.d
  changed=no
  for module in alias rewrite headers expires socache_shmcb ssl proxy proxy_fcgi proxy_http; do
    for part in load conf; do
      [ -f "/etc/apache2/mods-available/$module.$part" ] || continue
      enable "mods-enabled/$module.$part" "../mods-available/$module.$part"
    done
  done
  case $LISTEN in
    *:*) at="[$LISTEN]" ;;
    *) at=$LISTEN ;;
  esac
  was=$(mktemp)
  [ ! -f /etc/apache2/conf-available/suar.conf ] || cp -p /etc/apache2/conf-available/suar.conf "$was"
  put 644 /etc/apache2/conf-available/suar.conf <<APACHE
# $HEAD
<VirtualHost $at:$HTTP>
    ServerName default.suar.invalid
    Alias /.well-known/acme-challenge/ $LIB/acme/
    <Directory $LIB/acme/>
        Options None
        AllowOverride None
        Require all granted
    </Directory>
    RedirectMatch 404 "^/(?!\.well-known/acme-challenge/)"
</VirtualHost>
IncludeOptional suar.d/*.conf
APACHE
  enable conf-enabled/suar.conf ../conf-available/suar.conf
  if ! words=$(apache2ctl -t 2>&1); then
    if [ -s "$was" ]; then cp -p "$was" /etc/apache2/conf-available/suar.conf; else rm -f /etc/apache2/conf-available/suar.conf /etc/apache2/conf-enabled/suar.conf; fi
    rm -f "$was"
    fail "Apache does not take its settings, they were put back. It says: $words"
  fi
  if [ "$changed" = yes ] || ! cmp -s "$was" /etc/apache2/conf-available/suar.conf; then reload_apache; fi
  rm -f "$was"
}

# As a2enmod and a2enconf link, but for the book they keep of what an administrator wanted.
enable() {
  if [ ! -e "/etc/apache2/$1" ] && [ ! -L "/etc/apache2/$1" ]; then
    book "file /etc/apache2/$1"
    ln -s "$2" "/etc/apache2/$1"
    say "enabled /etc/apache2/$1"
    changed=yes
  fi
}

links_back() {
  [ -f "$BOOK" ] || return 0
  grep '^link ' "$BOOK" | while read -r _ link target; do
    [ -e "$link" ] || [ -L "$link" ] || ln -s "$target" "$link"
  done
  sed -i '/^link /d' "$BOOK"
}

# What websites opened in the packet filter is there again after the host was started anew, or nftables told to forget everything.
opened_again() {
  [ -d /etc/systemd/system ] && [ -x /usr/sbin/nft ] || return 0
  put 644 /etc/systemd/system/suar-firewall.service <<UNIT
# $HEAD
[Unit]
Description=Openings of the websites that Suar manages
ConditionPathExists=$ETC/firewall.nft
DefaultDependencies=no
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
After=nftables.service
PartOf=nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f $ETC/firewall.nft

[Install]
WantedBy=sysinit.target
UNIT
  [ -d /etc/systemd/system/sysinit.target.wants ] || folder 755 root:root /etc/systemd/system/sysinit.target.wants
  wants=/etc/systemd/system/sysinit.target.wants/suar-firewall.service
  if [ ! -L "$wants" ]; then
    book "file $wants"
    ln -s /etc/systemd/system/suar-firewall.service "$wants"
  fi
  ! systemd || systemctl daemon-reload
}

# The way Suar itself will take, but for the network: the account, sudo, the broker.
try() {
  words=$(printf '{"id":1,"verb":"hello","protocol":1}\n' | runuser -u suar-hand -- sudo -n "$BROKER" 2>&1) || true
  case $words in
    *'"ok":true'* | *'"ok": true'*) ;;
    *) fail "The broker does not answer suar-hand: $words" ;;
  esac
}

install_host() {
  look
  [ -d "$ETC" ] || mkdir -m 755 "$ETC"
  [ -f "$BOOK" ] || (umask 077 && : >"$BOOK")
  trap 'trap - EXIT; say "Not finished. Run it again when that is put right, or take it back with --remove." >&2' EXIT
  book "folder $ETC"
  printf '%s\n' "$ID" | put 644 "$ETC/host-id"
  accounts
  folders
  program
  may_sudo
  serve
  opened_again
  may_login
  try
  trap - EXIT
  say "This host is ready for Suar as $ID. Its keys; compare with what Suar shows before you approve it there:"
  sshd -T 2>/dev/null | sed -n 's/^hostkey //p' | while read -r key; do
    [ ! -f "$key.pub" ] || ssh-keygen -lf "$key.pub" | sed 's/^/suar:   /'
  done
}

# ---------------------------------------------------------------- taking back

remove_host() {
  [ "$(id -u)" = 0 ] || fail 'This must run as root.'
  if [ ! -f "$BOOK" ]; then
    say 'Nothing of Suar is here.'
    return 0
  fi
  if [ -f "$ETC/host-id" ] && [ "$(cat "$ETC/host-id")" != "$ID" ]; then
    fail "This host is managed as $(cat "$ETC/host-id"), not as $ID. Take it back with its own script."
  fi
  sites=$(ls /srv/suar 2>/dev/null | tr '\n' ' ')
  sites=${sites% }
  if [ -n "$sites" ] && [ "${1:-}" != --with-websites ]; then
    fail "Nothing was changed. Websites still live here: $sites. Remove or move them in Suar first; or say --remove --with-websites: their files stay in /srv/suar, and nothing serves them."
  fi
  if [ -d /etc/nginx/suar.d ]; then
    put_away /etc/nginx/suar.d
    drop /etc/nginx/conf.d/suar.conf
    links_back
    nginx -t 2>/dev/null && reload_nginx || say 'nginx was not told: its settings have a mistake of their own (nginx -t).'
  fi
  if [ -d /etc/apache2/suar.d ]; then
    put_away /etc/apache2/suar.d
    sed -n 's/^file //p' "$BOOK" | grep '^/etc/apache2/' | while read -r path; do rm -f "$path"; done
    apache2ctl -t 2>/dev/null && reload_apache || say 'Apache was not told: its settings have a mistake of their own (apache2ctl -t).'
  fi
  [ -z "$sites" ] || out_of_service
  if [ -f "$ETC/firewall.nft" ]; then
    /usr/bin/python3 -I - "$ETC/broker.json" <<'TABLE'
import json, subprocess, sys
with open(sys.argv[1]) as file:
    nft = json.load(file).get("firewall", {}).get("nft", ["/usr/sbin/nft"])
subprocess.run(nft + ["delete", "table", "inet", "suar"], stderr=subprocess.DEVNULL)
TABLE
    rm -f "$ETC/firewall.nft" "$ETC/firewall.json"
  fi
  drop /etc/sudoers.d/suar
  drop /etc/ssh/sshd_config.d/suar.conf
  sshd -t && reload_sshd
  put_away "$ETC/tls"
  put_away "$ETC/keys"
  rm -rf "$LIB/inbox" "$LIB/outbox" "$LIB/acme" /run/suar-host
  rm -f "$LIB/holdings.json" "$LIB/contents.json"
  for account in suar-hand suar-inbox; do
    booked "user $account" || continue
    pkill -KILL -u "$account" || true
    userdel "$account" 2>/dev/null || userdel --force "$account"
    getent group "$account" >/dev/null && groupdel "$account" || true
  done
  if booked 'group suar-sftp'; then
    members=$(getent group suar-sftp | cut -d: -f4)
    if [ -z "$members" ]; then groupdel suar-sftp; else say "The group suar-sftp stays: $members are in it."; fi
  fi
  rmdir /srv/suar/.kept 2>/dev/null || true
  list=$(cat "$BOOK")
  printf '%s\n' "$list" | sed -n 's/^file //p' | while read -r path; do rm -f "$path"; done
  rm -f "$BOOK"
  # From below; one that holds something stays: websites, and what was put aside.
  printf '%s\n' "$list" | sed -n 's/^folder //p' | sort -r | while read -r path; do
    rmdir "$path" 2>/dev/null || { [ ! -d "$path" ] || say "$path stays: it is not empty."; }
  done
  ! systemd || systemctl daemon-reload
  say "Suar is gone from this host."
}

drop() { ! booked "file $1" || rm -f "$1"; }

# What is left in a folder of ours is kept, where only root reads it.
put_away() {
  [ -d "$1" ] || return 0
  [ -n "$(ls -A "$1")" ] || return 0
  keeping "$1"
  cp -a "$1" "$kept$1"
  find "$1" -mindepth 1 -delete
  say "put what was in $1 into $kept"
}

keeping() {
  kept="$LIB/kept/removed-$(date -u +%Y%m%dT%H%M%SZ)"
  mkdir -p -m 700 "$kept"
  mkdir -p "$kept${1%/*}"
}

# Websites that stay behind run nothing more: their programs, jobs and pools go where the rest is kept. Accounts and databases stay as they are.
out_of_service() {
  for path in /etc/systemd/system/suar-*.service; do
    if [ -f "$path" ] && ! booked "file $path"; then
      ! systemd || systemctl disable --now --quiet "${path##*/}" || true
      keeping "$path" && mv "$path" "$kept$path"
    fi
  done
  for path in /etc/cron.d/suar-* /etc/logrotate.d/suar-* /etc/php/*/fpm/pool.d/suar-*.conf; do
    [ ! -f "$path" ] || { keeping "$path" && mv "$path" "$kept$path"; }
  done
  for pool in /etc/php/*/fpm; do
    version=${pool#/etc/php/}
    version=${version%/fpm}
    if systemd; then
      ! systemctl is-active --quiet "php$version-fpm" || systemctl reload "php$version-fpm"
    elif [ -s "/run/php/php$version-fpm.pid" ]; then
      kill -USR2 "$(cat "/run/php/php$version-fpm.pid")"
    fi
  done
  say "took the pools, jobs and programs of $sites out of service"
}

main() {
  case ${1:-} in
    '') install_host ;;
    --remove) remove_host "${2:-}" ;;
    *) fail "Unknown: $1. Either nothing or --remove is said after sh -s --." ;;
  esac
}

main "$@" </dev/null
