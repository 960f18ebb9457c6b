// The agency's seal for documents: the signer that the settings name, from the shelf of signers.
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import { done, type Outcome } from './domain/outcome.ts'
import { isSignerEntry, openSigner, type Signer, type SignerEntry } from './paper/signer.ts'
import { readShelf } from './shelf.ts'

/** Null without one among the settings. The password from the environment wins over that of the file. */
export async function openSeal(settings: Config['desk']['signer'], password: string | undefined): Promise<Outcome<Signer | null>> {
  if (settings === undefined) return done(null)
  const shelf = await readShelf<SignerEntry>(fileURLToPath(new URL('./paper/signers/', import.meta.url)), isSignerEntry)
  if (!shelf.ok) return shelf
  return openSigner({ ...settings, ...(password === undefined ? {} : { password }) }, shelf.value)
}
