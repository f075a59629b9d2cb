// Feedback beside the order; a accepts, r sends back for correction, only Ctrl Enter commits.
import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { ClockChip, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { instant } from '../../ui/time.ts'
import { AssignmentAct } from '../orders/acts/index.ts'
import { useOrder } from '../orders/order-data.ts'
import type { Feedback, OrderDetail } from '../orders/order-types.ts'
import { useDeskQueue } from '../../ui/desk-queue.ts'
import { OrderContent, OrderHead } from '../orders/OrderObject.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { DeskColumns } from './DeskColumns.tsx'
import { t } from './texts.zh-CN.ts'
import { orderOf } from './unit-acts.tsx'
import { clockOf, statedWords } from './unit-data.ts'
import type { UnitRow } from './unit-data.ts'
import { Marks } from './UnitList.tsx'

type Rows = UseQueryResult<OutputOf<'unitAssignments'>, Problem>
const due = (row: UnitRow): number => (row.clock?.dueAt ? instant(row.clock.dueAt) : Number.POSITIVE_INFINITY)

export function FeedbackDesk({ own, below, goOn }: { own: Rows; below: Rows; goOn: boolean }): ReactElement {
  const rows = useMemo(() => (own.data && below.data ? [...own.data.items, ...below.data.items].filter((row) => row.acts.includes('accept')).sort((a, b) => due(a) - due(b)) : undefined), [own.data, below.data])
  const queue = useDeskQueue(rows)
  const { row } = queue
  const read = useOrder(row ? orderOf(row) : undefined)
  return (
    <DeskColumns query={own} queue={queue} row={(one) => <RowLines row={one} />}
      object={row ? (read.error ? <div className="ms-desk-pad"><ProblemLine problem={read.error} /></div> : read.data ? <FeedbackObject order={read.data} row={row} /> : <div className="ms-desk-pad"><Loading /></div>) : null}
      decision={row && read.data ? <Decision key={row.id} row={row} order={read.data} done={(go) => queue.finish(row.id, go)} goOn={goOn} /> : null} />
  )
}

function RowLines({ row }: { row: UnitRow }): ReactElement {
  const clock = clockOf(row)
  return (
    <>
      <span className="ms-desk-row-line">{clock ? <ClockChip plain clock={clock} /> : null}<span className="ms-grow" /><UrgencyTag urgency={row.urgency} /><Marks row={row} /></span>
      <span className="ms-desk-row-title" title={row.title}>{row.title}</span>
      <span className="ms-hint ms-ellipsis">{[row.unitName, row.handlerName, row.matterName].filter(Boolean).join(' · ')}</span>
    </>
  )
}

const newest = (list: Feedback[]) => list.toSorted((a, b) => b.version - a.version)

function FeedbackObject({ order, row }: { order: OrderDetail; row: UnitRow }): ReactElement {
  const [last, ...earlier] = newest(order.feedback.filter((one) => one.assignmentId === row.id && one.kind === 'result'))
  const standard = order.matter?.closingStandard ?? []
  return (
    <>
      <OrderHead order={order} />
      <div className="ms-desk-body" tabIndex={0}>
        <div className="ms-desk-pair ms-unit-beside">
          <div className="ms-stack"><OrderContent order={order} /></div>
          <div className="ms-stack">
            <Part title={t('desk.feedbackOf', { unit: row.unitName })} extra={last ? <Tag>{t('desk.version', { n: last.version })}</Tag> : null}>
              {last ? <FeedbackText feedback={last} /> : <span className="ms-hint">{t('desk.noFeedback')}</span>}
            </Part>
            {standard.length ? <Part title={t('desk.standard')}><ul className="ms-desk-checks">{standard.map((one) => <li key={one.text}>{one.text}</li>)}</ul></Part> : null}
            {earlier.length ? (
              <Part title={t('desk.before')}>
                {earlier.map((one) => (
                  <div key={one.id} className="ms-desk-entry">
                    <span className="ms-hint">{t('desk.version', { n: one.version })} <Time iso={one.submittedAt} /> {one.submittedByName}</span>
                    <span className="ms-desk-text">{one.result}</span>
                    {one.reviewOpinion ? <span><Tag tone="over">{one.reviewedByName}</Tag> {one.reviewOpinion}</span> : null}
                  </div>
                ))}
              </Part>
            ) : null}
          </div>
        </div>
      </div>
    </>
  )
}

function FeedbackText({ feedback }: { feedback: Feedback }): ReactElement {
  return (
    <div className="ms-desk-quote">
      <span className="ms-hint">{feedback.submittedByName} <Time iso={feedback.submittedAt} /></span>
      <p>{feedback.result}</p>
      <Facts items={[
        { label: t('desk.handledAt'), value: <Time iso={feedback.handledAt} />, hidden: !feedback.handledAt },
        { label: t('desk.method'), value: feedback.method, hidden: !feedback.method },
        { label: t('desk.basis'), value: feedback.basis, hidden: !feedback.basis },
        { label: t('desk.opinion'), value: feedback.opinion, hidden: !feedback.opinion },
        { label: t('desk.rates'), value: `${t('desk.contacted')} ${statedWords(feedback.contacted)} · ${t('desk.solved')} ${statedWords(feedback.solved)} · ${t('desk.satisfied')} ${statedWords(feedback.satisfied)}` },
      ]} />
      <strong>{t('desk.files')}</strong>
      {feedback.files.length ? <Attachments readOnly value={feedback.files} /> : <span className="ms-hint">{t('desk.filesNone')}</span>}
    </div>
  )
}

type DecisionProps = { row: UnitRow; order: OrderDetail; done: (go: boolean) => void; goOn: boolean }

function Decision({ row, order, done, goOn }: DecisionProps): ReactElement {
  const usable = (name: string) => order.assignments.find((one) => one.id === row.id)?.acts.some((one) => one.act === name && one.enabled) ?? false
  const [act, setAct] = useState<'accept' | 'sendBack'>('accept')
  const panel = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  const choose = (next: 'accept' | 'sendBack') => {
    asked.current = true
    setAct(next)
  }
  useEffect(() => {
    // a key chose the act: the hands go on typing; opening an order must not take the focus
    if (asked.current) panel.current?.querySelector('textarea')?.focus()
    asked.current = false
  }, [act])
  const may = { accept: usable('accept'), sendBack: usable('sendBack') }
  useKeys(t('desk.decision'), [
    { keys: 'a', label: t('act.accept'), run: () => choose('accept'), enabled: may.accept },
    { keys: 'r', label: t('act.sendBack'), run: () => choose('sendBack'), enabled: may.sendBack },
  ])
  if (!may.accept && !may.sendBack) return <Empty kind="done" text={t('desk.closed')} />
  return (
    <>
      <div className="ms-desk-acts ms-row" role="toolbar" aria-label={t('desk.decision')}>
        {(['accept', 'sendBack'] as const).map((name) => (
          <Button key={name} disabled={!may[name]} type={act === name ? 'primary' : 'default'} danger={name === 'sendBack'} onClick={() => choose(name)}>{t(`act.${name}`)}<kbd className="ms-kbd">{name === 'accept' ? 'a' : 'r'}</kbd></Button>
        ))}
      </div>
      <div className="ms-desk-form" ref={panel}>
        <AssignmentAct key={act} inline act={act} assignment={row} order={order} onClose={() => setAct('accept')} onDone={() => done(goOn)} onNext={() => done(true)} />
      </div>
    </>
  )
}
