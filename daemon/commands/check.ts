// `suar check`: are the settings, the site and the profiles in order, before anything is started.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { OWN_PROFILES, readProfiles } from '../../collectors/profile/shelf.ts'
import { type ChannelEntry, isChannelEntry, openChannels } from '../alarm/channel.ts'
import type { Command } from '../command.ts'
import { type Config, readConfig } from '../config.ts'
import { readCatalogue, siteCatalogue } from '../desk/catalogue-read.ts'
import { type Mistake, readDocument, sayMistake } from '../domain/document.ts'
import { Inventory } from '../domain/inventory.ts'
import { readTls } from '../http/tls.ts'
import { checkInventory } from '../inventory-check.ts'
import { readShelf } from '../shelf.ts'

export default {
  name: 'check',
  summary: 'Check suar.yaml and the site file without starting anything',
  help: `Usage: suar check [--config FILE] [--json]

Reads the settings (suar.yaml in this folder unless --config names another file), the
environment's overrides, the channels, the site file, the profiles and the catalogue they name, and prints every mistake as
  file:line: key: reason. Remedy.

Exit codes: 0 in order, 1 mistakes found, 2 wrong use.
`,
  async run(argv, io) {
    let options: { config?: string | undefined; json?: boolean | undefined }
    try {
      options = parseArgs({ args: [...argv], options: { config: { type: 'string' }, json: { type: 'boolean' } }, strict: true }).values
    } catch (error) {
      io.stderr.write(`suar check: ${(error as Error).message}. See "suar check --help".\n`)
      return 2
    }
    const mistakes = await findMistakes(options.config ?? null, io.env)
    if (options.json === true) io.stdout.write(`${JSON.stringify({ ok: mistakes.length === 0, mistakes })}\n`)
    else for (const mistake of mistakes) io.stdout.write(`${sayMistake(mistake)}\n`)
    if (options.json !== true && mistakes.length === 0) io.stdout.write('All in order.\n')
    return mistakes.length === 0 ? 0 : 1
  },
} satisfies Command

async function findMistakes(file: string | null, env: NodeJS.ProcessEnv): Promise<readonly Mistake[]> {
  const configured = readConfig(file ?? env['SUAR_CONFIG'] ?? null, env)
  if (!configured.ok) return configured.mistakes
  const { site, profiles, data, catalogue, notify, http } = configured.config
  const own = profiles === undefined ? null : await readProfiles([OWN_PROFILES, profiles])
  const folders = siteCatalogue(data, catalogue)
  const services = folders.length === 0 ? null : await readCatalogue(folders)
  return [
    ...mistakesOfTls(configured.file ?? '', http.tls),
    ...(await mistakesOfChannels(configured.file ?? '', notify)),
    ...(site === undefined ? [] : mistakesOfSite(site)),
    ...(own?.mistakes ?? []),
    ...(services?.mistakes ?? []),
  ]
}

/** Whether the certificate can be read, fits its key, and has not run out. */
function mistakesOfTls(file: string, tls: Config['http']['tls']): readonly Mistake[] {
  if (tls === undefined) return []
  const read = readTls(tls)
  const told = { file, line: 0, key: 'http.tls' }
  if (!read.ok) return [{ ...told, reason: read.failure.message, remedy: 'Put both PEM files where the setting says.' }]
  const over = read.value.until < Date.now()
  return over
    ? [
        {
          ...told,
          reason: `the certificate ran out on ${new Date(read.value.until).toISOString().slice(0, 10)}`,
          remedy: 'Renew it; Suar reads it again by itself.',
        },
      ]
    : []
}

/** What a channel wants, only the channel itself knows. */
async function mistakesOfChannels(file: string, { channels }: Config['notify']): Promise<readonly Mistake[]> {
  const shelf = await readShelf<ChannelEntry>(fileURLToPath(new URL('../alarm/channels/', import.meta.url)), isChannelEntry)
  const opened = shelf.ok ? openChannels(channels, shelf.value) : shelf
  return opened.ok
    ? []
    : [{ file, line: 0, key: '', reason: opened.failure.message, remedy: 'suar.example.yaml shows each channel with its settings.' }]
}

function mistakesOfSite(site: string): readonly Mistake[] {
  let text: string
  try {
    text = readFileSync(site, 'utf8')
  } catch (error) {
    return [{ file: site, line: 0, key: '', reason: (error as Error).message, remedy: 'Set `site` to a readable file.' }]
  }
  const read = readDocument(site, text, Inventory, checkInventory)
  return read.ok ? [] : read.mistakes
}
