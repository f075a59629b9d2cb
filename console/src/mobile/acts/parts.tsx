// What all act forms share: the frame with the sticky bar, photos with their queue, a moment.
import { Button, ErrorSummary, PhotoPicker, TextInput, Trouble } from '@minsheng/portal/kit'
import type { FieldErrors, PhotoQueue } from '@minsheng/portal/kit'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { FormEvent, ReactElement, ReactNode } from 'react'
import { Page } from '../frame/Frame.tsx'
import { t } from '../texts.zh-CN.ts'
import { fromField, toField } from '../time.ts'
import { useOnline } from '../use-kept.ts'
import type { ActState } from './use-act.ts'

type Props = { title: string; number: string; subject: string; act: Pick<ActState<object>, 'errors' | 'problem' | 'busy' | 'saved'>; notice?: ReactNode; submitLabel?: string; onSubmit: () => void; children: ReactNode }

export function ActFrame({ title, number, subject, act, notice, submitLabel, onSubmit, children }: Props): ReactElement {
  const online = useOnline()
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form onSubmit={send} noValidate>
      <Page title={title} back={`/m/orders/${number}`} end={act.saved ? <span className="k-hint" role="status">{t('form.saved')}</span> : null}
        bar={<div className="m-bar"><div className="m-bar-act"><Button type="submit" tone="primary" size="large" block busy={act.busy} disabled={!online}>{submitLabel ?? title}</Button>{online ? null : <small>{t('offlineAct')}</small>}</div></div>}>
        <div className="k-stack">
          <p className="m-subject"><span className="m-two">{subject}</span><bdi className="k-code k-hint">{number}</bdi></p>
          {act.problem ? <div role="alert">{act.problem.status === 409 ? <p className="k-error">{t('form.conflict')}</p> : null}<Trouble problem={act.problem} /></div> : null}
          <ErrorSummary errors={act.errors} />
          {notice ? <div className="k-card" data-tone="soft">{notice}</div> : null}
          {children}
        </div>
      </Page>
    </form>
  )
}

export function Photos({ queue, label, help, error, onChanged }: { queue: PhotoQueue | null; label: string; help?: string | undefined; error?: string | undefined; onChanged: () => void }): ReactElement | null {
  return queue ? <PhotoField queue={queue} label={label} help={help} error={error} onChanged={onChanged} /> : null
}

function PhotoField({ queue, label, help, error, onChanged }: { queue: PhotoQueue; label: string; help?: string | undefined; error?: string | undefined; onChanged: () => void }): ReactElement {
  const photos = useSyncExternalStore(queue.subscribe, queue.photos)
  const done = photos.filter((one) => one.state === 'done').length
  const changed = useRef(onChanged)
  changed.current = onChanged
  useEffect(() => { if (photos.length > 0) changed.current() }, [photos.length, done])
  return (
    <fieldset className="k-field" data-field="fileIds">
      <legend className="k-label">{label}<span className="k-optional k-num" aria-live="polite">{photos.length === 0 ? '' : done === photos.length ? t('form.filesDone', { done, all: photos.length }) : t('form.filesPartly', { done, all: photos.length })}</span></legend>
      {help ? <p className="k-help">{help}</p> : null}
      <PhotoPicker queue={queue} limits={{ count: 20, sizeMb: 200, videoMb: null }} />
      {error ? <p className="k-error">{error}</p> : null}
    </fieldset>
  )
}

/** A moment by the phone's own picker, in the tenant's time. */
export function Moment({ name, label, help, error, optional, value, onValue }: { name: string; label: string; help?: string | undefined; error?: string | undefined; optional?: boolean; value: string; onValue: (iso: string) => void }): ReactElement {
  return <TextInput type="datetime-local" {...{ name, label, help, error, optional }} value={toField(value)} onValue={(text) => onValue(fromField(text) ?? '')} />
}

/** The error that says attachments are still on their way. */
export function waitingFiles(queue: PhotoQueue | null, ids: string[] | null): FieldErrors {
  const photos = queue?.photos() ?? []
  return ids === null ? { fileIds: t('form.filesWaiting', { done: photos.filter((one) => one.state === 'done').length, all: photos.length }) } : {}
}
