// A device: a thing that is polled. It has an address, a way in, profiles and a place.
import { z } from 'zod'

export const KINDS = [
  'ups',
  'pdu',
  'ats',
  'crac',
  'chiller',
  'environment',
  'genset',
  'dcpower',
  'firepanel',
  'door',
  'switch',
  'router',
  'firewall',
  'wireless',
  'server',
  'bmc',
  'storage',
  'other',
] as const
export type Kind = (typeof KINDS)[number]

/** Ids are readable and stay: lower case letters, digits, dot, dash. */
export const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, 'use lower-case letters, digits, dots and dashes, at most 63, starting with a letter or digit')
export type DeviceId = string

const Secret = z.string().min(1)

export const AUTH_PROTOCOLS = ['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const
export const PRIV_PROTOCOLS = ['des', 'aes', 'aes192', 'aes256', 'aes192r', 'aes256r'] as const

/** SNMP v1/v2c by community, v3 by user (RFC 3414 USM; `aes192r`/`aes256r` are Cisco's key extension). */
export const SnmpAccess = z.discriminatedUnion('version', [
  z.strictObject({ via: z.literal('snmp'), version: z.literal('1'), community: Secret.default('public') }),
  z.strictObject({ via: z.literal('snmp'), version: z.literal('2c'), community: Secret.default('public') }),
  z.strictObject({
    via: z.literal('snmp'),
    version: z.literal('3'),
    user: z.string().min(1),
    auth: z.strictObject({ protocol: z.enum(AUTH_PROTOCOLS), password: Secret.min(8) }).optional(),
    priv: z.strictObject({ protocol: z.enum(PRIV_PROTOCOLS), password: Secret.min(8) }).optional(),
    context: z.string().default(''),
  }),
])
export type SnmpAccess = z.infer<typeof SnmpAccess>

export const SshAccess = z.strictObject({
  via: z.literal('ssh'),
  user: z.string().min(1),
  /** Path of a private key file; read when the connection opens, never stored. */
  keyFile: z.string().min(1).optional(),
  password: Secret.optional(),
  /** SHA-256 of the pinned host key, hex or `SHA256:` base64 as ssh-keygen prints it. */
  hostKey: z.string().min(1).optional(),
})
export type SshAccess = z.infer<typeof SshAccess>

export const HostAccess = z.strictObject({ via: z.literal('host') })

export const Access = z.discriminatedUnion('via', [SnmpAccess, SshAccess, HostAccess])
export type Access = z.infer<typeof Access>
export type Via = Access['via']

/** What identifies a device, as far as it says. */
export interface Identity {
  readonly kind: Kind
  readonly vendor: string | null
  readonly model: string | null
  readonly serial: string | null
  readonly firmware: string | null
  readonly sysName: string | null
  readonly sysDescr: string | null
  readonly sysObjectID: string | null
  readonly profiles: readonly string[]
  /** Columns that its agent does not give in order, as found when it was looked at; absent when there are none. */
  readonly broken?: readonly BrokenColumn[]
}

/** A column of a table that was read up to the place where the agent broke the order (RFC 3416 section 4.2.2), and no further. */
export interface BrokenColumn {
  /** OID of the column; the table's is two arcs shorter. */
  readonly column: string
  /** `circle`: rows that were given come again. `disorder`: what comes next stands before what was asked from. */
  readonly kind: 'circle' | 'disorder'
  /** OID that was given out of order. */
  readonly at: string
}

export const Address = z.strictObject({ host: z.string().min(1), port: z.int().min(1).max(65_535).default(161) })
export type Address = z.infer<typeof Address>

export const Place = z.strictObject({
  room: Id.optional(),
  rack: Id.optional(),
  /** Lowest unit it occupies, counted from the bottom. */
  u: z.int().min(1).optional(),
  /** Units it is high. */
  height: z.int().min(1).default(1),
  face: z.enum(['front', 'rear', 'both']).default('both'),
})
export type Place = z.infer<typeof Place>

export const Device = z.strictObject({
  id: Id,
  name: z.string().min(1),
  kind: z.enum(KINDS),
  address: Address,
  access: Access,
  place: Place.optional(),
  /** Where its power comes from: nodes of the power chain. Several are redundant. */
  power: z.array(Id).default([]),
  /** Devices its network path runs through. Several are redundant. */
  network: z.array(Id).default([]),
  tenant: z.string().optional(),
})
export type Device = z.infer<typeof Device>
