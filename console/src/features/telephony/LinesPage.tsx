// 线路: trunks, service numbers, extensions, faults (TEL-01). Passwords are written, never shown again.
import { Button, Input, Modal, Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FormSchema } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Trunk = OutputOf<'listTrunks'>['items'][number]
type Num = OutputOf<'listServiceNumbers'>['items'][number]
type Ext = OutputOf<'listExtensions'>['items'][number]
type Row = { id: string; version: number; mayChange: boolean }
const tones = { up: 'ok', down: 'over', unknown: 'plain', disabled: 'calm' } as const

export default function LinesPage(): ReactElement {
  const [params, setParams] = useSearchParams()
  return (
    <Page title={t('lines')}>
      <Tabs activeKey={params.get('tab') ?? 'numbers'} onChange={(tab) => setParams({ tab }, { replace: true })} items={[
        { key: 'numbers', label: t('numbers'), children: <Numbers /> }, { key: 'extensions', label: t('extensionsTitle'), children: <Extensions /> }, { key: 'trunks', label: t('trunks'), children: <Trunks /> }, { key: 'faults', label: t('faults'), children: <Faults /> },
      ]} />
    </Page>
  )
}

/** Edit and delete of one row, with its confirmation. */
function RowActs({ row, name, onEdit, onRemove }: { row: Row; name: string; onEdit: () => void; onRemove: () => Promise<unknown> }): ReactElement {
  const remove = async () => {
    if (await confirm({ title: t('removeTitle', { name }), text: t('removeText'), verb: t('remove'), danger: true })) await onRemove().catch((error: unknown) => say(asProblem(error).message, 'over'))
  }
  return <><button type="button" className="ms-link-button" disabled={!row.mayChange} title={row.mayChange ? undefined : t('notYourLine')} onClick={onEdit}>{t('edit')}</button> <button type="button" className="ms-link-button" disabled={!row.mayChange} onClick={() => void remove()}>{t('remove')}</button></>
}

function Trunks(): ReactElement {
  const list = useQueryOf('listTrunks', {})
  useTopic('telephony.live', ['listTrunks'])
  const [editing, setEditing] = useState<Trunk | 'new' | null>(null)
  const [password, setPassword] = useState('')
  const send = useAct('listTrunks')
  const row = editing === 'new' ? null : editing
  const schema: FormSchema = { type: 'object', required: ['name', 'host', 'port', 'transport', 'channels'], properties: {
    name: { type: 'string', title: t('name'), maxLength: 40, 'x-half': true }, transport: { type: 'string', title: t('transport'), 'x-half': true, oneOf: ['udp', 'tcp', 'tls'].map((value) => ({ const: value, title: value.toUpperCase() })) }, host: { type: 'string', title: t('host'), maxLength: 200, 'x-half': true }, port: { type: 'integer', title: t('port'), minimum: 1, maximum: 65_535, 'x-half': true },
    channels: { type: 'integer', title: t('channelsN'), minimum: 1, maximum: 10_000, 'x-half': true }, reserved: { type: 'integer', title: t('reserved'), minimum: 0, 'x-half': true }, username: { type: 'string', title: t('username'), maxLength: 100, 'x-half': true }, shownNumber: { type: 'string', title: t('shownNumber'), 'x-half': true }, priority: { type: 'integer', title: t('priority'), minimum: 1, maximum: 99, 'x-half': true },
    srtp: { type: 'boolean', title: t('srtp') }, inbound: { type: 'boolean', title: t('inboundOn') }, outbound: { type: 'boolean', title: t('outboundOn') }, enabled: { type: 'boolean', title: t('enabled') },
  } }
  return (
    <QueryView query={list}>{(data) => (
      <Section title={t('trunks')} flush={data.items.length > 0} extra={<Button size="small" type="primary" onClick={() => setEditing('new')}>{t('trunkAdd')}</Button>}>
        <p className="ms-hint" style={{ padding: data.items.length > 0 ? '0 16px 8px' : 0, margin: 0 }}>{t('notProved')}</p>
        {data.items.length === 0 ? <Empty kind="done" text={t('noTrunks')} /> : <table className="ms-plain-table"><thead><tr><th scope="col">{t('col.line')}</th><th scope="col">{t('col.address')}</th><th scope="col">{t('col.state')}</th><th scope="col" className="ms-num">{t('channelsN')}</th><th scope="col" className="ms-num">{t('priority')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => <tr key={one.id}><td><strong>{one.name}</strong></td><td className="ms-code">{one.transport} {one.host}:{one.port}{one.srtp && <> <Tag tone="ok">SRTP</Tag></>}</td><td><Tag tone={tones[one.state]}>{one.stateName}</Tag> <span className="ms-hint">{one.stateReason}</span></td><td className="ms-num">{one.inUse} / {one.channels}</td><td className="ms-num">{one.priority}</td><td className="ms-num"><RowActs row={one} name={one.name} onEdit={() => setEditing(one)} onRemove={() => send('removeTrunk', { id: one.id })} /></td></tr>)}</tbody></table>}
        <ActDrawer key={row?.id ?? 'new'} open={editing !== null} onClose={() => setEditing(null)} title={row ? row.name : t('trunkAdd')} submitLabel={t('save')} schema={schema} initial={row ? { ...row, username: row.username ?? undefined, shownNumber: row.shownNumber ?? undefined } : { transport: 'udp', port: 5060, channels: 30, reserved: 2, priority: 1, inbound: true, outbound: true, enabled: true }}
          submit={async (v) => {
            const body = { name: v.name, transport: v.transport, host: v.host, port: v.port, channels: v.channels, reserved: v.reserved ?? 0, username: v.username ?? null, shownNumber: v.shownNumber ?? null, priority: v.priority ?? 1, inbound: v.inbound === true, outbound: v.outbound === true, enabled: v.enabled === true, srtp: v.srtp === true, codecs: ['PCMA', 'PCMU'], ...(password ? { password } : {}) }
            if (row) await send('changeTrunk', { id: row.id, version: row.version, ...body })
            else await send('addTrunk', body)
            setPassword('')
          }}><label>{t('password')}<Input.Password autoComplete="new-password" maxLength={200} value={password} placeholder={row?.hasPassword ? t('passwordKept') : undefined} onChange={(event) => setPassword(event.target.value)} /></label></ActDrawer>
      </Section>
    )}</QueryView>
  )
}

function Numbers(): ReactElement {
  const list = useQueryOf('listServiceNumbers', {})
  const flows = useQueryOf('listVoiceFlows', {})
  const queues = useQueryOf('listQueues', {}, { enabled: true })
  const [editing, setEditing] = useState<Num | 'new' | null>(null)
  const send = useAct('listServiceNumbers')
  const row = editing === 'new' ? null : editing
  // One choice, since a number leads to one place.
  const targets = [...(flows.data?.items ?? []).filter((one) => one.published && one.use === 'inbound').map((one) => ({ const: `flow:${one.id}`, title: `${t('toFlow')} ${one.name}` })), ...(queues.data?.items ?? []).map((one) => ({ const: `queue:${one.id}`, title: `${t('toQueue')} ${one.name}` }))]
  const schema: FormSchema = { type: 'object', required: row ? ['name', 'to'] : ['number', 'name', 'to'], properties: {
    ...(row ? {} : { number: { type: 'string', title: t('number'), maxLength: 20 } }), name: { type: 'string', title: t('name'), maxLength: 40 }, to: { type: 'string', title: t('leadsTo'), description: t('leadsToHelp'), 'x-buttons': false, oneOf: targets },
    shownNumber: { type: 'string', title: t('shownNumber') }, enabled: { type: 'boolean', title: t('enabled') },
  } }
  return (
    <QueryView query={list}>{(data) => (
      <Section title={t('numbers')} flush={data.items.length > 0} extra={<Button size="small" type="primary" onClick={() => setEditing('new')}>{t('numberAdd')}</Button>}>
        {data.items.length === 0 ? <Empty kind="done" text={t('noNumbers')} /> : <table className="ms-plain-table"><thead><tr><th scope="col">{t('number')}</th><th scope="col">{t('name')}</th><th scope="col">{t('leadsTo')}</th><th scope="col">{t('shownNumber')}</th><th scope="col">{t('col.state')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => <tr key={one.id}><td><strong className="ms-num">{one.number}</strong></td><td>{one.name}</td><td>{one.leadsTo ?? '–'}</td><td>{one.shownNumber ?? '–'}</td><td><Tag tone={one.enabled ? 'ok' : 'calm'}>{one.enabled ? t('enabled') : t('disabled')}</Tag></td><td className="ms-num"><RowActs row={one} name={one.number} onEdit={() => setEditing(one)} onRemove={() => send('removeServiceNumber', { id: one.id })} /></td></tr>)}</tbody></table>}
        <ActDrawer key={row?.id ?? 'new'} open={editing !== null} onClose={() => setEditing(null)} title={row ? row.number : t('numberAdd')} submitLabel={t('save')} schema={schema} initial={row ? { name: row.name, to: row.flowId ? `flow:${row.flowId}` : row.queueId ? `queue:${row.queueId}` : undefined, shownNumber: row.shownNumber ?? undefined, enabled: row.enabled } : { enabled: true }}
          submit={async (v) => {
            const [kind, target = null] = String(v.to ?? '').split(':')
            const body = { name: v.name, flowId: kind === 'flow' ? target : null, queueId: kind === 'queue' ? target : null, shownNumber: v.shownNumber ?? null, enabled: v.enabled === true }
            if (row) await send('changeServiceNumber', { id: row.id, version: row.version, ...body })
            else await send('addServiceNumber', { number: v.number, ...body })
          }} />
      </Section>
    )}</QueryView>
  )
}

function Extensions(): ReactElement {
  const list = useQueryOf('listExtensions', {})
  useTopic('telephony.live', ['listExtensions'])
  const seats = useQueryOf('listSeats', {})
  const [editing, setEditing] = useState<Ext | 'new' | null>(null)
  const [told, setTold] = useState<Ext | null>(null)
  const send = useAct('listExtensions', 'listSeats')
  const row = editing === 'new' ? null : editing
  const schema: FormSchema = { type: 'object', required: row ? ['kind'] : ['extension', 'kind'], properties: {
    ...(row ? {} : { extension: { type: 'string', title: t('extensionsTitle'), maxLength: 8 } }), kind: { type: 'string', title: t('type'), 'x-buttons': true, oneOf: [{ const: 'browser', title: t('browserKind') }, { const: 'phone', title: t('phoneKind') }] },
    userId: { type: 'string', title: t('owner'), oneOf: (seats.data?.items ?? []).map((one) => ({ const: one.userId, title: one.name })) }, enabled: { type: 'boolean', title: t('enabled') }, ...(row?.kind === 'phone' ? { newPassword: { type: 'boolean', title: t('newPassword') } } : {}),
  } }
  return (
    <QueryView query={list}>{(data) => (
      <Section title={t('extensionsTitle')} flush={data.items.length > 0} extra={<Button size="small" type="primary" onClick={() => setEditing('new')}>{t('extensionAdd')}</Button>}>
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('extensionsTitle')}</th><th scope="col">{t('type')}</th><th scope="col">{t('owner')}</th><th scope="col">{t('col.state')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => <tr key={one.id}><td><strong className="ms-num">{one.extension}</strong></td><td>{one.kind === 'phone' ? t('phoneKind') : t('browserKind')}</td><td>{one.userName ?? '–'}</td><td><Tag tone={one.enabled ? 'ok' : 'calm'}>{one.enabled ? t('enabled') : t('disabled')}</Tag> {one.kind === 'phone' && one.registered !== null ? <Tag tone={one.registered ? 'ok' : 'over'}>{t(one.registered ? 'registeredYes' : 'registeredNo')}</Tag> : null}</td><td className="ms-num"><RowActs row={one} name={one.extension} onEdit={() => setEditing(one)} onRemove={() => send('removeExtension', { id: one.id })} /></td></tr>)}</tbody></table>
        <ActDrawer key={row?.id ?? 'new'} open={editing !== null} onClose={() => setEditing(null)} title={row ? row.extension : t('extensionAdd')} submitLabel={t('save')} schema={schema} initial={row ? { kind: row.kind, userId: row.userId ?? undefined, enabled: row.enabled } : { kind: 'browser', enabled: true }}
          submit={async (v) => {
            const body = { kind: v.kind, userId: v.userId ?? null, enabled: v.enabled === true }
            const saved = row ? await send('changeExtension', { id: row.id, version: row.version, newPassword: v.newPassword === true, ...body }) : await send('addExtension', { extension: v.extension, ...body })
            if (saved.password) setTold(saved)
          }} />
        <Modal open={told !== null} title={t('newPassword')} footer={null} onCancel={() => setTold(null)}>{told ? t('passwordOnce', { password: told.password ?? '', user: told.extension, realm: told.realm }) : null}</Modal>
      </Section>
    )}</QueryView>
  )
}

function Faults(): ReactElement {
  const list = useQueryOf('listLineFaults', { limit: 100 })
  return <QueryView query={list}>{(data) => <Section title={t('faults')} flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('noFaults')} /> : <table className="ms-plain-table"><tbody>{data.items.map((one) => <tr key={one.id}><td><Time iso={one.at} /></td><td>{one.subject}</td><td>{one.text}</td></tr>)}</tbody></table>}</Section>}</QueryView>
}
