// Keeps the files of this page on the device, so that it opens without a line: a worker of the browser for /checkin and nothing else.

/** Where the browser has no such worker (no HTTPS), the page works while there is a line. */
export async function keepShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const made = await navigator.serviceWorker.register('/checkin-worker.js', { scope: '/checkin' }).catch(() => null)
  if (made === null) return
  const { active } = await navigator.serviceWorker.ready
  // What this page is made of, as far as it has come; what it may need later is asked for here, while there is a line.
  await import('jsqr').catch(() => null)
  const files = performance.getEntriesByType('resource').flatMap(({ name }) => {
    const { origin, pathname } = new URL(name)
    return origin === location.origin && pathname.startsWith('/assets/') ? [pathname] : []
  })
  const scripts = [
    ...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>('link[rel="stylesheet"], link[rel="modulepreload"], script[src]'),
  ].map(one => ('src' in one ? new URL(one.src).pathname : new URL(one.href).pathname))
  active?.postMessage({ keep: [...new Set([...files, ...scripts.filter(path => path.startsWith('/assets/'))])] })
}
