// Octets of a message, put together and counted as the wire has them.

export const u16 = (number: number): readonly number[] => [(number >>> 8) & 255, number & 255]
export const u32 = (number: number): readonly number[] => [...u16(number >>> 16), ...u16(number & 0xffff)]
/** Seconds since 1970 in 48 bits. */
export const u48 = (number: number): readonly number[] => [...u16(Math.floor(number / 0x1_0000_0000)), ...u32(number % 0x1_0000_0000)]

export const at16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!
export const at32 = (bytes: Uint8Array, at: number): number => (at16(bytes, at) * 0x1_0000 + at16(bytes, at + 2)) >>> 0
export const at48 = (bytes: Uint8Array, at: number): number => at16(bytes, at) * 0x1_0000_0000 + at32(bytes, at + 2)

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
/** Null: not whole octets in hexadecimal. */
export const hexBytes = (text: string): Uint8Array | null =>
  text.length % 2 === 0 && /^[0-9a-f]*$/i.test(text) ? Uint8Array.from(Buffer.from(text, 'hex')) : null
