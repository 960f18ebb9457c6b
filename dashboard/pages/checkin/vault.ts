// What the guard's device keeps while there is no line: sealed with a key that this browser holds and never gives out, and only for who put it there.

const NAME = 'suar-checkin'
const STORE = 'kept'

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

export interface Vault {
  get<T>(name: string): Promise<T | null>
  put(name: string, value: unknown): Promise<void>
  /** Takes away what begins so, but for one. */
  forget(beginning: string, except: string): Promise<void>
}

/** Nothing outlasts the tab: where the page is not reached by HTTPS the browser seals nothing. */
const memory = (): Vault => {
  const kept = new Map<string, unknown>()
  return {
    get: async <T>(name: string) => (kept.get(name) as T | undefined) ?? null,
    put: async (name, value) => void kept.set(name, value),
    async forget(beginning, except) {
      for (const name of [...kept.keys()]) if (name.startsWith(beginning) && name !== except) kept.delete(name)
    },
  }
}

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function openDb(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return asked(request)
}

export async function openVault(): Promise<Vault> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle === undefined || typeof indexedDB === 'undefined') return memory()
  try {
    const db = await openDb()
    const store = (mode: IDBTransactionMode) => db.transaction(STORE, mode).objectStore(STORE)
    const made: unknown = await asked(store('readonly').get('key'))
    // Not extractable: it seals and opens here, and can be copied by no script.
    const key = made instanceof CryptoKey ? made : await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    if (made !== key) await asked(store('readwrite').put(key, 'key'))
    return {
      async get<T>(name: string) {
        const sealed = (await asked(store('readonly').get(name))) as Sealed | undefined
        if (sealed === undefined) return null
        const plain = await subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.data)
        return JSON.parse(new TextDecoder().decode(plain)) as T
      },
      async put(name, value) {
        const iv = crypto.getRandomValues(new Uint8Array(12))
        const data = await subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value)))
        await asked(store('readwrite').put({ iv, data } satisfies Sealed, name))
      },
      async forget(beginning, except) {
        for (const name of await asked(store('readonly').getAllKeys()))
          if (typeof name === 'string' && name.startsWith(beginning) && name !== except) await asked(store('readwrite').delete(name))
      },
    }
  } catch {
    // A private window keeps nothing; the page works as long as there is a line.
    return memory()
  }
}
