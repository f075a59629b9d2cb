// Drafts on this machine: encrypted with the session's key, kept per user, erased after confirmation and at sign-out (ux.md §5.3).

const prefix = 'ms-draft:'
let owner = ''
let key: CryptoKey | null = null

function address(name: string): string {
  return `${prefix}${owner}:${name}`
}

/**
 * Called by the session. Without a key, or on plain HTTP where browsers have no WebCrypto, drafts stay readable text until sign-out.
 */
export async function openDrafts(userId: string, keyBase64: string | undefined): Promise<void> {
  owner = userId
  key = null
  if (!keyBase64 || !globalThis.crypto?.subtle) return
  const raw = Uint8Array.from(atob(keyBase64), (c) => c.charCodeAt(0))
  key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function keepDraft(name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  try {
    localStorage.setItem(address(name), key ? await seal(key, text) : `p:${text}`)
  } catch {
    // a full or forbidden store must not stop anybody from typing; the server copy follows
  }
}

export async function recallDraft(name: string): Promise<unknown> {
  const stored = localStorage.getItem(address(name))
  if (!stored) return undefined
  try {
    const text = stored.startsWith('p:') ? stored.slice(2) : key ? await unseal(key, stored) : undefined
    return text === undefined ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

export function dropDraft(name: string): void {
  localStorage.removeItem(address(name))
}

/** At sign-out nothing of the person stays on the machine. */
export function eraseDrafts(): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name)
}

async function seal(with_: CryptoKey, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, with_, new TextEncoder().encode(text)))
  return `${base64(iv)}.${base64(sealed)}`
}

async function unseal(with_: CryptoKey, stored: string): Promise<string> {
  const [iv = '', body = ''] = stored.split('.')
  const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv) }, with_, bytes(body))
  return new TextDecoder().decode(open)
}

const base64 = (data: Uint8Array): string => btoa(Array.from(data, (b) => String.fromCharCode(b)).join(''))
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
