#!/usr/bin/python3 -IS
"""Suar's hand on this host: all that Suar can do here is written in this one file, from top to bottom.

It is started as root by sudo, which only the account suar-hand may ask for, and that account can do nothing else: its SSH key leads here. It takes no
arguments and nothing of its caller's environment. It reads one JSON object a line from its standard input, answers each with one, and ends with the input.

Every field of a request is checked here again, whole, against what is allowed; nothing is cleaned up and used. No shell is ever started. What the account
of a website can write in is only touched through opened folders and without following links. What is done for a website's account is done as that account.

Parts: 1 settings, 2 what may be said, 3 the lines that files may have, 4 running and writing, 5 the lock, 6 what is ours and what is put aside,
7 kinds of things, 8 verbs, 9 the conversation.
"""
import base64
import contextlib
import errno
import fcntl
import glob
import grp
import gzip
import hashlib
import hmac
import ipaddress
import json
import os
import pwd
import re
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import syslog
import tarfile
import time

VERSION = '1.0.0'
PROTOCOL = 1

# ---------------------------------------------------------------------------------------------------------------------------- 1 settings

ETC, LIB, RUN, SITES = '/etc/suar-host', '/var/lib/suar-host', '/run/suar-host', '/srv/suar'
SETTINGS, INBOX, KEPT, CHALLENGES, HOLDINGS = ETC + '/broker.json', LIB + '/inbox', LIB + '/kept', LIB + '/acme', LIB + '/holdings.json'
NUMBERS = LIB + '/numbers.json'
# What of a website's content is on its way to another host, each file under its SHA-256; and what was packed and unpacked here.
OUTBOX, CONTENTS = LIB + '/outbox', LIB + '/contents.json'
# On the file system of the websites, so that a whole tree is put aside by one rename.
KEPT_TREES = SITES + '/.kept'
ZONES = '/var/lib/bind'
UIDS = (20000, 59999)
ENVIRONMENT = {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL': 'C.UTF-8', 'HOME': '/'}
LINE, ANSWER, CONTENT, NAMES = 1 << 20, 8 << 20, 1 << 20, 2000
# Whole websites: how long one may take to be packed or unpacked, seconds, and what must be left free on the disk, bytes.
LONG, RESERVE = 6 * 3600, 64 << 20

# All that broker.json may say, with what is taken where it is silent. A host with systemd is asked by systemctl, one without by signals.
DEFAULTS = {
    'listen': {'address': '*', 'http': 80, 'https': 443},
    'nginx': {'test': ['/usr/sbin/nginx', '-t'], 'unit': 'nginx.service', 'pid': '/run/nginx.pid', 'signal': 'SIGHUP'},
    'apache': {'test': ['/usr/sbin/apache2ctl', '-t'], 'unit': 'apache2.service', 'pid': '/run/apache2/apache2.pid', 'signal': 'SIGUSR1'},
    'php': {'test': ['/usr/sbin/php-fpm{v}', '-t'], 'unit': 'php{v}-fpm.service', 'pid': '/run/php/php{v}-fpm.pid', 'signal': 'SIGUSR2'},
    'mariadb': {'client': ['/usr/bin/mariadb'], 'dump': ['/usr/bin/mariadb-dump'], 'socket': '/run/mysqld/mysqld.sock'},
    'postgresql': {'folder': 'detect', 'account': 'postgres', 'socket': '/run/postgresql', 'address': '127.0.0.1', 'port': 5432},
    'bind': {'rndc': ['/usr/sbin/rndc'], 'account': 'bind'},
    'firewall': {'nft': ['/usr/sbin/nft'], 'gate': False, 'always': [22, 80, 443]},
    'quota': {'kind': 'detect', 'mount': ''},
}


class Refusal(Exception):
    """What is answered instead of a value. `kind`: invalid, conflict, stale, broken (the host was so before; nothing was touched), refused (by the server's
    own test; put back), locked, full, unsupported, notFound, garbage (what nobody foresaw). `message`: a sentence with its remedy, `detail`: a server's own
    words."""

    def __init__(self, kind, message, detail=''):
        super().__init__(message)
        self.kind, self.message, self.detail = kind, message, detail



def settings():
    """broker.json over the defaults. Only root's word counts: a file that others can write in is refused."""
    merged = {part: dict(values) for part, values in DEFAULTS.items()}
    try:
        fd = os.open(SETTINGS, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return merged
    with os.fdopen(fd, 'rb') as file:
        is_ = os.fstat(fd)
        if is_.st_uid != 0 or is_.st_mode & 0o022:
            raise Refusal('broken', SETTINGS + ' must belong to root and be writable by root alone; run the install command again.')
        try:
            given = json.loads(file.read(LINE).decode('utf-8'))
            for part, values in given.items():
                if part not in DEFAULTS:
                    raise ValueError(part)
                for key, value in values.items():
                    if type(value) is not type(DEFAULTS[part][key]):
                        raise ValueError(part + '.' + key)
                    merged[part][key] = value
        except (ValueError, KeyError, AttributeError) as error:
            raise Refusal('broken', SETTINGS + ' is not understood; run the install command again.', repr(error))
    return merged


SET = DEFAULTS

# --------------------------------------------------------------------------------------------------------------- 2 what may be said

# Python's `$` also matches before a last newline, and `\d` other scripts' digits: only fullmatch, only spelled out classes.
SITE = re.compile('[a-z][a-z0-9-]{0,29}[a-z0-9]')
DATABASE = re.compile('[a-z][a-z0-9_]{0,30}')
ZONE = re.compile('(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?[.])+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])')
KEEP = re.compile('c-[0-9]{4}-[0-9]{4,8}-[0-9]{1,4}')
LEASE = re.compile('[A-Za-z0-9][A-Za-z0-9._-]{0,63}')
DIGEST = re.compile('[0-9a-f]{64}')
TOKEN = re.compile('[A-Za-z0-9_-]{16,128}')
ARCHIVE = re.compile('([a-z][a-z0-9-]{0,29}[a-z0-9])[.]([0-9]{8}-[0-9]{6})')
STAMP = re.compile('[0-9]{8}-[0-9]{6}')
ORIGIN = re.compile('[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?/[a-z][a-z0-9-]{0,29}[a-z0-9]')
PROOF = re.compile('[A-Za-z0-9_-]{16,128}(?:[.][A-Za-z0-9_-]{16,128})?')
PASSWORD = re.compile('[A-Za-z0-9]{1,128}')
VERSION_OF_PHP = re.compile('[0-9]{1,2}[.][0-9]{1,2}')
TSIG = re.compile('[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?')
PUBLIC_KEY = re.compile('([a-z0-9@.-]{7,40}) ([A-Za-z0-9+/]{16,16384}={0,2})( [A-Za-z0-9@._-]{1,200})?')
KEY_TYPES = frozenset(
    'ssh-ed25519 ssh-rsa ecdsa-sha2-nistp256 ecdsa-sha2-nistp384 ecdsa-sha2-nistp521 '
    'sk-ssh-ed25519@openssh.com sk-ecdsa-sha2-nistp256@openssh.com'.split()
)
VERIFIERS = {
    'mariadb': re.compile('[*][0-9A-F]{40}'),
    'postgresql': re.compile('SCRAM-SHA-256[$][0-9]{4,7}:[A-Za-z0-9+/]{16,64}={0,2}[$][A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}='),
}
# As the daemon has them (daemon/domain/safe.ts).
RESERVED = frozenset(
    'root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody sshd nginx apache apache2 httpd mysql mariadb '
    'postgres bind named pdns redis systemd messagebus polkitd suar suar-hand suar-inbox suar-sftp admin administrator sudo wheel operator adm staff users '
    'default localhost example test template0 template1 information-schema performance-schema public shared firewall'.split()
)


def invalid(message):
    return Refusal('invalid', message)


def matches(pattern, what):
    """A field that is a text matching a pattern from end to end."""

    def check(value, field):
        if type(value) is not str or not pattern.fullmatch(value):
            raise invalid('%s must be %s.' % (field, what))
        return value

    return check


def site(value, field='site'):
    matches(SITE, 'the name of a website: small letters, digits and single hyphens, 2 to 31 signs')(value, field)
    if '--' in value or value in RESERVED or value.startswith('systemd-'):
        raise invalid('%s is a name that a website cannot have.' % field)
    return value


def database(value, field='name'):
    matches(DATABASE, 'the name of a database: small letters, digits and underscores, at most 31 signs')(value, field)
    if value.replace('_', '-') in RESERVED or re.match('(?:pg|mysql)', value):
        raise invalid('%s is a name that the database server keeps for itself.' % field)
    return value


def php(value, field='version'):
    matches(VERSION_OF_PHP, 'a version such as 8.2')(value, field)
    if not os.path.exists(SET['php']['test'][0].replace('{v}', value)) or not os.path.isdir('/etc/php/%s/fpm/pool.d' % value):
        raise Refusal('unsupported', 'This host has no PHP-FPM %s; install it, or choose one that it has.' % value)
    return value


def whole(least, most):
    def check(value, field):
        # A truth value is a number to Python.
        if type(value) is not int or not least <= value <= most:
            raise invalid('%s must be a whole number from %d to %d.' % (field, least, most))
        return value

    return check


def true(value, field):
    if value is not True:
        raise invalid('%s is true or left out.' % field)
    return value


def truth(value, field):
    if type(value) is not bool:
        raise invalid('%s must be true or false.' % field)
    return value


def one_of(*values):
    def check(value, field):
        if type(value) is not str or value not in values:
            raise invalid('%s must be one of %s.' % (field, ', '.join(values)))
        return value

    return check


def or_null(check):
    return lambda value, field: None if value is None else check(value, field)


def many(check, most):
    def all_of(value, field):
        if type(value) is not list or len(value) > most:
            raise invalid('%s must be a list of at most %d.' % (field, most))
        return [check(one, field) for one in value]

    return all_of


def address(value, field):
    if type(value) is str and re.fullmatch('[0-9A-Fa-f:.]{2,45}', value):
        try:
            ipaddress.ip_address(value)
            return value
        except ValueError:
            pass
    raise invalid('%s must be an IP address.' % field)


def source(value, field):
    """Address, subnet or `any`."""
    if value == 'any':
        return value
    if type(value) is str and re.fullmatch('[0-9A-Fa-f:.]{2,45}(?:/[0-9]{1,3})?', value):
        try:
            ipaddress.ip_network(value, strict=False)
            return value
        except ValueError:
            pass
    raise invalid('%s must be an address, a subnet or any.' % field)


def public_key(value, field='key'):
    found = PUBLIC_KEY.fullmatch(value) if type(value) is str else None
    try:
        blob = base64.b64decode(found.group(2), validate=True) if found else b''
    except ValueError:
        blob = b''
    type_ = found.group(1).encode() if found else b''
    if not found or found.group(1) not in KEY_TYPES or blob[: 4 + len(type_)] != struct.pack('>I', len(type_)) + type_:
        raise invalid('%s must be a public key as ssh-keygen writes it, without options.' % field)
    return value


def object_of(value, field):
    if type(value) is not dict:
        raise invalid('%s must be an object.' % field)
    return value


def shaped(fields):
    """An object with exactly these fields; those ending in `?` may be left out."""

    def check(value, field):
        object_of(value, field)
        known = {name.rstrip('?'): one for name, one in fields.items()}
        for name in value:
            if name not in known:
                raise invalid('%s has a field that is not known here; the broker of this host may be of another version.' % field)
        for name in fields:
            if not name.endswith('?') and name not in value:
                raise invalid('%s needs the field %s.' % (field, name))
        return {name: known[name](one, '%s.%s' % (field, name)) for name, one in value.items()}

    return check


FROM_INBOX = shaped({'inbox': matches(DIGEST, 'a SHA-256 in hexadecimal')})


def text_or_inbox(value, field):
    return value if type(value) is str else FROM_INBOX(value, field)


OPENING = shaped({'protocol': one_of('tcp', 'udp'), 'port': whole(1, 65535), 'from': source})


def canonical(value):
    """The one way of writing a value, as daemon/domain/json.ts writes it."""
    return json.dumps(value, sort_keys=True, separators=(',', ':'), ensure_ascii=True)


def digest(state):
    return None if state is None else hashlib.sha256(canonical(state).encode('ascii')).hexdigest()


# ------------------------------------------------------------------------------------------------- 3 the lines that files may have

# A file of a kind consists of these lines and no others, each as it stands, set in by blanks. {in braces}: see `placeholders`. The templates that write
# such files are provisioning/site/*.ts; a line that is new there is refused here until it stands here too.
GRAMMAR_COMMON_FASTCGI = r'''
SCRIPT_FILENAME $document_root$fastcgi_script_name
QUERY_STRING $query_string
REQUEST_METHOD $request_method
CONTENT_TYPE $content_type
CONTENT_LENGTH $content_length
SCRIPT_NAME $fastcgi_script_name
REQUEST_URI $request_uri
DOCUMENT_URI $document_uri
DOCUMENT_ROOT $document_root
SERVER_PROTOCOL $server_protocol
REQUEST_SCHEME $scheme
HTTPS $https if_not_empty
GATEWAY_INTERFACE CGI/1.1
SERVER_SOFTWARE nginx
REMOTE_ADDR $remote_addr
REMOTE_PORT $remote_port
SERVER_ADDR $server_addr
SERVER_PORT $server_port
SERVER_NAME $host
REDIRECT_STATUS 200
HTTP_PROXY ""
'''
GRAMMAR = {
    'nginx': r'''
server {
}
map $http_upgrade {upgrade} {
default upgrade;
'' close;
listen {http};
listen {https} ssl http2;
listen {https} ssl;
server_name {domain};
root /srv/suar/{site}/public;
server_tokens off;
disable_symlinks if_not_owner from=$document_root;
client_max_body_size {number}m;
access_log /srv/suar/{site}/log/access.log;
error_log /srv/suar/{site}/log/error.log;
ssl_certificate /etc/suar-host/tls/{site}/fullchain.pem;
ssl_certificate_key /etc/suar-host/tls/{site}/key.pem;
ssl_protocols TLSv1.2 TLSv1.3;
ssl_ciphers {ciphers};
ssl_prefer_server_ciphers off;
ssl_session_cache shared:suar:10m;
ssl_session_timeout 1d;
ssl_session_tickets off;
add_header X-Content-Type-Options nosniff always;
add_header X-Frame-Options SAMEORIGIN always;
add_header Referrer-Policy strict-origin-when-cross-origin always;
add_header Strict-Transport-Security "max-age={number}" always;
add_header X-Robots-Tag noindex always;
location ^~ /.well-known/acme-challenge/ {
alias /var/lib/suar-host/acme/;
default_type text/plain;
default_type text/html;
charset utf-8;
location / {
location @suspended {
location ~ /\.(?!well-known/) {
location ~ \.php$ {
location ~* \.({suffixes})$ {
return 301 https://$host{port}$request_uri;
return 404;
return 503;
return 503 "{page}";
error_page 503 @suspended;
index index.html index.htm;
index index.php index.html index.htm;
expires 7d;
try_files $uri =404;
try_files $uri $uri/ =404;
try_files $uri /index.php$is_args$args;
try_files $uri $uri/ /index.php$is_args$args;
fastcgi_index index.php;
fastcgi_buffers 16 16k;
fastcgi_buffer_size 32k;
fastcgi_read_timeout 300s;
fastcgi_pass unix:/run/php/suar-{site}.sock;
proxy_http_version 1.1;
proxy_set_header Host $host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Forwarded-Host $host;
proxy_set_header Proxy "";
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection {upgrade};
proxy_read_timeout 300s;
proxy_pass http://127.0.0.1:{app};
''' + ''.join('fastcgi_param %s;\n' % line for line in GRAMMAR_COMMON_FASTCGI.strip().splitlines()),
    'apache': r'''
<VirtualHost {http}>
<VirtualHost {https}>
</VirtualHost>
ServerName {domain}
ServerAlias {domain}
DocumentRoot /srv/suar/{site}/public
ErrorLog /srv/suar/{site}/log/error.log
CustomLog /srv/suar/{site}/log/access.log combined
UseCanonicalName Off
SSLEngine On
SSLCertificateFile /etc/suar-host/tls/{site}/fullchain.pem
SSLCertificateKeyFile /etc/suar-host/tls/{site}/key.pem
SSLProtocol -all +TLSv1.2 +TLSv1.3
SSLCipherSuite {ciphers}
SSLHonorCipherOrder Off
SSLSessionTickets Off
Header always set X-Content-Type-Options nosniff
Header always set X-Frame-Options SAMEORIGIN
Header always set Referrer-Policy strict-origin-when-cross-origin
Header always set Strict-Transport-Security "max-age={number}"
Header always set X-Robots-Tag noindex
RequestHeader unset Proxy early
RequestHeader unset X-Forwarded-For early
RequestHeader set X-Forwarded-Proto https
Alias /.well-known/acme-challenge/ /var/lib/suar-host/acme/
<Directory /var/lib/suar-host/acme/>
<Directory /srv/suar/{site}/public>
</Directory>
Options None
Options SymLinksIfOwnerMatch
AllowOverride None
Require all granted
DirectoryIndex index.html index.htm
DirectoryIndex index.php index.html index.htm
LimitRequestBody {number}
RewriteEngine On
RewriteCond %{REQUEST_URI} !^/\.well-known/acme-challenge/
RewriteRule ^ https://%{SERVER_NAME}{port}%{REQUEST_URI} [R=301,L]
RewriteRule ^ - [R=503,L]
RewriteRule /\.(?!well-known/) - [R=404,L]
RewriteCond %{DOCUMENT_ROOT}/index.php -f
RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f
RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-d
RewriteRule ^ /index.php [L]
ErrorDocument 503 "{page}"
ProxyPreserveHost On
ProxyTimeout 300
ProxyPass /.well-known/acme-challenge/ !
ProxyPass / http://127.0.0.1:{app}/ upgrade=websocket
ProxyPassReverse / http://127.0.0.1:{app}/
<LocationMatch "\.({suffixes})$">
</LocationMatch>
ExpiresActive On
ExpiresDefault "access plus 7 days"
<FilesMatch "\.php$">
</FilesMatch>
<If "-f %{REQUEST_FILENAME}">
</If>
SetHandler "proxy:unix:/run/php/suar-{site}.sock|fcgi://{site}"
''',
    'pool': r'''
[suar-{site}]
user = {site}
group = {site}
listen = /run/php/suar-{site}.sock
listen.owner = root
listen.group = www-data
listen.mode = 0660
pm = ondemand
pm.max_children = {number}
pm.process_idle_timeout = 60s
pm.max_requests = 500
request_terminate_timeout = 300s
chdir = /srv/suar/{site}/public
clear_env = yes
security.limit_extensions = .php
env[TMPDIR] = /srv/suar/{site}/tmp
php_admin_value[open_basedir] = /srv/suar/{site}/:/usr/share/php/
php_admin_value[sys_temp_dir] = /srv/suar/{site}/tmp
php_admin_value[upload_tmp_dir] = /srv/suar/{site}/tmp
php_admin_value[session.save_path] = /srv/suar/{site}/tmp
php_admin_value[memory_limit] = {number}M
php_admin_value[upload_max_filesize] = {number}M
php_admin_value[post_max_size] = {number}M
php_admin_flag[log_errors] = on
php_admin_flag[expose_php] = off
php_admin_flag[allow_url_include] = off
php_admin_flag[opcache.validate_permission] = on
php_flag[display_errors] = off
php_flag[session.cookie_secure] = on
php_flag[session.cookie_httponly] = on
''',
    'cron': r'''
SHELL=/bin/sh
PATH=/usr/local/bin:/usr/bin:/bin
HOME=/srv/suar/{site}/private
MAILTO=""
{time} {site} {interpreter} /srv/suar/{site}/{path}{words}
''',
    'logrotate': r'''
/srv/suar/{site}/log/*.log {
}
daily
rotate 30
maxsize 100M
missingok
notifempty
compress
delaycompress
copytruncate
''',
    'unit': r'''
[Unit]
[Service]
[Install]
Description=Suar: {site}
After=network-online.target
Wants=network-online.target
WantedBy=multi-user.target
Type=simple
User={site}
Group={site}
WorkingDirectory=/srv/suar/{site}
Environment=HOST=127.0.0.1
Environment=PORT={app}
Environment=HOME=/srv/suar/{site}/private
Environment=TMPDIR=/srv/suar/{site}/tmp
ExecStart={interpreter} /srv/suar/{site}/{path}{words}
Restart=always
RestartSec=5s
UMask=0027
MemoryMax={number}M
TasksMax=512
TemporaryFileSystem=/srv/suar:ro
BindPaths=/srv/suar/{site}
ReadWritePaths=/srv/suar/{site}/public /srv/suar/{site}/private /srv/suar/{site}/tmp
InaccessiblePaths=-/etc/suar-host -/var/lib/suar-host
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
PrivateTmp=yes
PrivateDevices=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
''',
}
# Lines without which a file of the kind is not whole: what keeps one website from another.
NEEDED = {
    'nginx': ('disable_symlinks if_not_owner from=$document_root;',),
    'apache': (),
    'pool': ('[suar-{site}]', 'user = {site}', 'group = {site}', 'listen = /run/php/suar-{site}.sock', 'listen.mode = 0660', 'clear_env = yes',
             'security.limit_extensions = .php', 'php_admin_value[open_basedir] = /srv/suar/{site}/:/usr/share/php/'),
    'cron': (),
    'logrotate': ('/srv/suar/{site}/log/*.log {', '}', 'copytruncate'),
    'unit': ('[Service]', 'User={site}', 'Group={site}', 'NoNewPrivileges=yes', 'CapabilityBoundingSet=', 'TemporaryFileSystem=/srv/suar:ro',
             'BindPaths=/srv/suar/{site}', 'ProtectSystem=strict', 'InaccessiblePaths=-/etc/suar-host -/var/lib/suar-host'),
}
HEADING = '%s Managed by Suar: %s/%s. Changes here are found and shown, see the change that made it.'


def placeholders(name):
    """What stands for each word in braces. `site` and all paths are this website's own and no other's."""
    where, http, https = SET['listen']['address'], SET['listen']['http'], SET['listen']['https']
    addresses = ['0.0.0.0', '[::]', '*'] if where == '*' else ['[%s]' % where if ':' in where else where]
    part = '[A-Za-z0-9_][A-Za-z0-9._-]*'
    field = '(?:[*]|[0-9]{1,2}(?:-[0-9]{1,2})?)(?:/[0-9]{1,2})?'
    fields = '%s(?:,%s)*' % (field, field)
    label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
    return {
        'site': re.escape(name),
        'upgrade': re.escape('$suar_%s_upgrade' % name.replace('-', '_')),
        'http': '(?:%s):%d' % ('|'.join(map(re.escape, addresses)), http),
        'https': '(?:%s):%d' % ('|'.join(map(re.escape, addresses)), https),
        'port': '' if https == 443 else ':%d' % https,
        'domain': '(?=[^ ;]{1,253}(?:;|$))(?:%s[.])+%s' % (label, label),
        'number': '[0-9]{1,12}',
        'app': '(?:102[4-9]|10[3-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])',
        'ciphers': '[A-Z0-9:_-]{1,1000}',
        'suffixes': '[a-z0-9|]{1,400}',
        'page': "[A-Za-z0-9 <>=,;:!?'./()#&-]{1,4000}",
        'time': ' '.join([fields] * 5),
        'interpreter': '(?:/usr/bin/php(?:[0-9]{1,2}[.][0-9]{1,2})?|/usr/bin/node|/usr/bin/python3|/bin/sh)',
        'path': '%s(?:/%s)*' % (part, part),
        'words': '(?: [A-Za-z0-9._=:@,+/-]{1,200}){0,10}',
    }


WORD_IN_BRACES = re.compile(r'\{([a-z]+)\}')
GRAMMARS = {}


def grammar(kind, name):
    """One pattern for any line that a file of this kind and website may have."""
    if (kind, name) not in GRAMMARS:
        words = placeholders(name)
        lines = []
        for line in GRAMMAR[kind].strip().splitlines():
            literal = WORD_IN_BRACES.split(line)
            lines.append(''.join(re.escape(piece) if i % 2 == 0 else words[piece] for i, piece in enumerate(literal)))
        GRAMMARS[kind, name] = re.compile(' {0,64}(?:%s)' % '|'.join(lines))
    return GRAMMARS[kind, name]


def check_lines(kind, name, text):
    if not text.endswith('\n') or len(text) > CONTENT:
        raise invalid('content must end with a newline and have at most %d signs.' % CONTENT)
    lines = text[:-1].split('\n')
    heading = HEADING % (';' if kind == 'pool' else '#', kind, name)
    if lines[0] != heading:
        raise invalid('The first line of content must be the heading of %s/%s.' % (kind, name))
    allowed = grammar(kind, name)
    for number, line in enumerate(lines[1:], 2):
        if line != '' and (not allowed.fullmatch(line) or re.search('[ /][.][.](?:[ /]|$)', line)):
            raise invalid('Line %d of content is none that a file of %s may have for the website %s.' % (number, kind, name))
    there = {line.strip(' ') for line in lines}
    for line in NEEDED[kind]:
        if line.replace('{site}', name) not in there:
            raise invalid('content lacks the line that keeps websites apart: %s' % line.replace('{site}', name))
    # Each server of nginx says anew that it follows no strange links.
    if kind == 'nginx' and sum(line.strip(' ') == NEEDED['nginx'][0] for line in lines) != sum(line.strip(' ') == 'server {' for line in lines):
        raise invalid('Every server in content must say: %s' % NEEDED['nginx'][0])


# ------------------------------------------------------------------------------------------------------------ 4 running and writing

def trimmed(words):
    """A server's own words: printable, the last of many."""
    text = words.decode('utf-8', 'replace') if type(words) is bytes else words
    return ''.join(sign if sign == '\n' or ' ' <= sign <= '~' else '?' for sign in text)[-2000:].strip()


def to_account(row):
    """For a child between fork and exec: becomes the account, for good."""

    def become():
        os.setgroups(os.getgrouplist(row.pw_name, row.pw_gid))
        os.setresgid(row.pw_gid, row.pw_gid, row.pw_gid)
        os.setresuid(row.pw_uid, row.pw_uid, row.pw_uid)

    return become


def run(argv, stdin=b'', timeout=60, account=None, into=None, from_=None, environment=None):
    """A program by its words, never by a shell, with nothing of our environment and no open file of ours. Gives its code and its words.
    `into` and `from_` are open files for its output and input; `account` is who it runs as."""
    try:
        process = subprocess.Popen(
            argv, stdin=subprocess.PIPE if from_ is None else from_, stdout=subprocess.PIPE if into is None else into, stderr=subprocess.PIPE,
            env=dict(ENVIRONMENT, **(environment or {})), cwd='/', close_fds=True, start_new_session=True,
            preexec_fn=to_account(account) if account else None,
        )
    except (FileNotFoundError, PermissionError):
        raise Refusal('unsupported', 'This host has no %s; install it.' % argv[0])
    try:
        out, err = process.communicate(stdin if from_ is None else None, timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Refusal('broken', '%s did not end within %d seconds; look at the host.' % (argv[0], timeout))
    return process.returncode, (out or b''), err


def must(argv, message, kind='broken', **how):
    code, out, err = run(argv, **how)
    if code != 0:
        raise Refusal(kind, message, trimmed(out + err))
    return out


def as_site(name, errand, seconds=30):
    """Does the errand in a child that has become the website's account; what it gives comes back as JSON."""
    row = account(name)
    if row is None:
        raise Refusal('notFound', 'The account %s is not on this host.' % name)
    if row.pw_uid < 1000 or row.pw_gid < 100:
        raise Refusal('conflict', 'The account %s is one of the system; nothing is done as it.' % name)
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(ours)
            nothing = os.open('/dev/null', os.O_RDWR)
            for fd in (0, 1, 2):
                os.dup2(nothing, fd)
            signal.alarm(seconds)
            to_account(row)()
            os.write(theirs, json.dumps(errand()).encode('ascii')[:60000])
            code = 0
        finally:
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, 'rb') as pipe:
        told = pipe.read()
    _, ended = os.waitpid(pid, 0)
    if ended != 0:
        raise Refusal('broken', 'What was done as %s did not come to its end; look at the host.' % name)
    return json.loads(told.decode('ascii'))


def account(name):
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def group_of(name):
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        raise Refusal('broken', 'This host has no group %s; run the install command again.' % name)


def folder(path, mode=0o700):
    """Makes a folder of ours where there is none; everything above it is root's."""
    try:
        os.mkdir(path, 0o700)
        os.chmod(path, mode)
    except FileExistsError:
        is_ = os.lstat(path)
        if not stat.S_ISDIR(is_.st_mode) or is_.st_uid != 0:
            raise Refusal('broken', '%s is not a folder of root; look at the host.' % path)


def write_file(path, data, mode=0o600, gid=0):
    """All or nothing: beside it, with its owner and mode, down to the disk, then renamed over it. Its folder is root's."""
    # No server takes a file of this name for one of its own; logrotate knows the ending too.
    place, base = os.path.split(path)
    beside = '.%s.dpkg-new' % base
    at = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        gone(beside, at)
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=at)
        try:
            with os.fdopen(fd, 'wb') as file:
                file.write(data)
                file.flush()
                os.fchown(fd, 0, gid)
                os.fchmod(fd, mode)
                os.fsync(fd)
            os.rename(beside, base, src_dir_fd=at, dst_dir_fd=at)
        except BaseException:
            gone(beside, at)
            raise
        os.fsync(at)
    finally:
        os.close(at)


def gone(path, at=None):
    try:
        os.unlink(path, dir_fd=at)
        return True
    except FileNotFoundError:
        return False


def read_file(path, most=CONTENT):
    """Bytes of a regular file that is no link; None: there is none. Of anything else it raises OSError."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    with os.fdopen(fd, 'rb') as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, 'not a regular file', path)
        return file.read(most + 1)


def write_json(path, value):
    write_file(path, (canonical(value) + '\n').encode('ascii'))


def read_json(path, otherwise):
    data = read_file(path, 64 << 20)
    if data is None:
        return otherwise
    try:
        return json.loads(data.decode('ascii'))
    except ValueError:
        raise Refusal('broken', '%s is not whole; restore it from a backup of the host.' % path)


def from_inbox(named):
    """What was sent ahead by SFTP under its SHA-256. It lies in the folder of the account suar-inbox: taken only as a plain file of its own, then removed."""
    name = named['inbox']
    missing = Refusal('notFound', 'What was sent ahead is not in the inbox, or is not what it is named for; send it again.')
    try:
        at = os.open(INBOX, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        raise Refusal('broken', 'This host has no inbox; run the install command again.')
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)
        with os.fdopen(fd, 'rb') as file:
            is_ = os.fstat(fd)
            owner = os.fstat(at).st_uid
            if not stat.S_ISREG(is_.st_mode) or is_.st_nlink != 1 or owner == 0 or is_.st_uid != owner or is_.st_size > CONTENT:
                raise missing
            data = file.read(CONTENT + 1)
        if hashlib.sha256(data).hexdigest() != name:
            raise missing
        gone(name, at)
        return data
    except OSError:
        raise missing
    finally:
        os.close(at)


def systemd():
    return os.path.isdir('/run/systemd/system')


def answers(path):
    """Whether somebody listens on a socket of this path."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(path)
            return True
        except OSError:
            return False


class Server:
    """A web server or PHP-FPM: its own test, and taking up its files anew without ever being stopped."""

    def __init__(self, part, version=''):
        self.part, self.name = part, {'nginx': 'nginx', 'apache': 'Apache', 'php': 'PHP-FPM %s' % version}[part]
        self.set = {key: value.replace('{v}', version) if type(value) is str else [word.replace('{v}', version) for word in value]
                    for key, value in SET[part].items()}

    def test(self):
        code, out, err = run(self.set['test'])
        return code == 0, trimmed(out + err)

    def pid(self):
        try:
            pid = int((read_file(self.set['pid']) or b'').strip() or b'0')
            with open('/proc/%d/comm' % pid) as comm:
                return pid if comm.read().startswith({'nginx': 'nginx', 'apache': 'apache2', 'php': 'php-fpm'}[self.part]) else 0
        except (OSError, ValueError):
            return 0

    def fit(self):
        """Before anything is touched: a host that is broken already is not blamed on the change."""
        fine, words = self.test()
        if not fine:
            raise Refusal('broken', '%s does not pass its own test as it is, before this change; mend the host first.' % self.name, words)
        if not (run(['/usr/bin/systemctl', 'is-active', '--quiet', self.set['unit']])[0] == 0 if systemd() else self.pid()):
            raise Refusal('broken', '%s does not run on this host; start it first.' % self.name)

    def children(self):
        try:
            with open('/proc/%d/task/%d/children' % (self.pid(), self.pid())) as file:
                return set(file.read().split())
        except OSError:
            return set()

    def reload(self):
        before = self.children()
        if systemd():
            must(['/usr/bin/systemctl', 'reload', self.set['unit']], '%s did not take up its files anew.' % self.name, 'refused')
        else:
            pid = self.pid()
            if not pid:
                raise Refusal('refused', '%s ended while it was to take up its files anew; start it.' % self.name)
            os.kill(pid, getattr(signal, self.set['signal']))
        # Until new workers are there the old ones answer. PHP-FPM has workers only when asked, and is told by its socket.
        until = time.monotonic() + (0 if self.part == 'php' else 3)
        while time.monotonic() < until and (not self.children() - before or not all(map(self.retired, before))):
            time.sleep(0.01)

    def retired(self, worker):
        """nginx tells its old workers a moment after the new ones are there, and they call themselves something else then."""
        if self.part != 'nginx':
            return True
        try:
            with open('/proc/%s/cmdline' % worker, 'rb') as file:
                title = file.read()
            return not title or b'shutting down' in title
        except OSError:
            return True


# ----------------------------------------------------------------------------------------------------------------------- 5 the lock

class Alone:
    """One broker at a time changes anything here; the kernel lets go of it with the process."""

    def __enter__(self):
        folder(RUN, 0o755)
        self.fd = os.open(RUN + '/alone', os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        until = time.monotonic() + 30
        while True:
            try:
                return fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(self.fd)
                    raise Refusal('locked', 'Another broker has been at work on this host for 30 seconds; try again later.')
                time.sleep(0.02)

    def __exit__(self, *_):
        os.close(self.fd)


def lease_now():
    """Who has the host, and until when by the clock since it was started; /run is empty after a start."""
    lease = read_json(RUN + '/lock', None)
    return lease if lease and lease['until'] > time.clock_gettime(time.CLOCK_BOOTTIME) * 1000 else None


def leased(lease):
    has = lease_now()
    if has is None:
        raise Refusal('locked', 'The lease on this host has ended or was never taken; take it first.')
    if has['lease'] != lease:
        raise Refusal('locked', 'This host is worked on by %s; wait until it is through.' % has['lease'])


def still_leased(lease):
    """Long work keeps whoever would renew the lease from doing so: it is good for a while after."""
    has, soon = read_json(RUN + '/lock', None), int(time.clock_gettime(time.CLOCK_BOOTTIME) * 1000) + 60000
    if has and has['lease'] == lease and has['until'] < soon:
        write_json(RUN + '/lock', dict(has, until=soon))


def lock(ask):
    with Alone():
        has = lease_now()
        if has is not None and has['lease'] != ask['lease']:
            raise Refusal('locked', 'This host is worked on by %s; wait until it is through.' % has['lease'])
        write_json(RUN + '/lock', {'lease': ask['lease'], 'until': int(time.clock_gettime(time.CLOCK_BOOTTIME) * 1000) + ask['seconds'] * 1000})
        return {}


def unlock(ask):
    with Alone():
        has = lease_now()
        if has is not None and has['lease'] == ask['lease']:
            gone(RUN + '/lock')
        return {}


# ------------------------------------------------------------------------------------------ 6 what is ours and what is put aside

def holdings():
    """Whatever Suar made here, by `kind/name`: {since, digest}, and while it is being changed {before, after} of it."""
    return read_json(HOLDINGS, {})


def mark(key, entry):
    held = holdings()
    if held.get(key) != entry:
        if entry is None:
            held.pop(key)
        else:
            held[key] = entry
        write_json(HOLDINGS, held)


def kept_thing(keep, kind, name):
    """What was put aside under an id: {kind, name, state, ours}; None: nothing."""
    thing = read_json('%s/%s/thing.json' % (KEPT, keep), None)
    if thing is not None and (thing['kind'], thing['name']) != (kind, name):
        raise Refusal('conflict', 'Under %s something else was put aside: %s/%s.' % (keep, thing['kind'], thing['name']))
    return thing


def sweep(spared=()):
    """Takes away what a cut-off change left half written, wherever files of ours lie. Nobody else writes now."""
    places = {os.path.dirname(kind.pattern).replace('{v}', '*') for kind in KINDS.values() if isinstance(kind, Files)} | {ETC, ETC + '/keys', LIB, CHALLENGES}
    for place in places:
        for path in glob.glob(place + '/.*.dpkg-new'):
            gone(path)
    for path in glob.glob(KEPT + '/.new-*'):
        shutil.rmtree(path)
    # What was sent ahead an hour ago and never asked for: a key may be among it.
    try:
        inbox = os.open(INBOX, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return
    try:
        for name in os.listdir(inbox):
            # One that is being sent takes its name meanwhile.
            with contextlib.suppress(FileNotFoundError):
                if name not in spared and os.stat(name, dir_fd=inbox, follow_symlinks=False).st_mtime < time.time() - 3600:
                    os.unlink(name, dir_fd=inbox)
    finally:
        os.close(inbox)


def put_aside(keep, kind, name, state, ours, wanted):
    """Whole or not at all: made beside, then renamed."""
    folder(KEPT)
    new = '%s/.new-%s' % (KEPT, keep)
    shutil.rmtree(new, ignore_errors=True)
    try:
        os.mkdir(new, 0o700)
        KINDS[kind].keep(name, new, wanted)
        write_json(new + '/thing.json', {'kind': kind, 'name': name, 'state': state, 'ours': ours, 'at': int(time.time())})
        os.rename(new, '%s/%s' % (KEPT, keep))
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def put(ask):
    """The one way in which a thing comes, changes or goes: compared and swapped under the lock, the old put aside, the server's own test before and after.
    What is begun is written down first, so that the same request, or the one that takes it back, ends what a cut-off one left."""
    kind_name, name, wanted, before, keep = ask['kind'], ask['name'], ask['after'], ask['before'], ask['keep']
    kind, key, aim = KINDS[kind_name], '%s/%s' % (kind_name, name), digest(wanted)
    entry = holdings().get(key)
    now = kind.read(name)
    is_ = digest(now)
    begun = entry.get('begun') if entry else None
    resumed = begun is not None and {before, aim} == set(begun)
    sweep({one['sha256'] for one in ask.get('files', [])})
    if now is not None and entry is None and not ask.get('adopt'):
        raise Refusal('conflict', '%s is there and was not made by Suar; it is left alone. Take it over first, or choose another name.' % key)
    kept = kept_thing(keep, kind_name, name)
    back = kept_thing(ask['restore'], kind_name, name) if 'restore' in ask else None
    # What stood here before comes back as it was, and what stands here is taken over as it is; anything else must be as this file knows it.
    if wanted is not None and not (back and digest(back['state']) == aim) and not ('adopt' in ask and is_ == aim):
        kind.shape(name, wanted, ask)
        kind.check(name, wanted, ask)
    since = entry['since'] if entry else int(time.time())
    if is_ == aim and not resumed and not ('verifier' in ask and entry is not None):
        mark(key, None if aim is None else {'since': since, 'digest': aim})
    else:
        if is_ not in (before, aim) and not resumed:
            raise Refusal('stale', '%s is not as it was when this was planned; plan anew.' % key)
        if 'restore' in ask and back is None and is_ != aim:
            raise Refusal('notFound', 'Nothing is put aside under %s for %s.' % (ask['restore'], key))
        if not resumed or is_ == before:
            kind.fit(name, wanted)
        was = now if is_ == before else back['state'] if back and digest(back['state']) == before else kept['state'] if kept else None
        mark(key, {'since': since, 'digest': entry['digest'] if entry else None, 'begun': [before, aim]})
        try:
            if kept is None and now is not None and (is_ == before or wanted is None):
                put_aside(keep, kind_name, name, now, entry is not None, wanted)
            kind.make(name, now, wanted, dict(ask, was=was, resumed=resumed, again=begun == [before, aim]))
        except (Refusal, OSError):
            # Never touched, or put back: then nothing is begun any more.
            if not resumed and digest(kind.read(name)) == before:
                if kept is None:
                    shutil.rmtree('%s/%s' % (KEPT, keep), ignore_errors=True)
                try:
                    mark(key, entry)
                except OSError:
                    # On a disk that is full it stays begun, which only lets the same request begin again.
                    pass
            raise
        mark(key, {'since': since, 'digest': aim} if wanted is not None and not (back and not back['ours']) else None)
    return {'state': kind.read(name), 'kept': keep if kept_thing(keep, kind_name, name) else None}


# ---------------------------------------------------------------------------------------------------------------- 7 kinds of things

class Kind:
    """`read` gives the state of a thing as `put` took it, with fields of its own where it deviates; `make` brings it there from wherever it is, also from
    half-way, and leaves it as it `was` when the server refuses it."""

    name = staticmethod(site)
    # Further fields of `put`.
    more = {}

    def read(self, name):
        raise NotImplementedError

    def read_all(self, names):
        return {name: self.read(name) for name in names}

    def names(self):
        raise NotImplementedError

    def shape(self, name, wanted, ask):
        """Whether a state is one that may be wanted. Looks at nothing else."""
        raise NotImplementedError

    def check(self, name, wanted, ask):
        """The same of the texts that were sent ahead for it."""

    def fit(self, name, wanted):
        """Whether the host is well, before anything is touched."""

    def keep(self, name, place, wanted):
        """What `make` needs besides the state to bring the thing back, as it is now, into a folder."""

    def make(self, name, now, wanted, how):
        raise NotImplementedError


class Files(Kind):
    """A text file for each website, and the server that reads it."""

    mode = 0o640
    # Where they lie: `*` is the website's name.
    pattern = ''
    fields = {'content': text_or_inbox}

    def __init__(self, kind):
        self.kind = kind

    def path(self, name, state):
        return self.pattern.replace('*', name)

    def paths(self, name):
        """Where one may be."""
        return [self.path(name, None)]

    def servers(self, name, states):
        return []

    def names(self):
        pattern = self.pattern.replace('{v}', '*')
        found = (re.fullmatch(re.escape(self.pattern).replace(re.escape('{v}'), '[^/]+').replace(re.escape('*'), '([a-z0-9-]+)'), path)
                 for path in glob.glob(pattern))
        return sorted({one.group(1) for one in found if one and is_site(one.group(1))})

    def read(self, name):
        state = None
        for path in self.paths(name):
            if not os.path.lexists(path):
                continue
            try:
                data = read_file(path)
                text = data.decode('utf-8')
                state = {'content': text} if len(data) <= CONTENT else {'unreadable': 'too long'}
                is_ = os.lstat(path)
                if is_.st_uid != 0 or stat.S_IMODE(is_.st_mode) & 0o022:
                    state['writable'] = '%s %04o' % (is_.st_uid, stat.S_IMODE(is_.st_mode))
            except (OSError, ValueError, AttributeError):
                state = {'unreadable': 'not a text file'}
            state.update(self.besides(name, path))
        return state

    def besides(self, name, path):
        return {}

    def shape(self, name, wanted, ask):
        if type(shaped(self.fields)(wanted, 'after')['content']) is str:
            check_lines(self.kind, name, wanted['content'])

    def check(self, name, wanted, ask):
        check_lines(self.kind, name, wanted['content'])

    def fit(self, name, wanted):
        for server in self.servers(name, [self.read(name), wanted]):
            server.fit()

    def lay(self, name, state):
        """Files as of this state, and no others of this website. What is so already is not written: on a full disk it could not be."""
        at = None if state is None else self.path(name, state)
        if at is not None and self.read(name) != state:
            write_file(at, state['content'].encode('utf-8'), self.mode)
        for path in self.paths(name):
            if path != at:
                gone(path)

    def proven(self, name, state, servers):
        """The servers' own tests, then their reload; raises what they say."""
        for server in servers:
            fine, words = server.test()
            if not fine:
                raise Refusal('refused', '%s does not take %s/%s; it was put back as it was.' % (server.name, self.kind, name), words)
        for server in servers:
            server.reload()

    def make(self, name, now, wanted, how):
        for state in (wanted, how['was']):
            if state is not None and 'content' not in state:
                raise Refusal('conflict', 'What stands at %s/%s is no text file and cannot be put aside; remove it by hand.' % (self.kind, name))
        servers = self.servers(name, [now, how['was'], wanted])
        try:
            self.lay(name, wanted)
            self.proven(name, wanted, servers)
        except (Refusal, OSError) as why:
            self.lay(name, how['was'])
            if isinstance(why, Refusal):
                try:
                    self.proven(name, how['was'], servers)
                except Refusal as still:
                    why.detail = trimmed('%s\nput back, it says: %s' % (why.detail, still.detail or still.message))
            raise why


def is_site(name):
    try:
        return site(name) == name
    except Refusal:
        return False


class VirtualHost(Files):
    LINE_OF_NAME = re.compile('^ *(?:server_name|ServerName|ServerAlias) ([^ ;]+);?$', re.MULTILINE)

    def __init__(self, kind):
        super().__init__(kind)
        self.pattern = '/etc/%s/suar.d/*.conf' % {'nginx': 'nginx', 'apache': 'apache2'}[kind]

    def servers(self, name, states):
        return [Server(self.kind)]

    def fit(self, name, wanted):
        super().fit(name, wanted)
        if wanted is not None:
            mine = set(self.LINE_OF_NAME.findall(wanted['content']))
            for path in glob.glob('/etc/nginx/suar.d/*.conf') + glob.glob('/etc/apache2/suar.d/*.conf'):
                if os.path.basename(path) != name + '.conf':
                    both = mine & set(self.LINE_OF_NAME.findall((read_file(path) or b'').decode('utf-8', 'replace')))
                    if both:
                        raise Refusal('conflict', '%s is served by another website of this host already: %s.' % (sorted(both)[0], os.path.basename(path)))


class Pool(Files):
    pattern = '/etc/php/{v}/fpm/pool.d/suar-*.conf'
    fields = {'content': text_or_inbox, 'version': php}

    def path(self, name, state):
        return '/etc/php/%s/fpm/pool.d/suar-%s.conf' % (state['version'], name)

    def paths(self, name):
        return sorted(glob.glob('/etc/php/[0-9]*/fpm/pool.d/suar-%s.conf' % name))

    def besides(self, name, path):
        return {'version': path.split('/')[3]}

    def check(self, name, wanted, ask):
        super().check(name, wanted, ask)
        if account(name) is None:
            raise Refusal('notFound', 'The account %s is not on this host; PHP runs as it.' % name)

    def servers(self, name, states):
        # The one that lets go of the socket first.
        return [Server('php', version) for version in dict.fromkeys(state['version'] for state in states if state is not None)]

    def proven(self, name, state, servers):
        super().proven(name, state, servers)
        until = time.monotonic() + 5
        while state is not None and not answers('/run/php/suar-%s.sock' % name):
            if time.monotonic() > until:
                raise Refusal('refused', 'PHP-FPM took pool/%s but does not answer at its socket; it was put back as it was.' % name)
            time.sleep(0.02)


class Cron(Files):
    pattern = '/etc/cron.d/suar-*'


class Logrotate(Files):
    pattern = '/etc/logrotate.d/suar-*'

    def proven(self, name, state, servers):
        if state is not None:
            code, out, err = run(['/usr/sbin/logrotate', '--debug', self.path(name, state)])
            if code != 0 or re.search(b'(?m)^error:', out + err):
                raise Refusal('refused', 'logrotate does not take logrotate/%s; it was put back as it was.' % name, trimmed(err))


class Unit(Files):
    # systemd shows what is in it to everybody anyway.
    mode = 0o644
    pattern = '/etc/systemd/system/suar-*.service'
    fields = {'content': text_or_inbox, 'enabled': truth}

    def besides(self, name, path):
        return {'enabled': os.path.lexists('/etc/systemd/system/multi-user.target.wants/suar-%s.service' % name)}

    def fit(self, name, wanted):
        if not systemd():
            raise Refusal('unsupported', 'This host does not run systemd; a program of a website needs it.')

    def lay(self, name, state):
        if state is None and os.path.lexists(self.path(name, None)):
            run(['/usr/bin/systemctl', 'disable', '--now', 'suar-%s.service' % name])
        super().lay(name, state)

    def proven(self, name, state, servers):
        unit = 'suar-%s.service' % name
        if state is not None and os.path.exists('/usr/bin/systemd-analyze'):
            must(['/usr/bin/systemd-analyze', 'verify', self.path(name, state)], 'systemd does not take unit/%s; it was put back as it was.' % name, 'refused')
        must(['/usr/bin/systemctl', 'daemon-reload'], 'systemd did not read its units anew.', 'refused')
        if state is not None:
            for words in (['enable', unit], ['restart', unit]) if state['enabled'] else (['disable', '--now', unit],):
                must(['/usr/bin/systemctl'] + words, 'systemd could not %s %s; it was put back as it was.' % (words[0], unit), 'refused')


class User(Kind):
    """The account of a website: no password, no shell, no home of its own. The file of accounts is only changed by the programs made for it."""

    def state_of(self, row, shadow, groups, held):
        password, expires = shadow.get(row.pw_name, ('', ''))
        state = {'groups': sorted(name for name, members in groups if row.pw_name in members), 'home': row.pw_dir, 'shell': row.pw_shell,
                 'comment': row.pw_gecos, 'locked': expires.isdigit() and int(expires) * 86400 <= time.time()}
        # One that was taken over keeps the number that its files have.
        if not UIDS[0] <= row.pw_uid <= UIDS[1] and 'user/' + row.pw_name not in held:
            state['uid'] = row.pw_uid
        if password[:1] not in ('!', '*'):
            state['password'] = True
        return state

    def read(self, name):
        return self.read_all([name])[name]

    def read_all(self, names):
        rows = {row.pw_name: row for row in pwd.getpwall()}
        with open('/etc/shadow', encoding='utf-8', errors='replace') as file:
            shadow = {fields[0]: (fields[1], fields[7]) for fields in (line.rstrip('\n').split(':') for line in file) if len(fields) == 9}
        groups = [(group.gr_name, group.gr_mem) for group in grp.getgrall()]
        held = holdings()
        return {name: self.state_of(rows[name], shadow, groups, held) if name in rows else None for name in names}

    def names(self):
        members = grp.getgrgid(group_of('suar-sftp')).gr_mem
        return sorted(row.pw_name for row in pwd.getpwall() if (UIDS[0] <= row.pw_uid <= UIDS[1] or row.pw_name in members
                      or row.pw_uid >= 1000 and os.path.isdir('%s/%s' % (SITES, row.pw_name))) and is_site(row.pw_name))

    def shape(self, name, wanted, ask):
        usual = {'groups': ['suar-sftp'], 'home': '/', 'shell': '/usr/sbin/nologin', 'comment': 'Suar ' + name}
        object_of(wanted, 'after')
        if type(wanted.get('locked')) is not bool or dict(wanted, locked=None) != dict(usual, locked=None):
            raise invalid('after must be %s and locked, true or false.' % canonical(usual))

    def fit(self, name, wanted):
        group_of('suar-sftp')

    def keep(self, name, place, wanted):
        row = account(name)
        write_json(place + '/ids.json', {'uid': row.pw_uid, 'gid': row.pw_gid})
        with open('/etc/shadow', encoding='utf-8', errors='replace') as file:
            # One that is taken over loses its password; undone it has it again.
            write_json(place + '/password.json', next((line.split(':')[1] for line in file if line.startswith(name + ':')), '*'))

    def quiet(self, name):
        """Ends what runs as the account, as the account itself, which can end nothing else."""
        if account(name) is not None:
            as_site(name, lambda: kill_all())

    def make(self, name, now, wanted, how):
        if wanted is None:
            for _ in range(5):
                if account(name) is None:
                    break
                run(['/usr/sbin/usermod', '--expiredate', '1', name])
                self.quiet(name)
                code, out, err = run(['/usr/sbin/userdel', name])
            if account(name) is not None:
                raise Refusal('refused', 'The account %s could not be removed.' % name, trimmed(out + err))
            if now is None and self.group(name):
                must(['/usr/sbin/groupdel', name], 'The group %s could not be removed.' % name, 'refused')
            return
        if now is None:
            self.add(name, wanted, how)
        else:
            words = []
            for field, word in (('home', '--home'), ('shell', '--shell'), ('comment', '--comment')):
                if now[field] != wanted[field]:
                    words.append('%s=%s' % (word, wanted[field]))
            if now['groups'] != wanted['groups']:
                words.append('--groups=' + ','.join(wanted['groups']))
            if now.get('password') and not wanted.get('password'):
                words.append('--password=*')
            if now['locked'] != wanted['locked']:
                words.append('--expiredate=' + ('1' if wanted['locked'] else ''))
            if words and run(['/usr/sbin/usermod'] + words + [name])[0] != 0:
                # Of one that has something running not everything can be changed.
                self.quiet(name)
                must(['/usr/sbin/usermod'] + words + [name], 'The account %s could not be changed.' % name, 'refused')
            if wanted.get('password') and 'restore' in how:
                was = read_json('%s/%s/password.json' % (KEPT, how['restore']), '*')
                must(['/usr/sbin/chpasswd', '--encrypted'], 'The account %s could not have its password again.' % name, 'refused',
                     stdin=('%s:%s\n' % (name, was)).encode('utf-8'))
        if wanted['locked']:
            self.quiet(name)

    def group(self, name):
        try:
            return grp.getgrnam(name)
        except KeyError:
            return None

    def add(self, name, wanted, how):
        ids = read_json('%s/%s/ids.json' % (KEPT, how['restore']), None) if 'restore' in how else None
        words = ['/usr/sbin/useradd', '--no-create-home', '--home-dir=' + wanted['home'], '--shell=' + wanted['shell'], '--comment=' + wanted['comment'],
                 '--groups=' + ','.join(wanted['groups']), '--password=*', '--expiredate=' + ('1' if wanted['locked'] else '')]
        group = self.group(name)
        if group is not None and not how['resumed']:
            raise Refusal('conflict', 'A group %s is there and was not made by Suar; remove it, or choose another name.' % name)
        if ids is None:
            number = self.number() if group is None else group.gr_gid
            ids = {'uid': number, 'gid': number}
        # One that comes back finds its files by its number: the same again, or not at all.
        if group is None:
            must(['/usr/sbin/groupadd', '--gid=%d' % ids['gid'], name], 'The group %s could not be made.' % name, 'refused')
        must(words + ['--uid=%d' % ids['uid'], '--gid=%d' % ids['gid'], name], 'The account %s could not be made.' % name, 'refused')

    def number(self):
        """One that no account had before: what a removed one left behind, wherever it is, never becomes another's."""
        taken = [row.pw_uid for row in pwd.getpwall()] + [group.gr_gid for group in grp.getgrall()]
        last = max([read_json(NUMBERS, UIDS[0] - 1)] + [number for number in taken if UIDS[0] <= number <= UIDS[1]])
        if last >= UIDS[1]:
            raise Refusal('refused', 'All numbers for accounts from %d to %d were given; widen the range in the broker.' % UIDS)
        write_json(NUMBERS, last + 1)
        return last + 1


def kill_all():
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Keys(Kind):
    """Public keys for SFTP, one file an account, out of the account's own reach; sshd reads it as the account, by its group."""

    def path(self, name):
        return '%s/keys/%s' % (ETC, name)

    def read(self, name):
        try:
            data = read_file(self.path(name))
            if data is None:
                return None
            is_ = os.lstat(self.path(name))
            lines = [line for line in data.decode('utf-8', 'backslashreplace').split('\n') if line != '' and not line.startswith('#')]
            row = account(name)
            state = {'keys': lines}
            if is_.st_uid != 0 or stat.S_IMODE(is_.st_mode) != 0o640 or row is None or is_.st_gid != row.pw_gid:
                state['access'] = '%d:%d %04o' % (is_.st_uid, is_.st_gid, stat.S_IMODE(is_.st_mode))
            return state
        except OSError:
            return {'unreadable': 'not a file'}

    def names(self):
        return sorted(name for name in os.listdir(ETC + '/keys') if is_site(name))

    def shape(self, name, wanted, ask):
        shaped({'keys': many(public_key, 50)})(wanted, 'after')

    def make(self, name, now, wanted, how):
        if wanted is None:
            gone(self.path(name))
            return
        row = account(name)
        if row is None:
            raise Refusal('notFound', 'The account %s is not on this host; make it first.' % name)
        lines = [HEADING % ('#', 'keys', name)] + wanted.get('keys', [])
        write_file(self.path(name), ('\n'.join(lines) + '\n').encode('utf-8'), 0o640, row.pw_gid)


class Tree(Kind):
    """The folders of a website. Its own folder is root's, so that nobody else can put anything in the place of those in it."""

    # mode, group, owner: None is the account itself
    FOLDERS = {'public': ('2750', 'www-data', None), 'private': ('0700', None, None), 'tmp': ('0700', None, None), 'log': ('0750', None, 'root')}

    def usual(self, name):
        return {'folders': {folder: {'mode': mode, 'group': group or name} for folder, (mode, group, _) in self.FOLDERS.items()}}

    def read(self, name):
        base = '%s/%s' % (SITES, name)
        if not os.path.lexists(base):
            return None
        try:
            at = os.open(base, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return {'folders': {}, 'unreadable': 'not a folder'}
        try:
            state = {'folders': {}}
            is_ = os.fstat(at)
            if (is_.st_uid, is_.st_gid, stat.S_IMODE(is_.st_mode)) != (0, 0, 0o755):
                state['access'] = '%d:%d %04o' % (is_.st_uid, is_.st_gid, stat.S_IMODE(is_.st_mode))
            for folder, (_, _, owner) in self.FOLDERS.items():
                try:
                    is_ = os.stat(folder, dir_fd=at, follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if not stat.S_ISDIR(is_.st_mode):
                    state['folders'][folder] = {'unreadable': 'not a folder'}
                    continue
                state['folders'][folder] = {'mode': '%04o' % stat.S_IMODE(is_.st_mode), 'group': self.word(grp.getgrgid, is_.st_gid)}
                if self.word(pwd.getpwuid, is_.st_uid) != (owner or name):
                    state['folders'][folder]['owner'] = self.word(pwd.getpwuid, is_.st_uid)
            return state
        finally:
            os.close(at)

    def word(self, by, number):
        try:
            return by(number)[0]
        except KeyError:
            return str(number)

    def names(self):
        return sorted(name for name in os.listdir(SITES) if is_site(name))

    def shape(self, name, wanted, ask):
        if wanted != self.usual(name):
            raise invalid('after must be %s.' % canonical(self.usual(name)))

    def make(self, name, now, wanted, how):
        base = '%s/%s' % (SITES, name)
        if wanted is None:
            folder(KEPT_TREES)
            if now is not None:
                aside = '%s/%s' % (KEPT_TREES, how['keep'])
                if os.path.lexists(aside):
                    raise Refusal('conflict', 'A tree was put aside as %s already; look at it and move it away.' % aside)
                os.rename(base, aside)
            return
        if 'restore' in how and now is None:
            aside = '%s/%s' % (KEPT_TREES, how['restore'])
            if not os.path.lexists(aside):
                raise Refusal('notFound', 'No tree is put aside as %s.' % aside)
            os.rename(aside, base)
            return
        row = account(name)
        if row is None:
            raise Refusal('notFound', 'The account %s is not on this host; make it first.' % name)
        if now is None:
            os.mkdir(base, 0o700)
        at = os.open(base, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fchown(at, 0, 0)
            os.fchmod(at, 0o755)
            for one, of in wanted['folders'].items():
                owner = of.get('owner', self.FOLDERS[one][2] or name)
                self.lay(at, one, 0 if owner == 'root' else account(owner).pw_uid, group_of(of['group']), int(of['mode'], 8))
            if 'restore' in how:
                # Given back to whom it was taken over from: what was made for it goes where nothing came into it, its own folder is its owner's again.
                for one in set(self.FOLDERS) - set(wanted['folders']):
                    with contextlib.suppress(OSError):
                        os.rmdir(one, dir_fd=at)
                access = re.fullmatch('([0-9]+):([0-9]+) ([0-7]{4})', wanted.get('access', '0:0 0755'))
                os.fchown(at, int(access.group(1)), int(access.group(2)))
                os.fchmod(at, int(access.group(3), 8))
        finally:
            os.close(at)

    def lay(self, at, name, uid, gid, mode):
        try:
            os.mkdir(name, 0o700, dir_fd=at)
        except FileExistsError:
            pass
        try:
            fd = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at)
        except OSError:
            raise Refusal('conflict', 'What is to be the folder %s is none; move it away first.' % name)
        try:
            os.fchown(fd, uid, gid)
            os.fchmod(fd, mode)
        finally:
            os.close(fd)


class Quota(Kind):
    """How much an account may keep on disk, where the kernel counts it."""

    def where(self):
        kind, mount = quota_of()
        if kind == 'none':
            raise Refusal('unsupported', 'The file system of %s has no quota; mount it with usrquota, or leave quotas out.' % SITES)
        return mount

    def read(self, name):
        return self.read_all([name])[name]

    def all(self):
        out = must(['/usr/sbin/repquota', '--user', '--output=csv', self.where()], 'The quotas of this host cannot be read.')
        rows = [line.split(',') for line in out.decode('utf-8', 'replace').splitlines()]
        return {row[0]: int(row[4]) // 1024 for row in rows[1:] if len(row) > 5 and row[4].isdigit() and int(row[4]) > 0}

    def read_all(self, names):
        all_ = self.all()
        return {name: {'mib': all_[name]} if name in all_ else None for name in names}

    def names(self):
        return sorted(name for name in self.all() if is_site(name))

    def shape(self, name, wanted, ask):
        shaped({'mib': whole(1, 10000000)})(wanted, 'after')

    def make(self, name, now, wanted, how):
        if account(name) is None:
            if wanted is None:
                return
            raise Refusal('notFound', 'The account %s is not on this host; make it first.' % name)
        kib = str(0 if wanted is None else wanted['mib'] * 1024)
        must(['/usr/sbin/setquota', '-u', name, kib, kib, '0', '0', self.where()], 'The quota of %s could not be set.' % name, 'refused')


def quota_of():
    """Kind of the file system of the websites, and where it is mounted; ('none', '') where the kernel does not count."""
    if SET['quota']['kind'] != 'detect':
        return SET['quota']['kind'], SET['quota']['mount']
    best = ('none', '', '')
    with open('/proc/self/mountinfo') as file:
        for line in file:
            words = line.split(' ')
            tail = words[words.index('-') + 1:]
            if (SITES + '/').startswith(words[4].rstrip('/') + '/') and len(words[4]) >= len(best[1]):
                best = (tail[0], words[4], ','.join([words[5], tail[2].strip()]))
    on = re.search('(?:^|,)(?:usrquota|uquota|uqnoenforce|usrjquota=[^,]+|quota)(?:,|$)', best[2])
    return (best[0], best[1]) if best[0] in ('ext4', 'xfs') and on else ('none', '')


class Database(Kind):
    """A database with its one user of the same name. Passwords are never known here: only what the server checks them by."""

    name = staticmethod(database)

    def __init__(self, engine):
        self.engine = engine
        self.more = {'verifier?': matches(VERIFIERS[engine], 'what %s checks a password by' % engine)}

    def names(self):
        return sorted(name for name in self.all() if is_database(name))

    def read(self, name):
        return self.all().get(name)

    def read_all(self, names):
        all_ = self.all()
        return {name: all_.get(name) for name in names}

    def shape(self, name, wanted, ask):
        state = shaped({'user': database, 'connections': whole(1, 500)})(wanted, 'after')
        if state['user'] != name:
            raise invalid('after.user must be the name of the database.')

    def fit(self, name, wanted):
        self.all()

    def keep(self, name, place, wanted):
        """By what its user's password is checked; and before it goes all that is in it, looked at to its end: nothing goes undumped."""
        write_json(place + '/verifier.json', {'verifier': self.verifier(name)})
        if wanted is None and self.there(name):
            with open(place + '/dump', 'xb') as file:
                self.dump(name, file)
                os.fsync(file.fileno())
            self.whole(place + '/dump')

    def make(self, name, now, wanted, how):
        if wanted is None:
            self.drop(name)
            return
        aside = '%s/%s' % (KEPT, how['restore']) if 'restore' in how else None
        verifier = read_json(aside + '/verifier.json', {}).get('verifier') if aside else how.get('verifier')
        verifier = verifier or how.get('verifier')
        if verifier is not None and not VERIFIERS[self.engine].fullmatch(verifier):
            # A user with another kind of password, who was taken over, keeps it.
            verifier = None
        empty = not self.there(name)
        self.ensure(name, wanted['connections'], verifier)
        # One that is still there, because its removal was cut off before that, keeps what is in it.
        if aside and (empty or how['again']) and os.path.exists(aside + '/dump'):
            with open(aside + '/dump', 'rb') as file:
                self.load(name, file)


def is_database(name):
    try:
        return database(name) == name
    except Refusal:
        return False


class Mariadb(Database):
    def words(self, program):
        # --no-defaults comes first, or it does not count.
        return program + ['--no-defaults', '--protocol=socket', '--socket=' + SET['mariadb']['socket'], '--user=root']

    def sql(self, text, message='MariaDB did not do as it was told.', kind='refused'):
        # --binary-mode: no word of the text is a command of the client's own.
        words = self.words(SET['mariadb']['client']) + ['--batch', '--skip-column-names', '--binary-mode', '--default-character-set=utf8mb4']
        return must(words, message, kind, stdin=text.encode('ascii')).decode('utf-8', 'replace')

    def all(self):
        told = self.sql("SELECT 'd', SCHEMA_NAME, '' FROM information_schema.SCHEMATA; SELECT 'u', User, max_user_connections FROM mysql.user"
                        " WHERE Host = 'localhost'; SELECT 'g', User, Db FROM mysql.db WHERE Host = 'localhost';",
                        'MariaDB does not answer on this host; start it, and let root in by its socket.', 'broken')
        rows = [line.split('\t') for line in told.split('\n') if line.count('\t') == 2]
        databases = {name for tag, name, _ in rows if tag == 'd'}
        users = {name: int(most) for tag, name, most in rows if tag == 'u'}
        # Without the backslash an underscore in a grant stands for any sign, and lets its user into neighbours' databases.
        grants = {(name, of.replace('\\\\', '\\')) for tag, name, of in rows if tag == 'g'}
        all_ = {}
        for name in databases | set(users):
            state = {'user': name if name in users else '', 'connections': users.get(name, 0)}
            if name not in databases:
                state['database'] = False
            if {of for user, of in grants if user == name} != {name.replace('_', '\\_')}:
                state['granted'] = sorted(of for user, of in grants if user == name)
            all_[name] = state
        return all_

    def there(self, name):
        return self.all().get(name, {'database': False}).get('database', True)

    def verifier(self, name):
        return self.sql("SELECT authentication_string FROM mysql.user WHERE User = '%s' AND Host = 'localhost';" % name).strip()

    def ensure(self, name, connections, verifier):
        by = " IDENTIFIED VIA mysql_native_password USING '%s'" % verifier if verifier else ''
        limit = ' WITH MAX_USER_CONNECTIONS %d' % connections
        lines = ['CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4' % name]
        if self.all().get(name, {'user': ''})['user'] == '':
            if not by:
                raise Refusal('invalid', 'The user of %s is not there; give the field verifier.' % name)
            lines.append('CREATE USER IF NOT EXISTS `%s`@`localhost`%s%s' % (name, by, limit))
        else:
            lines.append('ALTER USER `%s`@`localhost`%s%s' % (name, by, limit))
        lines.append('GRANT ALL PRIVILEGES ON `%s`.* TO `%s`@`localhost`' % (name.replace('_', '\\_'), name))
        self.sql(';\n'.join(lines) + ';\n')

    def drop(self, name):
        self.sql('DROP DATABASE IF EXISTS `%s`;\nDROP USER IF EXISTS `%s`@`localhost`;\n' % (name, name))

    def dump(self, name, file):
        must(self.words(SET['mariadb']['dump']) + ['--single-transaction', '--quick', '--routines', '--events', '--triggers', '--hex-blob', name],
             'The database %s could not be dumped; it was left as it is.' % name, 'refused', into=file, timeout=3600)

    def whole(self, path):
        with open(path, 'rb') as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - 200))
            if b'-- Dump completed' not in file.read():
                raise Refusal('refused', 'The dump of the database does not come to its end; nothing was removed.')

    def load(self, name, file):
        must(self.words(SET['mariadb']['client']) + ['--binary-mode', '--default-character-set=utf8mb4', name],
             'The dump could not be brought back into %s.' % name, 'refused', from_=file, timeout=3600)

    def rows(self, name):
        """[[table, rows]], by name. What a table is called is its owner's to choose: only its figures are trusted."""
        told = self.sql("SELECT HEX(table_name) FROM information_schema.TABLES WHERE table_schema = '%s' AND table_type = 'BASE TABLE';" % name)
        tables = sorted(bytes.fromhex(line).decode('utf-8') for line in told.split())
        text = ''.join("SELECT '%s', COUNT(*) FROM `%s`.`%s`;\n" % (table.encode('utf-8').hex(), name, table.replace('`', '``')) for table in tables)
        words = self.words(SET['mariadb']['client']) + ['--batch', '--skip-column-names', '--binary-mode', '--default-character-set=utf8mb4']
        told = must(words, 'The tables of %s could not be counted.' % name, 'refused', stdin=text.encode('utf-8'), timeout=LONG)
        counted = dict(line.split('\t') for line in told.decode('ascii').split('\n') if line)
        return [[table, int(counted[table.encode('utf-8').hex()])] for table in tables]

    def empty(self, name):
        return self.sql("SELECT (SELECT COUNT(*) FROM information_schema.TABLES WHERE table_schema = '%s') + (SELECT COUNT(*) FROM"
                        " information_schema.ROUTINES WHERE routine_schema = '%s');" % (name, name)).strip() == '0'

    def clear(self, name):
        self.sql('DROP DATABASE IF EXISTS `%s`;\nCREATE DATABASE `%s` CHARACTER SET utf8mb4;\n' % (name, name))

    # As mariadb-dump writes whose rights a view, trigger, routine or event has.
    DEFINER = re.compile(rb'^((?:/[*]![0-9]{5} )?(?:CREATE(?:[*]/)? )?(?:/[*]![0-9]{5} )?)DEFINER=`(?:[^`]|``)*`@`(?:[^`]|``)*`')

    def bring(self, name, path, book):
        """A dump of elsewhere, by the database's own user, who for so long has a second password besides the one that stays. `book` keeps across a crash by
        what that one is checked; gives what is to be called when it is through."""
        own = book.get('verifier') or self.verifier(name)
        if not VERIFIERS['mariadb'].fullmatch(own):
            raise Refusal('unsupported', 'The user of %s logs in otherwise than by a password; content cannot be brought into its database.' % name)
        book['verifier'] = own
        yield
        password = os.urandom(16).hex()
        other = '*' + hashlib.sha1(hashlib.sha1(password.encode('ascii')).digest()).hexdigest().upper()
        by = 'ALTER USER `%s`@`localhost` IDENTIFIED VIA mysql_native_password USING \'%s\'' % (name, own)
        self.sql(by + " OR mysql_native_password USING '%s';\n" % other)
        fd = in_memory('[client]\nuser=%s\npassword=%s\n' % (name, password))
        try:
            words = SET['mariadb']['client'] + ['--defaults-file=/proc/self/fd/%d' % fd, '--protocol=socket', '--socket=' + SET['mariadb']['socket'],
                                                '--binary-mode', '--default-character-set=utf8mb4', name]
            poured(words, self.lines(path, name), fd, {}, None, 'The dump could not be brought into %s.' % name)
        finally:
            os.close(fd)
            self.sql(by + ';\n')

    def lines(self, path, name):
        with open(path, 'rb') as file:
            for line in file:
                # Of newer clients, which older ones do not understand.
                if not re.match(rb'/[*]M?!999999\\- ', line):
                    yield line if line.startswith(b'INSERT ') else self.DEFINER.sub(rb'\1DEFINER=`%s`@`localhost`' % name.encode('ascii'), line)

    def size(self, names):
        told = self.sql('SELECT table_schema, CEIL(SUM(data_length + index_length) / 1048576) FROM information_schema.TABLES GROUP BY table_schema;')
        sizes = dict(line.split('\t') for line in told.split('\n') if line.count('\t') == 1)
        return {name: int(sizes[name]) if sizes.get(name, '').isdigit() else 0 for name in names}

    def login(self, name, user, password):
        settings_ = in_memory('[client]\nuser=%s\npassword=%s\n' % (user, password))
        words = SET['mariadb']['client'] + ['--defaults-file=/proc/self/fd/%d' % settings_, '--protocol=socket', '--socket=' + SET['mariadb']['socket'],
                                            '--batch', '--skip-column-names', '--execute=SELECT 1', name]
        return logged_in(words, settings_, {})


class Postgresql(Database):
    def program(self, name):
        """Debian's in /usr/bin are wrappers that take their time to find these."""
        folder_ = SET['postgresql']['folder']
        if folder_ == 'detect':
            folder_ = max(glob.glob('/usr/lib/postgresql/[0-9]*/bin'), key=lambda path: int(path.split('/')[4]), default='/usr/bin')
        return '%s/%s' % (folder_, name)

    def words(self, program, base):
        set_ = SET['postgresql']
        return [self.program(program), '--no-password', '--host=' + set_['socket'], '--port=%d' % set_['port'], '--username=' + set_['account'],
                '--dbname=' + base]

    def account(self):
        row = account(SET['postgresql']['account'])
        if row is None:
            raise Refusal('unsupported', 'This host has no PostgreSQL; install it.')
        return row

    def sql(self, text, message='PostgreSQL did not do as it was told.', kind='refused'):
        words = self.words('psql', 'postgres') + ['--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--field-separator=\t', '--set=ON_ERROR_STOP=1']
        return must(words, message, kind, stdin=text.encode('ascii'), account=self.account()).decode('utf-8', 'replace')

    def all(self):
        told = self.sql("SELECT 'd', datname, pg_get_userbyid(datdba), datallowconn::int, has_database_privilege('public', datname, 'CONNECT')::int"
                        " FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres';\nSELECT 'r', rolname, '', rolconnlimit, rolcanlogin::int"
                        " FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres';\n",
                        'PostgreSQL does not answer on this host; start it, and let its own account in by its socket.', 'broken')
        rows = [line.split('\t') for line in told.split('\n') if line.count('\t') == 4]
        databases = {row[1]: row[2:] for row in rows if row[0] == 'd'}
        roles = {row[1]: int(row[3]) for row in rows if row[0] == 'r'}
        all_ = {}
        for name in set(databases) | set(roles):
            state = {'user': name if name in roles else '', 'connections': roles.get(name, 0)}
            owner, allowed, public = databases.get(name, (name, '1', '0'))
            if name not in databases:
                state['database'] = False
            if owner != name:
                state['owner'] = owner
            if (allowed, public) != ('1', '0'):
                state['access'] = 'closed' if allowed == '0' else 'everybody'
            all_[name] = state
        return all_

    def there(self, name):
        return self.all().get(name, {'database': False}).get('database', True)

    def verifier(self, name):
        return self.sql("SELECT rolpassword FROM pg_authid WHERE rolname = '%s';" % name).strip()

    def ensure(self, name, connections, verifier):
        state = self.all().get(name, {'user': '', 'database': False})
        by = " PASSWORD '%s'" % verifier if verifier else ''
        if state['user'] == '' and not by:
            raise Refusal('invalid', 'The user of %s is not there; give the field verifier.' % name)
        self.sql('%s ROLE "%s" WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT %d%s;\n'
                 % ('CREATE' if state['user'] == '' else 'ALTER', name, connections, by))
        if not state.get('database', True):
            self.sql('CREATE DATABASE "%s" OWNER "%s" TEMPLATE template0 ENCODING \'UTF8\' ALLOW_CONNECTIONS false;\n' % (name, name))
        # Nobody is let in before everybody is shut out.
        self.sql('REVOKE ALL ON DATABASE "%s" FROM PUBLIC;\nALTER DATABASE "%s" OWNER TO "%s";\nALTER DATABASE "%s" ALLOW_CONNECTIONS true;\n'
                 % (name, name, name, name))

    def drop(self, name):
        self.sql('DROP DATABASE IF EXISTS "%s" WITH (FORCE);\nDROP ROLE IF EXISTS "%s";\n' % (name, name))

    def dump(self, name, file):
        must(self.words('pg_dump', name) + ['--format=custom'], 'The database %s could not be dumped; it was left as it is.' % name, 'refused',
             into=file, account=self.account(), timeout=3600)

    def whole(self, path):
        with open(path, 'rb') as file:
            must([self.program('pg_restore'), '--file=/dev/null'], 'The dump of the database does not come to its end; nothing was removed.',
                 'refused', from_=file, account=self.account(), timeout=3600)

    def load(self, name, file):
        # As the database's own user, whatever a dump may say.
        must(self.words('pg_restore', name) + ['--no-owner', '--role=' + name, '--clean', '--if-exists', '--single-transaction'],
             'The dump could not be brought back into %s.' % name, 'refused', from_=file, account=self.account(), timeout=3600)

    def rows(self, name):
        words = self.words('psql', name) + ['--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--field-separator=\t', '--set=ON_ERROR_STOP=1']
        text = ("SELECT encode(convert_to(schemaname || '.' || tablename, 'UTF8'), 'hex'), (xpath('/row/c/text()', query_to_xml(format('select count(*) as c"
                " from only %I.%I', schemaname, tablename), false, true, '')))[1]::text FROM pg_tables WHERE schemaname <> 'information_schema' AND"
                " schemaname !~ '^pg_';\n")
        told = must(words, 'The tables of %s could not be counted.' % name, 'refused', stdin=text.encode('ascii'), account=self.account(), timeout=LONG)
        rows = [line.split('\t') for line in told.decode('ascii').split('\n') if line]
        return sorted([bytes.fromhex(table).decode('utf-8'), int(count)] for table, count in rows)

    def empty(self, name):
        words = self.words('psql', name) + ['--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--set=ON_ERROR_STOP=1']
        text = "SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema';\n"
        return must(words, 'The database %s cannot be looked at.' % name, 'refused', stdin=text.encode('ascii'), account=self.account()).strip() == b'0'

    def clear(self, name):
        most = self.all()[name]['connections']
        self.sql('DROP DATABASE IF EXISTS "%s" WITH (FORCE);\n' % name)
        self.ensure(name, most, None)

    def bring(self, name, path, book):
        """By a role of its own for so long, which can do what the database's user can do and nothing else."""
        yield
        row, role, password = account(book['site']), 'suar_load_' + name, os.urandom(16).hex()
        salt = os.urandom(16)
        salted = hashlib.pbkdf2_hmac('sha256', password.encode('ascii'), salt, 4096)
        stored = hashlib.sha256(hmac.digest(salted, b'Client Key', 'sha256')).digest()
        checked = 'SCRAM-SHA-256$4096:%s$%s:%s' % tuple(base64.b64encode(one).decode('ascii')
                                                        for one in (salt, stored, hmac.digest(salted, b'Server Key', 'sha256')))
        self.sql('DROP ROLE IF EXISTS "%s";\nCREATE ROLE "%s" LOGIN INHERIT IN ROLE "%s" PASSWORD \'%s\';\nALTER ROLE "%s" SET role = "%s";\n'
                 % (role, role, name, checked, role, name))
        set_ = SET['postgresql']
        fd = in_memory('*:*:*:*:%s\n' % password)
        try:
            # A client asks whose its file of passwords is.
            os.fchown(fd, row.pw_uid, row.pw_gid)
            words = [self.program('pg_restore'), '--no-password', '--host=' + set_['address'], '--port=%d' % set_['port'], '--username=' + role,
                     '--dbname=' + name, '--no-owner', '--no-privileges', '--role=' + name, '--exit-on-error', '--single-transaction']
            with open(path, 'rb') as file:
                poured(words, iter(lambda: file.read(1 << 16), b''), fd, {'PGPASSFILE': '/proc/self/fd/%d' % fd, 'PGCONNECT_TIMEOUT': '10'}, row,
                       'The dump could not be brought into %s.' % name)
        finally:
            os.close(fd)
            self.sql('DROP ROLE IF EXISTS "%s";\n' % role)

    def size(self, names):
        told = self.sql('SELECT datname, CEIL(pg_database_size(oid) / 1048576.0) FROM pg_database;')
        sizes = dict(line.split('\t') for line in told.split('\n') if line.count('\t') == 1)
        return {name: int(sizes[name]) if sizes.get(name, '').isdigit() else 0 for name in names}

    def login(self, name, user, password):
        set_ = SET['postgresql']
        passes = in_memory('*:*:*:*:%s\n' % password)
        words = [self.program('psql'), '--no-psqlrc', '--no-password', '--no-align', '--tuples-only', '--host=' + set_['address'],
                 '--port=%d' % set_['port'], '--username=' + user, '--dbname=' + name, '--command=SELECT 1']
        return logged_in(words, passes, {'PGPASSFILE': '/proc/self/fd/%d' % passes, 'PGCONNECT_TIMEOUT': '10'})


def in_memory(text):
    """A file that is nowhere but in this process and its children: a password in no argument, no environment and on no disk."""
    fd = os.memfd_create('suar', 0)
    os.fchmod(fd, 0o600)
    os.write(fd, text.encode('ascii'))
    return fd


def logged_in(words, fd, environment):
    """Within a child that is the website's account already."""
    try:
        ran = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(ENVIRONMENT, **environment),
                             cwd='/', pass_fds=(fd,), timeout=20)
    except FileNotFoundError:
        return {'ok': False, 'words': 'there is no client on this host'}
    return {'ok': ran.returncode == 0 and ran.stdout.strip() == b'1', 'words': '' if ran.returncode == 0 else trimmed(ran.stdout)[:500]}


def poured(words, chunks, fd, environment, row, message):
    """A program that reads what it is to do from its input, bit by bit."""
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=dict(ENVIRONMENT, **environment),
                               cwd='/', pass_fds=(fd,), start_new_session=True, preexec_fn=to_account(row) if row else None)
    with contextlib.suppress(BrokenPipeError):
        for chunk in chunks:
            process.stdin.write(chunk)
    try:
        # What is left in the pipe goes with its closing.
        _, err = process.communicate(timeout=LONG)
    except BrokenPipeError:
        process.wait()
        err = process.stderr.read()
    if process.returncode != 0:
        raise Refusal('refused', message, trimmed(err))


class Tls(Kind):
    """Chain and key of a website's certificate, side by side in a folder that a link names: both change in one rename."""

    more = {'chain?': FROM_INBOX, 'key?': FROM_INBOX}
    CERTIFICATE = re.compile('-----BEGIN CERTIFICATE-----\n((?:[A-Za-z0-9+/]{1,76}={0,2}\n){1,200})-----END CERTIFICATE-----\n')
    KEY = re.compile('-----BEGIN (?P<of>(?:EC |RSA )?PRIVATE KEY)-----\n(?:[A-Za-z0-9+/]{1,76}={0,2}\n){1,200}-----END (?P=of)-----\n')

    def path(self, name):
        return '%s/tls/%s' % (ETC, name)

    def place(self, name, state):
        return '%s/tls/.%s.%s' % (ETC, name, state['fingerprint'][:32])

    def leaf(self, chain):
        found = self.CERTIFICATE.match(chain)
        try:
            return hashlib.sha256(base64.b64decode(found.group(1))).hexdigest() if found else None
        except ValueError:
            return None

    def read(self, name):
        if not os.path.lexists(self.path(name)):
            return None
        try:
            leaf = self.leaf((read_file(self.path(name) + '/fullchain.pem') or b'').decode('ascii'))
        except (OSError, ValueError):
            leaf = None
        return {'fingerprint': leaf} if leaf else {'unreadable': 'not a certificate'}

    def names(self):
        return sorted(name for name in os.listdir(ETC + '/tls') if is_site(name))

    def shape(self, name, wanted, ask):
        shaped({'fingerprint': matches(DIGEST, 'a SHA-256 in hexadecimal')})(wanted, 'after')
        if 'chain' not in ask or 'key' not in ask:
            raise invalid('A certificate needs the fields chain and key.')

    def check(self, name, wanted, ask):
        chain, key = ask['chain'], ask['key']
        if not re.fullmatch('(?:%s){1,10}' % self.CERTIFICATE.pattern, chain) or not self.KEY.fullmatch(key):
            raise invalid('chain must be certificates and key a key without a passphrase, both in PEM.')
        if self.leaf(chain) != wanted['fingerprint']:
            raise invalid('The first certificate of chain has another fingerprint than after says.')
        of = [must(['/usr/bin/openssl'] + words, 'openssl cannot read the %s.' % what, 'invalid', stdin=pem.encode('ascii'))
              for words, what, pem in ((['x509', '-noout', '-pubkey'], 'certificate', chain), (['pkey', '-pubout'], 'key', key))]
        if of[0] != of[1]:
            raise invalid('The key does not belong to the certificate.')

    def servers(self, name):
        return [Server(part) for part, path in (('nginx', '/etc/nginx'), ('apache', '/etc/apache2'))
                if os.path.exists('%s/suar.d/%s.conf' % (path, name))]

    def fit(self, name, wanted):
        for server in self.servers(name):
            server.fit()

    def keep(self, name, place, wanted):
        for file in ('fullchain.pem', 'key.pem'):
            write_file('%s/%s' % (place, file), read_file('%s/%s' % (self.path(name), file)) or b'')

    def lay(self, name, state, files):
        """The link to where this certificate is; `files` gives its texts, where it must be written."""
        if state is None:
            gone(self.path(name))
            return
        place = self.place(name, state)
        if not os.path.exists(place + '/key.pem'):
            folder(place)
            for file, data in files():
                write_file('%s/%s' % (place, file), data)
        if os.path.isdir(self.path(name)) and not os.path.islink(self.path(name)):
            # Somebody else's, taken over: put aside already.
            shutil.rmtree(self.path(name))
        new = '%s/tls/.%s.new' % (ETC, name)
        gone(new)
        os.symlink(os.path.basename(place), new)
        os.rename(new, self.path(name))

    def make(self, name, now, wanted, how):
        def given():
            if 'key' in how:
                return [('fullchain.pem', how['chain'].encode('ascii')), ('key.pem', how['key'].encode('ascii'))]
            return kept(how.get('restore', how['keep']))

        def kept(keep):
            return [(file, read_file('%s/%s/%s' % (KEPT, keep, file)) or b'') for file in ('fullchain.pem', 'key.pem')]

        servers = self.servers(name)
        try:
            self.lay(name, wanted, given)
            for server in servers:
                fine, words = server.test()
                if not fine:
                    raise Refusal('refused', '%s does not take the certificate of %s; the one before was put back.' % (server.name, name), words)
            for server in servers:
                server.reload()
        except (Refusal, OSError):
            self.lay(name, how['was'], lambda: kept(how['keep']))
            for server in servers:
                if server.test()[0]:
                    server.reload()
            raise
        for old in glob.glob('%s/tls/.%s.*' % (ETC, name)):
            if wanted is None or old != self.place(name, wanted):
                shutil.rmtree(old)


class Firewall(Kind):
    """Openings, as sets of the packet filter's table `suar`, one of each family a website. What it lets through is marked 0x5375, by which the host's own
    table may accept it; with `gate` in broker.json the table is the host's firewall itself and drops what is neither opened nor always open."""

    # Whom they are for; the sets hold the same without order. Both are written here alone.
    BOOK, FILE = ETC + '/firewall.json', ETC + '/firewall.nft'

    def elements(self, openings):
        """{'4': {(protocol, port, network)}, '6': …}"""
        of = {'4': set(), '6': set()}
        for one in openings:
            networks = ['0.0.0.0/0', '::/0'] if one['from'] == 'any' else [one['from']]
            for network in (ipaddress.ip_network(text, strict=False) for text in networks):
                of[str(network.version)].add((one['protocol'], one['port'], network))
        return of

    def all(self):
        """{website: openings} as the kernel has them; in the order they were asked for where they are those."""
        code, out, err = run(SET['firewall']['nft'] + ['-j', 'list', 'table', 'inet', 'suar'])
        if code != 0 and b'No such file' not in err:
            raise Refusal('unsupported', 'This host has no packet filter that nft can ask; install nftables.', trimmed(err))
        live = {}
        for one in json.loads(out.decode('utf-8'))['nftables'] if code == 0 else []:
            name, _, family = one.get('set', {}).get('name', '').rpartition('.')
            if is_site(name) and family in ('4', '6'):
                found = live.setdefault(name, {'4': set(), '6': set()})[family]
                for element in one['set'].get('elem', []):
                    protocol, port, from_ = element['concat']
                    text = '%s/%d' % (from_['prefix']['addr'], from_['prefix']['len']) if type(from_) is dict and 'prefix' in from_ else \
                        ('0.0.0.0/0' if family == '4' else '::/0') if type(from_) is dict else from_
                    found.add((protocol, port, ipaddress.ip_network(text)))
        book = read_json(self.BOOK, {})
        all_ = {}
        for name, found in live.items():
            if self.elements(book.get(name, [])) == found:
                all_[name] = {'openings': book[name]}
            else:
                both = sorted((protocol, port, str(network)) for family in ('4', '6') for protocol, port, network in found[family])
                all_[name] = {'openings': [{'protocol': protocol, 'port': port, 'from': from_} for protocol, port, from_ in both]}
        return all_

    def read(self, name):
        return self.all().get(name)

    def read_all(self, names):
        all_ = self.all()
        return {name: all_.get(name) for name in names}

    def names(self):
        return sorted(self.all())

    def shape(self, name, wanted, ask):
        state = shaped({'openings': many(OPENING, 50)})(wanted, 'after')
        if not state['openings']:
            raise invalid('after.openings must have one opening; without any, after is null.')

    def ruleset(self, book):
        lines = ['# Managed by Suar: firewall. Changes here are found and shown.', 'table inet suar', 'delete table inet suar', 'table inet suar {']
        rules = []
        for name in sorted(book):
            for family, of in sorted(self.elements(book[name]).items()):
                elements = ', '.join('%s . %d . %s' % (protocol, port, network) for protocol, port, network in sorted(of, key=str))
                kind = 'ipv4_addr' if family == '4' else 'ipv6_addr'
                lines.append('  set %s.%s { type inet_proto . inet_service . %s; flags interval;%s }'
                             % (name, family, kind, ' elements = { %s };' % elements if of else ''))
                rules.append('    meta l4proto . th dport . %s saddr @%s.%s meta mark set 0x5375 accept' % ('ip' if family == '4' else 'ip6', name, family))
        gate = SET['firewall']['gate']
        lines.append('  chain input {\n    type filter hook input priority filter - 1; policy %s;' % ('drop' if gate else 'accept'))
        if gate:
            lines += ['    ct state established,related accept', '    iif lo accept', '    meta l4proto { icmp, ipv6-icmp } accept',
                      '    tcp dport { %s } accept' % ', '.join('%d' % port for port in SET['firewall']['always'])]
        return '\n'.join(lines + rules + ['  }', '}']) + '\n'

    def lay(self, book):
        text = self.ruleset(book).encode('ascii')
        must(SET['firewall']['nft'] + ['-c', '-f', '-'], 'nftables does not take these openings; nothing was changed.', 'refused', stdin=text)
        write_json(self.BOOK, book)
        write_file(self.FILE, text)
        must(SET['firewall']['nft'] + ['-f', '-'], 'nftables does not take these openings.', 'refused', stdin=text)

    def make(self, name, now, wanted, how):
        book = read_json(self.BOOK, {})
        was = dict(book)
        if wanted is None:
            book.pop(name, None)
        else:
            book[name] = wanted['openings']
        try:
            self.lay(book)
        except (Refusal, OSError):
            write_json(self.BOOK, was)
            raise


class Zone(Kind):
    """A zone of this host's BIND, added while it runs. Its records are the daemon's to write, by signed updates; only its beginning is written here."""

    @staticmethod
    def name(value, field='name'):
        return matches(ZONE, 'the name of a zone: labels with dots between, in small letters, without a last dot')(value, field)

    SHAPE = {'primary': matches(ZONE, 'the name of a server'), 'mail': matches(ZONE, 'a mail address with a dot for @'),
             'servers': many(matches(ZONE, 'the name of a server'), 13), 'transfer': many(address, 13), 'key': matches(TSIG, 'the name of a TSIG key'),
             'glue?': many(shaped({'server': matches(ZONE, 'the name of a server'), 'address': address}), 26)}
    TYPES = 'A AAAA CNAME MX TXT SRV CAA PTR NS SSHFP TLSA DS'
    BOOK = ETC + '/zones.json'

    def rndc(self, *words, **how):
        return run(SET['bind']['rndc'] + list(words), **how)

    def read(self, name):
        code, out, err = self.rndc('zonestatus', name)
        if code != 0:
            if b'no matching zone' not in err:
                raise Refusal('broken', 'BIND does not answer rndc on this host; start it.', trimmed(err))
            return None
        return read_json(self.BOOK, {}).get(name, {'foreign': True})

    def names(self):
        return sorted(read_json(self.BOOK, {}))

    def shape(self, name, wanted, ask):
        state = shaped(self.SHAPE)(wanted, 'after')
        if not state['servers']:
            raise invalid('after.servers must name at least one server.')
        addressed = {one['server'] for one in state.get('glue', [])}
        for server in state['servers']:
            if (server == name or server.endswith('.' + name)) and server not in addressed:
                raise invalid('after.glue must give an address of %s: it stands in the zone itself.' % server)
        if not addressed <= set(state['servers']):
            raise invalid('after.glue gives addresses of servers of the zone only.')

    def path(self, name):
        return '%s/suar-%s.db' % (ZONES, name)

    def keep(self, name, place, wanted):
        self.rndc('sync', '-clean', name)
        write_file(place + '/zone.db', self.as_bind('/usr/bin/cat', name))

    def as_bind(self, program, name, data=b''):
        """BIND's folder is BIND's own: its files are read and written as BIND, which may plant what it likes for itself."""
        row = account(SET['bind']['account'])
        if row is None:
            raise Refusal('unsupported', 'This host has no BIND; install it.')
        return must([program, '--', self.path(name)], 'The file of the zone %s cannot be reached; look at the host.' % name, 'refused', stdin=data, account=row)

    def make(self, name, now, wanted, how):
        book = read_json(self.BOOK, {})
        if wanted is None:
            if self.rndc('zonestatus', name)[0] == 0:
                code, out, err = self.rndc('delzone', '-clean', name)
                if code != 0:
                    raise Refusal('refused', 'BIND did not remove the zone %s.' % name, trimmed(out + err))
            book.pop(name, None)
            write_json(self.BOOK, book)
            return
        if now is not None and 'foreign' in now:
            raise Refusal('conflict', 'The zone %s is in the settings of BIND; take it over there, by the import of its records.' % name)
        if self.rndc('zonestatus', name)[0] == 0:
            code, out, err = self.rndc('modzone', name, self.settings(name, wanted))
            if code != 0:
                raise Refusal('refused', 'BIND does not take these settings for the zone %s; it was left as it is.' % name, trimmed(out + err))
        else:
            data = read_file('%s/%s/zone.db' % (KEPT, how['restore']), 64 << 20) if 'restore' in how else self.beginning(name, wanted)
            must(['/usr/bin/named-checkzone', name, '/dev/stdin'], 'The beginning of the zone %s is none.' % name, 'refused', stdin=data)
            self.as_bind('/usr/bin/tee', name, data)
            code, out, err = self.rndc('addzone', name, self.settings(name, wanted))
            if code != 0:
                raise Refusal('refused', 'BIND does not take the zone %s.' % name, trimmed(out + err))
        book[name] = wanted
        write_json(self.BOOK, book)

    def settings(self, name, wanted):
        to = ''.join(' %s;' % one for one in wanted['transfer'])
        return ('{ type primary; file "%s"; allow-transfer { key "%s";%s }; also-notify {%s }; notify explicit; update-policy { grant %s zonesub %s; }; };'
                % (self.path(name), wanted['key'], to, to, wanted['key'], self.TYPES))

    def beginning(self, name, wanted):
        lines = ['$TTL 3600', '@ IN SOA %s. %s. %d 3600 900 1209600 300' % (wanted['primary'], wanted['mail'], int(time.time()))]
        lines += ['@ IN NS %s.' % one for one in wanted['servers']]
        lines += ['%s. IN %s %s' % (one['server'], 'AAAA' if ':' in one['address'] else 'A', one['address']) for one in wanted.get('glue', [])]
        return ('\n'.join(lines) + '\n').encode('ascii')


def contents(key, entry):
    """What was packed here by `archive/site.stamp`, and what was unpacked by `content/site`; more than the marks of ownership say."""
    book = read_json(CONTENTS, {})
    if entry is None:
        book.pop(key, None)
    else:
        book[key] = entry
    write_json(CONTENTS, book)


def as_site_told(name, errand):
    """As `as_site` for long errands, with refusals and a full disk told as they are."""

    def told():
        try:
            return {'value': errand()}
        except Refusal as why:
            return {'refusal': [why.kind, str(why), why.detail[:2000]]}
        except tarfile.TarError as error:
            return {'refusal': ['invalid', 'The archive of %s is not whole.' % name, trimmed(str(error))]}
        except EOFError as error:
            return {'refusal': ['invalid', 'The archive of %s is cut short.' % name, trimmed(str(error))]}
        except OSError as error:
            return {'errno': error.errno, 'words': trimmed(str(error))}

    answer_ = as_site(name, told, LONG)
    if 'refusal' in answer_:
        raise Refusal(*answer_['refusal'])
    if 'errno' in answer_:
        raise OSError(answer_['errno'], answer_['words'])
    return answer_['value']


class Measure:
    """Count, bytes and one digest over every file, folder and link, in the order of their names. Only what does not depend on the host goes in."""

    FIELDS = ('files', 'folders', 'links', 'bytes', 'digest')
    DEPTH = 200

    def __init__(self):
        self.files = self.folders = self.links = self.bytes = self.left = 0
        self.sum, self.names = hashlib.sha256(), []

    def add(self, kind, path, mode, size=0, of=''):
        self.sum.update(b'\0'.join([kind.encode('ascii'), os.fsencode(path), b'%o' % mode, b'%d' % size, os.fsencode(of)]) + b'\n')
        setattr(self, kind, getattr(self, kind) + 1)
        self.bytes += size

    def leave(self, path):
        """What is none of these, or leads out, stays where it is; it is told."""
        self.left += 1
        if len(self.names) < 20:
            self.names.append(trimmed(os.fsencode(path))[:200])

    def told(self):
        return {'files': self.files, 'folders': self.folders, 'links': self.links, 'bytes': self.bytes, 'digest': self.sum.hexdigest(),
                'left': self.left, 'names': self.names}


def inner(path, target, base):
    """Where a link at this path of the website leads, if that is within it whatever other links there are; None: it leads out. One that says its way from
    the root says it from where it stands then: the website may be called otherwise elsewhere."""
    depth = path.count('/')
    if target.startswith('/'):
        if not target.startswith((base + '/public/', base + '/private/')):
            return None
        target = '../' * depth + target[len(base) + 1:]
    words = [word for word in target.split('/') if word not in ('', '.')]
    up = next((number for number, word in enumerate(words) if word != '..'), len(words))
    return target if words and up <= depth and '..' not in words[up:] else None


def entries(at, path, measure, base):
    """Everything below an opened folder: (kind, path, stat, open file or target). Nothing is followed; runs as the website's account."""
    for name in sorted(os.listdir(at), key=os.fsencode):
        where, is_ = '%s/%s' % (path, name), os.stat(name, dir_fd=at, follow_symlinks=False)
        if stat.S_ISLNK(is_.st_mode):
            target = os.readlink(name, dir_fd=at)
            within = inner(where, target, base)
            if within is None:
                measure.leave(where)
                yield 'outward', where, is_, target
            else:
                yield 'links', where, is_, within
        elif where.count('/') > Measure.DEPTH:
            measure.leave(where)
        elif stat.S_ISREG(is_.st_mode) or stat.S_ISDIR(is_.st_mode):
            fd = opened(name, at, stat.S_ISDIR(is_.st_mode))
            if fd is None:
                raise Refusal('refused', 'Its own account cannot read what lies in the folder of this website; give it to the account, or remove it: %s'
                              % trimmed(os.fsencode(where))[:200])
            try:
                if stat.S_ISDIR(os.fstat(fd).st_mode):
                    yield 'folders', where, is_, None
                    yield from entries(fd, where, measure, base)
                    if os.fstat(fd).st_mode != is_.st_mode:
                        os.fchmod(fd, stat.S_IMODE(is_.st_mode))
                elif stat.S_ISREG(os.fstat(fd).st_mode):
                    yield 'files', where, os.fstat(fd), fd
            finally:
                os.close(fd)
        else:
            measure.leave(where)


def opened(name, at, is_folder):
    """To be read; what an account shut to itself it opens for so long. None: it is not its own."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | (os.O_DIRECTORY if is_folder else 0)
    try:
        return os.open(name, flags, dir_fd=at)
    except PermissionError:
        handle = os.open(name, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at)
        try:
            is_, itself = os.fstat(handle), '/proc/self/fd/%d' % handle
            if stat.S_ISLNK(is_.st_mode) or is_.st_uid != os.geteuid():
                return None
            os.chmod(itself, stat.S_IMODE(is_.st_mode) | 0o500)
            try:
                # Through its own number no link is followed; the folder is walked later, by what is open then.
                fd = os.open(itself, flags & ~os.O_NOFOLLOW)
                if is_folder:
                    return fd
            finally:
                if not is_folder:
                    os.chmod(itself, stat.S_IMODE(is_.st_mode))
            return fd
        finally:
            os.close(handle)


class Hashing:
    """Bytes on their way, at most so many, and their SHA-256."""

    def __init__(self, fd, size):
        self.fd, self.left, self.sum = fd, size, hashlib.sha256()

    def read(self, most=-1):
        chunk = os.read(self.fd, min(self.left, most if most > 0 else 1 << 16))
        self.left -= len(chunk)
        self.sum.update(chunk)
        return chunk


PARTS = ('public', 'private')


def pack(name, file):
    """public/ and private/ as their own account sees them, into an open file; gives their measure, taken of the very bytes that were packed."""
    base = '%s/%s' % (SITES, name)

    def errand():
        measure, gid = Measure(), os.getegid()
        with gzip.GzipFile(filename='', mode='wb', compresslevel=4, fileobj=file, mtime=0) as packed, \
                tarfile.open(fileobj=packed, mode='w|', format=tarfile.GNU_FORMAT, encoding='utf-8', errors='surrogateescape') as tar:
            for part in PARTS:
                at = os.open('%s/%s' % (base, part), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                for kind, path, is_, what in entries(at, part, measure, base):
                    info = tarfile.TarInfo(path)
                    # Neither set-id bits nor numbers of accounts go along; only whether a file is the account's group's rather than its folder's.
                    info.mode, info.mtime, info.gname = stat.S_IMODE(is_.st_mode) & 0o777, int(is_.st_mtime), 'own' if is_.st_gid == gid else ''
                    if kind == 'files':
                        info.size, data = is_.st_size, Hashing(what, is_.st_size)
                        try:
                            tar.addfile(info, data)
                        except OSError as error:
                            if error.errno is not None:
                                raise
                            raise Refusal('refused', 'A file was cut while it was packed; suspend the website, or try again: %s'
                                          % trimmed(os.fsencode(path))[:200])
                        measure.add(kind, path, info.mode, info.size, data.sum.hexdigest())
                    elif kind in ('links', 'outward'):
                        info.type, info.linkname = tarfile.SYMTYPE, what
                        tar.addfile(info)
                        # A backup has it; nobody lays it down elsewhere.
                        if kind == 'links':
                            measure.add(kind, path, 0, 0, what)
                    else:
                        info.type = tarfile.DIRTYPE
                        tar.addfile(info)
                        measure.add(kind, path, info.mode)
                    # It keeps a list of all that it ever saw.
                    tar.members = []
                os.close(at)
        # The parent's copy of this file knows nothing of what is still to be written here.
        file.flush()
        return measure.told()

    return as_site_told(name, errand)


def measured(name):
    """The same of what lies there now."""
    base = '%s/%s' % (SITES, name)

    def errand():
        measure = Measure()
        for part in PARTS:
            at = os.open('%s/%s' % (base, part), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            for kind, path, is_, what in entries(at, part, measure, base):
                mode = stat.S_IMODE(is_.st_mode) & 0o777
                if kind == 'files':
                    data = Hashing(what, is_.st_size)
                    while data.left and data.read():
                        pass
                    measure.add(kind, path, mode, is_.st_size, data.sum.hexdigest())
                elif kind != 'outward':
                    measure.add(kind, path, 0 if kind == 'links' else mode, 0, what or '')
            os.close(at)
        return measure.told()

    return as_site_told(name, errand)


def unpacked(name, path, most, lay):
    """Goes through an archive as the website's account, every entry looked at before it is used. Gives its measure. `lay` false: only looked at.
    `most`: what its manifest promises; more is not even read."""
    base = '%s/%s' % (SITES, name)
    source_ = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)

    def no(why, member):
        return Refusal('invalid', 'The archive was not made by a broker, it is left: %s' % why, trimmed(member.name)[:200])

    def errand():
        measure, folders, stack, closed = Measure(), set(), [], []
        os.umask(0)
        roots = {part: os.open('%s/%s' % (base, part), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC) for part in PARTS} if lay else {}

        def folder_at(words):
            """The opened folder of a path; those on the way to the one before are still open."""
            common = 0
            while common < len(stack) and common < len(words) - 1 and stack[common][0] == words[common + 1]:
                common += 1
            if stack and stack[0][2] != words[0]:
                common = 0
            for _, fd, _ in stack[common:]:
                os.close(fd)
            del stack[common:]
            for word in words[1 + common:]:
                at = stack[-1][1] if stack else roots[words[0]]
                stack.append((word, os.open(word, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at), words[0]))
            return stack[-1][1] if stack else roots[words[0]]

        with os.fdopen(source_, 'rb') as raw, gzip.GzipFile(fileobj=raw, mode='rb') as packed, \
                tarfile.open(fileobj=packed, mode='r|', encoding='utf-8', errors='surrogateescape') as tar:
            for member in tar:
                tar.members = []
                words = member.name.split('/')
                if words[0] not in PARTS or len(words) < 2 or len(words) > Measure.DEPTH + 2 or any(word in ('', '.', '..') or '\0' in word for word in words):
                    raise no('a path leads out of the folders of the website.', member)
                mode = member.mode & 0o777
                if member.type == tarfile.DIRTYPE:
                    if lay:
                        os.mkdir(words[-1], mode | 0o700, dir_fd=folder_at(words[:-1]))
                        if mode & 0o700 != 0o700:
                            closed.append((member.name, mode))
                    measure.add('folders', member.name, mode)
                elif member.type == tarfile.SYMTYPE:
                    if member.linkname.startswith('/') or inner(member.name, member.linkname, base) is None:
                        measure.leave(member.name)
                        continue
                    if lay:
                        os.symlink(member.linkname, words[-1], dir_fd=folder_at(words[:-1]))
                    measure.add('links', member.name, 0, 0, member.linkname)
                elif member.type in (tarfile.REGTYPE, tarfile.AREGTYPE):
                    if measure.bytes + member.size > most['bytes'] or measure.files >= most['files']:
                        raise no('there is more in it than its manifest says.', member)
                    data, sum_ = tar.extractfile(member), hashlib.sha256()
                    fd = os.open(words[-1], os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600,
                                 dir_fd=folder_at(words[:-1])) if lay else None
                    try:
                        for chunk in iter(lambda: data.read(1 << 16), b''):
                            sum_.update(chunk)
                            rest = memoryview(chunk)
                            while fd is not None and rest:
                                rest = rest[os.write(fd, rest):]
                        if fd is not None:
                            if member.gname == 'own' and os.fstat(fd).st_gid != os.getegid():
                                os.fchown(fd, -1, os.getegid())
                            os.fchmod(fd, mode)
                            os.utime(fd, (member.mtime, member.mtime))
                    finally:
                        if fd is not None:
                            os.close(fd)
                    measure.add('files', member.name, mode, member.size, sum_.hexdigest())
                else:
                    raise no('there is neither file, folder nor link in it.', member)
            # Its checksum is read with its end.
            while packed.read(1 << 16):
                pass
        for path_, mode in reversed(closed):
            words = path_.split('/')
            os.chmod('/proc/self/fd/%d' % folder_at(words), mode)
        return measure.told()

    try:
        return as_site_told(name, errand)
    finally:
        os.close(source_)


def emptied(name):
    """Removes what lies in public/ and private/, as their own account; their folders stay."""

    def clear(at):
        for one in os.listdir(at):
            if stat.S_ISDIR(os.stat(one, dir_fd=at, follow_symlinks=False).st_mode):
                fd = opened(one, at, True)
                os.fchmod(fd, 0o700)
                clear(fd)
                os.close(fd)
                os.rmdir(one, dir_fd=at)
            else:
                os.unlink(one, dir_fd=at)

    def errand():
        for part in PARTS:
            at = os.open('%s/%s/%s' % (SITES, name, part), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            clear(at)
            os.close(at)

    as_site_told(name, errand)


def sha256_of(path):
    sum_ = hashlib.sha256()
    with open(path, 'rb') as data:
        for chunk in iter(lambda: data.read(1 << 20), b''):
            sum_.update(chunk)
        return {'size': os.fstat(data.fileno()).st_size, 'sha256': sum_.hexdigest()}


FILES = ('mariadb', 'postgresql', 'tree.tar.gz')
A_FILE = shaped({'name': one_of(*FILES), 'size': whole(0, 1 << 50), 'sha256': matches(DIGEST, 'a SHA-256 in hexadecimal')})


def a_table(value, field):
    """[name, least, most rows]: a name is only compared."""
    if type(value) is not list or len(value) != 3 or type(value[0]) is not str or len(value[0]) > 500 or re.search('[\ud800-\udfff]', value[0]):
        raise invalid('%s must be a name and two figures.' % field)
    return [value[0]] + [whole(0, 1 << 52)(one, field) for one in value[1:]]


TABLES = many(a_table, 5000)
MANIFEST = shaped({'files': whole(0, 1 << 40), 'folders': whole(0, 1 << 40), 'links': whole(0, 1 << 40), 'bytes': whole(0, 1 << 50),
                   'digest': matches(DIGEST, 'a SHA-256 in hexadecimal'), 'left': whole(0, 1 << 40),
                   'names': many(matches(re.compile('[ -~\n]{0,200}'), 'a name'), 20), 'mariadb?': TABLES, 'postgresql?': TABLES})


def packed_whole(keep, kind_name, name):
    """A website packed into what is kept: its folders as its own account sees them, its databases, and the manifest of both. Looked at to its end before it
    counts, and there wholly or not at all. `name`: of the website, or of the archive."""
    place, new, site_ = '%s/%s' % (KEPT, keep), '%s/.new-%s' % (KEPT, keep), name.partition('.')[0]
    if kept_thing(keep, 'archive', name) is None:
        folder(KEPT)
        shutil.rmtree(new, ignore_errors=True)
        try:
            os.mkdir(new, 0o700)
            base, theirs = '%s/%s' % (SITES, site_), site_.replace('-', '_')
            if account(site_) is None or not os.path.isdir(base):
                raise Refusal('notFound', 'The website %s has no account or no folder on this host.' % site_)
            with open(new + '/tree.tar.gz', 'xb') as file:
                manifest = pack(site_, file)
                os.fsync(file.fileno())
            again = unpacked(site_, new + '/tree.tar.gz', manifest, False)
            if any(manifest[field] != again[field] for field in Measure.FIELDS):
                raise Refusal('refused', 'What was packed of %s is not what was read; look at the disk of this host.' % site_)
            for engine in ('mariadb', 'postgresql'):
                if '%s/%s' % (engine, theirs) in holdings():
                    kind, dump = KINDS[engine], '%s/%s' % (new, engine)
                    before = dict(kind.rows(theirs))
                    with open(dump, 'xb') as file:
                        kind.dump(theirs, file)
                        os.fsync(file.fileno())
                    kind.whole(dump)
                    # It may be written to meanwhile: as many at least, as many at most.
                    manifest[engine] = [[table, *sorted((before[table], rows))] for table, rows in kind.rows(theirs) if table in before][:5000]
            write_json(new + '/manifest.json', manifest)
            write_json(new + '/thing.json', {'kind': 'archive', 'name': name, 'state': None, 'ours': True, 'at': int(time.time())})
            os.rename(new, place)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    return place


def files_in(place):
    return [dict(sha256_of('%s/%s' % (place, file)), name=file) for file in sorted(FILES) if os.path.exists('%s/%s' % (place, file))]


class Archive(Kind):
    """A website packed: before it moves, is copied or goes. Named by the website and by when it was wished for."""

    @staticmethod
    def name(value, field='name'):
        matches(ARCHIVE, 'the name of an archive: a website, a dot, a date and a time')(value, field)
        site(value.partition('.')[0], field)
        return value

    def names(self):
        return sorted(key.partition('/')[2] for key in read_json(CONTENTS, {}) if key.startswith('archive/'))

    def read(self, name):
        return read_json(CONTENTS, {}).get('archive/' + name, {'state': None})['state']

    def shape(self, name, wanted, ask):
        shaped({'days': whole(1, 36500)})(wanted, 'after')

    def make(self, name, now, wanted, how):
        key = 'archive/' + name
        entry = read_json(CONTENTS, {}).get(key)
        if wanted is None:
            if entry is not None:
                withdrawn(entry)
                shutil.rmtree('%s/%s' % (KEPT, entry['kept']), ignore_errors=True)
            contents(key, None)
        elif entry is not None:
            contents(key, dict(entry, state=wanted))
        else:
            place = packed_whole(how['keep'], 'archive', name)
            contents(key, {'state': wanted, 'kept': how['keep'], 'files': files_in(place), 'manifest': read_json(place + '/manifest.json', None)})


def withdrawn(entry):
    for one in entry['files']:
        gone('%s/%s' % (OUTBOX, one['sha256']))


def arrived_large(named, place):
    """What was sent ahead, however large, out of its sender's reach and as it was named; or what this host itself offers."""
    missing = Refusal('notFound', 'What was sent ahead is not in the inbox, or is not what it is named for; send it again.')
    to = '%s/%s' % (place, named['name'])
    try:
        at = os.open(INBOX, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            is_ = os.stat(named['sha256'], dir_fd=at, follow_symlinks=False)
            owner = os.fstat(at).st_uid
            if not stat.S_ISREG(is_.st_mode) or is_.st_nlink != 1 or owner == 0 or is_.st_uid != owner:
                raise missing
            os.rename(named['sha256'], to, src_dir_fd=at)
        finally:
            os.close(at)
        fd = os.open(to, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        os.fchown(fd, 0, 0)
        os.fchmod(fd, 0o600)
        os.close(fd)
    except FileNotFoundError:
        to = '%s/%s' % (OUTBOX, named['sha256'])
        if not os.path.isfile(to) or os.path.islink(to):
            raise missing
    if sha256_of(to) != {'size': named['size'], 'sha256': named['sha256']}:
        raise missing
    return to


class Content(Kind):
    """What a website was filled with from an archive of another place: once, into nothing, as its own account and as its database's own user."""

    more = {'files?': many(A_FILE, 3), 'manifest?': MANIFEST}

    def names(self):
        return sorted(key.partition('/')[2] for key, entry in read_json(CONTENTS, {}).items() if key.startswith('content/') and entry['state'])

    def read(self, name):
        return read_json(CONTENTS, {}).get('content/' + name, {'state': None})['state']

    def shape(self, name, wanted, ask):
        shaped({'from': matches(ORIGIN, 'a host, a slash and a website'), 'archive': matches(STAMP, 'a date and a time'),
                'database': or_null(one_of('mariadb', 'postgresql'))})(wanted, 'after')
        names = [one['name'] for one in ask.get('files', [])]
        wanted_names = ['tree.tar.gz'] + ([wanted['database']] if wanted['database'] else [])
        if sorted(names) != sorted(wanted_names) or 'manifest' not in ask:
            raise invalid('Content needs the fields manifest and files: %s.' % ', '.join(wanted_names))

    def empty(self, name, engine):
        base = '%s/%s' % (SITES, name)
        return all(os.listdir('%s/%s' % (base, part)) == [] for part in PARTS) and (engine is None or KINDS[engine].empty(name.replace('-', '_')))

    def clear(self, name, entry):
        """Back to nothing, of what was begun here and did not come to its end."""
        theirs, engine = name.replace('-', '_'), entry['begun']
        if account(name) is not None and os.path.isdir('%s/%s' % (SITES, name)):
            emptied(name)
        if engine is not None and '%s/%s' % (engine, theirs) in holdings():
            KINDS[engine].clear(theirs)

    def make(self, name, now, wanted, how):
        key, theirs = 'content/' + name, name.replace('-', '_')
        entry = read_json(CONTENTS, {}).get(key)
        again = entry if entry is not None and 'begun' in entry else {}
        if again:
            self.clear(name, again)
        if wanted is None:
            # What is there by now is the website's own: it goes with its folder and its database, which are put aside.
            contents(key, None)
            return
        engine = wanted['database']
        for of in ['user/' + name, 'tree/' + name] + (['%s/%s' % (engine, theirs)] if engine else []):
            if of not in holdings():
                raise Refusal('notFound', '%s is not on this host; make it first.' % of)
        if not self.empty(name, engine):
            raise Refusal('conflict', 'The website %s has content here already; it is left as it is. Only what is empty is filled.' % name)
        entry = dict({'verifier': again['verifier']} if 'verifier' in again else {}, state=None, begun=engine, site=name)
        contents(key, entry)
        place = '%s/.new-%s' % (KEPT, how['keep'])
        shutil.rmtree(place, ignore_errors=True)
        os.mkdir(place, 0o700)
        try:
            self.fill(name, theirs, key, entry, place, wanted, how)
        except (Refusal, OSError):
            self.clear(name, entry)
            contents(key, None)
            raise
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def fill(self, name, theirs, key, entry, place, wanted, how):
        manifest, engine = how['manifest'], wanted['database']
        paths = {one['name']: arrived_large(one, place) for one in how['files']}
        roomy(0, manifest['bytes'])
        unpacked(name, paths['tree.tar.gz'], manifest, True)
        if engine is not None:
            for _ in KINDS[engine].bring(theirs, paths[engine], entry):
                contents(key, entry)
        is_ = measured(name)
        wrong = [field for field in Measure.FIELDS if is_[field] != manifest[field]]
        if engine is not None:
            rows, promised = dict(KINDS[engine].rows(theirs)), {table: most for table, *most in manifest.get(engine, [])}
            wrong += [table for table in sorted(set(rows) | set(promised))
                      if not promised.get(table, [1, 0])[0] <= rows.get(table, -1) <= promised.get(table, [1, 0])[1]]
        if wrong:
            raise Refusal('refused', 'What arrived of %s is not what was packed; it was emptied again. It differs in: %s.'
                          % (name, trimmed(', '.join(wrong))[:300]))
        contents(key, {'state': wanted, 'manifest': manifest})


def roomy(packed, laid):
    """Whether so many bytes of archives and of files of websites can come, with something left for everybody else."""
    needs = {}
    for path, size in ((LIB, packed), (SITES, laid)):
        device = os.stat(path).st_dev
        needs[device] = (path, needs.get(device, (path, 0))[1] + size)
    for path, size in needs.values():
        is_ = os.statvfs(path)
        free = is_.f_bavail * is_.f_frsize
        if size + RESERVE > free:
            raise Refusal('full', 'This host has not enough room: %d MiB are to come, %d MiB are free in %s, of which %d MiB stay free.'
                          % (-(-size // 1048576), free // 1048576, path, RESERVE // 1048576))


KINDS = {
    'user': User(), 'keys': Keys(), 'tree': Tree(), 'quota': Quota(), 'nginx': VirtualHost('nginx'), 'apache': VirtualHost('apache'), 'pool': Pool('pool'),
    'cron': Cron('cron'), 'logrotate': Logrotate('logrotate'), 'unit': Unit('unit'), 'mariadb': Mariadb('mariadb'), 'postgresql': Postgresql('postgresql'),
    'tls': Tls(), 'firewall': Firewall(), 'zone': Zone(), 'archive': Archive(), 'content': Content(),
}

# ------------------------------------------------------------------------------------------------------------------------- 8 verbs


def hello(ask):
    if ask['protocol'] != PROTOCOL:
        raise Refusal('refused', 'This broker speaks protocol %d; run the install command of this host again.' % PROTOCOL)
    system = dict(line.rstrip('\n').split('=', 1) for line in open('/etc/os-release') if '=' in line)
    phps = sorted(path.split('/')[3] for path in glob.glob('/etc/php/[0-9]*/fpm/pool.d'))
    has = os.path.exists
    return {
        'protocol': PROTOCOL, 'broker': VERSION, 'sha256': OWN,
        'facts': {
            'system': system.get('PRETTY_NAME', 'Linux').strip('"'), 'hostname': os.uname().nodename, 'systemd': systemd(),
            # The install command makes the folder for the one that serves websites.
            'nginx': has(SET['nginx']['test'][0]) and has('/etc/nginx/suar.d'), 'apache': has(SET['apache']['test'][0]) and has('/etc/apache2/suar.d'),
            'php': [version for version in phps if has(SET['php']['test'][0].replace('{v}', version))],
            'mariadb': answers(SET['mariadb']['socket']),
            'postgresql': answers('%s/.s.PGSQL.%d' % (SET['postgresql']['socket'], SET['postgresql']['port'])),
            'bind': has(SET['bind']['rndc'][0]) and run(SET['bind']['rndc'] + ['status'], timeout=10)[0] == 0,
            'nftables': has(SET['firewall']['nft'][0]) and run(SET['firewall']['nft'] + ['list', 'tables'])[0] == 0,
            'quota': quota_of()[0], 'listen': SET['listen'],
        },
    }


def read(ask):
    kind, held = KINDS[ask['kind']], holdings()
    states = kind.read_all(ask['names'])
    return {name: {'mark': '%s/%s' % (ask['kind'], name) in held, 'state': state} for name, state in states.items()}


def list_(ask):
    return read({'kind': ask['kind'], 'names': KINDS[ask['kind']].names()})


def challenge(ask):
    path = '%s/%s' % (CHALLENGES, ask['token'])
    if ask['text'] is None:
        gone(path)
    else:
        write_file(path, ask['text'].encode('ascii'), 0o644)
    return {}


def probe_key(ask):
    """A key that sshd takes for some minutes only: both by its own word, and because /run forgets."""
    name, place = ask['site'], RUN + '/probe-keys'
    row = account(name)
    if row is None:
        raise Refusal('notFound', 'The account %s is not on this host.' % name)
    folder(place, 0o755)
    if ask['key'] is None:
        gone('%s/%s' % (place, name))
        return {}
    until = time.strftime('%Y%m%d%H%M%S', time.localtime(time.time() + ask['minutes'] * 60))
    write_file('%s/%s' % (place, name), ('restrict,expiry-time="%s" %s\n' % (until, ask['key'])).encode('ascii'), 0o640, row.pw_gid)
    return {}


def confined(ask):
    """As the website's account: what of a neighbour's can be got at. Nothing is changed, whatever is open."""
    name, other = ask['site'], ask['other']
    if name == other:
        raise invalid('other must be another website.')
    if account(other) is None:
        raise Refusal('notFound', 'The account %s is not on this host.' % other)
    base, theirs = '%s/%s/' % (SITES, other), other.replace('-', '_')
    folders = [base + one for one in Tree.FOLDERS]
    files = ['/etc/nginx/suar.d/%s.conf' % other, '/etc/apache2/suar.d/%s.conf' % other, '/etc/cron.d/suar-' + other, '/etc/logrotate.d/suar-' + other,
             '%s/keys/%s' % (ETC, other), '%s/tls/%s/key.pem' % (ETC, other), HOLDINGS] + glob.glob('/etc/php/*/fpm/pool.d/suar-%s.conf' % other)
    # Some of its files by name: a folder that cannot be listed may still be walked through.
    for one in folders[:2]:
        if os.path.isdir(one) and not os.path.islink(one):
            files += ['%s/%s' % (one, file) for file in os.listdir(one)[:5]]

    def errand():
        def can(look):
            try:
                look()
                return True
            except (OSError, subprocess.SubprocessError):
                return False

        reached = [path for path in folders if can(lambda: os.listdir(path)) or os.access(path, os.W_OK) or os.access(path, os.X_OK)]
        reached += [path for path in files if can(lambda: os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))) or os.access(path, os.W_OK)]
        reached += [path for path in ['/run/php/suar-%s.sock' % other] if answers(path)]
        for engine in ('mariadb', 'postgresql'):
            if KINDS[engine].login(theirs, theirs, '')['ok']:
                reached.append('%s %s' % (engine, theirs))
        reached += [path for path in (KEPT, KEPT_TREES, INBOX) if can(lambda: os.listdir(path))]
        return reached[:100]

    return {'reached': as_site(name, errand, 60)}


def database_login(ask):
    return as_site(ask['as'], lambda: KINDS[ask['engine']].login(ask['name'], ask['user'], ask['password']), 40)


def usage(ask):
    """MiB on disk and in databases, and the quota; null: not known here."""
    quotas = Quota().all() if quota_of()[0] != 'none' else {}
    held, sizes = holdings(), {}
    for engine in ('mariadb', 'postgresql'):
        names = [key.split('/', 1)[1] for key in held if key.startswith(engine + '/')]
        if names:
            sizes.update(KINDS[engine].size(names))
    return {name: {'disk': disk_of(name), 'database': sizes.get(name.replace('-', '_')), 'quota': quotas.get(name)} for name in ask['sites']}


def disk_of(name):
    """By du, which follows no link and is not lost in folders however deep; null when there are too many to count in half a minute."""
    base = '%s/%s' % (SITES, name)
    if not os.path.isdir(base) or os.path.islink(base):
        return None
    try:
        _, out, _ = run(['/usr/bin/du', '--summarize', '--block-size=1M', '--', base], timeout=30)
    except Refusal:
        return None
    size = out.split(b'\t')[0]
    return int(size) if size.isdigit() else None


def archive(ask):
    """The last backup of a website: its tree, read as its own account, and its databases; looked at to the end before it counts."""
    place = packed_whole(ask['keep'], 'archive', ask['site'])
    return {'kept': ask['keep'], 'files': files_in(place), 'manifest': read_json(place + '/manifest.json', None)}


def known_archive(name):
    entry = read_json(CONTENTS, {}).get('archive/' + name)
    if entry is None:
        raise Refusal('notFound', 'The archive %s is not on this host.' % name)
    return entry


def archived(ask):
    """What an archive holds, and whether each of its files is still as it was made; null: it is gone."""
    entry = known_archive(ask['archive'])
    place = '%s/%s' % (KEPT, entry['kept'])
    now = {one['name']: one for one in files_in(place)}
    return {'kept': entry['kept'], 'manifest': entry['manifest'], 'files': [dict(one, whole=now.get(one['name']) == one) for one in entry['files']]}


def brought(ask):
    """What was counted of a website's content when it had been unpacked here; null: nothing was."""
    return {'manifest': read_json(CONTENTS, {}).get('content/' + ask['site'], {}).get('manifest')}


def offer(ask):
    """Lays an archive where suar-inbox can fetch it, who can neither list nor change what is there; or takes it away from there."""
    entry = known_archive(ask['archive'])
    withdrawn(entry)
    if ask['open']:
        gid = group_of('suar-inbox')
        folder(OUTBOX, 0o710)
        os.chown(OUTBOX, 0, gid)
        os.chmod(OUTBOX, 0o710)
        # What nobody took away a day ago.
        for old in os.listdir(OUTBOX):
            if os.lstat('%s/%s' % (OUTBOX, old)).st_ctime < time.time() - 86400:
                gone('%s/%s' % (OUTBOX, old))
        for one in entry['files']:
            path = '%s/%s/%s' % (KEPT, entry['kept'], one['name'])
            os.chown(path, 0, gid)
            os.chmod(path, 0o640)
            os.link(path, '%s/%s' % (OUTBOX, one['sha256']))
    return {}


def room(ask):
    """Refused as `full` where so much cannot come. What was cut off on its way here goes first: only who has the lease sends."""
    with contextlib.suppress(FileNotFoundError):
        at = os.open(INBOX, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            for name in os.listdir(at):
                if name.startswith('.'):
                    gone(name, at)
        finally:
            os.close(at)
    roomy(ask['archive'], ask['content'])
    return {}


def purge(ask):
    """Removes for good what was put aside under an id. How long it must have been kept is the asker's to know."""
    for place in (KEPT, KEPT_TREES):
        path = '%s/%s' % (place, ask['kept'])
        if os.path.isdir(path) and not os.path.islink(path):
            # Links in it are removed and not followed, and no folder is too deep.
            must(['/usr/bin/rm', '--recursive', '--force', '--', path], '%s could not be removed.' % path, 'refused', timeout=3600)
    for key, entry in list(read_json(CONTENTS, {}).items()):
        if key.startswith('archive/') and entry['kept'] == ask['kept']:
            contents(key, None)
            mark(key, None) if key in holdings() else None
    return {}


def app(ask):
    if not systemd():
        raise Refusal('unsupported', 'This host does not run systemd; a program of a website needs it.')
    unit = 'suar-%s.service' % ask['site']
    if not os.path.exists('/etc/systemd/system/' + unit):
        raise Refusal('notFound', 'The website %s has no program on this host.' % ask['site'])
    if ask['do'] != 'state':
        must(['/usr/bin/systemctl', ask['do'], unit], 'systemd could not %s the program of %s.' % (ask['do'], ask['site']), 'refused')
    return {'state': trimmed(run(['/usr/bin/systemctl', 'is-active', unit])[1])}


def zone_facts(ask):
    code, out, err = run(SET['bind']['rndc'] + ['zonestatus', ask['zone']])
    if code != 0:
        raise Refusal('notFound', 'BIND on this host does not have the zone %s.' % ask['zone'], trimmed(err))
    words = dict(line.split(': ', 1) for line in out.decode('utf-8', 'replace').splitlines() if ': ' in line)
    return {'type': words.get('type', ''), 'serial': int(words.get('serial', '0')), 'signed': words.get('secure', 'no') == 'yes'}


# Everything that can be asked for. `changes`: only with a live lease, alone, and noted in the system's log.
READS, CHANGES = False, True
KIND = one_of(*KINDS)
THE_LEASE = matches(LEASE, 'the name of a lease')
AN_ID = matches(KEEP, 'the id of a step: c-year-number-step')
A_DIGEST = or_null(matches(DIGEST, 'a SHA-256 in hexadecimal, or null'))
VERBS = {
    'hello': (hello, READS, {'protocol': whole(0, 1000000)}),
    'read': (read, READS, {'kind': KIND, 'names': many(lambda value, field: value, NAMES)}),
    'list': (list_, READS, {'kind': KIND}),
    'put': (put, CHANGES, {'kind': KIND, 'name': lambda value, field: value, 'before': A_DIGEST, 'after': or_null(object_of), 'keep': AN_ID, 'adopt?': true,
                           'restore?': AN_ID}),
    'challenge': (challenge, CHANGES, {'site': site, 'token': matches(TOKEN, 'a token'), 'text': or_null(matches(PROOF, 'the text of a challenge'))}),
    'probe-key': (probe_key, CHANGES, {'site': site, 'key': or_null(public_key), 'minutes': whole(1, 60)}),
    'confined': (confined, READS, {'site': site, 'other': site}),
    'database-login': (database_login, READS, {'engine': one_of('mariadb', 'postgresql'), 'name': database, 'user': database,
                                               'password': matches(PASSWORD, 'letters and digits'), 'as': site}),
    'usage': (usage, READS, {'sites': many(site, NAMES)}),
    'archive': (archive, CHANGES, {'site': site, 'keep': AN_ID}),
    'archived': (archived, READS, {'archive': Archive.name}),
    'brought': (brought, READS, {'site': site}),
    'offer': (offer, CHANGES, {'archive': Archive.name, 'open': truth}),
    'room': (room, CHANGES, {'archive': whole(0, 1 << 50), 'content': whole(0, 1 << 50)}),
    'purge': (purge, CHANGES, {'kept': AN_ID}),
    'app': (app, CHANGES, {'site': site, 'do': one_of('start', 'stop', 'restart', 'state')}),
    'zone-facts': (zone_facts, READS, {'zone': Zone.name}),
    'lock': (lock, READS, {'lease': THE_LEASE, 'seconds': whole(1, 3600)}),
    'unlock': (unlock, READS, {'lease': THE_LEASE}),
}

# ---------------------------------------------------------------------------------------------------------------- 9 the conversation


def parse(line):
    """JSON without what is not in it: no field twice, no fractions, no figures that only some machines can carry, no half signs."""

    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise invalid('A field stands twice in this request.')
        return dict(pairs)

    def number(text):
        if len(text) > 16 or abs(int(text)) > 9007199254740991:
            raise invalid('A number in this request is larger than JSON carries everywhere.')
        return int(text)

    def none(_):
        raise invalid('Numbers in requests are whole ones.')

    try:
        value = json.loads(line.decode('utf-8'), object_pairs_hook=once, parse_int=number, parse_float=none, parse_constant=none)
        canonical(value).encode('ascii')
        return object_of(value, 'A request')
    except (ValueError, RecursionError):
        raise invalid('This is not one JSON object on one line.')


def understood(request):
    """Verb and fields of a request, each looked at. Only what comes out of here is ever used."""
    verb = request.get('verb')
    if type(verb) is not str or verb not in VERBS:
        raise invalid('verb must be one of %s.' % ', '.join(VERBS))
    _, changes, fields = VERBS[verb]
    given = {name: value for name, value in request.items() if name not in ('id', 'verb')}
    if verb == 'put':
        kind = KINDS[KIND(given.get('kind'), 'kind')]
        fields = dict(fields, **kind.more)
        kind.name(given.get('name'), 'name')
    ask = shaped(dict(fields, lease=THE_LEASE) if changes else fields)(given, 'The request')
    # What is taken over or comes back is as others made it: `put` looks whether it is that.
    if verb == 'put' and ask['after'] is not None and 'adopt' not in ask and 'restore' not in ask:
        kind.shape(ask['name'], ask['after'], ask)
    if verb in ('read', 'list'):
        [KINDS[ask['kind']].name(name, 'names') for name in ask.get('names', [])]
    return ask


def arrived(ask):
    """The texts that were sent ahead, in their places."""
    for name in ('chain', 'key'):
        if name in ask and type(ask[name]) is dict:
            ask[name] = decoded(from_inbox(ask[name]))
    after = ask.get('after')
    if ask.get('kind') in GRAMMAR and after is not None and type(after.get('content')) is dict:
        ask['after'] = dict(after, content=decoded(from_inbox(FROM_INBOX(after['content'], 'after.content'))))


def decoded(data):
    try:
        return data.decode('utf-8')
    except ValueError:
        raise invalid('What was sent ahead is not a text.')


def told(verb, ask, outcome):
    """One line in the system's log: who asked for what and how it ended, nothing of what was in it."""
    names = ' '.join('%s=%s' % (field, ask[field]) for field in ('lease', 'kind', 'name', 'site', 'keep', 'restore', 'kept', 'archive', 'do', 'before') if ask.get(field))
    syslog.syslog(syslog.LOG_NOTICE, 'verb=%s %s after=%s outcome=%s' % (verb, names, digest(ask['after']) if 'after' in ask else '-', outcome))


def carried_out(verb, ask):
    act, changes, _ = VERBS[verb]
    if not changes:
        return act(ask)
    outcome = 'garbage'
    try:
        with Alone():
            leased(ask['lease'])
            arrived(ask)
            try:
                value = act(ask)
            finally:
                still_leased(ask['lease'])
            outcome = 'ok'
            return value
    except Refusal as refusal:
        outcome = refusal.kind
        raise
    finally:
        told(verb, ask, outcome)


def answer(line, greeted):
    """One answer for one line, whatever is in it."""
    number = None
    try:
        request = parse(line)
        number = whole(0, 9007199254740991)(request.get('id'), 'id')
        ask = understood(request)
        if not greeted and request['verb'] != 'hello':
            raise invalid('The first request must be hello.')
        return {'id': number, 'ok': True, 'value': carried_out(request['verb'], ask)}
    except Refusal as refusal:
        why = refusal
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            why = Refusal('full', 'The disk of this host is full; nothing was half written. Make room and try again.', trimmed(str(error)))
        else:
            why = Refusal('garbage', 'This host does not let the broker do its work; look at the host.', trimmed(str(error)))
    except Exception as error:
        why = Refusal('garbage', 'The broker met what it was not written for; report this.', trimmed('%s: %s' % (type(error).__name__, error)))
    return {'id': number, 'ok': False, 'kind': why.kind, 'message': str(why), 'detail': why.detail}


def lines(file):
    """Line by line; of one that is too long only that it came."""
    while True:
        line = file.readline(LINE + 1)
        if not line:
            return
        if len(line) > LINE:
            while line and not line.endswith(b'\n'):
                line = file.readline(LINE)
            yield None
        else:
            yield line


def main():
    global SET, OWN
    if len(sys.argv) != 1:
        sys.exit('suar-broker takes no arguments: it reads requests from its standard input.')
    if os.geteuid() != 0:
        sys.exit('suar-broker must be started as root, by sudo.')
    os.environ.clear()
    os.environ.update(ENVIRONMENT)
    os.umask(0o077)
    os.chdir('/')
    os.closerange(3, 1024)
    for one in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        # A connection that is lost does not stop what is begun; it ends with its input.
        signal.signal(one, signal.SIG_IGN)
    syslog.openlog('suar-broker', syslog.LOG_PID, syslog.LOG_AUTHPRIV)
    with open(os.path.abspath(__file__), 'rb') as file:
        OWN = hashlib.sha256(file.read()).hexdigest()
    greeted = False
    for line in lines(sys.stdin.buffer):
        try:
            SET = settings()
            GRAMMARS.clear()
            given = answer(line, greeted) if line is not None else {
                'id': None, 'ok': False, 'kind': 'invalid', 'message': 'A request has at most %d bytes; send contents ahead by SFTP.' % LINE, 'detail': ''}
        except Refusal as refusal:
            given = {'id': None, 'ok': False, 'kind': refusal.kind, 'message': str(refusal), 'detail': refusal.detail}
        greeted = greeted or (given['ok'] and 'protocol' in given['value'])
        data = canonical(given).encode('ascii')
        if len(data) > ANSWER:
            data = canonical({'id': given['id'], 'ok': False, 'kind': 'invalid', 'message': 'The answer is too long; ask for fewer at once.',
                              'detail': ''}).encode('ascii')
        sys.stdout.buffer.write(data + b'\n')
        sys.stdout.buffer.flush()


OWN = ''
if __name__ == '__main__':
    try:
        main()
    except BrokenPipeError:
        os._exit(0)
