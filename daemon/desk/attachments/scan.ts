// The virus scanner of the site: a command that is given the file's path, or clamd by its socket. Without one a file is shown as unchecked.
import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { createConnection } from 'node:net'
import { z } from 'zod'
import type { Log } from '../../domain/call.ts'

/** `desk.scan`: argv whose last word is the path (exit 0 clean, 1 infected, as clamscan does), or `clamd: host:port` or the path of its socket. */
export const ScanSettings = z.union([
  z.strictObject({ command: z.array(z.string().min(1)).min(1).max(20) }),
  z.strictObject({ clamd: z.string().min(1).max(200) }),
])
export type ScanSettings = z.output<typeof ScanSettings>

export type Verdict = 'clean' | 'infected' | 'unchecked'
export type Scan = (path: string) => Promise<Verdict>

/** A scanner that hangs holds up no one, ms. */
const PATIENCE = 60_000
/** Of one piece of INSTREAM; clamd's own limit is larger. */
const PIECE = 65_536

export function openScan(settings: ScanSettings | null, log: Log): Scan {
  if (settings === null) return async () => 'unchecked'
  return async path => {
    const verdict = 'command' in settings ? await byCommand(settings.command, path) : await byClamd(settings.clamd, path)
    if (verdict === 'unchecked') log.warn({}, 'the virus scanner gave no verdict: the file is kept as unchecked')
    return verdict
  }
}

const byCommand = ([program = '', ...words]: readonly string[], path: string): Promise<Verdict> =>
  new Promise(resolve => {
    const child = spawn(program, [...words, path], { stdio: 'ignore', timeout: PATIENCE, killSignal: 'SIGKILL' })
    child.once('error', () => resolve('unchecked'))
    child.once('exit', code => resolve(code === 0 ? 'clean' : code === 1 ? 'infected' : 'unchecked'))
  })

/** clamd's zINSTREAM: pieces with their length before them, a length of zero at the end (clamd(8)). */
const byClamd = (address: string, path: string): Promise<Verdict> =>
  new Promise(resolve => {
    const tcp = /^(.+):(\d+)$/.exec(address)
    const socket = tcp?.[1] !== undefined ? createConnection({ host: tcp[1], port: Number(tcp[2]) }) : createConnection({ path: address })
    let answer = ''
    const end = (verdict: Verdict) => {
      socket.destroy()
      resolve(verdict)
    }
    socket.setTimeout(PATIENCE, () => end('unchecked'))
    socket.once('error', () => end('unchecked'))
    socket.on('data', chunk => {
      answer += chunk.toString('latin1')
    })
    socket.once('close', () => resolve(/\bFOUND\b/.test(answer) ? 'infected' : /\bOK\b/.test(answer) ? 'clean' : 'unchecked'))
    socket.once('connect', () => {
      socket.write('zINSTREAM\0')
      const length = (count: number) => {
        const head = Buffer.alloc(4)
        head.writeUInt32BE(count)
        return head
      }
      const file = createReadStream(path, { highWaterMark: PIECE })
      file.on('data', piece => {
        const bytes = Buffer.from(piece)
        if (!socket.write(Buffer.concat([length(bytes.length), bytes]))) file.pause()
      })
      socket.on('drain', () => file.resume())
      file.once('end', () => socket.write(length(0)))
      file.once('error', () => end('unchecked'))
    })
  })
