// 语音流程: which there are, what plays, what is being changed (TEL-08).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

const uses = ['inbound', 'survey', 'callback', 'robot'] as const

export default function FlowsPage(): ReactElement {
  const list = useQueryOf('listVoiceFlows', {})
  const [adding, setAdding] = useState(false)
  const send = useAct('listVoiceFlows')
  const navigate = useNavigate()
  return (
    <Page title={t('flows')} acts={<Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{t('flowAdd')}</Button>}>
      <QueryView query={list}>{(data) => (
        <Section flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('noFlows')} /> : (
          <table className="ms-plain-table"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('use')}</th><th scope="col">{t('col.state')}</th><th scope="col">{t('usedBy')}</th><th scope="col">{t('publish')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((row) => <tr key={row.id}><td><a className="ms-link" href={`/telephony/ivr/${row.id}`} onClick={(event) => { event.preventDefault(); void navigate(`/telephony/ivr/${row.id}`) }}><strong>{row.name}</strong></a> <span className="ms-hint ms-code">{row.code}</span></td><td>{t(`use.${row.use}`)}</td><td><Tag tone={row.published ? 'ok' : 'calm'}>{row.published ? t('published', { n: row.published }) : t('neverPublished')}</Tag> {row.changed && row.published ? <Tag tone="near">{t('changed')}</Tag> : null}</td><td>{row.usedBy.join('、') || '–'}</td><td>{row.publishedByName ? <>{row.publishedByName} <Time iso={row.publishedAt} /></> : '–'}</td><td className="ms-num"><button type="button" className="ms-link-button" onClick={() => void navigate(`/telephony/ivr/${row.id}`)}>{t('edit')}</button></td></tr>)}</tbody></table>
        )}</Section>
      )}</QueryView>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('flowAdd')} submitLabel={t('flowAdd')} initial={{ use: 'inbound' }} schema={{ type: 'object', required: ['code', 'name', 'use'], properties: { code: { type: 'string', title: t('code'), maxLength: 30 }, name: { type: 'string', title: t('name'), maxLength: 60 }, use: { type: 'string', title: t('use'), 'x-buttons': true, oneOf: uses.map((value) => ({ const: value, title: t(`use.${value}`) })) } } }}
        submit={async (values) => {
          const made = await send('addVoiceFlow', { code: values.code, name: values.name, use: values.use })
          void navigate(`/telephony/ivr/${made.id}`)
        }} />
    </Page>
  )
}
