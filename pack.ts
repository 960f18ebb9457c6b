// The last step of a build: brings what the compiler does not carry (data shelves) into dist/, beside the compiled house.
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = import.meta.dirname
for (const entry of readdirSync(join(root, 'collectors'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.yaml')) continue
  const from = join(entry.parentPath, entry.name)
  cpSync(from, from.replace(root, join(root, 'dist')))
}
