// An item of another hotline: read-only, copied as an own draft, its use told to the owner.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { ItemBody } from './ItemBody.tsx'
import { SimilarCases } from './SimilarCases.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'
import './knowledge.css'

export default function SharedItemPage(): ReactElement {
  const { tenantId = '', id = '' } = useParams()
  const { can, user } = useSession()
  const navigate = useNavigate()
  const item = useQueryOf('openSharedKnowledge', { tenantId, id })
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const [acting, setActing] = useState<'copy' | 'use' | null>(null)
  const send = useAct('openSharedKnowledge', 'listKnowledgeTickets')
  return (
    <QueryView query={item}>{(data) => (
      <Page title={data.title} sub={data.code} state={<Tag tone="primary">{data.tenantName}</Tag>} help="knowledge" acts={<><Button onClick={() => setActing('use')}>{t('noteUse')}</Button>{can('knowledge.edit') ? <Button type="primary" onClick={() => setActing('copy')}>{t('copyShared')}</Button> : null}</>}>
        <div className="ms-note" data-tone="info">{t('sharedNote', { name: data.tenantName })}{data.reason ? `：${data.reason}` : ''}</div>
        <div className="ms-kno-item">
          <Section title={t('body')}><ItemBody content={data.content} fields={data.fields} files={[]} /></Section>
          <Section title={t('facts')}><Facts items={[{ label: t('fromHotline'), value: data.tenantName }, { label: t('type'), value: data.typeName }, { label: t('owner'), value: data.ownerUnitName }, { label: t('current'), value: t('version', { n: data.version }) }, { label: t('publisher'), value: <Time iso={data.publishedAt} /> }, { label: t('keywords'), value: data.content.keywords.join('、'), hidden: data.content.keywords.length === 0 }]} /></Section>
          {data.typeCode === 'case' ? <SimilarCases id={id} tenantId={tenantId} /> : null}
        </div>
        {acting === 'use' ? <ActDrawer open onClose={() => setActing(null)} title={t('noteUse')} sub={data.title} notice={t('noteUseHelp')} submitLabel={t('noteUse')} schema={{ type: 'object', required: ['note'], properties: { note: { type: 'string', format: 'textarea', title: t('shareUse'), maxLength: 500 } } }} submit={async (values) => { await send('noteSharedKnowledgeUse', { tenantId, id, note: String(values.note) }); say(t('noted')) }} /> : null}
        {acting === 'copy' ? <ActDrawer open onClose={() => setActing(null)} title={t('copyShared')} sub={data.title} submitLabel={t('copyShared')} loaders={{ ...orderLoaders, matter: directories }} initial={{ ownerUnitId: user.unitId ?? undefined }} schema={{ type: 'object', required: ['directoryId', 'ownerUnitId'], properties: { directoryId: { type: 'string', format: 'matter', title: t('directory') }, ownerUnitId: { type: 'string', format: 'unit', title: t('owner') } } }}
          submit={async (values) => { const made = await send('copySharedKnowledge', { tenantId, id, directoryId: String(values.directoryId), ownerUnitId: String(values.ownerUnitId) }); say(t('copiedShared', { code: made.code })); void navigate(`/knowledge/tickets/${made.ticketId}/edit`) }} /> : null}
      </Page>
    )}</QueryView>
  )
}
