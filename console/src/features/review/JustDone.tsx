// What was decided at this desk a moment ago, with its undo for as long as the server allows it (ux.md §3.5).
import type { ReactElement } from 'react'
import { useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { useOrder } from '../orders/order-data.ts'
import { useOrderActs } from '../orders/acts/index.ts'
import { Tag } from '../../ui/Tags.tsx'
import { t as acts } from '../orders/acts/texts.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Done = { id: string; number: string; title: string; act: string }

const most = 6
const held = new Map<string, readonly Done[]>()
const none: readonly Done[] = []
const watchers = new Set<() => void>()

/** For this visit only: the timeline of each order keeps the record. */
export function noteDone(desk: string, done: Done): void {
  const before = held.get(desk) ?? none
  held.set(desk, [done, ...before.filter((one) => one.id !== done.id)].slice(0, most))
  for (const watcher of watchers) watcher()
}

export function useJustDone(desk: string): readonly Done[] {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }, () => held.get(desk) ?? none)
}

const words: Record<string, string> = {
  passReview: acts('pass.title'), returnToAgent: acts('returnToAgent.title'), answer: acts('answer.title'), dispatch: acts('dispatch.title'), transfer: acts('transfer.submit'), withdraw: acts('withdraw.title'),
  acceptResult: acts('result.accept'), returnResult: acts('result.return'), recall: acts('recall.title'), decideReturn: t('justReturn'),
}

export function JustDone({ entries }: { entries: readonly Done[] }): ReactElement | null {
  if (entries.length === 0) return null
  return (
    <div className="ms-desk-done">
      <span className="ms-hint">{t('justDone')}</span>
      <ul>{entries.map((done) => <DoneLine key={`${done.id}${done.act}`} done={done} />)}</ul>
    </div>
  )
}

function DoneLine({ done }: { done: Done }): ReactElement {
  // only a dispatch has a reverse act
  const undoable = done.act === 'dispatch' || done.act === 'transfer'
  const read = useOrder(undoable ? done : undefined)
  const { open, drawers } = useOrderActs(done)
  const may = read.data?.acts.some((one) => one.act === 'recall' && one.enabled) ?? false
  return (
    <li>
      <Tag>{words[done.act] ?? done.act}</Tag>
      <Link to={`/orders/${done.number}`} className="ms-ellipsis" title={done.title}>{done.title}</Link>
      <span className="ms-grow" />
      {may ? <button type="button" className="ms-link-button" onClick={() => open('recall')}>{t('recall')}</button> : null}
      {drawers}
    </li>
  )
}
