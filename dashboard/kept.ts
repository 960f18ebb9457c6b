// What this browser remembers of its viewer: language and theme. Storage may be forbidden; then it lasts as long as the page.
const here = new Map<string, string>()

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return here.get(key) ?? null
  }
}

/** null forgets it. */
export function keep(key: string, value: string | null): void {
  if (value === null) here.delete(key)
  else here.set(key, value)
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Remembered above for the life of the page.
  }
}
