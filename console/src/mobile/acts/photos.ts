// Photos of a form: one queue per draft, which outlives the page and goes on in the background.
import { heldBlob, PhotoQueue } from '@minsheng/portal/kit'
import type { Photo } from '@minsheng/portal/kit'
import { uploadFile } from '../../ui/upload.ts'
import { dropDraft, keepDraft, recallDraft } from '../../ui/drafts.ts'
import { useEffect, useState } from 'react'

const queues = new Map<string, Promise<PhotoQueue>>()

const isPhotos = (value: unknown): value is Photo[] => Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'key' in one && 'state' in one)

async function open(name: string, place: string): Promise<PhotoQueue> {
  const draft = await recallDraft(name)
  const queue = new PhotoQueue(isPhotos(draft) ? draft : [], (blob, file, onProgress) => uploadFile(new File([blob], file, { type: blob.type }), place, onProgress, new AbortController().signal), (photos) => (photos.length > 0 ? void keepDraft(name, photos) : dropDraft(name)))
  window.addEventListener('online', () => void queue.retry())
  // the queue reads its pictures from the device; waiting for them here lets them be there at the first drawing
  await Promise.all(queue.photos().map((one) => heldBlob(one.key)))
  void queue.run()
  return queue
}

/** `place` decides the server's limits: feedback, request, order. */
export function usePhotos(name: string, place: string): PhotoQueue | null {
  const [queue, setQueue] = useState<PhotoQueue | null>(null)
  useEffect(() => {
    let gone = false
    const held = queues.get(name) ?? open(name, place)
    queues.set(name, held)
    void held.then((one) => { if (!gone) setQueue(one) })
    return () => { gone = true }
  }, [name, place])
  return queue
}

/** Ids of what has arrived; null while something is still on its way. */
export function sentIds(queue: PhotoQueue | null): string[] | null {
  const photos = queue?.photos() ?? []
  const ids = photos.flatMap((one) => (one.state === 'done' && one.id ? [one.id] : []))
  return ids.length === photos.length ? ids : null
}
