// The desk template (ux.md §3.19 台): list, object, decision; keys j k s n; counts of all desks on top.
import { Checkbox } from 'antd'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { NavLink } from 'react-router'
import type { Problem } from '../../api/problem.ts'
import { useCounts } from '../../app/counts.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import type { DeskQueue } from '../../ui/desk-queue.ts'
import { feature } from './feature.ts'
import { t } from './texts.zh-CN.ts'
import '../../ui/desk.css'

export type PageOf<T> = { items: T[]; next: string | null; count: { value: number; capped: boolean } }

type Props<T extends { id: string }> = {
  title: string
  query: UseQueryResult<PageOf<T>, Problem>
  queue: DeskQueue<T>
  renderRow: (row: T) => ReactNode
  continuous: [boolean, (on: boolean) => void]
  tabs?: ReactNode
  /** Under the list: what was decided just now. */
  after?: ReactNode
  object: ReactNode
  decision: ReactNode
}

export function DeskFrame<T extends { id: string }>({ title, tabs, query, queue, renderRow, continuous, after, object, decision }: Props<T>): ReactElement {
  const [goOn, setGoOn] = continuous
  const list = useRef<HTMLUListElement>(null)
  const { current } = queue
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  useKeys(title, [
    { keys: 'j', label: t('nextRow'), run: () => queue.move(1) },
    { keys: 'k', label: t('previousRow'), run: () => queue.move(-1) },
    { keys: 's', label: t('skipKey'), run: () => queue.skip() },
  ])
  // a list that is here as a whole is counted as shown: what was just decided and what belongs to others is not in it
  const total = query.data ? (query.data.next ? query.data.count : { value: queue.items.length, capped: false }) : null
  return (
    <Page title={title} fill state={<span className="ms-muted">{cappedCount(total)}</span>} bar={tabs ?? <DeskTabs />}
      acts={<Checkbox checked={goOn} onChange={(e) => setGoOn(e.target.checked)} title={t('continuousHelp')}>{t('continuous')}</Checkbox>}>
      <div className="ms-desk">
        <section className="ms-desk-list" aria-label={t('list')} data-region>
          <div className="ms-desk-list-head"><span className="ms-hint">{t('sorted')}</span></div>
          <div className="ms-desk-scroll">
            <QueryView query={query}>
              {(data) => (
                <>
                  <ul ref={list} className="ms-desk-rows">
                    {queue.items.map((row) => (
                      <li key={row.id}>
                        <button type="button" className="ms-desk-row" aria-current={row.id === current} onClick={() => queue.open(row.id)}>{renderRow(row)}</button>
                      </li>
                    ))}
                  </ul>
                  {queue.items.length === 0 ? <Empty kind="done" text={t('done')} hint={t('doneHint')} /> : null}
                  {data.next ? <p className="ms-hint ms-desk-more">{t('shown', { n: queue.items.length })}</p> : null}
                </>
              )}
            </QueryView>
          </div>
          {after}
        </section>
        <section className="ms-desk-object" aria-label={t('object')} data-region>{object}</section>
        <section className="ms-desk-decision" aria-label={t('decision')} data-region>{decision}</section>
      </div>
    </Page>
  )
}

/** All desks that this person works at, with what waits there. */
function DeskTabs(): ReactElement {
  const { can } = useSession()
  const counts = useCounts()
  return (
    <nav className="ms-desk-tabs" aria-label={t('desks')}>
      {(feature.rail ?? []).filter((entry) => can(entry.permission)).map((entry) => {
        const count = entry.count ? counts[entry.count] : undefined
        return (
          <NavLink key={entry.path} to={entry.path} className="ms-desk-tab">
            {entry.label}
            {count ? <b data-tone={count.tone}>{cappedCount({ value: count.value, capped: count.capped ?? false })}</b> : null}
          </NavLink>
        )
      })}
    </nav>
  )
}

/** Nothing is open: a failed reading says so; what the list says about an empty desk is not said twice. */
export function DeskNothing({ problem }: { problem?: Problem | null }): ReactElement | null {
  return problem ? <div className="ms-desk-pad"><ProblemLine problem={problem} /></div> : null
}
