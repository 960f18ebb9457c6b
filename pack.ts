// Builds what goes into the tarball beside the dashboard: the server compiled into dist/, afresh, with the data shelves the compiler does not carry.
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = import.meta.dirname
// Nothing of an earlier build may be packed: a file of a shelf is an entry, even one that is gone from the sources.
for (const part of ['daemon', 'collectors', 'provisioning']) rmSync(join(root, 'dist', part), { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.dist.json'], { cwd: root, stdio: 'inherit' })
if (status === 0)
  for (const file of globSync('{collectors,daemon,provisioning}/**/*.{yaml,py,sh}', { cwd: root })) cpSync(join(root, file), join(root, 'dist', file))
process.exitCode = status ?? 1
