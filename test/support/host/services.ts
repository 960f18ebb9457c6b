// The servers a test's host may have: by which files one sees them, how each is set up for the host's own address, and how it is started.

export interface Service {
  /** Gone from the host that does not have it. */
  readonly hidden: readonly string[]
  /** Run as root by /bin/sh on the host, `A` being its address. Ends when the server answers. */
  readonly start: string
}

/** Until a command succeeds, at most ten seconds. */
const until = (command: string) => `i=0; until ${command} >/dev/null 2>&1; do i=$((i+1)); [ $i -lt 500 ] || exit 1; sleep 0.02; done`

export const SERVICES = {
  nginx: {
    hidden: ['/usr/sbin/nginx', '/etc/nginx'],
    start: `
sed -i "s/listen 80 default_server/listen $A:80 default_server/; /listen \\[::\\]/d" /etc/nginx/sites-available/default
nginx`,
  },
  apache: {
    hidden: ['/usr/sbin/apache2', '/usr/sbin/apache2ctl', '/etc/apache2'],
    // Beside nginx it is the server behind.
    start: `
if [ -e /usr/sbin/nginx ]; then http=8080 https=8443; else http=80 https=443; fi
printf 'Listen %s:%s\\n<IfModule ssl_module>\\n  Listen %s:%s\\n</IfModule>\\n' $A $http $A $https >/etc/apache2/ports.conf
sed -i "s/\\*:80/*:$http/" /etc/apache2/sites-available/000-default.conf
printf 'ServerName %s\\n' "$(hostname)" >/etc/apache2/conf-enabled/name.conf
apache2ctl start
${until('test -s /run/apache2/apache2.pid')}`,
  },
  php: {
    hidden: ['/usr/sbin/php-fpm8.2', '/etc/php/8.2/fpm'],
    start: 'php-fpm8.2',
  },
  mariadb: {
    hidden: ['/usr/sbin/mariadbd', '/usr/sbin/mysqld', '/usr/bin/mariadb', '/usr/bin/mysql', '/var/lib/mysql'],
    start: `
rm -rf /var/lib/mysql
install -d -o mysql -g mysql -m 700 /var/lib/mysql
install -d -o mysql -g mysql -m 755 /run/mysqld
cat >/etc/mysql/mariadb.conf.d/99-test.cnf <<END
[mysqld]
bind-address = $A
port = 3306
skip-name-resolve
innodb-buffer-pool-size = 32M
innodb-log-file-size = 8M
END
mariadb-install-db --user=mysql --auth-root-authentication-method=socket --skip-test-db
setsid mariadbd --user=mysql >>/var/log/mariadb.log 2>&1 &
${until('mariadb -e "select 1"')}`,
  },
  postgresql: {
    hidden: ['/usr/bin/psql', '/usr/lib/postgresql', '/var/lib/postgresql'],
    start: `
rm -rf /var/lib/postgresql
install -d -o postgres -g postgres -m 755 /var/lib/postgresql /run/postgresql
cd /var/lib/postgresql
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
su postgres -c "$bin/initdb -D 15/main --auth-local=peer --auth-host=scram-sha-256 -U postgres --no-sync"
printf "listen_addresses = '%s'\\nport = 5432\\nunix_socket_directories = '/run/postgresql'\\nfsync = off\\n" $A >>15/main/postgresql.conf
su postgres -c "$bin/pg_ctl -D 15/main -l 15/log -w start"`,
  },
  bind: {
    hidden: ['/usr/sbin/named', '/usr/sbin/rndc', '/etc/bind'],
    start: `
rndc-confgen -a -c /etc/bind/rndc.key -u bind
printf 'include "/etc/bind/rndc.key";\\noptions { default-key "rndc-key"; default-server %s; default-port 953; };\\n' $A >/etc/bind/rndc.conf
rm -f /etc/bind/rndc.key.bak
cat >/etc/bind/named.conf <<END
include "/etc/bind/rndc.key";
controls { inet $A port 953 allow { $A; 127.0.0.1; } keys { "rndc-key"; }; };
options { directory "/var/cache/bind"; listen-on port 53 { $A; }; listen-on-v6 { none; }; recursion no; dnssec-validation no;
  empty-zones-enable no; allow-new-zones yes; allow-transfer { none; }; };
END
install -d -o bind -g bind -m 775 /run/named
named -u bind -n 1
${until('rndc status')}`,
  },
} as const satisfies Record<string, Service>

export type ServiceName = keyof typeof SERVICES
