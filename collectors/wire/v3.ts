// A session over SNMPv3: net-snmp's engine on our one socket.
import snmp, { type Varbind as NetSnmpVarbind, type Session } from 'net-snmp'
import { because } from '../../daemon/domain/because.ts'
import type { Target } from '../../daemon/domain/collector.ts'
import { done, type Failure, type Outcome } from '../../daemon/domain/outcome.ts'
import { inHalves } from './halves.ts'
import type { Place } from './hosts.ts'
import { encodeOid } from './oid.ts'
import type { SnmpSession, Varbind } from './session.ts'
import { type Assignment, tagged } from './set.ts'
import type { Socket } from './socket.ts'
import { layKeys, mayAnswer, readEnvelope, userOf, type V3Access } from './usm.ts'
import { failureOf, SILENCE, STALE } from './v3-failures.ts'

type Answered = Outcome<readonly Varbind[]>
type Told = (error: Error | null, varbinds?: readonly (NetSnmpVarbind | readonly NetSnmpVarbind[])[]) => void

export interface V3Session extends SnmpSession {
  set(assignments: readonly Assignment[]): Promise<Outcome<null>>
}

const BACKOFF = 1.5
const MOST_ENGINES = 8

/**
 * Opens a session; nothing is sent yet. Engine discovery comes with the first request and again when the device has been restarted or exchanged.
 * A wrong user or password is `wrongCredential`, which part in the message. A password's digest is worked out once (1 to 2 ms, in one piece)
 * and localized to each engine in microseconds. Throws RangeError for targets with another way in.
 */
export function openV3(socket: Socket, target: Target): V3Session {
  const { access, address } = target
  if (access.via !== 'snmp' || access.version !== '3') throw new RangeError('This target is not asked by SNMPv3')
  const name = `${address.host}:${address.port}`
  const host = socket.hosts.find(address.host)
  const spent = { pdus: 0, timeouts: 0 }
  const waiting = new Set<(failure: Failure) => void>()
  const engines = new Set<string>()
  let session: Session | null = null
  let heard = 0
  let trusted = false // it has answered with these credentials
  let closed = false

  /** What net-snmp takes for its own socket: ours, hearing this one device. */
  function dgram(place: Place) {
    let stop: (() => void) | null = null
    return {
      createSocket: () => ({
        ref: nothing,
        unref: nothing,
        on(event: string, listener: (bytes: Buffer) => void) {
          if (event === 'message') stop = socket.hear(place.address, address.port, bytes => admit(access as V3Access, bytes, listener))
        },
        send(bytes: Buffer, _offset: number, _length: number, port: number, _address: string, sent: (error: Error | null) => void) {
          spent.pdus++
          socket.send(bytes, port, place.address, place.family, sent)
        },
        close() {
          stop?.()
        },
      }),
    }
  }

  function admit(credentials: V3Access, bytes: Buffer, listener: (bytes: Buffer) => void): void {
    const envelope = readEnvelope(bytes)
    if (envelope === null || !mayAnswer(credentials, envelope)) return
    heard++
    // A device has one engine, perhaps another after a restart. Somebody who names hundreds gets no keys laid for them.
    if (engines.size < MOST_ENGINES) {
      engines.add(Buffer.from(envelope.engineId).toString('hex'))
      layKeys(credentials, envelope.engineId)
    }
    try {
      listener(bytes)
    } catch {
      // net-snmp reads strangers' octets and may stumble over them; the request it has dropped then ends at our deadline.
      heard--
    }
  }

  function sessionAt(place: Place): Session {
    session ??= snmp
      .createV3Session(place.address, userOf(access as V3Access), {
        port: address.port,
        timeout: socket.timeout,
        retries: socket.retries,
        backoff: BACKOFF,
        context: (access as V3Access).context,
        dgramModule: dgram(place),
      })
      // Told of every datagram it cannot read; none of them is an answer.
      .on('error', nothing)
    return session
  }

  /** One request. Varbinds come in the order in which they stood in the answer. */
  async function ask(run: (session: Session, told: Told) => void, again = true): Promise<Answered> {
    if (closed) return because('cancelled', { code: 'closed' }, 'The session is closed.')
    const place = await located()
    if (!place.ok) return place
    const before = heard
    const used = sessionAt(place.value)
    const answer = await new Promise<Error | readonly (NetSnmpVarbind | readonly NetSnmpVarbind[])[] | Failure>(tell => {
      const cancel = (failure: Failure): void => over(failure)
      // Discovery, request and one resynchronisation, each with all its repetitions.
      const deadline = setTimeout(() => over(SILENCE), 3 * patience(socket) + 1000)
      const over = (result: Error | readonly (NetSnmpVarbind | readonly NetSnmpVarbind[])[] | Failure): void => {
        clearTimeout(deadline)
        waiting.delete(cancel)
        tell(result)
      }
      waiting.add(cancel)
      run(used, (error, varbinds) => over(error ?? varbinds ?? []))
    })
    // While others are under way it cannot be told which of the silences are for good.
    if (waiting.size === 0) spent.timeouts = Math.max(spent.timeouts, spent.pdus - heard)
    if ('kind' in answer) return { ok: false, failure: answer }
    if (!(answer instanceof Error)) {
      trusted = true
      return done(inOrder(answer).map(plain))
    }
    const failure = failureOf(answer, { name, access: access as V3Access, trusted, heard: heard > before })
    if (failure !== STALE) return { ok: false, failure }
    // Its clock went backwards or its engine is another: begun anew, once, and by the first of those who asked at the same time.
    if (session === used) {
      used.close()
      session = null
    }
    return again ? ask(run, false) : because('garbage', { code: 'notInTime', where: name }, undefined, true)
  }

  function located(): Promise<Outcome<Place>> {
    return new Promise(tell =>
      socket.hosts.whenKnown(host, failure => {
        if (failure !== null) tell({ ok: false, failure })
        else tell(host.place === null ? because('notFound', { code: 'unknownName', host: host.name }) : done(host.place))
      }),
    )
  }

  const asking = (oids: string[], run: (session: Session, oids: string[], told: Told) => void): Promise<Answered> =>
    ask((open, told) => run(open, oids, told))

  return {
    get: oids => inHalves(oids, part => asking(checked(part), (open, list, told) => open.get(list, told))),
    getNext: oids => inHalves(oids, part => asking(checked(part), (open, list, told) => open.getNext(list, told))),
    getBulk: async (nonRepeaters, maxRepetitions, oids) =>
      asking(checked(oids), (open, list, told) => open.getBulk(list, nonRepeaters, maxRepetitions, told)),
    async set(assignments) {
      const varbinds = assignments.map(each => ({ oid: each.oid, ...tagged(each) }))
      const answer = await ask((open, told) => open.set(varbinds, told))
      return answer.ok ? done(null) : answer
    },
    spent,
    close() {
      closed = true
      const { failure } = because('cancelled', { code: 'closed' }, 'The session was closed while it asked.')
      for (const cancel of waiting) cancel(failure)
      waiting.clear()
      session?.cancelRequests(new Error(failure.message))
      session?.close()
      session = null
    },
  }
}

function nothing(): void {
  // What net-snmp asks of a socket of its own has no meaning for the shared one.
}

/** Milliseconds until all repetitions of one PDU have been waited for. */
function patience({ timeout, retries }: Socket): number {
  let total = 0
  for (let k = 0; k <= retries; k++) total += timeout * BACKOFF ** k
  return total
}

/** net-snmp encodes without looking. */
function checked(oids: readonly string[]): string[] {
  const wrong = oids.find(oid => encodeOid(oid) === null)
  if (wrong !== undefined) throw new RangeError(`${JSON.stringify(wrong)} is no object identifier`)
  return [...oids]
}

/** A GETBULK comes sorted by column: back into rows, as it stood in the answer. */
function inOrder(list: readonly (NetSnmpVarbind | readonly NetSnmpVarbind[])[]): NetSnmpVarbind[] {
  const single = list.filter((each): each is NetSnmpVarbind => !Array.isArray(each))
  const columns = list.filter((each): each is readonly NetSnmpVarbind[] => Array.isArray(each))
  const rows = Math.max(0, ...columns.map(column => column.length))
  for (let row = 0; row < rows; row++) {
    for (const column of columns) {
      const varbind = column[row]
      if (varbind !== undefined) single.push(varbind)
    }
  }
  return single
}

/** net-snmp's types are the ASN.1 tags; only Counter64 comes as octets. */
function plain({ oid, type = 0, value }: NetSnmpVarbind): Varbind {
  if (type === snmp.ObjectType.Counter64 && Buffer.isBuffer(value)) return { oid, type, value: BigInt(`0x${value.toString('hex') || '0'}`) }
  if (Buffer.isBuffer(value)) return { oid, type, value: new Uint8Array(value) }
  return { oid, type, value: typeof value === 'boolean' ? Number(value) : (value ?? null) }
}
