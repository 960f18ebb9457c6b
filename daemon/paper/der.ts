// DER (ITU-T X.690): the few forms a signature is made of, written and read.

export const TAG = { integer: 0x02, bytes: 0x04, null: 0x05, oid: 0x06, sequence: 0x30, set: 0x31 } as const

/** Context-specific and constructed: [n]. */
export const context = (n: number): number => 0xa0 | n

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256)
  return Buffer.from([0x80 | bytes.length, ...bytes])
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...others].flatMap(arc => {
    const group = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) group.unshift(0x80 | (left % 128))
    return group
  })
  return der(TAG.oid, Buffer.from(bytes))
}

/** A small number, 0 … 127. */
export const integer = (n: number): Buffer => der(TAG.integer, Buffer.from([n]))

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(TAG.sequence, ...parts)

/** The members of a set stand in the order of their encoding. */
export const setOf = (...parts: readonly Buffer[]): Buffer => der(TAG.set, ...parts.toSorted(Buffer.compare))

/** One element: its tag, where its content begins, where it ends. Throws RangeError when the bytes end before it. */
export function element(bytes: Buffer, at: number): { readonly tag: number; readonly content: number; readonly end: number } {
  const tag = bytes.readUInt8(at)
  const short = bytes.readUInt8(at + 1)
  const count = short < 0x80 ? 0 : short & 0x7f
  const length = count === 0 ? short : bytes.readUIntBE(at + 2, count)
  const content = at + 2 + count
  if (content + length > bytes.length) throw new RangeError('an element reaches beyond its bytes')
  return { tag, content, end: content + length }
}

/** The elements within the one at `at`, whole. */
export function children(bytes: Buffer, at = 0): Buffer[] {
  const outer = element(bytes, at)
  const found: Buffer[] = []
  for (let from = outer.content; from < outer.end; ) {
    const { end } = element(bytes, from)
    found.push(bytes.subarray(from, end))
    from = end
  }
  return found
}
