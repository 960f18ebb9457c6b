// A password from a person: typed without being shown, or the first line of what is piped in. Never an argument, which every process list shows.
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

export async function secretLine(
  prompt: string,
  stderr: { write(text: string): unknown },
  input: NodeJS.ReadStream = process.stdin,
): Promise<string> {
  const terminal = input.isTTY === true
  if (terminal) stderr.write(prompt)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: silent, terminal })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (terminal) stderr.write('\n')
  }
}
