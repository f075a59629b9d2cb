// Orders and lists kept on this device for reading without a network: the last fifty, none of them confidential, erased at sign-out.
import { dropBlob, heldBlob, keepBlob, readValue, writeValue } from '@minsheng/portal/kit'
import type { OutputOf } from '../api/call.ts'
import { nowIso } from './time.ts'

export type OrderDetail = OutputOf<'getOrder'>
export type KeptEntry = { number: string; title: string; stateName: string; place: string; at: string }
type Kept<T> = { at: string; value: T }

const MOST = 50
const prefix = 'ms-m:'
let owner = ''
const indexKey = (): string => `${prefix}${owner}:index`
const blobKey = (name: string): string => `${prefix}${owner}:${name}`

/** Called by the session: everything kept belongs to one person. */
export function openKept(userId: string): void {
  owner = userId
}

const isEntry = (value: unknown): value is KeptEntry => typeof value === 'object' && value !== null && 'number' in value && typeof value.number === 'string'
const isIndex = (value: unknown): value is KeptEntry[] => Array.isArray(value) && value.every(isEntry)

export const keptIndex = (): KeptEntry[] => readValue(indexKey(), isIndex) ?? []

export async function keepOrder(order: OrderDetail): Promise<void> {
  if (order.confidential || !owner) return
  await keep(`order:${order.number}`, order)
  const entry: KeptEntry = { number: order.number, title: order.title, stateName: order.stateName, place: order.address ?? order.areaName ?? '', at: nowIso() }
  const next = [entry, ...keptIndex().filter((one) => one.number !== order.number)]
  for (const gone of next.slice(MOST)) void dropBlob(blobKey(`order:${gone.number}`))
  writeValue(indexKey(), next.slice(0, MOST))
}

/** Any answer of the server, to be shown again when it cannot be asked. */
export async function keep(name: string, value: unknown): Promise<void> {
  if (owner) await keepBlob(blobKey(name), new Blob([JSON.stringify({ at: nowIso(), value })], { type: 'application/json' }))
}

export async function held<T>(name: string): Promise<Kept<T> | null> {
  const blob = owner ? await heldBlob(blobKey(name)) : null
  if (!blob) return null
  try {
    return JSON.parse(await blob.text()) as Kept<T> // written by `keep` under the same name
  } catch {
    return null
  }
}

/** At sign-out nothing of the person stays on the phone, photos on their way included. */
export function eraseKept(): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name)
  indexedDB.deleteDatabase('minsheng')
}

const sessionKey = `${prefix}session`
export type KeptSession = { user: { id: string; name: string; unitName: string; tenantName: string; unitId: string; staffNo: string; permissions: string[]; roles: { code: string; name: string }[] } }
const isSession = (value: unknown): value is KeptSession => typeof value === 'object' && value !== null && 'user' in value && typeof value.user === 'object' && value.user !== null && 'id' in value.user && 'permissions' in value.user
/** Who was signed in last: without a network the kept orders open for that person only. */
export const keptSession = (): KeptSession | null => readValue(sessionKey, isSession)
export const keepSession = (session: KeptSession): boolean => writeValue(sessionKey, session)
