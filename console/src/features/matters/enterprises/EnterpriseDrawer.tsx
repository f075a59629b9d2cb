// One enterprise: facts, acts, its orders, its history; registered, edited, merged.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActBar } from '../../../ui/ActBar.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Facts, Section } from '../../../ui/Page.tsx'
import type { TreeLoader } from '../../../ui/Pickers.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { useAct } from '../../../ui/use-act.ts'
import { areaLoader } from '../../orders/pickers.ts'
import { MatterHistory } from '../item/MatterHistory.tsx'
import { Locked } from '../parts/Locked.tsx'
import { StandardTag } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries, useStandardActs } from '../parts/use-standard-acts.tsx'
import { contentOfForm, enterpriseSchema, formOfEnterprise } from './enterprise-form.ts'
import { t } from './texts.zh-CN.ts'

const loaders = { area: areaLoader }

/** Official enterprises for pickers: by name, alias, pinyin initials or credit code. */
const enterpriseLoader: TreeLoader = {
  name: 'enterprises',
  search: async (text, signal) => (text.trim() ? (await call('searchEnterprises', { query: text.trim() }, { signal })).items.map((one) => ({ id: one.id, name: one.name, path: one.creditCode })) : []),
  byIds: async (ids, signal) => Promise.all(ids.map(async (id) => { const one = await call('getEnterprise', { id }, { signal }); return { id, name: one.name, path: one.creditCode } })),
}

export function NewEnterpriseDrawer({ open, onClose }: { open: boolean; onClose: () => void }): ReactElement {
  const send = useAct(...standardQueries)
  const base = enterpriseSchema(false)
  return (
    <ActDrawer open={open} onClose={onClose} title={t('newTitle')} notice={t('official')} loaders={loaders} submitLabel={shared('submit')} draftKey="enterprise:new" initial={{ asDraft: false }}
      schema={{ ...base, properties: { ...base.properties, asDraft: { type: 'boolean', title: t('asDraft') } } }}
      submit={async ({ asDraft, ...values }) => {
        const { changeId } = await send('createEnterprise', { ...contentOfForm(values), submit: asDraft !== true })
        say(changeId ? shared('submitted') : shared('saved'))
      }} />
  )
}

export function EnterpriseDrawer({ id, onClose }: { id: string | null; onClose: () => void }): ReactElement {
  return <Drawer open={id !== null} onClose={onClose} size={760} destroyOnHidden title={t('entry')}>{id ? <Entry id={id} onClose={onClose} /> : null}</Drawer>
}

function Entry({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const { can } = useSession()
  const query = useQueryOf('getEnterprise', { id })
  const send = useAct(...standardQueries)
  const [editing, setEditing] = useState(false)
  const [merging, setMerging] = useState(false)
  const acts = useStandardActs({ kind: 'enterprise', id, title: query.data?.name ?? '', pendingChangeId: query.data?.pendingChangeId ?? null, onEdit: () => setEditing(true), onGone: onClose })
  return (
    <QueryView query={query}>
      {(one) => {
        const locked = one.version > 0
        const alive = one.state !== 'void' && one.state !== 'withdrawn' && one.pendingChangeId === null && one.origin === 'own'
        return (
          <div className="ms-stack">
            <div className="ms-row"><strong>{one.name}</strong><StandardTag state={one.state} name={one.stateName} pending={one.pendingChangeId !== null} />{one.version ? <span className="ms-hint">{shared('versionN', { n: one.version })}</span> : null}{one.mergedInto ? <span className="ms-hint">{t('mergedInto')} {one.mergedInto.name}</span> : null}</div>
            <div className="ms-row"><ActBar acts={one.acts} known={acts.known} group={t('entry')} />{can('matters.review') && alive && locked ? <Button onClick={() => setMerging(true)}>{t('merge')}</Button> : null}</div>
            <Facts columns={2} items={[
              { label: t('creditCode'), value: <span className="ms-code">{one.creditCode}</span> }, { label: t('area'), value: one.areaName }, { label: t('ownership'), value: one.ownership }, { label: t('industry'), value: one.industry }, { label: t('size'), value: one.size }, { label: t('legalPerson'), value: one.legalPerson },
              { label: t('address'), value: one.address }, { label: t('source'), value: one.source }, { label: t('aliases'), value: one.aliases.join('、') || null },
              { label: t('labels'), value: one.labels.length ? <span className="ms-row" style={{ gap: 4 }}>{one.labels.map((label) => <Tag key={label}>{label}</Tag>)}</span> : null },
              { label: t('contacts'), value: one.contacts.length ? one.contacts.map((contact) => <div key={contact.name + contact.phone}>{contact.name} {contact.post} <bdi>{contact.phone}</bdi></div>) : null },
            ]} />
            <Section title={t('orders')} extra={<Link to={`/orders?q=${encodeURIComponent(one.name)}`}>{t('allOrders')}</Link>}>
              {one.orders.items.length === 0 ? <span className="ms-muted">{t('noOrders')}</span> : <ul className="ms-bare">{one.orders.items.map((order) => <li key={order.number} className="ms-row"><Link to={order.link}>{order.number}</Link>{order.title}<Tag>{order.stateName}</Tag><span className="ms-hint">{when(order.registeredAt)}</span></li>)}</ul>}
            </Section>
            <MatterHistory kind="enterprise" id={id} />
            {acts.dialog}
            <ActDrawer open={editing} onClose={() => setEditing(false)} title={t('editTitle')} sub={one.name} loaders={loaders} initial={formOfEnterprise(one)} submitLabel={one.state === 'effective' ? shared('submit') : shared('saveDraft')} schema={enterpriseSchema(locked)}
              own={locked ? { names: [], render: () => <Locked label={t('creditCode')} value={one.creditCode} /> } : undefined}
              submit={async (values) => { const { changeId } = await send('editEnterprise', { ...contentOfForm(values), id, revision: one.revision, submit: false }); say(changeId ? shared('submitted') : shared('saved')) }} />
            <ActDrawer open={merging} onClose={() => setMerging(false)} title={t('mergeTitle')} sub={one.name} notice={t('mergeHint')} submitLabel={t('merge')} loaders={{ user: enterpriseLoader }}
              schema={{ type: 'object', required: ['into'], properties: { into: { type: 'string', format: 'user', title: t('mergeInto') }, reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 1000 } } }}
              submit={async (values) => { await send('mergeEnterprise', { ...values, id }); say(t('mergeDone')) }} />
          </div>
        )
      }}
    </QueryView>
  )
}
