// Why a device does not answer, or not wholly, and what went wrong in asking it: a code with its figures. Pages and messages put it in words.
import type { FailureKind } from './failure-kind.ts'

/** What each code knows besides itself. `where`: host and port as asked. */
export interface WhyFigures {
  // It says nothing, or cannot be reached.
  readonly noAnswer: { readonly where: string; readonly requests: number }
  /** v1 and v2c: a wrong community is as silent as a dead device (RFC 1157, RFC 3584). */
  readonly noAnswerOrCommunity: { readonly where: string; readonly requests: number }
  readonly noReply: { readonly where: string }
  /** `error`: the system's name of it, as EHOSTUNREACH. */
  readonly notSent: { readonly where: string; readonly error: string }
  readonly unknownName: { readonly host: string }
  readonly nameNotLookedUp: { readonly host: string; readonly error: string }
  readonly connectionRefused: { readonly where: string }
  readonly connectionBroken: { readonly where: string }
  readonly noRoute: { readonly where: string }
  readonly closed: object
  // It answers what cannot be used, or too little.
  readonly partial: object
  readonly notSnmp: { readonly where: string }
  readonly malformed: object
  readonly notUnderstood: { readonly where: string }
  readonly short: { readonly asked: number; readonly missing: number }
  readonly others: { readonly asked: number; readonly missing: number; readonly strange: number }
  readonly count: { readonly asked: number; readonly came: number }
  readonly otherVariables: { readonly oid: string }
  readonly tooBig: object
  /** `error`: error-status of RFC 3416 by name. `at`: the variable's OID or its place in the request, from 1. */
  readonly refusedWith: { readonly error: string; readonly at: string | number | null }
  readonly notInTime: { readonly where: string }
  readonly nothingKnown: object
  readonly cutShort: object
  // SNMPv3: it does not let us in.
  readonly securityLevel: { readonly where: string; readonly user: string }
  readonly unknownUser: { readonly where: string; readonly user: string }
  readonly authentication: { readonly where: string; readonly user: string }
  readonly privacy: { readonly where: string; readonly user: string }
  readonly perhapsPrivacy: { readonly where: string; readonly user: string }
  // SSH.
  readonly keyFile: { readonly file: string; readonly error: string }
  readonly noCredential: object
  readonly pinUnreadable: object
  readonly hostKeyUnknown: { readonly where: string; readonly shown: string }
  readonly hostKeyChanged: { readonly where: string; readonly shown: string; readonly pinned: string }
  readonly credential: { readonly where: string }
  readonly agent: { readonly where: string }
  readonly keyUnusable: { readonly where: string }
  readonly commandForbidden: { readonly where: string }
  readonly noCommonCipher: { readonly where: string }
  readonly notSsh: { readonly where: string }
  readonly noChannel: { readonly where: string }
  readonly tooManyFiles: { readonly where: string }
  readonly tooMuch: { readonly where: string }
  /** Seconds. */
  readonly commandLate: { readonly where: string; readonly seconds: number }
  readonly otherOutput: { readonly text: string }
  /** Of a managed host: its broker is not ours, or of another version. `broker`, `expected`: as each calls itself. */
  readonly otherBroker: { readonly where: string; readonly broker: string; readonly expected: string }
  /** `text`: what came instead, trimmed. */
  readonly noBroker: { readonly where: string; readonly text: string }
  // Suar's own asking.
  readonly noWay: { readonly via: string }
  readonly collector: { readonly via: string }
  readonly fault: object
  readonly neverEnded: object
  readonly blamed: { readonly times: number }
  readonly hung: { readonly seconds: number }
  readonly fell: object
  readonly notStored: object
  readonly notRegistered: object
  /** Of a collector that says no more than the kind of its failure. */
  readonly failure: { readonly kind: FailureKind }
}

export type WhyCode = keyof WhyFigures
export type WhyOf<Code extends WhyCode> = { readonly code: Code } & WhyFigures[Code]
export type Why = { readonly [Code in WhyCode]: WhyOf<Code> }[WhyCode]

/** Whether both say the same. */
export function sameWhy(a: Why | null, b: Why | null): boolean {
  if (a === b) return true
  if (a === null || b === null || a.code !== b.code) return false
  const figures = Object.entries(a)
  return figures.length === Object.keys(b).length && figures.every(([name, value]) => Reflect.get(b, name) === value)
}
