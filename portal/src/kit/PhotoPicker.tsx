// Choosing and watching photos; the queue does the work and outlives the page.
import { useEffect, useReducer, useState, useSyncExternalStore } from 'react'
import type { ReactElement } from 'react'
import { Icon } from './Icon.tsx'
import type { Photo, PhotoQueue } from './photo-queue.ts'
import { t } from './texts.zh-CN.ts'

export type PhotoLimits = { count: number; sizeMb: number; videoMb: number | null }

export function PhotoPicker({ queue, limits }: { queue: PhotoQueue; limits: PhotoLimits }): ReactElement {
  const photos = useSyncExternalStore(queue.subscribe, queue.photos)
  const [refused, setRefused] = useState<string[]>([])
  useNetwork()
  useEffect(() => {
    // What a reload or a lost network left unsent goes on by itself.
    const go = () => void queue.retry()
    if (navigator.onLine && queue.photos().some((p) => p.state === 'waiting')) go()
    addEventListener('online', go)
    return () => removeEventListener('online', go)
  }, [queue])
  const take = async (files: readonly File[]) => {
    const errors: string[] = []
    let held = queue.photos().length
    for (const file of files) {
      const problem = refusalOf(file, held, limits)
      if (problem) errors.push(problem)
      else {
        held += 1
        await queue.add(file)
      }
    }
    setRefused([...new Set(errors)])
  }
  return (
    <div className="k-stack" data-gap="small">
      <div className="k-photos">
        {photos.map((photo, i) => <Shown key={photo.key} photo={photo} n={i + 1} queue={queue} />)}
        {photos.length < limits.count ? (
          <label className="k-photo k-photo-add">
            <input type="file" accept={`image/*,video/mp4,video/quicktime,${documents.join(',')}`} multiple onChange={(event) => { const files = [...(event.target.files ?? [])]; event.target.value = ''; void take(files) }} aria-label={photos.length > 0 ? t('photoMore') : t('photoAdd')} />
            <Icon name="camera" />
            <span>{photos.length > 0 ? t('photoMore') : t('photoAdd')}</span>
          </label>
        ) : null}
      </div>
      <div aria-live="polite">{refused.map((text) => <p key={text} className="k-error"><Icon name="warning" />{text}</p>)}</div>
    </div>
  )
}

/** Draws anew when the network comes or goes. */
function useNetwork(): void {
  const [, draw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    addEventListener('online', draw)
    addEventListener('offline', draw)
    return () => {
      removeEventListener('online', draw)
      removeEventListener('offline', draw)
    }
  }, [])
}

/** Documents by the end of the name: browsers give no type for some of them. */
const documents = ['.pdf', '.doc', '.docx', '.xls', '.xlsx']
const isDocument = (name: string): boolean => documents.some((end) => name.toLowerCase().endsWith(end))

function refusalOf(file: File, held: number, limits: PhotoLimits): string | null {
  const video = file.type.startsWith('video/')
  if (held >= limits.count) return t('photoTooMany', { n: limits.count })
  const paper = isDocument(file.name)
  if (!video && !paper && !file.type.startsWith('image/')) return t('photoWrongType', { name: file.name })
  // Pictures are made smaller before they are sent; films and documents are judged as they come.
  const most = video ? (limits.videoMb ?? limits.sizeMb) : paper ? limits.sizeMb : 60
  return file.size > most * 1024 * 1024 ? t('photoTooLarge', { name: file.name, n: most }) : null
}

function Shown({ photo, n, queue }: { photo: Photo; n: number; queue: PhotoQueue }): ReactElement {
  const url = queue.preview(photo.key)
  const video = photo.type.startsWith('video/')
  // Without a network nothing has failed: it is on the device and goes out later.
  const held = photo.state !== 'done' && !navigator.onLine
  const state = held ? t('photoHeld') : photo.state === 'sending' ? t('photoSending', { n: photo.progress }) : photo.state === 'done' ? t('photoDone') : photo.state === 'failed' ? t('photoFailed') : t('photoWaiting')
  return (
    <div className="k-photo">
      {isDocument(photo.name) ? <span className="k-photo-paper"><Icon name="orders" />{photo.name}</span> : url && !video ? <img src={url} alt={t('photoAlt', { n, name: photo.name })} /> : null}
      {url && video ? <video src={url} muted preload="metadata" aria-label={t('photoAlt', { n, name: photo.name })} /> : null}
      {photo.state === 'failed' && !held ? (
        <button type="button" className="k-photo-state" style={{ border: 0, minBlockSize: 44 }} onClick={() => void queue.retry()} aria-label={t('photoRetry', { name: photo.name })}>{photo.error || state} ↻</button>
      ) : (
        <span className="k-photo-state">{state}</span>
      )}
      <button type="button" className="k-photo-remove" onClick={() => queue.remove(photo.key)} aria-label={t('photoRemove', { name: photo.name })}><Icon name="close" /></button>
    </div>
  )
}
