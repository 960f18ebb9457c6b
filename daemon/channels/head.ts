// The head of a letter, made harmless before a parser sees it: a line may be a megabyte long, and there may be ten thousand of them.

/** Octets: of one field, and of all that is kept. */
const MOST = { field: 16_384, head: 262_144 } as const

/** These decide what becomes of a letter; they are kept even when the head is full. */
const WANTED =
  /^(from|to|cc|subject|date|message-id|in-reply-to|references|content-[a-z-]+|mime-version|auto-submitted|precedence|return-path|list-id)\s*:/i

/** Where the body begins (behind the empty line), or the end. */
function bodyStart(raw: Uint8Array): number {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  if (buffer[0] === 10) return 1
  if (buffer[0] === 13 && buffer[1] === 10) return 2
  const unix = buffer.indexOf('\n\n')
  const dos = buffer.indexOf('\n\r\n')
  if (unix === -1 && dos === -1) return buffer.length
  if (dos === -1 || (unix !== -1 && unix < dos)) return unix + 2
  return dos + 3
}

/** The letter with every field of its head cut to a bound. The body is the same octets, not a copy. */
export function boundHead(raw: Uint8Array): { readonly head: Buffer; readonly body: Uint8Array } {
  const start = bodyStart(raw)
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, start)
  const fields: Buffer[] = []
  let size = 0
  let at = 0
  while (at < buffer.length) {
    let end = at
    // A field goes on as long as lines begin with a blank.
    do {
      const newline = buffer.indexOf(10, end)
      end = newline === -1 ? buffer.length : newline + 1
    } while (end < buffer.length && (buffer[end] === 32 || buffer[end] === 9))
    const field = buffer.subarray(at, end)
    at = end
    if (field.every(octet => octet === 10 || octet === 13)) break
    const wanted = WANTED.test(field.subarray(0, 40).toString('latin1'))
    if (!wanted && size > MOST.head / 2) continue
    if (size > MOST.head) break
    const kept = field.length > MOST.field ? Buffer.concat([field.subarray(0, MOST.field), Buffer.from('\r\n')]) : field
    fields.push(kept)
    size += kept.length
  }
  return { head: Buffer.concat([...fields, Buffer.from('\r\n')]), body: raw.subarray(start) }
}

/** Values of a field in a raw head, unfolded, first one first. */
export function fieldsOf(head: Uint8Array, name: string): readonly string[] {
  const unfolded = Buffer.from(head)
    .toString('latin1')
    .replace(/\r?\n[ \t]+/g, ' ')
  const prefix = `${name.toLowerCase()}:`
  return unfolded
    .split(/\r?\n/)
    .filter(line => line.toLowerCase().startsWith(prefix))
    .map(line => line.slice(prefix.length).trim())
}
