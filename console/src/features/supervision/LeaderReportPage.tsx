// One monthly report: the leader fills and hands in, the centre approves or returns with a reason.
import type { ReactElement } from 'react'
import { Link, useParams } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FieldSchema } from '../../ui/form-rules.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { oneOf, words } from '../orders/acts/form-values.ts'
import { choice, form, long } from './fields.ts'
import { FormActs } from './FormActs.tsx'
import { reportTones } from './LeaderReportsPage.tsx'
import { o } from './overview-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import './supervision.css'

type Report = OutputOf<'showLeaderReport'>

export default function LeaderReportPage(): ReactElement {
  const { id = '' } = useParams()
  const found = useQueryOf('showLeaderReport', { id })
  return (
    <QueryView query={found}>
      {(data) => (
        <Page title={`${data.leaderName} ${data.month} ${o('report')}`} state={<Tag tone={reportTones[data.state]}>{data.stateName}</Tag>} stateText={data.stateName} sub={data.unitName} acts={<Acts report={data} />}>
          <Section title={o('content')}>
            <Facts columns={2} items={[
              { label: o('submitted'), value: <Time iso={data.submittedAt} />, hidden: !data.submittedAt },
              { label: o('decided'), value: <>{data.decidedByName} <Time iso={data.decidedAt} /></>, hidden: !data.decidedAt },
            ]} />
            {data.opinion ? <p className="ms-text"><strong>{o('reviewOpinion')}</strong> {data.opinion}</p> : null}
            {data.fields.map((field) => <p key={field.key} className="ms-text" style={{ whiteSpace: 'pre-wrap' }}><strong>{field.label}</strong> {data.values[field.key] ?? <span className="ms-hint">–</span>}</p>)}
          </Section>
          <Section title={o('cases')}>
            {data.orders.length === 0 ? <Empty kind="pending" text={o('noCases')} /> : (
              <table className="ms-board-table">
                <thead><tr><th scope="col" style={{ inlineSize: 180 }}>{t('col.number')}</th><th scope="col">{t('col.title')}</th><th scope="col" style={{ inlineSize: 90 }}>{o('kind')}</th><th scope="col" style={{ inlineSize: 130 }}>{t('col.orderState')}</th><th scope="col" style={{ inlineSize: 280 }}>{o('note')}</th></tr></thead>
                <tbody>{data.orders.map((order) => <tr key={order.orderId}><td><Link to={`/orders/${order.number}`}><bdi className="ms-code">{order.number}</bdi></Link></td><td>{order.title}</td><td>{order.kindName}</td><td>{order.stateName}</td><td>{order.note}</td></tr>)}</tbody>
              </table>
            )}
          </Section>
        </Page>
      )}
    </QueryView>
  )
}

const linesOf = (report: Report, kind: 'case' | 'whistle'): string => report.orders.filter((one) => one.kind === kind).map((one) => (one.note ? `${one.number} ${one.note}` : one.number)).join('\n')
const ordersIn = (text: string, kind: 'case' | 'whistle') =>
  text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const [number = '', ...note] = line.split(/\s+/)
    return { number, kind, ...(note.length > 0 ? { note: note.join(' ') } : {}) }
  })

function fieldOf(field: Report['fields'][number]): FieldSchema {
  if (field.kind === 'number') return { type: 'number', title: field.label }
  return field.kind === 'line' ? { type: 'string', title: field.label, maxLength: 200 } : long(field.label, 4000)
}

function Acts({ report }: { report: Report }): ReactElement {
  const id = report.id
  const fields = Object.fromEntries(report.fields.map((field) => [field.key, fieldOf(field)]))
  return (
    <FormActs draft={`leader-report:${id}:${report.version}`} main={report.mayEdit ? 'fill' : 'decide'} sub={report.unitName} acts={[
      report.mayEdit && {
        id: 'fill', label: o('fill'), key: 'a', ...(report.opinion ? { notice: report.opinion } : {}),
        initial: { ...report.values, caseLines: linesOf(report, 'case'), whistleLines: linesOf(report, 'whistle'), submit: 'yes' },
        schema: form({ ...fields, caseLines: long(o('caseNumbers'), 8000, { description: o('numbersHelp') }), whistleLines: long(o('whistleNumbers'), 8000, { description: o('numbersHelp') }), submit: choice(o('submitOrNot'), [{ value: 'yes', label: o('submitNow') }, { value: 'no', label: o('saveOnly') }], { 'x-buttons': true }) }, ['submit']),
        send: (v) => call('saveLeaderReport', {
          id, version: report.version, submit: v['submit'] === 'yes', orders: [...ordersIn(words(v, 'caseLines'), 'case'), ...ordersIn(words(v, 'whistleLines'), 'whistle')],
          values: Object.fromEntries(report.fields.flatMap(({ key }) => { const value = v[key]; return typeof value === 'string' || typeof value === 'number' ? [[key, value] as const] : [] })),
        }),
      },
      report.mayDecide && { id: 'decide', label: o('decide'), key: 'r', schema: form({ outcome: choice(o('decide'), [{ value: 'approve', label: o('approve') }, { value: 'reject', label: o('reject') }], { 'x-buttons': true }), opinion: long(o('opinion'), 1000, { description: o('opinionHelp') }) }, ['outcome']), send: (v) => call('decideLeaderReport', { id, outcome: oneOf(v, 'outcome', ['approve', 'reject'], 'reject'), opinion: words(v, 'opinion') }) },
    ]} />
  )
}
