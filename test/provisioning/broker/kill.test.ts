// The broker killed between any two of its changes to the host: what it leaves is whole, and the same request, or the one that takes it back, ends it.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { canHost, type TestHost } from '../../support/host/start.ts'
import { brokerHost, digestOf, LEASE, must, readOf, type State, settle, stateOf, type Talk, type Thing, take, talk, thingOf } from './support.ts'

/** By which a program changes what stays: files, processes it starts, signals it sends, and what it says. */
const CALLS =
  'rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,symlink,symlinkat,link,linkat,fsync,write,fchmod,fchmodat,chmod,fchown,fchownat,chown,kill,vfork,fork,clone,clone3,ftruncate'
const STRACE = '/usr/bin/strace'

let number = 0
const freshKeep = () => `c-2026-0777-${++number}`

interface Change {
  readonly what: string
  readonly thing: Thing
  readonly from: State | null
  readonly to: State | null
}

describe('the broker, killed', function () {
  this.timeout(300_000)
  let host: TestHost
  let steady: Talk
  before(async function () {
    if (!canHost() || !existsSync(STRACE)) this.skip()
    host = await brokerHost({ with: ['nginx'] })
    steady = await talk(host)
    await take(steady)
    await settle(steady, host, 'dinkes', 'dispora')
  })
  after(async () => {
    await steady?.end()
    await host?.stop()
  })

  const body = ({ kind, name }: Thing, before: State | null, after: State | null, keep: string, restore: boolean) => ({
    kind,
    name,
    before: digestOf(before),
    after,
    keep,
    lease: LEASE,
    ...(restore && after !== null && before !== null ? { restore: keep } : {}),
  })

  interface Calls {
    readonly call: string
    /** How often it is made to start and greet, and how often by the change. */
    readonly before: number
    readonly times: number
  }

  async function callsOf({ thing, from, to }: Change): Promise<readonly Calls[]> {
    await using traced = await talk(host, { before: [STRACE, '-o', '/tmp/calls', '-e', `trace=${CALLS}`] })
    const counted = async () => {
      const times = new Map<string, number>()
      for (const [, call = ''] of (await host.run(['cat', '/tmp/calls'])).stdout.matchAll(/^(\w+)\(/gm)) times.set(call, (times.get(call) ?? 0) + 1)
      return times
    }
    const before = await counted()
    assert.ok((await traced.ask('put', body(thing, from, to, freshKeep(), false))).ok)
    const after = await counted()
    await must(steady, thing, from)
    return [...after]
      .map(([call, times]) => ({ call, before: before.get(call) ?? 0, times: times - (before.get(call) ?? 0) }))
      .filter(({ times }) => times > 0)
  }

  /** Killed as it enters a call for the n-th time; false: it came through. */
  async function killed({ thing, from, to }: Change, keep: string, call: string, nth: number): Promise<boolean> {
    const inject = `inject=${call}:signal=KILL:when=${nth}`
    await using broken = await talk(host, { before: [STRACE, '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject] })
    const told = await broken.ask('put', body(thing, from, to, keep, false)).catch(() => null)
    return told === null
  }

  async function everywhere(change: Change): Promise<void> {
    const { thing, from, to, what } = change
    await must(steady, thing, from)
    const calls = await callsOf(change)
    assert.ok(calls.length > 2, `${what}: ${JSON.stringify(calls)}`)
    let kills = 0
    for (const { call, before, times } of calls)
      for (let nth = 1; nth <= times; nth++) {
        const keep = freshKeep()
        const at = `${what}, ${call} ${nth} of ${times}`
        if (!(await killed(change, keep, call, before + nth))) continue
        kills++
        // Whole it is even so: as before, or as wanted, or not there yet; never half a file.
        const left = await stateOf(steady, thing.kind, thing.name)
        if (thing.kind !== 'user' && thing.kind !== 'tree')
          assert.ok(
            [from, to].some(state => digestOf(state) === digestOf(left)),
            `${at}: ${JSON.stringify(left)}`,
          )
        const back = kills % 2 === 0
        const told = await steady.ask('put', back ? body(thing, to, from, keep, true) : body(thing, from, to, keep, false))
        assert.ok(told.ok, `${at}: ${JSON.stringify(told)}`)
        const aim = back ? from : to
        assert.deepEqual(await readOf(steady, thing.kind, thing.name), { mark: aim !== null, state: aim }, at)
        const kept = (told.value as { kept: string | null }).kept
        if (from !== null && !back) assert.equal(kept, keep, at)
        const holdings = JSON.parse((await host.run(['cat', '/var/lib/suar-host/holdings.json'])).stdout)
        assert.equal(holdings[`${thing.kind}/${thing.name}`]?.begun, undefined, at)
        assert.equal((await host.run(['sh', '-c', 'find /etc /srv/suar /var/lib/suar-host -name "*.dpkg-new" -o -name ".new-*"'])).stdout, '', at)
        await must(steady, thing, from)
      }
    assert.ok(kills >= calls.length, `${what}: killed ${kills} times only`)
  }

  const KEYS = ['a', 'b'].map(who => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZ1bGwgb2YgemVyb3MgYW5kIG9uZXMgYW5kIG1vcmUg ${who}@example`)

  it('while it writes a file anew', async () => {
    const thing = thingOf(host, 'keys')
    await everywhere({ what: 'keys changed', thing, from: { keys: [KEYS[0]!] }, to: { keys: KEYS } })
    await everywhere({ what: 'keys removed', thing, from: { keys: KEYS }, to: null })
  })

  it('while it changes what nginx reads', async () => {
    await host.install(
      'mkdir -p /etc/suar-host/tls/dinkes; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x -keyout /etc/suar-host/tls/dinkes/key.pem -out /etc/suar-host/tls/dinkes/fullchain.pem 2>/dev/null\n',
    )
    const one = thingOf(host, 'nginx')
    const two = thingOf(host, 'nginx', { domains: ['dinkes.example.go.id', 'www.dinkes.example.go.id'] })
    await must(steady, one, one.state)
    await everywhere({ what: 'virtual host changed', thing: one, from: one.state, to: two.state })
    assert.match((await host.run(['nginx', '-t'])).stderr, /successful/)
  })

  it('while it makes, closes and removes accounts and folders', async () => {
    const user = thingOf(host, 'user', { name: 'bkd' })
    await everywhere({ what: 'account made', thing: user, from: null, to: user.state })
    await everywhere({ what: 'account closed', thing: user, from: user.state, to: { ...user.state, locked: true } })
    await must(steady, user, user.state)
    const tree = thingOf(host, 'tree', { name: 'bkd' })
    await everywhere({ what: 'folders made', thing: tree, from: null, to: tree.state })
    await must(steady, tree, tree.state)
    await host.install('echo data >/srv/suar/bkd/private/data\n')
    await everywhere({ what: 'folders removed', thing: tree, from: tree.state, to: null })
  })

  it('a hundred times at any moment, while somebody reads', async () => {
    const thing = thingOf(host, 'keys', { name: 'dispora' })
    const states: State[] = [{ keys: [KEYS[0]!] }, { keys: KEYS }]
    await must(steady, thing, states[0]!)
    const path = '/etc/suar-host/keys/dispora'
    const texts = new Set<string>()
    for (const state of states) {
      await must(steady, thing, state)
      texts.add((await host.run(['cat', path])).stdout)
    }
    // On the host: reads the file as fast as it can, and notes whatever is none of the two.
    const reader = `import sys, time
texts = set(${JSON.stringify([...texts])})
until, reads = time.time() + 600, 0
open('/tmp/reading', 'w')
import os
while time.time() < until and not os.path.exists('/tmp/enough'):
    text = open('${path}').read()
    reads += 1
    if text not in texts: sys.exit('half a file: ' + repr(text))
print(reads)`
    const reading = host.run(['python3', '-c', reader], { timeout: 280_000 })
    let cut = 0
    let next = talk(host)
    for (let i = 0; i < 100; i++) {
      const was = (await stateOf(steady, 'keys', 'dispora'))!
      const wanted = states.find(state => digestOf(state) !== digestOf(was))!
      const keep = freshKeep()
      await using broken = await next
      next = talk(host)
      const pid = broken.pid()
      const told = broken.ask('put', body(thing, was, wanted, keep, false)).catch(() => null)
      await pause(Math.random() * 4)
      process.kill(pid, 'SIGKILL')
      if ((await told) === null) cut++
      const again = await steady.ask('put', body(thing, was, wanted, keep, false))
      assert.ok(again.ok, JSON.stringify(again))
      assert.deepEqual(await readOf(steady, 'keys', 'dispora'), { mark: true, state: wanted })
    }
    await (await next).end()
    assert.ok(cut > 20, `only ${cut} were cut off`)
    await host.run(['touch', '/tmp/enough'])
    const { code, stdout, stderr } = await reading
    assert.equal(code, 0, stderr)
    assert.ok(Number(stdout) > 1000, stdout)
  })
})
