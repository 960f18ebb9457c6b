// Options of a command line, and the sentence when they are wrong.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { CommandIo } from '../command.ts'

/** null after having said what is wrong: the command ends with 2. */
export function readOptions<O extends ParseArgsOptionsConfig>(
  name: string,
  argv: readonly string[],
  options: O,
  io: CommandIo,
  positionals: { min: number; max: number; what: string },
) {
  try {
    const parsed = parseArgs({ args: [...argv], options, strict: true, allowPositionals: positionals.max > 0 })
    if (parsed.positionals.length < positionals.min) throw new Error(`${positionals.what} is missing`)
    if (parsed.positionals.length > positionals.max) throw new Error(`"${parsed.positionals[positionals.max]}" is one word too many`)
    return parsed
  } catch (error) {
    io.stderr.write(`suar ${name}: ${(error as Error).message.replace(/\.$/, '')}. See "suar ${name} --help".\n`)
    return null
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a device says of itself must not steer the terminal it is shown on
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g

/** A text of a device's for one line of a terminal. */
export const onOneLine = (text: string): string => text.replace(STEERING, ' ').replace(/ {2,}/g, ' ')

/** Columns as wide as their widest cell. */
export function table(head: readonly string[], given: readonly (readonly string[])[]): string {
  const rows = given.map(row => row.map(onOneLine))
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => (row[i] ?? '').length)))
  return [head, ...rows]
    .map(row =>
      row
        .map((cell, i) => (i === head.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
