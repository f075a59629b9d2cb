// What is kept on this device: small values in localStorage, pictures in IndexedDB. Everything works without either (private windows).

export function readValue<T>(key: string, accept: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return accept(value) ? value : null
  } catch {
    return null
  }
}

/** False where the device refuses (full, private window): the page says "not kept". */
export function writeValue(key: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

let opened: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('minsheng', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('blobs')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexedDB'))
  })
  opened.catch(() => { opened = null })
  return opened
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const database = await open()
    return await new Promise<T>((resolve, reject) => {
      const request = act(database.transaction('blobs', mode).objectStore('blobs'))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('indexedDB'))
    })
  } catch {
    return null
  }
}

export const keepBlob = async (key: string, blob: Blob): Promise<boolean> => (await run('readwrite', (store) => store.put(blob, key))) !== null
export async function heldBlob(key: string): Promise<Blob | null> {
  const value: unknown = await run('readonly', (store) => store.get(key) as IDBRequest<unknown>)
  return value instanceof Blob ? value : null
}
export const dropBlob = (key: string): Promise<unknown> => run('readwrite', (store) => store.delete(key))

const DEVICE = 'ms.device'
let made = ''
/** A random name of this device, for what is counted once a device; lost with the device's storage. */
export function device(): string {
  const held = readValue(DEVICE, (value): value is string => typeof value === 'string' && value.length >= 16)
  if (held) return held
  made ||= crypto.randomUUID()
  writeValue(DEVICE, made)
  return made
}
