// What a value is known by: equal values have equal digests here, in the records and on every host.
import { createHash } from 'node:crypto'
import { canonical, type Json } from '../../daemon/domain/json.ts'

/** SHA-256 of the canonical text, 64 hexadecimal digits. */
export const digestOf = (value: Json): string => createHash('sha256').update(canonical(value)).digest('hex')

export const equal = (a: Json, b: Json): boolean => canonical(a) === canonical(b)
