// Pictures on their way: made smaller on the device, kept there, sent one after the other, tried again when the network is back.
import { dropBlob, heldBlob, keepBlob } from './device-store.ts'
import { localNow } from './time.ts'
import { t } from './texts.zh-CN.ts'

export type Photo = {
  key: string
  name: string
  type: string
  size: number
  state: 'waiting' | 'sending' | 'done' | 'failed'
  /** Per cent while sending. */
  progress: number
  /** The server's id once it is there; it keeps unattached files for a day. */
  id: string | null
  sentAt: number | null
  error: string | null
}

export type SendFile = (file: Blob, name: string, onProgress: (percent: number) => void) => Promise<{ id: string }>

const FRESH = 20 * 3_600_000
const LONG_SIDE = 1920
const QUALITY = 0.82
const SMALL = 400_000

/** Photos of a telephone have 4–12 MB; 1920 pixels of them are enough to see what is meant, and carry no place or device in them. */
export async function compress(file: File): Promise<{ blob: Blob; name: string }> {
  const same = { blob: file as Blob, name: file.name || 'photo.jpg' }
  if (!file.type.startsWith('image/') || file.type === 'image/gif') return same
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height))
    if (scale === 1 && file.size <= SMALL && file.type === 'image/jpeg') return same
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    return blob ? { blob, name: `${(file.name || 'photo').replace(/\.\w+$/, '')}.jpg` } : same
  } catch {
    return same // a format this browser cannot draw (HEIC elsewhere) goes as it is
  }
}

export class PhotoQueue {
  #photos: Photo[]
  #previews = new Map<string, string>()
  #listeners = new Set<() => void>()
  #running: Promise<boolean> | null = null
  readonly #send: SendFile
  readonly #changed: (photos: Photo[]) => void

  /** `photos`: what an earlier visit left; `changed` is told of every change, for the draft. */
  constructor(photos: readonly Photo[], send: SendFile, changed: (photos: Photo[]) => void) {
    this.#photos = photos.map((p) => ({ ...p, state: p.state === 'done' ? 'done' : 'waiting', progress: 0 }))
    this.#send = send
    this.#changed = changed
    for (const photo of this.#photos) void heldBlob(photo.key).then((blob) => { if (blob) this.#preview(photo.key, blob) })
  }

  readonly photos = (): Photo[] => this.#photos
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  preview(key: string): string | undefined {
    return this.#previews.get(key)
  }

  async add(file: File): Promise<void> {
    const { blob, name } = await compress(file)
    const key = `photo:${Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, '0')).join('')}`
    this.#preview(key, blob)
    await keepBlob(key, blob)
    this.#set([...this.#photos, { key, name, type: blob.type || file.type, size: blob.size, state: 'waiting', progress: 0, id: null, sentAt: null, error: null }])
    void this.run()
  }

  remove(key: string): void {
    URL.revokeObjectURL(this.#previews.get(key) ?? '')
    this.#previews.delete(key)
    void dropBlob(key)
    this.#set(this.#photos.filter((p) => p.key !== key))
  }

  clear(): void {
    for (const photo of this.#photos) this.remove(photo.key)
  }

  /** Sends what is not there yet, or was sent so long ago that the server may have dropped it. True when all are there. */
  run(): Promise<boolean> {
    this.#running ??= this.#all().finally(() => { this.#running = null })
    return this.#running
  }

  async #all(): Promise<boolean> {
    for (;;) {
      const next = this.#photos.find((p) => p.state === 'waiting' || (p.state === 'done' && localNow() - (p.sentAt ?? 0) > FRESH))
      if (!next) return this.#photos.every((p) => p.state === 'done')
      await this.#one(next)
    }
  }

  retry(): Promise<boolean> {
    this.#set(this.#photos.map((p) => (p.state === 'failed' ? { ...p, state: 'waiting', error: null } : p)))
    return this.run()
  }

  async #one({ key, name }: Photo): Promise<void> {
    const blob = await heldBlob(key) ?? (await this.#fromPreview(key))
    if (!blob) return this.#change(key, { state: 'failed', error: t('photoLost') })
    this.#change(key, { state: 'sending', progress: 0, error: null })
    try {
      const { id } = await this.#send(blob, name, (progress) => this.#change(key, { progress }))
      this.#change(key, { state: 'done', progress: 100, id, sentAt: localNow() })
    } catch (error) {
      this.#change(key, { state: 'failed', error: error instanceof Error ? error.message : '' })
    }
  }

  /** Where the device keeps no blobs the picture lives as long as the page. */
  async #fromPreview(key: string): Promise<Blob | null> {
    const url = this.#previews.get(key)
    return url ? (await fetch(url)).blob().catch(() => null) : null
  }

  #preview(key: string, blob: Blob): void {
    this.#previews.set(key, URL.createObjectURL(blob))
    // A new snapshot: pictures read back after a reload are drawn only if what is watched has changed.
    this.#photos = [...this.#photos]
    for (const listener of this.#listeners) listener()
  }

  #change(key: string, change: Partial<Photo>): void {
    this.#set(this.#photos.map((p) => (p.key === key ? { ...p, ...change } : p)))
  }

  #set(photos: Photo[]): void {
    this.#photos = photos
    this.#changed(photos)
    for (const listener of this.#listeners) listener()
  }
}
