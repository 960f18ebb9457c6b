// `suar probe` as people use it: against a real agent by every version, and against silence.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAccess, readAddress } from '../../daemon/cli/access.ts'
import type { Probe } from '../../daemon/probe.ts'
import { suar } from '../support/cli.ts'
import { startAgent } from '../support/recording-agent.ts'
import { AUTH_PASSWORD, hasSnmpd, PRIV_PASSWORD, type Snmpd, startSnmpd, user } from '../support/snmpd.ts'
import { inOrder, integer, system, text } from './made-device.ts'

const json = (stdout: string): Probe => JSON.parse(stdout) as Probe

describe('suar probe', () => {
  describe('of a real net-snmp agent', () => {
    let agent: Snmpd
    before(async function () {
      if (!hasSnmpd()) this.skip()
      agent = await startSnmpd()
    })
    after(() => agent?.close())

    for (const version of ['1', '2c'] as const)
      it(`shows the machine by v${version}`, async () => {
        const ran = await suar(['probe', `127.0.0.1:${agent.port}`, '--version', version, '--json'])
        assert.equal(ran.code, 0, ran.stderr)
        const seen = json(ran.stdout)
        assert.equal(seen.address, `127.0.0.1:${agent.port}`)
        assert.equal(seen.identity?.kind, 'server')
        assert.ok(seen.identity?.profiles.includes('if-mib'))
        const loopback = seen.interfaces.find(one => one.name === 'lo')
        assert.deepEqual([loopback?.admin, loopback?.oper, loopback?.type], ['up', 'up', 24])
        assert.ok(loopback?.inOctets !== null && loopback?.oids['inOctets']?.startsWith('1.3.6.1.2.1.'))
        // (Processor loads come only once the agent has run for a minute.)
        assert.ok(seen.memory.some(one => one.total !== null && one.used !== null && one.used <= one.total))
        assert.ok(seen.elapsedMs < 5000)
      })

    it('shows the same by v3 with authentication and privacy', async () => {
      const { user: name } = user('sha256', 'aes')
      const secrets = { SUAR_AUTH_PASSWORD: AUTH_PASSWORD, SUAR_PRIV_PASSWORD: PRIV_PASSWORD }
      const args = ['probe', `127.0.0.1:${agent.port}`, '--user', name, '--auth', 'sha256', '--priv', 'aes', '--json']
      const [v3, v2] = await Promise.all([suar(args, { env: secrets }), suar(['probe', `127.0.0.1:${agent.port}`, '--json'])])
      assert.equal(v3.code, 0, v3.stderr)
      const names = (ran: { stdout: string }) =>
        json(ran.stdout)
          .points.map(point => point.key)
          .filter(key => key.startsWith('port.lo.') || key.startsWith('memory.real.'))
      assert.ok(names(v2).length > 3)
      assert.deepEqual(names(v3), names(v2))
    })

    it('says which credential is wrong, and no secret', async () => {
      const { user: name } = user('sha256', 'aes')
      const ran = await suar(['probe', `127.0.0.1:${agent.port}`, '--user', name, '--auth', 'sha256', '--priv', 'aes'], {
        env: { SUAR_AUTH_PASSWORD: 'quite-another-one', SUAR_PRIV_PASSWORD: PRIV_PASSWORD },
      })
      assert.equal(ran.code, 3)
      assert.match(ran.stderr, /password|digest/i)
      assert.ok(!ran.stderr.includes('quite-another-one') && !ran.stdout.includes('quite-another-one'))
    })
  })

  it("reads a site's own profile, states in words and limits", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'suar-site-'))
    const base = '1.3.6.1.4.1.99999'
    writeFileSync(
      join(folder, 'boiler.yaml'),
      `title: Boiler\nkind: other\nvendor: Own\npriority: 90\nmatch: [{ exists: ${base} }]\npoints:\n  - { key: boiler.state, label: Boiler, oid: ${base}.1.0, quantity: state, states: { 1: 'on ok on', 2: 'off critical off' } }\n  - { key: boiler.temperature, label: Water, oid: ${base}.2.0, quantity: temperature, unit: °F, limits: { highCritical: 90 } }\nproof: [a test]\n`,
    )
    const agent = await startAgent(inOrder(...system(), integer(`${base}.1.0`, 2), text(`${base}.2.0`, '212')))
    try {
      const ran = await suar(['probe', `127.0.0.1:${agent.port}`, '--profiles', folder, '--json'])
      const seen = json(ran.stdout)
      assert.deepEqual([seen.identity?.vendor, seen.identity?.profiles], ['Own', ['boiler']])
      const [state, water] = seen.points
      assert.deepEqual(state?.state, { name: 'off', normal: 'critical', meaning: 'off' })
      assert.ok(Math.abs((water?.value ?? 0) - 100) < 1e-9)
      assert.deepEqual([water?.unit, water?.limits, water?.oid, water?.state], ['°C', { highCritical: 90 }, `${base}.2.0`, null])
      const people = await suar(['probe', `127.0.0.1:${agent.port}`, '--profiles', folder])
      assert.match(people.stdout, /boiler\.state\s+2\s+off \(critical\)/)
    } finally {
      await agent.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('ends with 3 and one object when nothing answers', async () => {
    const ran = await suar(['probe', '127.0.0.1:9', '--timeout', '50', '--retries', '0', '--json'])
    assert.equal(ran.code, 3)
    const seen = json(ran.stdout)
    assert.deepEqual([seen.reachable, seen.points, seen.failure?.kind], [false, [], 'timeout'])
    assert.equal(ran.stdout.trim().split('\n').length, 1)
  })

  for (const [what, args, says] of [
    ['no host', [], /HOST is missing/],
    ['a port that is none', ['h:99999'], /port 99999/],
    ['a version that is none', ['h', '--version', '4'], /use 1, 2c or 3/],
    ['v3 without a user', ['h', '--version', '3'], /needs --user/],
    ['a password nobody gave', ['h', '--user', 'u', '--auth', 'sha'], /set SUAR_AUTH_PASSWORD/],
    ['privacy without authentication', ['h', '--user', 'u', '--priv', 'aes'], /--priv needs --auth/],
    ['an option that is none', ['h', '--colour'], /--colour/],
  ] as const)
    it(`refuses ${what}`, async () => {
      const ran = await suar(['probe', ...args])
      assert.deepEqual([ran.code, ran.stdout], [2, ''])
      assert.match(ran.stderr, says)
    })

  it('takes addresses as people write them', () => {
    const read = (word: string) => {
      const made = readAddress(word)
      return made.ok ? `${made.value.host} ${made.value.port}` : 'no'
    }
    assert.deepEqual(['ups-1', 'ups-1:1161', '10.0.0.1', '::1', '[fe80::1]:1161', '[ups]:1', 'a b', 'h:0', ''].map(read), [
      'ups-1 161',
      'ups-1 1161',
      '10.0.0.1 161',
      '::1 161',
      'fe80::1 1161',
      'no',
      'no',
      'no',
      'no',
    ])
  })

  it('takes the community and passwords from the environment', () => {
    assert.deepEqual(readAccess({}, { SUAR_COMMUNITY: 'hidden' }), { ok: true, value: { via: 'snmp', version: '2c', community: 'hidden' } })
    const access = readAccess({ user: 'u', auth: 'sha256', 'auth-password-env': 'MINE' }, { MINE: 'long enough' })
    assert.deepEqual(access.ok && access.value.version === '3' && access.value.auth, { protocol: 'sha256', password: 'long enough' })
    assert.deepEqual(readAccess({ user: 'u', auth: 'sha256' }, { SUAR_AUTH_PASSWORD: 'short' }), {
      ok: false,
      reason: '--auth: the password must have at least 8 characters (RFC 3414)',
    })
  })
})

describe('suar profiles check', () => {
  it('is content with the profiles as shipped', async () => {
    const ran = await suar(['profiles', 'check', '--json'])
    assert.equal(ran.code, 0, ran.stdout)
    assert.equal((JSON.parse(ran.stdout) as { ok: boolean }).ok, true)
  })

  it('tells a mistake in a folder of a site by file and line, and a folder that is not there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'suar-site-'))
    writeFileSync(join(folder, 'wrong.yaml'), 'title: Wrong\npriority: 50\nkindd: ups\nmatch: [{ exists: 1.3.6 }]\nproof: [x]\n')
    const ran = await suar(['profiles', 'check', folder])
    assert.equal(ran.code, 1)
    assert.match(ran.stdout, /wrong\.yaml:3: kindd: unknown key "kindd"\. Remove it or write "kind"\./)
    rmSync(folder, { recursive: true })
    assert.equal((await suar(['profiles', 'check', folder])).code, 2)
  })
})
