// After submission: what the agent tells the caller, what happens next, and what may be done at once.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { ActBar } from '../../ui/ActBar.tsx'
import { copyText } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { ClockChip, StateTag } from '../../ui/Tags.tsx'
import { useOrderActs } from '../orders/acts/index.ts'
import { useOrder } from '../orders/order-data.ts'
import { t } from './texts.zh-CN.ts'

export type Registration = { id: string; number: string; title: string; state: string; enquiryCode: string; answer?: boolean }

const nextWords: Record<string, string> = { pendingReview: t('done.pendingReview'), pendingDispatch: t('done.pendingDispatch'), inProgress: t('done.inProgress'), closed: t('done.closed') }

export function Registered({ order, onAgain, onFresh }: { order: Registration; onAgain: () => void; onFresh: () => void }): ReactElement {
  const read = useOrder(order)
  const detail = read.data
  const { known, drawers, open } = useOrderActs(detail)
  const answerNow = order.answer === true && (detail?.acts.some((one) => one.act === 'answer' && one.enabled) ?? false)
  useEffect(() => {
    if (answerNow) open('answer')
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the registered order is there
  }, [answerNow])
  useKeys(t('call'), [
    { keys: 'Alt N', label: t('key.again'), run: onAgain },
    { keys: 'Ctrl Enter', label: t('done.fresh'), run: onFresh },
  ])
  const state = detail?.state ?? order.state
  const acts = (detail?.acts ?? []).filter((one) => one.enabled).toSorted((a, b) => Number(a.act === 'withdraw') - Number(b.act === 'withdraw'))
  return (
    <>
      <div className="ms-call-scroll">
        <div className="ms-registered" role="status">
          <Icon name="check" size={24} />
          <strong>{order.title}</strong>
          <StateTag state={state} closeKind={detail?.closeKind} />
          <Told label={t('done.number')} value={order.number} />
          <Told label={t('done.code')} value={order.enquiryCode} />
          <p className="ms-muted">{t('done.tell')}</p>
          <div className="ms-row">
            <span className="ms-muted">{t('done.next')}：{nextWords[state] ?? t('done.other', { state: detail?.stateName ?? state })}</span>
            {detail?.nextClock ? <ClockChip clock={{ name: detail.nextClock.name, state: detail.nextClock.paused ? 'paused' : 'running', dueAt: detail.nextClock.dueAt }} /> : null}
          </div>
          {acts.length ? <ActBar acts={acts} known={known} main="" max={4} group={t('call')} /> : null}
        </div>
      </div>
      <footer className="ms-call-foot">
        <div className="ms-row ms-call-acts">
          <Link to={`/orders/${order.number}`}>{t('done.open')}</Link>
          <span className="ms-grow" />
          <Button onClick={onAgain}>{t('submitAgain')}<kbd className="ms-kbd">Alt N</kbd></Button>
          <Button type="primary" autoFocus onClick={onFresh}>{t('done.fresh')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
        </div>
      </footer>
      {drawers}
    </>
  )
}

function Told({ label, value }: { label: string; value: string }): ReactElement {
  return (
    <div className="ms-told">
      <span className="ms-muted">{label}</span>
      <bdi className="ms-code">{value}</bdi>
      <Button size="small" icon={<Icon name="copy" size={14} />} onClick={() => void copyText(value)}>{t('done.copy')}</Button>
    </div>
  )
}
