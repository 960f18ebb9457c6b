// `suar devices add`: watch a device. Secrets come from the environment or a file, so that no list of processes shows them.
import { readFileSync } from 'node:fs'
import { readOptions } from '../cli/options.ts'
import { reach } from '../cli/reach.ts'
import type { Command, CommandIo } from '../command.ts'
import { Device } from '../domain/device.ts'
import { readDocument, sayMistake } from '../domain/document.ts'

const OPTIONS = {
  config: { type: 'string' },
  json: { type: 'boolean' },
  file: { type: 'string' },
  name: { type: 'string' },
  kind: { type: 'string' },
  port: { type: 'string' },
  via: { type: 'string' },
  version: { type: 'string' },
  community: { type: 'string' },
  user: { type: 'string' },
  auth: { type: 'string' },
  priv: { type: 'string' },
  'key-file': { type: 'string' },
  'host-key': { type: 'string' },
  rack: { type: 'string' },
  room: { type: 'string' },
  u: { type: 'string' },
} as const

export default {
  name: 'devices add',
  summary: 'Watch a device',
  help: `Usage: suar devices add ID HOST [options]
       suar devices add --file DEVICE.yaml

  --name NAME           for people; the id when left out
  --kind KIND           ups, pdu, ats, crac, environment, genset, switch, server …; found out when left out
  --port PORT           161, with --via ssh 22
  --via snmp|ssh        snmp
  --version 1|2c|3      2c
  --community TEXT      public; better in the environment as SUAR_COMMUNITY
  --user NAME           for SNMP v3 and SSH
  --auth PROTOCOL       md5, sha, sha224, sha256, sha384, sha512; password in SUAR_AUTH_PASSWORD
  --priv PROTOCOL       des, aes, aes192, aes256; password in SUAR_PRIV_PASSWORD
  --key-file FILE       private key for SSH, or the password in SUAR_AUTH_PASSWORD
  --host-key SHA256:…   the host's key, which is then pinned
  --room ID, --rack ID, --u N
  --file FILE           the whole device as YAML, as under "devices" in the site's file
  --config FILE, --json

A running daemon polls it at once; otherwise it is polled from the next start.
Exit codes: 0 added, 1 failed, 2 wrong use or settings.
`,
  async run(argv, io) {
    const read = readOptions('devices add', argv, OPTIONS, io, { min: 0, max: 2, what: 'ID' })
    if (read === null) return 2
    const device = read.values.file === undefined ? fromOptions(read.positionals, read.values, io.env) : fromFile(read.values.file)
    if (!device.ok) {
      for (const line of device.reasons) io.stderr.write(`suar devices add: ${line}\n`)
      return 2
    }
    const devices = await reach(read.values.config ?? null, io.env)
    if (!devices.ok) {
      io.stderr.write(`suar devices add: ${devices.failure.message}\n`)
      return devices.failure.kind === 'invalid' ? 2 : 1
    }
    try {
      const added = await devices.value.add(device.value)
      if (read.values.json === true) io.stdout.write(`${JSON.stringify(added.ok ? { ok: true, id: device.value.id } : added)}\n`)
      if (!added.ok) io.stderr.write(`suar devices add: ${added.failure.message}\n`)
      else if (read.values.json !== true) io.stdout.write(`${device.value.id} is watched.\n`)
      return added.ok ? 0 : 1
    } finally {
      await devices.value.close()
    }
  },
} satisfies Command

type Made = { ok: true; value: Device } | { ok: false; reasons: readonly string[] }

function fromFile(file: string): Made {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return { ok: false, reasons: [`${file}: ${(error as Error).message}. Give a readable file.`] }
  }
  const read = readDocument(file, text, Device)
  return read.ok ? read : { ok: false, reasons: read.mistakes.map(sayMistake) }
}

type Values = { readonly [K in keyof typeof OPTIONS]?: string | boolean | undefined }

function fromOptions([id, host]: readonly string[], values: Values, env: CommandIo['env']): Made {
  if (id === undefined || host === undefined) return { ok: false, reasons: ['ID and HOST are missing. See "suar devices add --help".'] }
  const via = values.via ?? 'snmp'
  const password = env['SUAR_AUTH_PASSWORD']
  const version = values.version ?? '2c'
  const snmp =
    version === '3'
      ? {
          via,
          version,
          user: values.user,
          ...(values.auth === undefined ? {} : { auth: { protocol: values.auth, password } }),
          ...(values.priv === undefined ? {} : { priv: { protocol: values.priv, password: env['SUAR_PRIV_PASSWORD'] } }),
        }
      : { via, version, community: values.community ?? env['SUAR_COMMUNITY'] ?? 'public' }
  const ssh = { via, user: values.user, keyFile: values['key-file'], ...(password === undefined ? {} : { password }), hostKey: values['host-key'] }
  const place = { room: values.room, rack: values.rack, ...(values.u === undefined ? {} : { u: Number(values.u) }) }
  const checked = Device.safeParse({
    id,
    name: values.name ?? id,
    kind: values.kind ?? 'other',
    address: { host, port: values.port === undefined ? (via === 'ssh' ? 22 : 161) : Number(values.port) },
    access: via === 'ssh' ? ssh : snmp,
    ...(values.room === undefined && values.rack === undefined ? {} : { place }),
  })
  if (checked.success) return { ok: true, value: checked.data }
  return { ok: false, reasons: checked.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}. See "suar devices add --help".`) }
}
