// 禁拨: numbers and segments that nobody, or some extensions, may dial (TEL-34).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export default function BarredPage(): ReactElement {
  const list = useQueryOf('listBarredNumbers', {})
  const [adding, setAdding] = useState(false)
  const send = useAct('listBarredNumbers')
  const lift = async (row: { id: string; digits: string }) => {
    if (!(await confirm({ title: `${t('lift')} ${row.digits}`, text: t('removeText'), verb: t('lift') }))) return
    await send('removeBarredNumber', { id: row.id })
    say(t('lifted'))
  }
  return (
    <Page title={t('barred')} acts={<Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{t('barredAdd')}</Button>}>
      <QueryView query={list}>{(data) => (
        <Section flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('barredNone')} /> : (
          <table className="ms-plain-table"><thead><tr><th scope="col">{t('digits')}</th><th scope="col">{t('extensions')}</th><th scope="col">{t('col.reason')}</th><th scope="col">{t('col.by')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((row) => <tr key={row.id}><td><bdi className="ms-num">{row.digits}{row.segment ? '*' : ''}</bdi></td><td>{row.extensions.join('、') || t('allExtensions')}</td><td>{row.reason}</td><td>{row.createdByName} <Time iso={row.createdAt} /></td><td className="ms-num"><button type="button" className="ms-link-button" onClick={() => void lift(row)}>{t('lift')}</button></td></tr>)}</tbody></table>
        )}</Section>
      )}</QueryView>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('barredAdd')} submitLabel={t('barredAdd')} schema={{ type: 'object', required: ['digits', 'reason'], properties: { digits: { type: 'string', title: t('digits'), maxLength: 20 }, segment: { type: 'boolean', title: t('segment') }, extensions: { type: 'string', title: t('extensions'), description: t('extensionsHelp') }, reason: { type: 'string', title: t('col.reason'), maxLength: 200 } } }}
        submit={async (values) => { await send('addBarredNumber', { digits: values.digits, segment: values.segment === true, reason: values.reason, extensions: String(values.extensions ?? '').split(/[,，、\s]+/).filter(Boolean) }) }} />
    </Page>
  )
}
