// The all-channel desk: what waits from all online channels; picking is a lock, the picked appeal is worked on in place.
import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Page, Time } from '../../ui/Page.tsx'
import { AreaPicker } from '../../ui/Pickers.tsx'
import { Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import { areaLoader } from '../orders/pickers.ts'
import { useContinuous, useDeskQueue } from '../../ui/desk-queue.ts'
import { t as review } from '../review/texts.zh-CN.ts'
import { PickedAppeal } from './PickedAppeal.tsx'
import { waitedFor } from './waited.ts'
import { WaitingAppeal } from './WaitingAppeal.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/desk.css'
import './desk.css'

export type Waiting = OutputOf<'listChannelDesk'>['items'][number]
type View = NonNullable<InputOf<'listChannelDesk'>['view']>
const views = ['all', 'waiting', 'mine'] as const satisfies readonly View[]

const free = (row: Waiting): boolean => row.pick !== 'other'

/** The name in a lost race, as the server tells it. */
function winner(current: unknown): string {
  return typeof current === 'object' && current !== null && 'pickedBy' in current && typeof current.pickedBy === 'string' ? current.pickedBy : ''
}

export default function ChannelsPage(): ReactElement {
  const [params, setParams] = useSearchParams()
  const view = views.find((one) => one === params.get('view')) ?? (params.get('box') === 'mine' ? 'mine' : 'all')
  const [channel, area] = [params.get('channel') ?? undefined, params.get('area') ?? undefined]
  const set = (name: string, value: string | undefined) => setParams((before) => {
    const next = new URLSearchParams(before)
    next.delete('box')
    if (value) next.set(name, value)
    else next.delete(name)
    return next
  }, { replace: true })
  const list = useQueryOf('listChannelDesk', { view, channel, area, limit: 100 }, { keepPrevious: true })
  useTopic('desk.channels', ['listChannelDesk', 'homeCounts'])
  const client = useQueryClient()
  const queue = useDeskQueue(list.data?.items, free)
  const [goOn, setGoOn] = useContinuous()
  const { row } = queue
  const refresh = async () => {
    await Promise.all(['listChannelDesk', 'homeCounts', 'getOrder'].map((name) => client.invalidateQueries({ queryKey: [name] })))
  }
  const picking = useCommand('pickSubmission', { invalidates: ['listChannelDesk', 'getOrder'] })
  const releasing = useCommand('releaseSubmission', { invalidates: ['listChannelDesk', 'getOrder'] })
  const pick = async () => {
    if (!row) return
    try {
      await picking.mutateAsync({ orderId: row.id })
    } catch (error) {
      const problem = asProblem(error)
      const name = winner(problem.current)
      say(problem.status === 409 && name ? t('lost', { name }) : problem.message, 'over')
      if (problem.status === 409) queue.skip()
      await refresh()
    }
  }
  const release = async () => {
    if (!row) return
    try {
      await releasing.mutateAsync({ orderId: row.id })
      say(t('released'))
    } catch (error) {
      say(asProblem(error).message, 'over')
      await refresh()
    }
  }
  useKeys(t('channels'), [
    { keys: 'j', label: review('nextRow'), run: () => queue.move(1) },
    { keys: 'k', label: review('previousRow'), run: () => queue.move(-1) },
    { keys: 's', label: review('skipKey'), run: () => queue.skip() },
    { keys: 'p', label: t('pick'), run: () => void pick(), enabled: row?.pick === 'waiting' },
  ])
  const data = list.data
  const channels = useMemo(() => [...new Map((data?.items ?? []).map((one) => [one.channel, one.channelName]))].map(([value, label]) => ({ value, label })), [data])
  return (
    <Page title={t('channels')} fill
      state={data ? <span className="ms-muted">{[t('waiting', { n: data.waiting }), t('mine', { n: data.mine }), t('picked', { n: data.picked })].join(' · ')}</span> : null}
      acts={<Checkbox checked={goOn} onChange={(event) => setGoOn(event.target.checked)} title={review('continuousHelp')}>{review('continuous')}</Checkbox>}>
      <div className="ms-desk">
        <section className="ms-desk-list" aria-label={review('list')} data-region>
          <div className="ms-waiting-head">
            <Segmented<View> block size="small" value={view} onChange={(next) => set('view', next === 'all' ? undefined : next)} options={views.map((value) => ({ value, label: t(`view.${value}`) }))} />
            <Select allowClear aria-label={t('channel')} placeholder={t('allChannels')} value={channel} options={channels} onChange={(next?: string) => set('channel', next)} />
            <AreaPicker loader={areaLoader} placeholder={t('allAreas')} value={area} onChange={(next) => set('area', typeof next === 'string' ? next : undefined)} />
            <span className="ms-hint">{t('oldest')}</span>
          </div>
          <div className="ms-desk-scroll">
            <QueryView query={list}>
              {(page) => (
                <>
                  <ul className="ms-desk-rows">
                    {queue.items.map((one) => (
                      <li key={one.id}><button type="button" className="ms-desk-row" aria-current={one.id === queue.current} onClick={() => queue.open(one.id)}><WaitingLines row={one} /></button></li>
                    ))}
                  </ul>
                  {queue.items.length === 0 ? <Empty kind={channel || area || view !== 'all' ? 'filter' : 'done'} text={channel || area || view !== 'all' ? undefined : t('empty')} hint={page.lastAt ? t('emptyLast', { time: when(page.lastAt) }) : t('emptyNever')} /> : null}
                  {page.next ? <p className="ms-hint ms-desk-more">{review('shown', { n: queue.items.length })}</p> : null}
                </>
              )}
            </QueryView>
          </div>
        </section>
        {row?.pick === 'mine' ? (
          <PickedAppeal key={row.id} row={row} continuous={goOn} onRelease={() => void release()} onRenew={() => void pick()} onDone={(go) => { queue.finish(row.id, go); void refresh() }} />
        ) : (
          <section className="ms-desk-object ms-desk-wide" aria-label={review('object')} data-region>
            {row ? <WaitingAppeal row={row} lockMinutes={data?.lockMinutes ?? 0} busy={picking.isPending} onPick={() => void pick()} onRelease={() => void release()} /> : list.isPending ? null : <Empty kind="done" text={queue.items.length ? t('chooseOne') : t('empty')} />}
          </section>
        )}
      </div>
    </Page>
  )
}

function WaitingLines({ row }: { row: Waiting }): ReactElement {
  const at = useNow()
  return (
    <>
      <span className="ms-desk-row-line">
        <Tag tone="primary">{row.channelName}</Tag>
        <span className="ms-hint">{waitedFor(row.submittedAt, at)}</span>
        <span className="ms-grow" />
        <UrgencyTag urgency={row.urgency} />
        {row.pick === 'mine' ? <Tag tone="near">{t('view.mine')}</Tag> : row.pick === 'other' ? <Tag icon="lock">{row.pickedBy}</Tag> : null}
      </span>
      <span className="ms-desk-row-title" title={row.title}>{row.title}</span>
      <span className="ms-desk-row-line ms-hint">
        <span className="ms-ellipsis">{[row.appealTypeName, row.matterName, row.areaName].filter(Boolean).join(' · ')}</span>
        <span className="ms-grow" />
        {row.photos ? <span><Icon name="clip" size={12} label={t('photos', { n: row.photos })} />{row.photos}</span> : null}
        {row.supplements ? <span>{t('supplements', { n: row.supplements })}</span> : null}
        <span className="ms-hidden"><Time iso={row.submittedAt} /></span>
      </span>
    </>
  )
}
