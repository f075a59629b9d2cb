// Publishing notices to staff, seeing who has read them, taking them back.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { orderLoaders } from '../../orders/pickers.ts'
import { useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Notice = OutputOf<'listManagedNotices'>['items'][number]
const tones = { planned: 'low', shown: 'ok', over: 'calm', withdrawn: 'calm' } as const
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const fileIds = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap((one: unknown) => (typeof one === 'string' ? [one] : typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? [one.id] : [])) : [])

export default function NoticesAdminPage(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listManagedNotices', { limit: 50 })
  const roles = useQueryOf('listRoles', {}, { enabled: can('platform.readRoles') })
  const send = useAct('listManagedNotices', 'listNotices')
  const [writing, setWriting] = useState(false)
  const [taking, setTaking] = useState<Notice | null>(null)
  const [reading, setReading] = useState<Notice | null>(null)
  const names = new Map((roles.data?.items ?? []).map((role) => [role.code, role.name]))
  return (
    <Page title={t('title')} acts={<Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setWriting(true)}>{t('publish')}</Button>}>
      <QueryView query={list}>
        {(data) => (
          <Section flush={data.items.length > 0}>
            {data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('subject')}</th><th scope="col">{t('audience')}</th><th scope="col">{t('period')}</th><th scope="col">{t('state')}</th><th scope="col" className="ms-num">{t('read')}</th><th scope="col">{t('by')}</th><th scope="col" /></tr></thead>
                <tbody>{data.items.map((notice) => (
                  <tr key={notice.id}>
                    <td><Tag tone="plain">{t(notice.kind)}</Tag> <strong>{notice.title}</strong>{notice.withdrawnReason ? <div className="ms-hint">{notice.withdrawnReason}</div> : null}</td>
                    <td>{[...notice.unitNames, ...notice.roleCodes.map((code) => names.get(code) ?? code)].join('、') || t('everybody')}</td>
                    <td>{when(notice.shownFrom)}{notice.shownTo ? ` — ${when(notice.shownTo)}` : ''}</td><td><Tag tone={tones[notice.state]}>{t(notice.state)}</Tag></td>
                    <td className="ms-num"><button type="button" className="ms-link-button" onClick={() => setReading(notice)}>{notice.read}</button></td><td>{notice.by} <Time iso={notice.createdAt} /></td>
                    <td className="ms-num">{notice.state === 'shown' || notice.state === 'planned' ? <button type="button" className="ms-link-button" onClick={() => setTaking(notice)}>{t('withdraw')}</button> : null}</td>
                  </tr>
                ))}</tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
      <ActDrawer open={writing} onClose={() => setWriting(false)} title={t('publish')} submitLabel={t('publish')} loaders={orderLoaders} draftKey="admin.notice" initial={{ kind: 'work', mustRead: 'no' }}
        schema={{
          type: 'object', required: ['kind', 'title', 'text'],
          properties: {
            kind: { type: 'string', title: t('kind'), oneOf: (['work', 'system', 'policy', 'general'] as const).map((kind) => ({ const: kind, title: t(kind) })) }, title: { type: 'string', title: t('subject'), maxLength: 100 }, text: { type: 'string', title: t('text'), format: 'textarea', maxLength: 5000 },
            unitIds: { type: 'array', title: t('units'), description: t('audienceHint'), format: 'unit', items: { type: 'string', format: 'unit' } },
            roleCodes: { type: 'array', title: t('roles'), items: { type: 'string', oneOf: (roles.data?.items ?? []).map((role) => ({ const: role.code, title: role.name })) } },
            mustRead: { type: 'string', title: t('mustRead'), oneOf: [{ const: 'yes', title: t('yes') }, { const: 'no', title: t('no') }] }, shownTo: { type: 'string', title: t('shownTo'), description: t('shownToHint'), format: 'date-time' }, files: { type: 'array', title: t('files'), format: 'file' },
          },
        }}
        submit={async (values) => {
          await send('publishNotice', { kind: values.kind, title: values.title, text: values.text, unitIds: texts(values.unitIds), roleCodes: texts(values.roleCodes), mustRead: values.mustRead === 'yes', shownTo: values.shownTo ?? null, fileIds: fileIds(values.files) })
          say(t('published'))
        }} />
      <ActDrawer open={taking !== null} onClose={() => setTaking(null)} title={t('withdrawTitle', { title: taking?.title ?? '' })} submitLabel={t('withdraw')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('reason'), format: 'textarea', minLength: 2, maxLength: 200 } } }}
        submit={async (values) => {
          await send('withdrawNotice', { id: taking?.id ?? '', reason: values.reason })
          say(t('done'))
        }} />
      <Drawer open={reading !== null} onClose={() => setReading(null)} title={`${t('readers')}：${reading?.title ?? ''}`} size={480} destroyOnHidden>{reading ? <Readers id={reading.id} /> : null}</Drawer>
    </Page>
  )
}

function Readers({ id }: { id: string }): ReactElement {
  const readers = useQueryOf('noticeReaders', { id })
  return (
    <QueryView query={readers}>
      {(data) => (
        <div className="ms-stack">
          <h3 style={{ margin: 0 }}>{t('unreadN', { n: data.unread.length })}</h3>
          <div>{data.unread.map((one, at) => <div key={`${one.name} ${at}`}>{one.name} <span className="ms-hint">{one.unitName}</span></div>)}</div>
          <h3 style={{ margin: 0 }}>{t('readN', { n: data.read.length })}</h3>
          <div>{data.read.map((one, at) => <div key={`${one.name} ${at}`}>{one.name} <span className="ms-hint">{one.unitName} · <Time iso={one.readAt} /></span></div>)}</div>
        </div>
      )}
    </QueryView>
  )
}
