// Loading, emptiness, failure: each says what it is and what can be done.
import type { ReactElement, ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'
import { t } from './texts.zh-CN.ts'

/** `done`: nothing to do; `filter`: nothing matches; `scope`: not for you; `pending`: not there yet; `failed`. */
export type EmptyKind = 'done' | 'filter' | 'scope' | 'pending' | 'failed'
const art: Record<EmptyKind, IconName> = { done: 'check', filter: 'search', scope: 'shield', pending: 'clock', failed: 'warning' }

export function Empty({ kind = 'done', title, text, children }: { kind?: EmptyKind; title: string; text?: ReactNode; children?: ReactNode }): ReactElement {
  return (
    <div className="k-empty">
      <span className="k-empty-art" aria-hidden="true"><Icon name={art[kind]} /></span>
      <h2>{title}</h2>
      {text ? <p className="k-hint">{text}</p> : null}
      {children}
    </div>
  )
}

/** Lines of the real layout, after 300 ms only. */
export function Skeleton({ lines = 4 }: { lines?: number }): ReactElement {
  return (
    <div className="k-skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, i) => <i key={i} data-short={i % 3 === 2 || undefined} />)}
    </div>
  )
}

/** What a failed request looks like; any error with a title fits. */
export type Failure = { title: string; detail?: string | undefined; requestId?: string | undefined }

export function Trouble({ problem, retry }: { problem: Failure; retry?: () => void }): ReactElement {
  return (
    <div className="k-card" data-tone="near" role="alert">
      <p className="k-line"><Icon name="warning" /><strong>{problem.title}</strong></p>
      {problem.detail ? <p>{problem.detail}</p> : null}
      <div className="k-line" data-spread>
        {retry ? <Button onClick={retry}>{t('retry')}</Button> : <span />}
        {problem.requestId ? <span className="k-hint k-code">{t('requestId', { id: problem.requestId })}</span> : null}
      </div>
    </div>
  )
}
