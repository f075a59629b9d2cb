// The draft of an appeal: kept on the device with every keystroke, gone on with later, sent once by its client key.
import { useSyncExternalStore } from 'react'
import { call, type OutputOf } from '../api/call.ts'
import { newKey } from '../api/http.ts'
import { entry } from '../app/entry.ts'
import type { FormValue } from '../../../forms/index.ts'
import { networkProblem, Problem } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { device, readValue, writeValue } from '../kit/device-store.ts'
import { PhotoQueue, type Photo } from '../kit/photo-queue.ts'
import { days, localNow } from '../kit/time.ts'
import { DRAFT_KEY } from './draft-state.ts'
import { sendFile } from './send-file.ts'
import { t } from './texts.zh-CN.ts'

export type Matter = { id: string; name: string; path: string[] }
export type Draft = {
  clientKey: string
  savedAt: number
  /** `waiting`: submitted by the citizen, not yet taken by the server. */
  state: 'editing' | 'waiting'
  /** Why the server did not take it. */
  why: string | null
  content: string
  appealType: string
  matter: Matter | null
  /** None of the proposals fits; they are not offered again for this text. */
  noMatter: boolean
  area: { code: string; name: string } | null
  address: string
  point: { lon: number; lat: number } | null
  joined: boolean
  /** Fields of the form of this kind of appeal, as typed. */
  formData: FormValue
  /** In the name of this enterprise; null: as a person. */
  enterprise: { id: string; name: string } | null
  /** Whom it concerns beside this enterprise. */
  extent: 'one' | 'industry'
  /** What the machine proposed for these words. */
  assist: { raw: string; /** The recording it was said in. */ fileId?: string; machine: { field: string; value: string; confidence: number }[] } | null
  /** The dialogue with the robot that led here. */
  robot: string | null
  /** The sheet that was scanned. */
  qr: { code: string; name: string } | null
  photos: Photo[]
  answers: Record<string, string>
  name: string
  phone: string
  confidential: boolean
  callbackManner: 'call' | 'sms' | 'none'
}

export type Sent = OutputOf<'submitAppeal'> & { at: number }
const SENT_KEY = 'ms.sent'
const KEEP_DAYS = 30

const fresh = (): Draft => ({
  clientKey: newKey(), savedAt: localNow(), state: 'editing', why: null, content: '', appealType: 'help', matter: null, noMatter: false, area: null, address: '', point: null, joined: false, enterprise: null, extent: 'one', assist: null, robot: null, qr: null, formData: {}, photos: [], answers: {}, name: '', phone: '', confidential: false,
  callbackManner: 'call',
})

const isDraft = (value: unknown): value is Draft => typeof value === 'object' && value !== null && 'clientKey' in value && 'photos' in value && Array.isArray(value.photos)

function load(): Draft {
  const held = readValue(DRAFT_KEY, isDraft)
  return held && localNow() - held.savedAt < days(KEEP_DAYS) ? { ...fresh(), ...held } : fresh()
}

let draft = load()
let kept = true
const listeners = new Set<() => void>()

/** Writes a change through to the device at once. */
export function changeDraft(change: Partial<Draft>): void {
  draft = { ...draft, ...change, savedAt: localNow() }
  kept = writeValue(DRAFT_KEY, draft)
  for (const listener of listeners) listener()
}

export const currentDraft = (): Draft => draft
/** False where the device keeps nothing (private window): the page says so. */
export const draftKept = (): boolean => kept

export const useDraft = (): Draft => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, currentDraft)

/** The photos of the draft; made once, so that sending goes on from step to step. */
export const photoQueue = new PhotoQueue(draft.photos, sendFile, (photos) => changeDraft({ photos }))

export function dropDraft(): void {
  photoQueue.clear()
  draft = fresh()
  writeValue(DRAFT_KEY, null)
  for (const listener of listeners) listener()
}

const isSent = (value: unknown): value is Sent => typeof value === 'object' && value !== null && 'number' in value && 'enquiryCode' in value && 'next' in value
/** What was sent last from this device, for the page that says so. */
export const lastSent = (): Sent | null => readValue(SENT_KEY, isSent)

const once = <T>(act: () => Promise<T>): Promise<T> => ('locks' in navigator ? navigator.locks.request('ms.send', act) as Promise<T> : act())

/**
 * Sends the draft: photos first, then the appeal. Two tabs, two presses and a lost answer all end in one order, since the key of the draft
 * names it. @throws Problem; the draft stays.
 */
export function sendDraft(): Promise<Sent> {
  return once(async () => {
    const other = lastSent()
    // Another tab was quicker: its draft is gone from the device.
    if (readValue(DRAFT_KEY, isDraft) === null && other && kept) return other
    if (!navigator.onLine) throw networkProblem()
    if (!(await photoQueue.retry()) && photoQueue.photos().some((p) => p.state !== 'done')) throw new Problem({ code: 'photos', title: t('photosFailed'), status: 0 })
    const d = draft
    const answer = await call('submitAppeal', {
      clientKey: d.clientKey, content: d.content, appealType: d.appealType, ...(d.matter ? { matterId: d.matter.id } : {}), areaCode: d.area?.code ?? '', address: d.address, ...d.point,
      answers: Object.entries(d.answers).map(([code, value]) => ({ code, value })), entry: entry(), ...(d.enterprise ? { enterpriseId: d.enterprise.id, extent: d.extent } : {}), ...(d.assist ? { assist: d.assist } : {}), ...(d.robot ? { robot: { dialogueId: d.robot, device: device() } } : {}), fileIds: d.photos.flatMap((p) => p.id ?? []), name: d.name, confidential: d.confidential, callbackManner: d.callbackManner, joined: d.joined, ...(d.qr ? { qrCode: d.qr.code } : {}), ...(Object.keys(d.formData).length > 0 ? { formData: d.formData } : {}),
    })
    const sent = { ...answer, at: localNow() }
    writeValue(SENT_KEY, sent)
    dropDraft()
    void queryClient.invalidateQueries({ queryKey: ['listOwnOrders'] })
    return sent
  })
}
