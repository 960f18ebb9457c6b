// Where a DNS server is: `ns1.example.go.id`, `10.0.0.53:5353`, `[2001:db8::53]:53`.
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'

export interface Endpoint {
  readonly address: string
  readonly family: 4 | 6
  readonly port: number
}

const SERVER = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/

export function readServer(text: string): { readonly host: string; readonly port: number } | null {
  if (isIP(text) === 6) return { host: text, port: 53 }
  const found = SERVER.exec(text)
  const host = found?.[1] ?? found?.[2]
  const port = Number(found?.[3] ?? 53)
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port }
}

/** A name is looked up as this machine looks up names. */
export async function endpointOf(text: string): Promise<Outcome<Endpoint>> {
  const server = readServer(text)
  if (server === null) return failed('invalid', `“${text}” is no DNS server: write host:port, with an IPv6 address in brackets.`)
  const literal = isIP(server.host)
  if (literal === 4 || literal === 6) return done({ address: server.host, family: literal, port: server.port })
  try {
    const { address, family } = await lookup(server.host)
    return done({ address, family: family === 6 ? 6 : 4, port: server.port })
  } catch {
    return failed('unreachable', `The DNS server ${server.host} has no address. Write its address, or mend the name.`)
  }
}
