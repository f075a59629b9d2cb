// Series from elsewhere: what is there, of which areas and days, which figures use it, and loading by file with the faults row by row.
import { Button, Drawer, Input, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { SheetImport } from '../admin/parts/SheetImport.tsx'
import { s } from './series.zh-CN.ts'
import './data.css'

type One = OutputOf<'listSeries'>['items'][number]
type Body = Pick<One, 'code' | 'name' | 'unit' | 'source' | 'digits'>
const levels = [4, 6, 9, 12] as const
const empty: Body = { code: '', name: '', unit: '', source: '', digits: 6 }
const columns = [{ key: 'areaCode', label: s('areaCode'), required: true, example: '990101' }, { key: 'fromDay', label: s('fromDay'), required: true, example: '2026-01-01' }, { key: 'value', label: s('value'), required: true, example: '214000' }]

export default function SeriesPage(): ReactElement {
  const list = useQueryOf('listSeries', {})
  const send = useAct('listSeries', 'listSeriesValues')
  const [editing, setEditing] = useState<{ start: Body; fresh: boolean } | null>(null)
  const [shown, setShown] = useState<One | null>(null)
  const [loading, setLoading] = useState<One | null>(null)
  const load = (check: boolean) => (rows: Record<string, string>[]) => send('loadSeries', { code: loading?.code ?? '', check, rows: rows.map((row) => ({ areaCode: row['areaCode'] ?? '', fromDay: row['fromDay'] ?? '', value: row['value'] ?? '' })) })
  return (
    <Page title={s('title')} sub={s('sub')} acts={list.data?.mayManage ? <Button type="primary" onClick={() => setEditing({ start: empty, fresh: true })}>{s('add')}</Button> : null}>
      <QueryView query={list}>
        {({ items, mayManage }) => items.length === 0 ? <Empty kind="filter" text={s('none')} hint={s('noneHint')} /> : (
          <Section flush>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{s('title')}</caption>
              <thead><tr>{(['name', 'level', 'areas', 'days', 'usedBy', 'source', 'changed'] as const).map((key) => <th key={key} scope="col" className={key === 'areas' ? 'ms-num' : undefined}>{s(key)}</th>)}<th /></tr></thead>
              <tbody>{items.map((one) => (
                <tr key={one.code}>
                  <th scope="row">{one.name}{one.unit ? `（${one.unit}）` : ''}<div className="ms-hint"><code>{one.code}</code></div></th><td>{s(`level.${one.digits}`)}</td><td className="ms-num">{one.areas}</td>
                  <td className="ms-nowrap">{one.firstDay === null ? '–' : one.firstDay === one.lastDay ? one.firstDay : `${one.firstDay} – ${one.lastDay}`}</td><td>{one.usedBy.join('、') || '–'}</td><td>{one.source || '–'}</td><td>{one.changedByName}<div className="ms-hint"><Time iso={one.changedAt} /></div></td>
                  <td className="ms-data-end"><Button type="link" size="small" onClick={() => setShown(one)}>{s('values')}</Button>{mayManage ? <><Button type="link" size="small" onClick={() => setLoading(one)}>{s('load')}</Button><Button type="link" size="small" onClick={() => setEditing({ start: one, fresh: false })}>{s('edit')}</Button></> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          </Section>
        )}
      </QueryView>
      {editing ? <Form {...editing} onClose={() => setEditing(null)} /> : null}
      {shown ? <Drawer open size={640} title={shown.name} onClose={() => setShown(null)}><Values code={shown.code} /></Drawer> : null}
      {loading ? <SheetImport open what={loading.name} columns={columns} note={s('loadNote', { level: s(`level.${loading.digits}`) })} onClose={() => setLoading(null)} check={load(true)} run={load(false)} /> : null}
    </Page>
  )
}

function Form({ start, fresh, onClose }: { start: Body; fresh: boolean; onClose: () => void }): ReactElement {
  const send = useAct('listSeries')
  const [b, setB] = useState(start)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (next: Partial<Body>): void => setB((now) => ({ ...now, ...next }))
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try { await send('keepSeries', { code: b.code, name: b.name, unit: b.unit, source: b.source, digits: b.digits }); say(s('saved')); onClose() } catch (error) { setProblem(asProblem(error)); setBusy(false) }
  }
  const field = (label: string, control: ReactElement, hint?: string): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}{hint ? <span className="ms-hint">{hint}</span> : null}</label>
  return (
    <Modal open title={fresh ? s('add') : start.name} okText={s('save')} confirmLoading={busy} okButtonProps={{ disabled: b.name.trim() === '' || !/^[a-z][A-Za-z0-9]{1,39}$/.test(b.code) }} onOk={() => void save()} onCancel={onClose}>
      <div className="ms-data-form">
        {problem ? <span className="ms-data-fault" role="alert">{problem.title}</span> : null}
        <div className="ms-data-half">{field(s('name'), <Input value={b.name} maxLength={40} onChange={(e) => set({ name: e.target.value })} />)}{field(s('code'), <Input value={b.code} maxLength={40} disabled={!fresh} onChange={(e) => set({ code: e.target.value })} />, s('codeHint'))}</div>
        <div className="ms-data-half">{field(s('unit'), <Input value={b.unit} maxLength={10} onChange={(e) => set({ unit: e.target.value })} />)}{field(s('level'), <Select value={b.digits} options={levels.map((value) => ({ value, label: s(`level.${value}`) }))} onChange={(digits) => set({ digits })} />)}</div>
        {field(s('source'), <Input value={b.source} maxLength={100} onChange={(e) => set({ source: e.target.value })} />)}
      </div>
    </Modal>
  )
}

function Values({ code }: { code: string }): ReactElement {
  const values = useQueryOf('listSeriesValues', { code })
  return (
    <QueryView query={values}>
      {({ items, more }) => items.length === 0 ? <Empty kind="filter" text={s('noValues')} /> : (
        <>
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{s('area')}</th><th scope="col">{s('fromDay')}</th><th scope="col" className="ms-num">{s('value')}</th></tr></thead>
            <tbody>{items.map((one) => <tr key={`${one.areaCode} ${one.fromDay}`}><td>{one.areaName}<span className="ms-hint"> {one.areaCode}</span></td><td>{one.fromDay}</td><td className="ms-num">{Number(one.value).toLocaleString('zh-CN', { maximumFractionDigits: 4 })}</td></tr>)}</tbody>
          </table>
          {more ? <p className="ms-hint">{s('moreValues')}</p> : null}
        </>
      )}
    </QueryView>
  )
}
