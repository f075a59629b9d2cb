// 回访台: queue, order with its reply, questionnaire (ux.md §3.8). What is typed belongs to one task and waits for it.
import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, Loading, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { Page, Time } from '../../ui/Page.tsx'
import { Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { instant, now, when } from '../../ui/time.ts'
import { useContinuous, useDeskQueue } from '../../ui/desk-queue.ts'
import '../../ui/desk.css'
import { Questionnaire } from './Questionnaire.tsx'
import { ResultCard } from './ResultCard.tsx'
import { TaskObject } from './TaskObject.tsx'
import { t } from './texts.zh-CN.ts'
import './callback.css'

const boxes = ['free', 'mine', 'waiting', 'done', 'givenUp'] as const
type Box = (typeof boxes)[number]
type Task = OutputOf<'listCallbacks'>['items'][number]

const queries: Record<Box, InputOf<'listCallbacks'>> = { free: { free: 'true' }, mine: { mine: 'true' }, waiting: { state: 'waiting' }, done: { state: 'done', sort: 'newest' }, givenUp: { state: 'givenUp', sort: 'newest' } }
const staleAfterCallback = ['listCallbacks', 'callbackCounts', 'showCallback', 'callbackRates', 'callbackRateRows', 'home', 'homeCounts', 'getOrder', 'getOrderByNumber', 'orderTimeline', 'list'] as const

export default function DeskPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const box: Box = boxes.find((one) => one === search.get('box')) ?? 'free'
  const list = useQueryOf('listCallbacks', { ...queries[box], limit: 100 })
  const free = useQueryOf('listCallbacks', { free: 'true', limit: 1 })
  const counts = useQueryOf('callbackCounts', {})
  const options = useQueryOf('callbackOptions', {}, { refetchEvery: 60_000 })
  const queue = useDeskQueue(list.data?.items)
  const { current } = queue
  const shown = useQueryOf('showCallback', { id: current ?? '' }, { enabled: current !== undefined })
  const [goOn, setGoOn] = useContinuous()
  const client = useQueryClient()
  useTopic('callback.queue', ['listCallbacks', 'callbackCounts', 'showCallback'])
  const refresh = async () => {
    await Promise.all(staleAfterCallback.map((name) => client.invalidateQueries({ queryKey: [name] })))
  }
  const stateCount = (state: 'waiting' | 'done' | 'givenUp') => counts.data?.states.find((one) => one.state === state)?.count
  const numbers: Record<Box, { value: number; capped: boolean } | undefined> = { free: free.data?.count, mine: counts.data?.mine, waiting: stateCount('waiting'), done: stateCount('done'), givenUp: stateCount('givenUp') }
  const rows = useRef<HTMLUListElement>(null)
  useEffect(() => {
    rows.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  useKeys(t('desk'), [
    { keys: 'j', label: t('list.next'), run: () => queue.move(1) },
    { keys: 'k', label: t('list.previous'), run: () => queue.move(-1) },
    { keys: 's', label: t('list.skip'), run: queue.skip },
  ])
  const { data } = shown
  const finish = (id: string, go: boolean) => queue.finish(id, go)
  return (
    <Page fill title={t('desk')} state={<span className="ms-muted">{list.data ? cappedCount(list.data.count) : ''}</span>}
      bar={<Segmented<Box> style={{ alignSelf: 'flex-start' }} value={box} options={boxes.map((value) => ({ value, label: <>{t(`box.${value}`)} <span className="ms-muted">{numbers[value] ? cappedCount(numbers[value]) : ''}</span></> }))} onChange={(next) => setSearch({ box: next }, { replace: true })} />}
      acts={<Checkbox checked={goOn} onChange={(e) => setGoOn(e.target.checked)}>{t('continuous')}</Checkbox>}>
      <div className="ms-desk ms-callback">
        <section aria-label={t('list.label')} data-region>
          <div className="ms-desk-scroll">
            <QueryView query={list}>
              {(page) => (queue.items.length === 0 ? <Empty kind="done" text={t('list.none')} hint={t('list.noneHint')} /> : (
                <>
                  <ul ref={rows} className="ms-desk-rows">
                    {queue.items.map((task) => <li key={task.id}><button type="button" className="ms-desk-row" aria-current={task.id === current} onClick={() => queue.open(task.id)}><Lines task={task} /></button></li>)}
                  </ul>
                  {page.next ? <p className="ms-hint ms-desk-more">{t('list.shown', { n: page.items.length })}</p> : null}
                </>
              ))}
            </QueryView>
          </div>
        </section>
        <section aria-label={t('object.label')} data-region>
          {data && options.data ? <TaskObject key={data.task.id} shown={data} options={options.data} refresh={refresh} onAttempt={() => finish(data.task.id, goOn)} />
            : shown.error ? <div className="ms-desk-pad"><ProblemLine problem={shown.error} onRetry={() => void shown.refetch()} /></div>
            : current ? <div className="ms-desk-pad"><Loading /></div> : list.isPending ? null : <Empty kind="done" text={queue.items.length ? t('choose') : t('list.none')} />}
        </section>
        <section aria-label={t('form.label')} data-region>
          {data && options.data ? (data.result ? <ResultCard result={data.result} onNext={queue.upcoming ? () => queue.open(queue.upcoming?.id ?? '') : undefined} />
            : data.acts.some((act) => act.act === 'complete') ? <Questionnaire key={data.task.id} shown={data} options={options.data} refresh={refresh} onSaved={(go) => finish(data.task.id, go)} />
            : <Empty kind="done" text={t('ended', { state: data.task.stateName })} />) : null}
        </section>
      </div>
    </Page>
  )
}

/** One waiting task: when it may be called first, then whom it is about. */
function Lines({ task }: { task: Task }): ReactElement {
  const later = instant(task.dueAt) > now()
  return (
    <>
      <span className="ms-desk-row-line">
        {task.finishedAt ? <span className="ms-hint"><Time iso={task.finishedAt} /></span>
          : task.attempts > 0 ? <Tag tone="near">{later ? `▲ ${t('list.retry', { time: when(task.dueAt) })}` : `↻ ${t('list.attempts', { n: task.attempts })}`}</Tag>
          : <span className="ms-hint">{t('list.due', { time: when(task.dueAt) })}</span>}
        <span className="ms-grow" />
        <UrgencyTag urgency={task.urgency} />
        {task.round > 1 ? <Tag tone="over">{t('object.round', { n: task.round })}</Tag> : null}
        {task.state === 'claimed' ? <Tag tone={task.mine ? 'primary' : 'calm'}>{task.mine ? t('box.mine') : t('list.heldBy', { name: task.assigneeName ?? '' })}</Tag> : null}
      </span>
      <span className="ms-desk-row-title" title={task.title}>{task.title}</span>
      <span className="ms-hint ms-ellipsis">{[task.requesterName, task.unitName, task.causeName].filter(Boolean).join(' · ')}</span>
    </>
  )
}
