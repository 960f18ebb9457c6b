// Single answers as people type them: what is taken, in which form, and what is said of the rest.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import type { LeafField } from '../../../daemon/domain/form.ts'
import { readValue } from '../../../daemon/domain/form-values.ts'

const field = (type: LeafField['type'], given: Partial<LeafField> = {}): LeafField => ({
  key: 'field',
  label: { id: 'Isian', en: 'Field' },
  type,
  required: true,
  filledBy: 'requester',
  other: false,
  many: false,
  ...given,
})
const says = (one: LeafField, typed: unknown): string =>
  readValue(one, typed)
    .reasons.map(({ id }) => id)
    .join(' | ')
const taken = (one: LeafField, typed: unknown): unknown => {
  const { value, reasons } = readValue(one, typed)
  assert.deepEqual(reasons, [], `${JSON.stringify(typed)} is refused`)
  return value
}

/** An OpenSSH public key of RFC 4253 from Node's own generator. */
function sshKey(type: 'ed25519' | 'rsa', bits = 2048): string {
  const pair = type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: bits }) : generateKeyPairSync('ed25519')
  const jwk = pair.publicKey.export({ format: 'jwk' })
  const name = type === 'rsa' ? 'ssh-rsa' : 'ssh-ed25519'
  const part = (bytes: Buffer) => Buffer.concat([Buffer.from(Uint32Array.of(bytes.length).buffer).swap32(), bytes])
  const mpint = (text = '') => Buffer.concat([Buffer.of(0), Buffer.from(text, 'base64url')])
  const parts =
    type === 'rsa'
      ? [Buffer.from(name), Buffer.from(jwk.e ?? '', 'base64url'), mpint(jwk.n)]
      : [Buffer.from(name), Buffer.from(jwk.x ?? '', 'base64url')]
  return `${name} ${Buffer.concat(parts.map(part)).toString('base64')} dewi@kominfo`
}

describe('an answer', () => {
  it('that is an IP address says which sign is wrong, as a colleague would', () => {
    const ip = field('ip')
    assert.equal(says(ip, '10.12.30.4l'), '“10.12.30.4l” bukan alamat IP: tanda terakhir huruf l, bukan angka 1')
    assert.equal(readValue(ip, '10.12.30.4l').reasons[0]?.en, '“10.12.30.4l” is not an IP address: the last sign is the letter l, not the figure 1')
    assert.match(says(ip, '1O.0.0.1'), /tanda ke-2 huruf O, bukan angka 0$/)
    assert.match(says(ip, '10.12.30.256'), /angka 256 lebih besar dari 255$/)
    assert.match(says(ip, '10.12.30'), /ada 3 bagian, seharusnya 4$/)
    assert.match(says(ip, '10,12,30,41'), /pakai titik, bukan koma$/)
    assert.match(says(ip, '010.1.2.3'), /“010” dimulai dengan nol$/)
    assert.match(says(ip, '10.0.0.0/33'), /panjang awalan “\/33” bukan 0 sampai 32$/)
    for (const wrong of ['server', '10..1.2', '1.2.3.4.5', '::g', '1::2::3', '10.0.0.0/8/8', '-1.0.0.0', '٣.١.١.١'])
      assert.notEqual(says(ip, wrong), '', wrong)
    for (const [typed, normal] of [
      [' 10.12.30.41 ', '10.12.30.41'],
      ['0.0.0.0', '0.0.0.0'],
      ['10.12.30.0/24', '10.12.30.0/24'],
      ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
      ['2001:db8::/32', '2001:db8::/32'],
      ['::ffff:10.0.0.1', '::ffff:a00:1'],
    ])
      assert.equal(taken(ip, typed), normal)
  })

  it('that is a domain name becomes A-labels, or is told what is wrong', () => {
    const domain = field('domain')
    for (const [typed, normal] of [
      ['Simpeg.BabelProv.go.id', 'simpeg.babelprov.go.id'],
      ['simpeg.babelprov.go.id.', 'simpeg.babelprov.go.id'],
      ['bücher.example', 'xn--bcher-kva.example'],
      ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ])
      assert.equal(taken(domain, typed), normal)
    assert.match(says(domain, 'https://simpeg.go.id'), /tulis tanpa “https:\/\/”$/)
    assert.match(says(domain, 'simpeg'), /harus ada titik/)
    assert.match(says(domain, '10.1.2.3'), /ini alamat IP$/)
    assert.match(says(domain, 'a@b.go.id'), /ini alamat surat elektronik$/)
    assert.match(says(domain, 'simpeg_baru.go.id'), /bagian “simpeg_baru”/)
    assert.match(says(domain, `${'a'.repeat(64)}.go.id`), /lebih dari 63 huruf/)
    for (const wrong of [
      '-a.go.id',
      'a-.go.id',
      'a..id',
      'a.go.id/x',
      'a b.id',
      '$(id).go.id',
      'a.id;rm',
      'a.123',
      '.',
      `${'a.'.repeat(127)}idd`,
      'аррӏе',
    ])
      assert.notEqual(says(domain, wrong), '', wrong)
  })

  it('that names a record may begin with an underscore or be a wildcard', () => {
    const record = field('domain', { records: true })
    for (const name of ['_dmarc.babelprov.go.id', 's1._domainkey.babelprov.go.id', '*.babelprov.go.id', '41.30.12.10.in-addr.arpa'])
      assert.equal(taken(record, name), name)
    for (const wrong of ['a.*.go.id', '**.go.id', '_.go.id', 'a_b.go.id']) assert.notEqual(says(record, wrong), '', wrong)
    assert.notEqual(says(field('domain'), '_dmarc.babelprov.go.id'), '')
  })

  it('that is a public SSH key is whole, strong and public', () => {
    const key = field('sshkey')
    const good = sshKey('ed25519')
    assert.equal(taken(key, `  ${good}\n`), good)
    assert.match(String(taken(key, sshKey('rsa'))), /^ssh-rsa /)
    assert.match(says(key, sshKey('rsa', 1024)), /kunci RSA 1024 bit terlalu lemah; paling sedikit 2048/)
    assert.match(says(key, good.slice(0, 40)), /tidak utuh/)
    assert.match(says(key, good.replace('ssh-ed25519 ', 'ssh-rsa ')), /tidak utuh/)
    assert.match(says(key, 'ssh-dss AAAA'), /DSA tidak aman lagi/)
    assert.match(says(key, 'command="rm" ssh-ed25519 AAAA'), /harus dimulai dengan/)
  })

  it('that is a private key goes no further, in whatever field it is', () => {
    const secret = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----'
    for (const type of ['sshkey', 'paragraph', 'text'] as const) {
      const { value, reasons } = readValue(field(type), secret)
      assert.equal(value, undefined)
      assert.match(reasons[0]?.id ?? '', /ini kunci privat. Jangan pernah mengirimkannya/)
      assert.doesNotMatch(JSON.stringify(reasons), /b3Blbn/)
    }
  })

  it('that is a NIP has 18 figures, however they are grouped', () => {
    assert.equal(taken(field('nip'), '19640915 199002 1 002'), '196409151990021002')
    assert.match(says(field('nip'), '19640915 199002 1 00'), /ada 17 angka, seharusnya 18$/)
    assert.match(says(field('nip'), '19640915199002l002'), /ada tanda “l”$/)
  })

  it('that is a number is read as it is written here', () => {
    const number = field('number', { min: 0, max: 5000, unit: 'W' })
    for (const [typed, value] of [
      ['450', 450],
      ['1.250', 1250],
      ['1.250,5', 1250.5],
      ['28,5', 28.5],
      ['28.5', 28.5],
      [' 1 000 ', 1000],
      [450, 450],
      [-0, 0],
    ])
      assert.equal(taken(number, typed), value)
    assert.equal(says(number, '5.001'), '5.001 terlalu besar: paling banyak 5.000 W')
    assert.equal(says(number, -1), '-1 terlalu kecil: paling sedikit 0 W')
    assert.equal(says(number, '450 W'), '“450 W” bukan angka')
    assert.equal(says(field('integer'), '2,5'), '2,5 harus bilangan bulat')
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, '1e9', '0x10', '١٢', {}, [], true])
      assert.notEqual(says(number, wrong), '', String(wrong))
  })

  it('that is a date is a day there is', () => {
    for (const typed of ['2026-11-20', '20-11-2026', '20/11/2026', '20.11.2026']) assert.equal(taken(field('date'), typed), '2026-11-20')
    assert.match(says(field('date'), '31/02/2026'), /hari itu tidak ada di kalender$/)
    assert.match(says(field('date'), '29-02-2027'), /hari itu tidak ada/)
    assert.match(says(field('date'), 'besok'), /tulis seperti 20-11-2026$/)
    assert.equal(taken(field('time'), '8.05'), '08:05')
    assert.equal(taken(field('datetime'), '20-11-2026 14.05'), '2026-11-20T14:05')
    assert.match(says(field('datetime'), '20-11-2026'), /tulis seperti/)
    assert.match(says(field('time'), '24.00'), /bukan jam/)
  })

  it('that is an address of mail or a telephone is one', () => {
    assert.equal(taken(field('email'), 'Dewi@Kominfo.BabelProv.go.id'), 'Dewi@kominfo.babelprov.go.id')
    for (const wrong of ['dewi', 'dewi@', '@x.id', 'de wi@x.id', 'dewi@x', 'a@b.id,c@d.id', 'a\r\nBcc: x@y.id', '<a@b.id>'])
      assert.notEqual(says(field('email'), wrong), '', wrong)
    assert.equal(taken(field('phone'), '0812-7777-1234'), '0812-7777-1234')
    assert.equal(taken(field('phone'), '+62 (717) 426 2141'), '+62 (717) 426 2141')
    for (const wrong of ['12', '0812x', '1'.repeat(20)]) assert.notEqual(says(field('phone'), wrong), '', wrong)
  })

  it('that is chosen is on the list, unless something else may be written', () => {
    const options = [
      { value: 'A', label: { id: 'A (IPv4)', en: 'A (IPv4)' } },
      { value: 'MX', label: { id: 'MX', en: 'MX' } },
    ]
    assert.equal(taken(field('choice', { options }), 'MX'), 'MX')
    assert.equal(says(field('choice', { options }), 'SRV'), '“SRV” tidak ada di daftar: A (IPv4), MX')
    assert.equal(taken(field('choice', { options, other: true }), 'SRV'), 'SRV')
  })

  it('is there or not there', () => {
    const present = field('present')
    for (const yes of [true, 'ya', 'Ada', 'true']) assert.equal(taken(present, yes), true)
    for (const no of [false, 'tidak', 'Tidak ada']) assert.equal(taken(present, no), false)
    assert.notEqual(says(present, 'mungkin'), '')
    assert.notEqual(says(present, 1), '')
  })

  it('has no sign in it that one does not see, and says which there was', () => {
    const text = field('text')
    assert.deepEqual(readValue(text, 'gambar\u202egnp.exe'), {
      value: 'gambargnp.exe',
      reasons: [
        {
          id: 'Ada tanda yang tidak terlihat (U+202E); ketik ulang tanpa menyalin',
          en: 'There is a sign that cannot be seen (U+202E); type it again instead of pasting',
        },
      ],
    })
    for (const sign of ['\u0000', '\u001b', '\u007f', '\u0085', '\u200b', '\u2028', '\u2066', '\ufeff', '\u{e0041}'])
      assert.match(says(text, `a${sign}b`), /U\+/, JSON.stringify(sign))
    assert.equal(taken(text, '  dua   kata\n'), 'dua kata')
    assert.equal(taken(field('paragraph'), 'satu  \r\ndua\r\n'), 'satu\ndua')
    assert.equal(taken(text, 'e\u0301'), 'é')
    assert.equal(taken(text, 'Yulia 👩‍💻'.replaceAll('\u200d', '')), 'Yulia 👩💻')
  })

  it('is no longer than it may be, and is kept so that it can be shortened', () => {
    const long = 'a'.repeat(301)
    assert.deepEqual(readValue(field('text'), long).value, long)
    assert.equal(says(field('text'), long), 'Terlalu panjang: 301 dari paling banyak 300 huruf')
    assert.ok(String(readValue(field('text'), 'a'.repeat(10_000_000)).value).length <= 20_001)
  })

  it('fits the pattern of its field', () => {
    const ticket = field('text', { pattern: { expression: '^T-\\d{4}-\\d{4,}$', says: { id: 'Nomor tiket', en: 'Ticket' } } })
    assert.equal(taken(ticket, 'T-2026-0412'), 'T-2026-0412')
    assert.equal(says(ticket, '412'), 'Nomor tiket')
  })
})
