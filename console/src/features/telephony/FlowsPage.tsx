// 语音流程: which there are, what plays, what is being changed (TEL-08).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listVoiceFlows'>['items'][number]
const uses = ['inbound', 'survey', 'callback', 'robot'] as const
const templates = [{ template: 'hours', use: 'inbound' }, { template: 'menu', use: 'inbound' }, { template: 'survey', use: 'survey' }, { template: 'notice', use: 'robot' }] as const

export default function FlowsPage(): ReactElement {
  const list = useQueryOf('listVoiceFlows', {})
  const [adding, setAdding] = useState(false)
  const navigate = useNavigate()
  return (
    <Page title={t('flows')} acts={<Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{t('flowAdd')}</Button>}>
      <QueryView query={list}>{(data) => (
        <Section flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('noFlows')} /> : (
          <table className="ms-plain-table"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('use')}</th><th scope="col">{t('col.state')}</th><th scope="col">{t('usedBy')}</th><th scope="col">{t('publish')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((row) => <tr key={row.id}><td><a className="ms-link" href={`/telephony/ivr/${row.id}`} onClick={(event) => { event.preventDefault(); void navigate(`/telephony/ivr/${row.id}`) }}><strong>{row.name}</strong></a> <span className="ms-hint ms-code">{row.code}</span></td><td>{t(`use.${row.use}`)}</td><td><Tag tone={row.published ? 'ok' : 'calm'}>{row.published ? t('published', { n: row.published }) : t('neverPublished')}</Tag> {row.changed && row.published ? <Tag tone="near">{t('changed')}</Tag> : null}</td><td>{row.usedBy.join('、') || '–'}</td><td>{row.publishedByName ? <>{row.publishedByName} <Time iso={row.publishedAt} /></> : '–'}</td><td className="ms-num"><button type="button" className="ms-link-button" onClick={() => void navigate(`/telephony/ivr/${row.id}`)}>{t('edit')}</button></td></tr>)}</tbody></table>
        )}</Section>
      )}</QueryView>
      {adding ? <AddFlow flows={list.data?.items ?? []} onClose={() => setAdding(false)} /> : null}
    </Page>
  )
}

/** Nobody begins from nothing: a flow that works already, an empty one, or a copy. */
function AddFlow({ flows, onClose }: { flows: Row[]; onClose: () => void }): ReactElement {
  const queues = useQueryOf('listQueues', {})
  const send = useAct('listVoiceFlows')
  const navigate = useNavigate()
  const codes = new Set(flows.map((one) => one.code))
  let n = flows.length + 1
  while (codes.has(`flow-${n}`)) n += 1
  const begins = [...templates.map((one) => ({ const: `template:${one.template}`, title: t(`begin.${one.template}`) })), ...flows.map((one) => ({ const: `copy:${one.id}`, title: t('begin.copy', { name: one.name }) })), ...uses.map((use) => ({ const: `blank:${use}`, title: t('begin.blank', { use: t(`use.${use}`) }) }))]
  if (!queues.data) return <></>
  return (
    <ActDrawer open onClose={onClose} title={t('flowAdd')} submitLabel={t('flowAdd')} initial={{ code: `flow-${n}`, begin: 'template:hours', queueId: queues.data.items.find((one) => one.open)?.id ?? queues.data.items[0]?.id }}
      schema={{ type: 'object', required: ['code', 'name', 'begin'], properties: { name: { type: 'string', title: t('name'), maxLength: 60, 'x-half': true }, code: { type: 'string', title: t('code'), maxLength: 30, 'x-half': true }, begin: { type: 'string', title: t('beginWith'), 'x-buttons': false, oneOf: begins }, ...(queues.data.items.length > 0 ? { queueId: { type: 'string' as const, title: t('beginQueue'), description: t('beginQueueHelp'), 'x-buttons': false, oneOf: queues.data.items.map((one) => ({ const: one.id, title: one.name })) } } : {}) } }}
      submit={async (values) => {
        const [kind = '', what = ''] = String(values.begin).split(':')
        const use = kind === 'template' ? templates.find((one) => one.template === what)?.use : kind === 'copy' ? flows.find((one) => one.id === what)?.use : what
        const made = await send('addVoiceFlow', { code: values.code, name: values.name, use, ...(kind === 'template' ? { template: what, ...(values.queueId ? { queueId: values.queueId } : {}) } : kind === 'copy' ? { copyOf: what } : {}) })
        void navigate(`/telephony/ivr/${made.id}`)
      }} />
  )
}
