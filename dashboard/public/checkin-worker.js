// The guard's page without a line: its own files and who is signed in, as they were last. Scope: /checkin alone; everything else goes by untouched.
const NAME = 'suar-checkin-1'
const SHELL = ['/checkin', '/before-paint.js', '/icon.svg', '/manifest.webmanifest']
/** A shift and a little: later nobody is let in on what was known then. */
const SESSION_FOR = 16 * 3_600_000
const SESSION = '/api/v1/session'

self.addEventListener('install', event => {
  event.waitUntil(
    caches
      .open(NAME)
      .then(cache => cache.addAll(SHELL))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', event => {
  const old = caches
    .keys()
    .then(names => Promise.all(names.filter(name => name.startsWith('suar-checkin') && name !== NAME).map(name => caches.delete(name))))
  event.waitUntil(old.then(() => self.clients.claim()))
})

/** The page tells which files it is made of; those of an earlier build go. */
self.addEventListener('message', event => {
  const { keep } = event.data ?? {}
  if (!Array.isArray(keep)) return
  event.waitUntil(
    caches.open(NAME).then(async cache => {
      const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
      await Promise.all(keep.filter(path => !there.has(path)).map(path => cache.add(path).catch(() => undefined)))
      for (const path of there) if (path.startsWith('/assets/') && !keep.includes(path)) await cache.delete(path)
    }),
  )
})

async function fresh(request, key, cache) {
  const response = await fetch(request)
  if (response.ok) await cache.put(key, response.clone())
  return response
}

async function answer(request, path) {
  const cache = await caches.open(NAME)
  if (path.startsWith('/assets/')) return (await cache.match(path)) ?? fetch(request)
  const key = path.startsWith('/checkin') ? '/checkin' : path
  try {
    return await fresh(request, key, cache)
  } catch (error) {
    const kept = await cache.match(key)
    if (kept === undefined) throw error
    const age = Date.now() - Date.parse(kept.headers.get('date') ?? '')
    if (path === SESSION && !(age < SESSION_FOR)) throw error
    return kept
  }
}

self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin) return
  // Signing out forgets who was here.
  if (pathname === SESSION && request.method === 'DELETE') event.waitUntil(caches.open(NAME).then(cache => cache.delete(SESSION)))
  if (request.method !== 'GET') return
  if (request.mode === 'navigate' || pathname.startsWith('/assets/') || pathname === SESSION || SHELL.includes(pathname))
    event.respondWith(answer(request, pathname))
})
