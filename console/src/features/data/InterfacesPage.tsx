// Figures published to outside readers: a fixed form, who may call it, how often, and every call.
import { Button, Drawer, Input, InputNumber, Modal, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { UserPicker } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { userLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'
import './data.css'

type One = OutputOf<'listFigureInterfaces'>['items'][number]
type Body = Pick<One, 'code' | 'name' | 'description' | 'form' | 'state' | 'perMinute' | 'callerIds' | 'version'>
const people = userLoader()
const empty: Body = { code: '', name: '', description: '', form: { indicators: ['received'], dimensions: [], where: [] }, state: 'open', perMinute: 60, callerIds: [], version: 0 }

export default function InterfacesPage(): ReactElement {
  const list = useQueryOf('listFigureInterfaces', {})
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 60_000 })
  const [editing, setEditing] = useState<Body | null>(null)
  const [log, setLog] = useState<string | null>(null)
  const nameOf = (code: string): string => catalogue.data?.items.find((i) => i.code === code)?.name ?? code
  const labelOf = (key: string): string => catalogue.data?.dimensions.find((d) => d.key === key)?.label ?? key
  return (
    <Page title={t('interfaces')} sub={t('interfacesSub')} acts={<Button type="primary" onClick={() => setEditing(empty)}>{t('newInterface')}</Button>}>
      <QueryView query={list}>
        {({ items }) => items.length === 0 ? <Empty kind="filter" text={t('noInterfaces')} hint={t('noInterfacesHint')} /> : (
          <Section flush>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('interfaces')}</caption>
              <thead><tr>{(['name', 'address', 'form', 'callers', 'perMinute', 'state'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}<th /></tr></thead>
              <tbody>{items.map((one) => (
                <tr key={one.code}>
                  <td>{one.name}{one.description ? <div className="ms-hint">{one.description}</div> : null}</td><td><code>{one.address}</code></td>
                  <td>{one.form.indicators.map(nameOf).join('、')}{one.form.dimensions.length > 0 ? <div className="ms-hint">{t('byGroups', { names: one.form.dimensions.map(labelOf).join('、') })}</div> : null}</td>
                  <td>{one.callers.map((c) => c.name).join('、') || t('nobody')}</td><td>{one.perMinute}</td><td><Tag tone={one.state === 'open' ? 'ok' : 'calm'}>{t(one.state === 'open' ? 'opened' : 'stopped')}</Tag></td>
                  <td className="ms-data-end"><Button type="link" size="small" onClick={() => setLog(one.code)}>{t('calls')}</Button><Button type="link" size="small" onClick={() => setEditing(one)}>{t('alter')}</Button></td>
                </tr>
              ))}</tbody>
            </table>
          </Section>
        )}
      </QueryView>
      {editing ? <Form start={editing} indicators={(catalogue.data?.items ?? []).filter((i) => i.state === 'active').map((i) => ({ value: i.code, label: i.name }))} dimensions={(catalogue.data?.dimensions ?? []).map((d) => ({ value: d.key, label: `${d.group} · ${d.label}` }))} onClose={() => setEditing(null)} /> : null}
      {log ? <Drawer open size={720} title={t('calls')} onClose={() => setLog(null)}><Calls code={log} /></Drawer> : null}
    </Page>
  )
}

type Options = { value: string; label: string }[]

function Form({ start, indicators, dimensions, onClose }: { start: Body; indicators: Options; dimensions: Options; onClose: () => void }): ReactElement {
  const send = useAct('listFigureInterfaces')
  const [b, setB] = useState(start)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (next: Partial<Body>): void => setB((now) => ({ ...now, ...next }))
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    const { code, name, description, form, state, perMinute, callerIds, version } = b
    try { await send('keepFigureInterface', { code, name, description, form, state, perMinute, callerIds, version }); say(t('saved')); onClose() } catch (error) { setProblem(asProblem(error)); setBusy(false) }
  }
  const field = (label: string, path: string, control: ReactElement, hint?: string): ReactElement => { const fault = problem?.fields?.find((f) => f.path.startsWith(path))?.message; return <label className="ms-field"><span className="ms-field-label">{label}</span>{control}{fault ? <span className="ms-data-fault" role="alert">{fault}</span> : hint ? <span className="ms-hint">{hint}</span> : null}</label> }
  return (
    <Modal open title={start.version === 0 ? t('newInterface') : start.name} okText={t('save')} confirmLoading={busy} okButtonProps={{ disabled: b.name.trim() === '' || !/^[a-z][A-Za-z0-9]{1,39}$/.test(b.code) || b.form.indicators.length === 0 }} onOk={() => void save()} onCancel={onClose}>
      <div className="ms-data-form">
        {problem ? <span className="ms-data-fault" role="alert">{problem.title}</span> : null}
        <div className="ms-data-half">{field(t('name'), 'name', <Input value={b.name} maxLength={40} onChange={(e) => set({ name: e.target.value })} />)}{field(t('code'), 'code', <Input value={b.code} maxLength={40} disabled={start.version > 0} onChange={(e) => set({ code: e.target.value })} />, t('interfaceCode'))}</div>
        {field(t('about'), 'description', <Input.TextArea autoSize maxLength={500} value={b.description} onChange={(e) => set({ description: e.target.value })} />)}
        {field(t('published'), 'form.indicators', <Select mode="multiple" optionFilterProp="label" value={b.form.indicators} options={indicators} onChange={(list: string[]) => set({ form: { ...b.form, indicators: list.slice(0, 12) } })} />)}
        {field(t('upToTwo'), 'form.dimensions', <Select mode="multiple" optionFilterProp="label" value={b.form.dimensions} options={dimensions} onChange={(list: string[]) => set({ form: { ...b.form, dimensions: list.slice(0, 2) } })} />)}
        {field(t('callers'), 'callerIds', <UserPicker loader={people} multiple value={b.callerIds} onChange={(value) => set({ callerIds: Array.isArray(value) ? value : value ? [value] : [] })} />, t('callersHelp'))}
        <div className="ms-data-half">{field(t('perMinute'), 'perMinute', <InputNumber min={1} max={600} style={{ inlineSize: '100%' }} value={b.perMinute} onChange={(n) => set({ perMinute: n ?? 60 })} />)}<label className="ms-field"><span className="ms-field-label">{t('opened')}</span><span><Switch checked={b.state === 'open'} onChange={(on) => set({ state: on ? 'open' : 'stopped' })} /></span></label></div>
      </div>
    </Modal>
  )
}

function Calls({ code }: { code: string }): ReactElement {
  const calls = useQueryOf('listFigureInterfaceCalls', { code, limit: 200 })
  return (
    <QueryView query={calls}>
      {({ items }) => items.length === 0 ? <Empty kind="filter" text={t('noCalls')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{t('calls')}</caption>
          <thead><tr>{(['at', 'caller', 'params', 'rowsGiven'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
          <tbody>{items.map((one) => <tr key={one.id}><td><Time iso={one.at} /></td><td>{one.callerName}</td><td>{t('paramsOf', { from: String(one.params['from']), to: String(one.params['to']), page: String(one.params['page']) })}</td><td>{one.rows}</td></tr>)}</tbody>
        </table>
      )}
    </QueryView>
  )
}
