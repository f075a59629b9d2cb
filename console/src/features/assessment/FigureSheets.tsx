// Sheets of entered figures with their evidence and their review, and what stands behind one object's score.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag, type Tone } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { f } from './figures.zh-CN.ts'
import { shown } from './parts.tsx'

type Sheet = OutputOf<'listAssessmentFigures'>['sheets'][number]
const tones: Record<Sheet['state'], Tone> = { pending: 'near', approved: 'ok', returned: 'over', withdrawn: 'calm' }
const stale = ['listAssessmentFigures', 'showAssessmentPeriod']

export function FigureSheets({ sheets }: { sheets: Sheet[] }): ReactElement {
  const send = useAct(...stale)
  const [deciding, setDeciding] = useState<Sheet | null>(null)
  const withdraw = async (id: string): Promise<void> => {
    try {
      await send('withdrawAssessmentFigures', { id })
      say(f('done', { act: f('withdraw') }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Section flush title={f('sheets')}>
      {sheets.length === 0 ? <Empty kind="done" text={f('noSheets')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{f('sheets')}</caption>
          <thead><tr>{(['at', 'by', 'rows', 'files', 'state', 'decided'] as const).map((key) => <th key={key} scope="col">{f(key)}</th>)}<th scope="col" /></tr></thead>
          <tbody>{sheets.map((s) => (
            <tr key={s.id}>
              <td className="ms-assess-nowrap"><Time iso={s.enteredAt} /></td><td className="ms-assess-nowrap">{s.enteredByName} <span className="ms-hint">{s.sourceName}</span></td>
              <td><details open={s.state === 'pending' && s.rows.length <= 6}><summary>{f('rowsOf', { n: s.rows.length })} {s.note}</summary><Rows sheet={s} /></details></td>
              <td>{s.files.length > 0 ? <Attachments value={s.files} readOnly /> : '–'}</td><td><Tag tone={tones[s.state]}>{s.stateName}</Tag></td>
              <td>{s.decidedByName ? <>{s.decidedByName} {s.decidedAt ? <Time iso={s.decidedAt} /> : null}</> : '–'}{s.opinion ? <div className="ms-hint">{s.opinion}</div> : null}</td>
              <td className="ms-assess-nowrap">{s.mayDecide ? <Button size="small" type="primary" onClick={() => setDeciding(s)}>{f('decide')}</Button> : null}{s.mayWithdraw ? <Button size="small" type="link" onClick={() => void withdraw(s.id)}>{f('withdraw')}</Button> : null}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
      {deciding ? <Decide sheet={deciding} onClose={() => setDeciding(null)} /> : null}
    </Section>
  )
}

const Rows = ({ sheet }: { sheet: Sheet }): ReactElement => (
  <table className="ms-plain-table"><caption className="ms-hidden">{f('rows')}</caption><tbody>{sheet.rows.map((r) => <tr key={`${r.objectId}${r.code}`}><td>{r.objectName}</td><td>{r.name}</td><td className="ms-num">{r.before === null ? '' : `${r.before} → `}{r.value ?? f('nothing')}{r.value === null ? '' : r.unit}</td><td className="ms-hint">{r.reason}</td></tr>)}</tbody></table>
)

function Decide({ sheet, onClose }: { sheet: Sheet; onClose: () => void }): ReactElement {
  const send = useAct(...stale)
  const schema = fields({ outcome: { type: 'string', title: f('outcome'), oneOf: [{ const: 'approve', title: f('approve') }, { const: 'return', title: f('return') }], 'x-buttons': true }, opinion: opinionField({ title: f('opinion'), maxLength: 500 }) }, ['outcome'])
  return <ActDrawer open onClose={onClose} title={f('decide')} sub={`${sheet.enteredByName} ${f('rowsOf', { n: sheet.rows.length })} ${sheet.note}`} notice={f('decideEffect')} schema={schema} initial={{ outcome: 'approve' }} submitLabel={f('decide')} submit={(v) => send('decideAssessmentFigures', { id: sheet.id, ...v })} onDone={() => { say(f('done', { act: f('decide') })); onClose() }} />
}

/** What a score read besides orders: value, where it comes from, who entered and reviewed it. */
export function FigureEvidence({ id, objectId, runId }: { id: string; objectId: string; runId: string }): ReactElement | null {
  const { data } = useQueryOf('listObjectFigures', { id, objectId, runId })
  if (!data || data.items.length === 0) return null
  return (
    <Section flush title={f('evidence')}>
      <table className="ms-plain-table">
        <caption className="ms-hidden">{f('evidence')}</caption>
        <tbody>{data.items.map((one) => (
          <tr key={one.code}><th scope="row">{one.name}</th><td className="ms-num"><strong>{shown(one.value)}</strong>{one.value === null ? '' : one.unit}</td><td>{one.reason} {one.note}{one.periodId ? <Link to={`/assessment/${one.periodId}`}>{f('published')}</Link> : null}{one.files.length > 0 ? <Attachments value={one.files} readOnly /> : null}</td><td className="ms-hint">{one.enteredByName ? <>{f('enteredBy', { name: one.enteredByName })} {one.enteredAt ? <Time iso={one.enteredAt} /> : null} {one.decidedByName ? f('reviewedBy', { name: one.decidedByName }) : ''}</> : null}</td></tr>
        ))}</tbody>
      </table>
    </Section>
  )
}
