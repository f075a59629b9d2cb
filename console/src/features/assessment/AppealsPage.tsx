// 成绩申诉: what units contest, with evidence; the centre decides one order at a time.
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { t } from './texts.zh-CN.ts'
import './assessment.css'

type Appeal = OutputOf<'listAssessmentAppeals'>['items'][number]
const states = ['pending', 'accepted', 'rejected'] as const
type State = (typeof states)[number]
const isState = (value: string | null): value is State => states.some((one) => one === value)

export default function AppealsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const chosen = search.get('state')
  const state = isState(chosen) ? chosen : null
  const appeals = useQueryOf('listAssessmentAppeals', { ...(state ? { state } : {}), limit: 200 }, { keepPrevious: true })
  const [deciding, setDeciding] = useState<Appeal | null>(null)
  useTopic('assessment', ['listAssessmentAppeals'])
  return (
    <Page title={t('appeals')} help="assessment" bar={<div className="ms-row"><Segmented value={state ?? ''} onChange={(next) => setSearch(next === '' ? {} : { state: next })} options={[{ value: '', label: t('all') }, ...states.map((value) => ({ value, label: t(value) }))]} /></div>}>
      <Section flush>
        <QueryView query={appeals}>
          {({ items }) => items.length === 0 ? <Empty kind="done" text={t('appealNone')} /> : (
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('appeals')}</caption>
              <thead><tr>{(['number', 'object', 'period', 'cause', 'wish', 'reason', 'askedBy', 'state'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}<th scope="col" /></tr></thead>
              <tbody>{items.map((a) => (
                <tr key={a.id}>
                  <td className="ms-assess-nowrap"><Link to={`/orders/${a.orderNumber}`}>{a.orderNumber}</Link></td><td><Link to={`/assessment/${a.periodId}/${a.objectId}`}>{a.objectName}</Link></td><td className="ms-assess-nowrap">{a.periodName}</td><td className="ms-assess-nowrap">{a.itemName} −{a.points}</td><td className="ms-assess-nowrap">{a.wishName}</td>
                  <td>{a.reason}{a.files.length > 0 ? <Attachments value={a.files} readOnly /> : null}{a.opinion ? <div className="ms-hint">{t('decided')}：{a.opinion}（{a.decidedByName}）</div> : null}</td><td className="ms-assess-nowrap">{a.askedByName} <Time iso={a.askedAt} /></td><td><Tag tone={a.state === 'pending' ? 'near' : a.state === 'accepted' ? 'ok' : 'calm'}>{a.stateName}</Tag></td>
                  <td>{a.mayDecide ? <Button size="small" type="primary" onClick={() => setDeciding(a)}>{t('decide')}</Button> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
        </QueryView>
      </Section>
      {deciding ? <Decide appeal={deciding} onClose={() => setDeciding(null)} /> : null}
    </Page>
  )
}

function Decide({ appeal, onClose }: { appeal: Appeal; onClose: () => void }): ReactElement {
  const send = useAct('listAssessmentAppeals', 'showAssessmentPeriod', 'showAssessmentScore', 'listAssessmentLosses')
  const schema = fields({ outcome: { type: 'string', title: t('outcome'), oneOf: [{ const: 'accept', title: t('accept') }, { const: 'reject', title: t('reject') }], 'x-buttons': true }, opinion: opinionField({ title: t('opinion'), maxLength: 500 }) }, ['outcome', 'opinion'])
  return <ActDrawer open onClose={onClose} title={t('decide')} sub={<><bdi className="ms-code">{appeal.orderNumber}</bdi> {appeal.objectName} {appeal.itemName} {appeal.wishName}</>} notice={t('decideEffect')} schema={schema} submitLabel={t('decide')} submit={(v) => send('decideAssessmentAppeal', { id: appeal.id, ...v })} onDone={() => { say(t('done', { act: t('decide') })); onClose() }} />
}
