// What a resource may touch: hosts through their broker, zones through their servers, certificates, Suar's own books. Nothing else can be reached.
import type { Call, Instant } from '../daemon/domain/call.ts'
import type { Found, State, Undo } from '../daemon/domain/change.ts'
import type { Json } from '../daemon/domain/json.ts'
import type { Outcome } from '../daemon/domain/outcome.ts'

/** What a host said of itself at its last greeting. */
export interface HostFacts {
  readonly broker: string
  readonly system: string
  readonly hostname: string
  readonly systemd: boolean
  readonly nginx: boolean
  readonly apache: boolean
  /** Versions with an FPM: `8.2`. */
  readonly php: readonly string[]
  readonly mariadb: boolean
  readonly postgresql: boolean
  readonly bind: boolean
  readonly nftables: boolean
  /** Of the file system of the websites; `none` where the kernel or the mount has none. */
  readonly quota: 'ext4' | 'xfs' | 'none'
  /** Where its web server listens; `*`: on every address, IPv4 and IPv6; `0.0.0.0`: on every one of IPv4. */
  readonly listen: { readonly address: string; readonly http: number; readonly https: number }
}

export interface HostHands {
  readonly id: string
  /** Where its websites are reached from here, and on which ports: for looking from outside. */
  readonly reach: { readonly address: string; readonly http: number; readonly https: number; readonly ssh: number; readonly hostKey: string }
  readonly facts: HostFacts
  /** A verb of the broker; `contents` of files go ahead by SFTP, each named in the request by its SHA-256. */
  /** `put` and its like carry the lease by themselves: that of the change the hands were given for. */
  ask(verb: string, body: { readonly [key: string]: Json }, call: Call, contents?: readonly string[]): Promise<Outcome<Json>>
  /** Bit by bit what lies in its outbox; throws when the line breaks or stands still. */
  fetch(file: LargeFile, call: Call): AsyncIterable<Buffer>
  /** Into its inbox, bit by bit: there under its SHA-256 when it is done, and refused when that is another. */
  deliver(file: LargeFile, from: AsyncIterable<Buffer>, call: Call): Promise<Outcome<void>>
}

/** Of any size; never held in memory. */
export interface LargeFile {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

export interface ZoneHands {
  readonly name: string
  /** Every server that answers for the zone: `127.0.0.1:5353`. */
  readonly servers: readonly string[]
  /** RRsets by `owner TYPE` (`www.example.go.id. A`), as the server that is written to has them. */
  read(names: readonly string[], call: Call): Promise<Outcome<ReadonlyMap<string, State | null>>>
  /** All of the zone; null where the server does not hand it out. */
  list(call: Call): Promise<Outcome<ReadonlyMap<string, State> | null>>
  /** Compare and swap; `conflict` when it is not as `before`. Done twice it is done once. */
  put(name: string, before: State | null, after: State | null, call: Call): Promise<Outcome<void>>
  /** Several at once; all or nothing where the server can (RFC 2136), one after the other where it cannot. */
  swap(changes: readonly RecordSwap[], call: Call): Promise<Outcome<void>>
  /** What each authoritative server answers, asked directly. */
  answers(name: string, call: Call): Promise<readonly { readonly server: string; readonly state: Outcome<State | null> }[]>
  /** How each server and its signing stand; `serial` null: it did not answer with authority. */
  look(call: Call): Promise<ZoneLook>
  /** Names of RRsets that a change of ours left there; what else stands there is somebody else's. */
  ours(): Promise<ReadonlySet<string>>
  /** Who besides us may ask for which owners. */
  readonly rights: readonly ZoneRight[]
  /** How long every server may take to answer alike, ms. */
  readonly patience: number
}

export interface RecordSwap {
  readonly name: string
  readonly before: State | null
  readonly after: State | null
}

/** `owners`: one owner (`www.dinkes.example.go.id`) or all below one (`*.dinkes.example.go.id`). */
export interface ZoneRight {
  readonly organisation: number
  readonly owners: string
}

export interface ZoneLook {
  readonly servers: readonly { readonly server: string; readonly serial: number | null; readonly reachable: boolean }[]
  readonly dnssec: 'signed' | 'unsigned' | 'unknown'
}

export interface CertificateMaterial {
  /** SHA-256 of the leaf, hexadecimal. */
  readonly fingerprint: string
  readonly source: 'acme' | 'own' | 'upload'
  /** It is time for another one: that is a change like any other. */
  readonly due?: true
  readonly chain: string
  readonly key: string
  readonly names: readonly string[]
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly issuer: string
}

/** Where a challenge of HTTP-01 can be put while a certificate is asked for. */
export interface ChallengePlace {
  put(token: string, text: string, call: Call): Promise<Outcome<void>>
  remove(token: string, call: Call): Promise<Outcome<void>>
}

export interface CertificateHands {
  /** What is in the books for a website; null: none yet. */
  current(website: string): Promise<CertificateMaterial | null>
  /** The current one first, then those before it, as many as are kept. */
  versions(website: string): Promise<readonly CertificateMaterial[]>
  /** Asks for, makes or takes what was uploaded: `source` and `names` as wanted. Puts it in the books. */
  obtain(
    website: string,
    wanted: { readonly source: 'acme' | 'own' | 'upload'; readonly names: readonly string[] },
    challenges: ChallengePlace,
    call: Call,
  ): Promise<Outcome<CertificateMaterial>>
  /** The one before, or none, is the current one again. */
  restore(website: string, fingerprint: string | null): Promise<Outcome<void>>
  /** Roots that a look from outside trusts besides the public ones. */
  roots(): readonly string[]
}

/** Things that stand in Suar's own books only: addresses (IPAM), checks from outside, backup policies. */
export interface BookHands {
  read(resource: string, names: readonly string[]): Promise<ReadonlyMap<string, Found>>
  list(resource: string): Promise<ReadonlyMap<string, Found>>
  put(resource: string, name: string, before: State | null, after: State | null): Promise<Outcome<Undo>>
}

/** Passwords that a change makes: kept under lock until they were handed over, by `database/<host>/<name>`. */
export interface CredentialHands {
  /** Makes one, or gives the one that was made before it was cut off. 32 signs of [A-Za-z0-9]. */
  make(name: string): Promise<string>
  find(name: string): Promise<string | null>
  forget(name: string): Promise<void>
}

export interface Hands {
  /** Number of the change on whose behalf: leases on hosts are taken in its name, and what is put aside is found by it. Null: only to look. */
  readonly change: string | null
  host(id: string, call: Call): Promise<Outcome<HostHands>>
  zone(name: string, call: Call): Promise<Outcome<ZoneHands>>
  readonly certificates: CertificateHands
  readonly books: BookHands
  readonly credentials: CredentialHands
}
