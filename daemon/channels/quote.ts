// What is new in a letter: the text above what the writer's program quoted from the letter before. The whole is kept elsewhere.

/** Our letters begin with it where an answer is wanted: everything below is ours. In both languages, as `letter.ts` writes it. */
export const REPLY_LINE = '-- Balas di atas garis ini / Reply above this line --'

/** Lines with which the usual programs begin a quotation; each fits on one line, or two joined. */
const HEADS: readonly RegExp[] = [
  // Gmail, Apple Mail, Thunderbird: English and Indonesian.
  /^(On|Le|Am)\b.{5,200}\b(wrote|a écrit|schrieb)\s*:$/i,
  /^Pada\b.{5,200}\b(menulis|wrote)\s*:$/i,
  // Outlook.
  /^-{2,}\s*(Original Message|Pesan Asli|Forwarded message|Pesan terusan)\s*-{2,}$/i,
  /^_{20,}$/,
  // A phone's signature comes before the quotation.
  /^(Sent from my|Dikirim dari|Get Outlook for)\b.{0,60}$/i,
]
/** Outlook writes a block of headers instead of a sentence. */
const BLOCK = [/^(From|Dari)\s*:\s*\S/i, /^(Sent|Dikirim|Date|Tanggal)\s*:\s*\S/i]

/** Lines that are looked through. */
const MOST = 5_000

export function newPart(full: string): string {
  const lines = full.split('\n').slice(0, MOST)
  let end = lines.length
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? '').trim()
    if (line.length > 400) continue
    const joined = `${line} ${(lines[i + 1] ?? '').trim()}`
    const block = (BLOCK[0]?.test(line) ?? false) && lines.slice(i + 1, i + 4).some(next => BLOCK[1]?.test(next.trim()) ?? false)
    if (line.replace(/^[>\s]+/, '') === REPLY_LINE || block || HEADS.some(head => head.test(line) || (joined.length <= 400 && head.test(joined)))) {
      end = i
      break
    }
  }
  const kept = lines.slice(0, end)
  // What stands quoted at the end; a quotation between answers stays, because the answer means it.
  while (kept.length > 0 && /^\s*(>.*)?$/.test(kept.at(-1) ?? '')) kept.pop()
  // The usual mark of a signature (RFC 3676 4.3).
  const signature = kept.lastIndexOf('-- ')
  const above = (signature > 0 && kept.length - signature <= 12 ? kept.slice(0, signature) : kept).join('\n').trim()
  // Forwarded without a word: then the whole is the message.
  return above === '' ? full.trim() : above
}
