// Three columns of a review desk: queue with j k s, object, decision.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import type { Problem } from '../../api/problem.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import type { DeskQueue } from '../../ui/desk-queue.ts'
import '../../ui/desk.css'
import { t } from './texts.zh-CN.ts'
import './unit.css'

type Props<T extends { id: string }> = {
  query: UseQueryResult<unknown, Problem>
  queue: DeskQueue<T>
  row: (row: T) => ReactNode
  object: ReactNode
  decision: ReactNode
}

export function DeskColumns<T extends { id: string }>({ query, queue, row, object, decision }: Props<T>): ReactElement {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' })
  }, [queue.current])
  useKeys(t('approve'), [
    { keys: 'j', label: t('desk.next'), run: () => queue.move(1) },
    { keys: 'k', label: t('desk.previous'), run: () => queue.move(-1) },
    { keys: 's', label: t('desk.skip'), run: queue.skip },
  ])
  // nothing waits and nothing is open: one panel says so
  if (query.isSuccess && queue.items.length === 0 && !queue.current) return <div className="ms-unit-desk-empty"><Empty kind="done" text={t('desk.none')} hint={t('emptyHint')} /></div>
  return (
    <div className="ms-desk">
      <section className="ms-desk-list" aria-label={t('desk.list')} data-region>
        <div className="ms-desk-scroll">
          <QueryView query={query}>
            {() => (queue.items.length === 0 ? <Empty kind="done" text={t('desk.none')} /> : (
              <ul ref={list} className="ms-desk-rows">
                {queue.items.map((one) => <li key={one.id}><button type="button" className="ms-desk-row" aria-current={one.id === queue.current} onClick={() => queue.open(one.id)}>{row(one)}</button></li>)}
              </ul>
            ))}
          </QueryView>
        </div>
      </section>
      <section aria-label={t('desk.object')} data-region>{object ?? (query.isPending ? null : <Empty kind="done" text={queue.items.length ? t('desk.choose') : t('desk.none')} />)}</section>
      <section aria-label={t('desk.decision')} data-region>{decision}</section>
    </div>
  )
}
