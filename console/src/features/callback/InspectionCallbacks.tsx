// 督查案件回访: how the petitioner rates the petition body and the unit, once the case is completed (CBK-15).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { i } from './inspection.zh-CN.ts'

type Record_ = OutputOf<'listInspectionCallbacks'>['items'][number]
const grades = [{ const: 'satisfied', title: i('satisfied') }, { const: 'basically', title: i('basically') }, { const: 'dissatisfied', title: i('dissatisfied') }]
const schema: FormSchema = {
  type: 'object', required: ['calledAt', 'way', 'reason', 'bodyGrade', 'unitGrade'],
  properties: {
    calledAt: { type: 'string', format: 'date-time', title: i('calledAt'), 'x-half': true }, way: { type: 'string', title: i('way'), 'x-half': true, oneOf: [{ const: 'call', title: i('call') }, { const: 'inPerson', title: i('inPerson') }] }, reason: { type: 'string', title: i('reason'), maxLength: 500 },
    bodyGrade: { type: 'string', title: i('bodyGrade'), 'x-buttons': true, oneOf: grades }, unitGrade: { type: 'string', title: i('unitGrade'), 'x-buttons': true, oneOf: grades }, note: { type: 'string', format: 'textarea', title: i('note'), maxLength: 1000 },
  },
}
const tone = (grade: string) => (grade === 'dissatisfied' ? 'over' : grade === 'basically' ? 'near' : 'ok')
const valueOf = (one: Record_): FormValue => ({ calledAt: one.calledAt, way: one.way, reason: one.reason, bodyGrade: one.bodyGrade, unitGrade: one.unitGrade, note: one.note })

export function InspectionCallbacks({ caseId }: { caseId: string }): ReactElement {
  const list = useQueryOf('listInspectionCallbacks', { id: caseId })
  const [editing, setEditing] = useState<Record_ | 'new' | null>(null)
  const send = useAct('listInspectionCallbacks')
  const held = editing === 'new' ? null : editing
  const open = list.data?.refused === null
  return (
    <Section flush title={i('title')} extra={open ? <Button onClick={() => setEditing('new')}>{i('add')}</Button> : <span className="ms-hint">{list.data?.refused}</span>}>
      <QueryView query={list}>
        {({ items }) => (items.length === 0 ? <p className="ms-hint ms-pad">{i('none')}</p> : (
          <table className="ms-plain-table">
            <caption className="ms-hidden">{i('title')}</caption>
            <thead><tr><th scope="col">{i('calledAt')}</th><th scope="col">{i('way')}</th><th scope="col">{i('caller')}</th><th scope="col">{i('reason')}</th><th scope="col">{i('bodyGrade')}</th><th scope="col">{i('unitGrade')}</th><th scope="col">{i('note')}</th><th scope="col" /></tr></thead>
            <tbody>{items.flatMap((one) => [
              <tr key={one.id}><td><Time iso={one.calledAt} /></td><td>{one.wayName}</td><td>{one.callerName}</td><td>{one.reason}</td><td><Tag tone={tone(one.bodyGrade)}>{one.bodyGradeName}</Tag></td><td><Tag tone={tone(one.unitGrade)}>{one.unitGradeName}</Tag></td><td>{one.note}</td><td>{open ? <Button size="small" onClick={() => setEditing(one)}>{i('change')}</Button> : null}</td></tr>,
              ...one.changes.map((was) => <tr key={was.id} className="ms-muted"><td><Time iso={was.calledAt} /></td><td>{was.wayName}</td><td>{i('was', { name: was.byName })} <Time iso={was.changedAt} /></td><td>{was.reason}</td><td>{was.bodyGradeName}</td><td>{was.unitGradeName}</td><td>{was.note}</td><td /></tr>),
            ])}</tbody>
          </table>
        ))}
      </QueryView>
      {editing ? <ActDrawer open onClose={() => setEditing(null)} title={held ? i('change') : i('add')} submitLabel={i('keep')} schema={schema} initial={held ? valueOf(held) : { way: 'call' }} onDone={() => setEditing(null)}
        submit={async (v) => { const body = { ...v, note: v.note ?? '', id: caseId }; await (held ? send('changeInspectionCallback', { ...body, recordId: held.id, version: held.version }) : send('addInspectionCallback', body)); say(i('kept')) }} /> : null}
    </Section>
  )
}
