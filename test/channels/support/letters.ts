// Letters as they come: the ordinary ones, written out, so that a test shows only what is peculiar to its own.

let count = 0

export interface Written {
  readonly from?: string
  readonly to?: string
  readonly subject?: string
  readonly id?: string
  readonly headers?: readonly string[]
  readonly body?: string
}

export function letter({
  from = 'Ratna <ratna@bkd.test>',
  to = 'layanan@dc.test',
  subject = 'Permohonan',
  id,
  headers = [],
  body = 'Mohon bantuan.',
}: Written = {}): string {
  count++
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Fri, 20 Nov 2026 09:00:00 +0700',
    `Message-ID: ${id ?? `<${count}.${process.pid}@bkd.test>`}`,
    'MIME-Version: 1.0',
    ...headers,
    ...(headers.some(line => /^content-type/i.test(line)) ? [] : ['Content-Type: text/plain; charset=utf-8']),
    '',
    body,
    '',
  ].join('\r\n')
}

export interface Part {
  readonly headers: readonly string[]
  readonly body: string
}

export const multipart = (boundary: string, parts: readonly Part[]): string =>
  `${parts.map(({ headers, body }) => `--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n${body}\r\n`).join('')}--${boundary}--\r\n`

export const file = (name: string, content: Buffer, type = 'application/octet-stream'): Part => ({
  headers: [`Content-Type: ${type}; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, 'Content-Transfer-Encoding: base64'],
  body: content.toString('base64').replace(/.{76}/g, '$&\r\n'),
})
