// Host keys: what is pinned against what is shown. Pure.

/** SHA-256 in lower-case hex, from hex (with or without colons) or `SHA256:` base64 as ssh-keygen prints it; null when it is neither. */
export function fingerprintHex(text: string): string | null {
  const trimmed = text.trim()
  const hex = trimmed.replaceAll(':', '').toLowerCase()
  if (/^[0-9a-f]{64}$/.test(hex)) return hex
  const base64 = /^SHA256:([A-Za-z0-9+/]{43})=?$/.exec(trimmed)?.[1]
  return base64 === undefined ? null : Buffer.from(base64, 'base64').toString('hex')
}

/** As ssh-keygen prints it, so that a person can compare. */
export const asPrinted = (hex: string): string => `SHA256:${Buffer.from(hex, 'hex').toString('base64').replace(/=+$/, '')}`
