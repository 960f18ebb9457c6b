#!/usr/bin/env node
// Front step, in plain JavaScript so that even an old Node can read it: says what is wrong before anything newer is loaded.
import { existsSync } from 'node:fs'
import * as module from 'node:module'
import { fileURLToPath } from 'node:url'

// A checkout runs its sources as they are; the packed tarball has only the compiled house.
const source = new URL('../daemon/main.ts', import.meta.url)
const isCheckout = existsSync(source)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  const remedy =
    isCheckout || !existsSync(own)
      ? 'Run it as "npx suar" or "npm start" in its folder: both use the Node 24 that "npm ci" installs there.'
      : `Run it with the Node installed beside it: ${own} ${fileURLToPath(import.meta.url)}`
  process.stderr.write(`suar: this is Node ${process.versions.node}; Suar needs 22.18 or newer. ${remedy}\n`)
  process.exit(78)
}

// Compiled code is kept between starts: they take a quarter less time, and no compiler in memory. Where it cannot be written, nothing is lost.
// The environment is how the threads hear of it.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url))
module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)

await import(isCheckout ? source.href : new URL('../dist/daemon/main.js', import.meta.url).href)
