// Reads every file of the house once, when it is installed: what was compiled of it is kept, and the first start needs neither time nor memory for it.
// Run with the flags of `npm start`: what was compiled fits only them.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

const root = import.meta.dirname
// As the front step has it; the environment is how threads and the last process hear of it.
process.env['NODE_COMPILE_CACHE'] = join(root, 'node_modules/.cache/node')
enableCompileCache(process.env['NODE_COMPILE_CACHE'])

const files = globSync('{daemon,collectors,provisioning}/**/*.ts', { cwd: root }).filter(file => file !== 'daemon/main.ts')
const isThread = (file: string): boolean => file.endsWith('worker.ts')
for (const file of files) if (!isThread(file)) await import(join(root, file))
// A thread that is given nothing to do may say so: its files were read by then.
for (const file of files.filter(isThread))
  await once(new Worker(`import(${JSON.stringify(join(root, file))}).finally(() => process.exit())`, { eval: true, stderr: true }), 'exit')
execFileSync(process.execPath, [...process.execArgv, join(root, 'bin/suar.js'), '--help'], { stdio: 'ignore' })
