// Five kinds of nothing, loading, and failure: different pictures with different words (ux.md §1.7, §3.0).
import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useState } from 'react'
import type { Problem } from '../api/problem.ts'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'
import { say } from './notices.ts'
import { t } from './texts.zh-CN.ts'

export type EmptyKind = 'done' | 'filter' | 'scope' | 'pending' | 'failed'

const pictures: Record<EmptyKind, IconName> = { done: 'shield', filter: 'filter', scope: 'lock', pending: 'clock', failed: 'warning' }

export type EmptyProps = {
  kind: EmptyKind
  /** Replaces the general words: 今天的待签收都处理完了. */
  text?: string
  hint?: ReactNode
  /** One next step. */
  action?: { label: string; run: () => void }
  problem?: Problem
}

export function Empty({ kind, text, hint, action, problem }: EmptyProps): ReactElement {
  return (
    <div className="ms-kind" role={kind === 'failed' ? 'alert' : 'status'}>
      <Icon name={pictures[kind]} size={24} />
      <strong>{text ?? problem?.title ?? t(`empty.${kind}`)}</strong>
      {problem?.detail ? <span>{problem.detail}</span> : null}
      {hint ? <span>{hint}</span> : null}
      {action ? <Button onClick={action.run}>{action.label}</Button> : null}
      {problem?.requestId ? <RequestId id={problem.requestId} /> : null}
    </div>
  )
}

function RequestId({ id }: { id: string }): ReactElement {
  return (
    <button type="button" className="ms-link-button ms-hint" title={t('copyId')} onClick={() => void copyText(id)}>
      {t('requestId', { id: id.slice(0, 8) })}
    </button>
  )
}

/** Copies and says so; plain HTTP in a local network has no clipboard API. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) await navigator.clipboard.writeText(text)
  else {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    document.execCommand('copy')
    area.remove()
  }
  say(t('copied'))
}

/** One line where it happened: what, what is safe, what to do. */
export function ProblemLine({ problem, onRetry }: { problem: Problem; onRetry?: () => void }): ReactElement {
  return (
    <div className="ms-problem" role="alert">
      <Icon name="warning" />
      <span>{problem.message}</span>
      {onRetry ? <button type="button" className="ms-link-button" onClick={onRetry}>{t('retry')}</button> : null}
      {problem.requestId ? <RequestId id={problem.requestId} /> : null}
    </div>
  )
}

/** Nothing for 300 ms, then a skeleton in the shape of the page. */
export function Loading({ lines = 6 }: { lines?: number }): ReactElement | null {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <div className="ms-skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, i) => <i key={i} style={{ inlineSize: `${[92, 78, 85, 60, 88, 70][i % 6]}%` }} />)}
    </div>
  )
}

/** Loading, failure or content of one query; old data stays while it refreshes. */
export function QueryView<T>({ query, lines, children }: { query: UseQueryResult<T, Problem>; lines?: number; children: (data: T) => ReactNode }): ReactElement {
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? <ProblemLine problem={query.error} onRetry={() => void query.refetch()} /> : null}
        {children(query.data)}
      </>
    )
  }
  if (query.error) return <Empty kind="failed" problem={query.error} action={{ label: t('retry'), run: () => void query.refetch() }} />
  return <Loading lines={lines} />
}
