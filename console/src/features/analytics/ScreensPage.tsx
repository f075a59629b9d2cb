// 大屏与边界: screens on walls are confirmed, changed and taken back here; a site loads the outlines of its areas.
import { Button, Select, Upload } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'
import '../data/data.css'

type Devices = OutputOf<'listScreenDevices'>
type Device = Devices['items'][number]
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])

export default function ScreensPage(): ReactElement {
  const { can } = useSession()
  return <Page title={t('screens')} help="screens" sub={t('screensHint')}>{can('analytics.screens') ? <DeviceList /> : null}{can('orders.loadOutlines') ? <Outlines /> : null}</Page>
}

const schemaOf = (boards: Devices['boards'], fresh: boolean): FormSchema => ({
  type: 'object', required: [...(fresh ? ['code'] : []), 'name', 'boards'],
  properties: {
    ...(fresh ? { code: { type: 'string' as const, title: t('screenCode'), maxLength: 20 } } : {}), name: { type: 'string', title: t('screenName'), maxLength: 40 },
    boards: { type: 'array', title: t('screenBoards'), items: { type: 'string', oneOf: boards.map((b) => ({ const: b.code, title: b.name })) } }, rotateSeconds: { type: 'integer', title: t('screenSeconds'), minimum: 15, maximum: 3600 },
  },
})

function DeviceList(): ReactElement {
  const client = useQueryClient()
  const devices = useQueryOf('listScreenDevices', {}, { refetchEvery: 30_000 })
  const [editing, setEditing] = useState<Device | 'new' | null>(null)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['listScreenDevices'] })
  const send = async (values: FormValue): Promise<void> => {
    const body = { name: text(values['name']), boards: list(values['boards']), rotateSeconds: Number(values['rotateSeconds'] ?? 30) }
    if (editing === 'new') await call('confirmScreenDevice', { ...body, code: text(values['code']) })
    else if (editing) await call('changeScreenDevice', { ...body, id: editing.id })
    await again()
    setEditing(null)
  }
  const revoke = async (device: Device): Promise<void> => {
    if (!(await confirm({ title: t('revoke'), text: t('revokeAsk', { name: device.name }), verb: t('revoke'), danger: true }))) return
    try {
      await call('revokeScreenDevice', { id: device.id })
      await again()
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const screens = (devices.data?.boards ?? []).toSorted((a, b) => Number(b.code.startsWith('screen')) - Number(a.code.startsWith('screen')))
  return (
    <Section title={t('toScreen')} flush extra={<><a href="/screen/screenOverview" target="_blank" rel="noreferrer">{t('previewScreen')}</a><Button type="primary" disabled={!devices.data} onClick={() => setEditing('new')}>{t('addScreen')}</Button></>}>
      <QueryView query={devices}>
        {({ items }) => items.length === 0 ? <Empty kind="done" text={t('noScreens')} hint={t('screensHint')} /> : (
          <div className="ms-data-table">
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('screens')}</caption>
              <thead><tr>{(['screenName', 'screenState', 'screenBoards', 'screenSince', 'screenSeen', 'screenActs'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
              <tbody>{items.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{one.name}</th><td>{one.state === 'active' ? <Tag tone="ok">{t('screenActive')}</Tag> : <Tag tone="calm">{t('screenRevoked', { by: one.revokedByName ?? '' })}</Tag>}</td><td>{one.boards.map((b) => b.name).join('、')}</td><td>{one.confirmedByName} <Time iso={one.confirmedAt} /></td><td><Time iso={one.seenAt} /></td>
                  <td>{one.state === 'active' ? <><Button size="small" onClick={() => setEditing(one)}>{t('change')}</Button> <Button size="small" danger onClick={() => void revoke(one)}>{t('revoke')}</Button></> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        )}
      </QueryView>
      {editing ? <ActDrawer open onClose={() => setEditing(null)} title={editing === 'new' ? t('addScreen') : t('change')} submitLabel={editing === 'new' ? t('addScreen') : t('change')} schema={schemaOf(screens, editing === 'new')} initial={editing === 'new' ? { boards: ['screenOverview'], rotateSeconds: 30 } : { name: editing.name, boards: editing.boards.map((b) => b.code), rotateSeconds: editing.rotateSeconds }} submit={send} /> : null}
    </Section>
  )
}

type Collection = InputOf<'loadAreaOutlines'>
const systems = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const

/** What is wrong with single areas is named; the others are loaded. */
function Outlines(): ReactElement {
  const client = useQueryClient()
  const held = useQueryOf('mapOfSite', {})
  const [system, setSystem] = useState<(typeof systems)[number]>('WGS84')
  const [faults, setFaults] = useState<string[]>([])
  const load = async (file: File): Promise<void> => {
    setFaults([])
    try {
      const read: unknown = JSON.parse(await file.text())
      const { loaded, refused } = await call('loadAreaOutlines', { ...(read as Collection), system }) // the server checks the shape
      setFaults(refused.map((one) => t('outlinesRefused', { i: one.index + 1, reason: one.reason })))
      say(t('outlinesDone', { n: loaded }))
      await Promise.all(['mapOfSite', 'mapFigures'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    } catch (error) {
      setFaults([error instanceof SyntaxError ? t('outlinesBad') : asProblem(error).message])
    }
  }
  return (
    <Section title={t('outlines')} extra={<span className="ms-hint">{held.data ? t('outlinesHeld', { n: held.data.outlines.length }) : ''}</span>}>
      <p className="ms-hint">{t('outlinesHint')}</p>
      <div className="ms-row">
        <Select aria-label={t('outlinesSystem')} value={system} onChange={setSystem} options={systems.map((value) => ({ value, label: value }))} style={{ inlineSize: 140 }} />
        <Upload accept=".json,.geojson" showUploadList={false} beforeUpload={(file) => { void load(file); return false }}><Button>{t('loadOutlines')}</Button></Upload>
      </div>
      {faults.map((one) => <p key={one} className="ms-data-fault" role="alert">{one}</p>)}
    </Section>
  )
}
