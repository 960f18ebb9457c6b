// The servers themselves read the files: whatever the schema of a website accepts, they accept.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Website } from '../../../daemon/domain/website.ts'
import { apacheHost } from '../../../provisioning/site/apache.ts'
import { crontab } from '../../../provisioning/site/cron.ts'
import { logRotation } from '../../../provisioning/site/logrotate.ts'
import { nginxHost } from '../../../provisioning/site/nginx.ts'
import { phpPool } from '../../../provisioning/site/pool.ts'
import { unitFile } from '../../../provisioning/site/unit.ts'
import { canHost } from '../../support/host/start.ts'
import { inPrivateRoot, writing } from './private-root.ts'
import { anyWebsite, LISTEN, SAMPLES } from './websites.ts'

/** Different ones, as a host has them: the samples, and forty that the schema accepts. */
const websites = (): readonly Website[] => {
  const byName = new Map<string, Website>()
  for (const website of [...Object.values(SAMPLES), ...fc.sample(anyWebsite, { numRuns: 40, seed: 5 })])
    if (!byName.has(website.name)) byName.set(website.name, website)
  return [...byName.values()]
}

/** Account, folders and certificate of each: servers look for them. */
const ground = (all: readonly Website[]): string =>
  'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x -keyout /key.pem -out /chain.pem 2>/dev/null\n' +
  all
    .map(
      ({ name }, i) =>
        `echo '${name}:x:${20_000 + i}:${20_000 + i}::/:/usr/sbin/nologin' >>/etc/passwd\necho '${name}:x:${20_000 + i}:' >>/etc/group\n` +
        `mkdir -p /srv/suar/${name}/public /srv/suar/${name}/private /srv/suar/${name}/tmp /srv/suar/${name}/log /etc/suar-host/tls/${name}\n` +
        `cp /chain.pem /etc/suar-host/tls/${name}/fullchain.pem; cp /key.pem /etc/suar-host/tls/${name}/key.pem\n`,
    )
    .join('')

const isPhp = (website: Website): website is Parameters<typeof phpPool>[0] => website.runtime.kind === 'php'
const isApp = (website: Website): website is Parameters<typeof unitFile>[0] => website.runtime.kind === 'app'

describe('what reads the files of websites', function () {
  this.timeout(60_000)
  const all = websites()
  before(function () {
    if (!canHost()) this.skip()
    assert.ok(all.length > 30 && all.some(isPhp) && all.some(isApp))
  })

  it('nginx takes them, without a warning', async () => {
    const conf =
      'events {}\nhttp { server_names_hash_bucket_size 512; server_names_hash_max_size 4096; variables_hash_max_size 4096; include /sites/*.conf; }\n'
    const ran = await inPrivateRoot(
      ground(all) +
        writing('/n.conf', conf) +
        all.map(site => writing(`/sites/${site.name}.conf`, nginxHost(site, LISTEN))).join('') +
        'mkdir -p /var/lib/suar-host/acme\nnginx -t -c /n.conf\n',
    )
    assert.equal(ran.code, 0, ran.text)
    assert.doesNotMatch(ran.text, /\[warn\]/)
  })

  it('Apache takes them', async () => {
    const ran = await inPrivateRoot(
      ground(all) +
        'a2enmod -q ssl rewrite headers expires proxy proxy_fcgi proxy_http proxy_wstunnel >/dev/null\nmkdir -p /run/apache2 /run/lock /var/log/apache2\n' +
        all.map(site => writing(`/etc/apache2/sites-enabled/${site.name}.conf`, apacheHost(site, LISTEN))).join('') +
        'apache2ctl -t\n',
    )
    assert.equal(ran.code, 0, ran.text)
  })

  it('PHP-FPM takes the pools', async () => {
    const ran = await inPrivateRoot(
      ground(all) +
        all
          .filter(isPhp)
          .map(site => writing(`/etc/php/8.2/fpm/pool.d/suar-${site.name}.conf`, phpPool(site)))
          .join('') +
        'php-fpm8.2 -t\n',
    )
    assert.equal(ran.code, 0, ran.text)
  })

  it('systemd takes the units', async () => {
    const units = all.filter(isApp)
    const programs = units.map(({ name, runtime }) => writing(`/srv/suar/${name}/${runtime.file}`, '')).join('')
    const ran = await inPrivateRoot(
      ground(all) +
        programs +
        '[ -e /usr/bin/node ] || ln -s /bin/true /usr/bin/node\n' +
        units.map(site => writing(`/etc/systemd/system/suar-${site.name}.service`, unitFile(site))).join('') +
        `systemd-analyze verify ${units.map(({ name }) => `suar-${name}.service`).join(' ')} 2>&1\n`,
    )
    assert.equal(ran.code, 0, ran.text)
    assert.doesNotMatch(ran.text, /suar-/, 'not a word about any of them')
  })

  it('logrotate takes them', async () => {
    const ran = await inPrivateRoot(
      ground(all) +
        all.map(site => writing(`/etc/logrotate.d/suar-${site.name}`, logRotation(site))).join('') +
        'logrotate -d /etc/logrotate.conf 2>&1\n',
    )
    assert.equal(ran.code, 0, ran.text)
    assert.doesNotMatch(ran.text, /^error:/m)
    for (const { name } of all) assert.ok(ran.text.includes(`/srv/suar/${name}/log/*.log`), name)
  })

  it('cron takes the tables', async () => {
    // A crontab of a person has no column for the account: without it, the parser that `crontab` has is cron's own.
    const tables = all
      .filter(({ cron }) => cron.length > 0)
      .map(site => crontab(site).replaceAll(new RegExp(`(?<=^(\\S+ ){5})${site.name} `, 'gm'), ''))
    assert.ok(tables.length > 10)
    const ran = await inPrivateRoot(tables.map((table, i) => `${writing(`/t${i}`, table)}crontab -u root /t${i}\n`).join(''))
    assert.equal(ran.code, 0, ran.text)
  })

  it('see a mistake when there is one', async () => {
    const one = SAMPLES['php']!
    const broken: readonly (readonly [file: string, text: string, command: string])[] = [
      ['/n.conf', 'events {}\nhttp { server { listen 80; servername x; } }\n', 'nginx -t -c /n.conf'],
      ['/etc/apache2/sites-enabled/x.conf', '<VirtualHost *:80>\nServerNames x\n</VirtualHost>\n', 'apache2ctl -t'],
      ['/etc/php/8.2/fpm/pool.d/x.conf', '[x]\nuser = nobody-such\nlisten = /run/php/x.sock\n', 'php-fpm8.2 -t'],
      ['/etc/systemd/system/x.service', '[Service]\nExecStart=bin/true\n', 'systemd-analyze verify x.service'],
      ['/t', '61 * * * * x\n', 'crontab -u root /t'],
    ]
    for (const [path, text, command] of broken) {
      const ran = await inPrivateRoot(`${ground([one])}mkdir -p /run/apache2 /run/lock /var/log/apache2\n${writing(path, text)}${command}\n`)
      assert.notEqual(ran.code, 0, `${command}: ${ran.text}`)
    }
  })
})
