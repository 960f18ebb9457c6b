// The account at an authority: one key for each directory, kept before it is shown, so that a crash leaves no account behind whose key is lost.
import { generateKeyPairSync } from 'node:crypto'
import type acme from 'acme-client'
import { z } from 'zod'
import type { CertificateBook } from './book.ts'
import { type Acme, type Directory, lawful } from './directory.ts'
import type { AcmeSettings } from './settings.ts'

const Account = z.object({ key: z.string(), url: z.string().nullable(), email: z.string().nullable() })
type Account = z.output<typeof Account>

const noteName = (directory: Directory) => `account ${directory.url}`

async function find(directory: Directory, book: CertificateBook): Promise<Account> {
  const kept = await book.note(noteName(directory))
  if (kept !== null) return Account.parse(JSON.parse(kept))
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const made: Account = { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), url: null, email: null }
  await book.putNote(noteName(directory), JSON.stringify(made))
  return made
}

/** Registered, and known by the address that is in the settings. Within `withAcme`. */
export async function openAccount(library: Acme, directory: Directory, settings: AcmeSettings, book: CertificateBook): Promise<acme.Client> {
  const { key, url, email } = await find(directory, book)
  const client = new library.Client({
    directoryUrl: directory.url,
    accountKey: key,
    ...(url === null ? {} : { accountUrl: url }),
    ...(settings.eab === undefined ? {} : { externalAccountBinding: settings.eab }),
  })
  const contact = [`mailto:${settings.email}`]
  // One that is registered already is found again by its key.
  if (url === null) await lawful(directory, client.createAccount({ termsOfServiceAgreed: true, contact }))
  else if (email !== settings.email) await lawful(directory, client.updateAccount({ contact }))
  else return client
  await book.putNote(noteName(directory), JSON.stringify({ key, url: client.getAccountUrl(), email: settings.email }))
  return client
}

/** The authority no longer knows it: the key stays, and is registered anew. */
export async function forgetAccountUrl(directory: Directory, book: CertificateBook): Promise<void> {
  const { key } = await find(directory, book)
  await book.putNote(noteName(directory), JSON.stringify({ key, url: null, email: null }))
}
