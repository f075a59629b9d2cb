// 督办员分工: who supervises which level, area and type of appeal.
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { text, words } from '../orders/acts/form-values.ts'
import { areaLoader } from '../orders/pickers.ts'
import { choice, form, listOf, many } from './fields.ts'
import { FormActs } from './FormActs.tsx'
import { w } from './words.zh-CN.ts'
import './supervision.css'

const types = [['consultation', '咨询'], ['help', '求助'], ['complaint', '投诉'], ['report', '举报'], ['suggestion', '建议'], ['praise', '表扬'], ['other', '其他']].map(([value = '', label = '']) => ({ value, label }))
const loaders = { area: areaLoader }

export default function DutiesPage(): ReactElement {
  const duties = useQueryOf('listSupervisionDuties', {})
  const people = (duties.data?.people ?? []).map((one) => ({ value: one.id, label: one.name }))
  return (
    <Page title={w('duties')} acts={<FormActs draft="duty" main="add" acts={[{ id: 'add', label: w('addDuty'), loaders, initial: { level: '1' }, schema: form({ userId: choice(w('person'), people), level: choice(w('level'), ['1', '2', '3'].map((value) => ({ value, label: w('levelN', { n: value }) })), { 'x-buttons': true }), areaCode: { type: 'string', format: 'area', title: w('area') }, appealTypes: many(w('types'), types) }, ['userId', 'level']), send: (v) => call('addSupervisionDuty', { userId: words(v, 'userId'), level: Number(words(v, 'level')), areaCode: text(v, 'areaCode'), appealTypes: listOf(v['appealTypes']) }) }]} />}>
      <Section title={w('duties')} extra={<span className="ms-hint">{w('dutyHint')}</span>}>
        <QueryView query={duties}>
          {(data) => (data.items.length === 0 ? <Empty kind="done" text={w('noDuties')} /> : (
            <table className="ms-board-table">
              <thead><tr><th scope="col">{w('level')}</th><th scope="col">{w('area')}</th><th scope="col">{w('types')}</th><th scope="col">{w('person')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => <tr key={one.id}><td>{w('levelN', { n: one.level })}</td><td>{one.areaName ?? w('allAreas')}</td><td>{one.appealTypes.length === 0 ? w('allTypes') : one.appealTypes.map((code) => types.find((type) => type.value === code)?.label ?? code).join('、')}</td><td>{one.userName} {one.absent ? <Tag tone="over">{w('absent')}</Tag> : null}</td><td><FormActs draft={`duty:${one.id}`} acts={[{ id: 'remove', label: w('removeDuty'), danger: true, ask: one.userName, run: () => call('removeSupervisionDuty', { id: one.id }) }]} /></td></tr>)}</tbody>
            </table>
          ))}
        </QueryView>
      </Section>
    </Page>
  )
}
