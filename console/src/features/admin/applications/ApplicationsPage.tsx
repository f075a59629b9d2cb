// Registered applications: data and state at the left, admission and grants of the chosen one at the right.
import { Button, Modal, Typography } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { orderLoaders } from '../../orders/pickers.ts'
import { GrantsSection } from './GrantsSection.tsx'
import { t } from './texts.zh-CN.ts'

type Application = OutputOf<'listApplications'>['items'][number]
const checks = ['identity', 'organisation', 'messages', 'audit'] as const
const fields: FormSchema['properties'] = {
  name: { type: 'string', title: t('name'), maxLength: 60, 'x-half': true }, category: { type: 'string', title: t('category'), maxLength: 30, 'x-half': true }, owner: { type: 'string', title: t('owner'), maxLength: 60 }, address: { type: 'string', title: t('address'), description: t('addressHint'), maxLength: 500 },
  logoutAddress: { type: 'string', title: t('logoutAddress'), description: t('logoutHint'), maxLength: 500 },
  accountId: { type: 'string', title: t('account'), description: t('accountHint'), format: 'user' }, checklist: { type: 'array', title: t('checklist'), items: { type: 'string', oneOf: checks.map((one) => ({ const: one, title: t(`c_${one}`) })) } },
}
const required = ['name', 'category', 'owner', 'address', 'accountId']

export default function ApplicationsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const list = useQueryOf('listApplications', {})
  const send = useAct('listApplications', 'getApplication', 'ownApplications')
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const chosen = search.get('application')
  return (
    <Page title={t('title')} help="applications" sub={t('hint')} acts={can('platform.manageApplications') ? <Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{t('add')}</Button> : undefined}>
      <QueryView query={list}>
        {(data) => (
          <Section flush={data.items.length > 0}>
            {data.items.length === 0 ? <Empty kind="pending" text={t('none')} /> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('category')}</th><th scope="col">{t('owner')}</th><th scope="col">{t('state')}</th><th scope="col" className="ms-num">{t('admitted')}</th><th scope="col" className="ms-num">{t('grants')}</th><th scope="col" className="ms-num">{t('visits')}</th></tr></thead>
                <tbody>{data.items.map((one) => (
                  <tr key={one.id} aria-current={one.id === chosen}><td><button type="button" className="ms-link-button" aria-pressed={one.id === chosen} onClick={() => setSearch({ application: one.id })}>{one.name}</button> <span className="ms-code ms-muted">{one.code}</span></td><td>{one.category}</td><td>{one.owner}</td><td><Tag tone={one.state === 'running' ? 'ok' : 'calm'}>{t(one.state)}</Tag></td><td className="ms-num">{t('people', { n: one.admitted })}</td><td className="ms-num">{one.grants}</td><td className="ms-num">{t('visitsN', { n: one.visits })} <Time iso={one.visitedAt} /></td></tr>
                ))}</tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
      {chosen ? <Chosen key={chosen} id={chosen} scopes={list.data?.scopes ?? []} send={send} onSecret={setSecret} /> : list.data?.items.length ? <p className="ms-hint">{t('choose')}</p> : null}
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('add')} submitLabel={t('add')} loaders={orderLoaders} initial={{ checklist: [] }} schema={{ type: 'object', required: ['code', ...required], properties: { code: { type: 'string', title: t('code'), description: t('codeHint'), pattern: '^[a-z][a-z0-9-]{1,29}$' }, ...fields } }}
        submit={async (values) => { const made = await send('createApplication', values); setSearch({ application: made.id }); setSecret(made.secret) }} />
      <Modal open={secret !== null} title={t('secret')} onCancel={() => setSecret(null)} footer={<Button type="primary" onClick={() => setSecret(null)}>{t('close')}</Button>}>
        <p>{t('secretOnce')}</p><Typography.Paragraph code copyable style={{ overflowWrap: 'anywhere' }}>{secret ?? ''}</Typography.Paragraph>
      </Modal>
    </Page>
  )
}

type ChosenProps = { id: string; scopes: readonly { code: string; name: string }[]; send: ReturnType<typeof useAct>; onSecret: (secret: string) => void }

function Chosen({ id, scopes, send, onSecret }: ChosenProps): ReactElement {
  const { can } = useSession()
  const found = useQueryOf('getApplication', { id })
  const [doing, setDoing] = useState<'edit' | 'admit' | null>(null)
  const turn = async (one: Application) => {
    if (one.state === 'running' && !(await confirm({ title: `${t('stop')} ${one.name}`, text: t('stopAsk'), verb: t('stop'), danger: true }))) return
    try {
      await send('changeApplication', { id, version: one.version, state: one.state === 'running' ? 'stopped' : 'running' })
      say(t('done'))
    } catch (problem) {
      say(problem instanceof Error ? problem.message : t('state'), 'over')
    }
  }
  const renew = async () => {
    if (await confirm({ title: t('secretNew'), text: t('secretAsk'), verb: t('secretNew'), danger: true })) onSecret((await send('renewApplicationSecret', { id })).secret)
  }
  return (
    <QueryView query={found}>
      {(one) => (
        <>
          <Section title={one.name} extra={!can('platform.manageApplications') ? undefined : <span className="ms-row" style={{ gap: 8 }}><Button size="small" onClick={() => void renew()}>{t('secretNew')}</Button><Button size="small" onClick={() => setDoing('edit')}>{t('edit')}</Button><Button size="small" type={one.state === 'running' ? 'default' : 'primary'} danger={one.state === 'running'} onClick={() => void turn(one)}>{t(one.state === 'running' ? 'stop' : 'start')}</Button></span>}>
            <Facts columns={2} items={[
              { label: t('code'), value: <span className="ms-code">{one.code}</span> }, { label: t('state'), value: <Tag tone={one.state === 'running' ? 'ok' : 'calm'}>{t(one.state)}</Tag> }, { label: t('address'), value: <span style={{ overflowWrap: 'anywhere' }}>{one.address}</span> }, { label: t('logoutAddress'), value: one.logoutAddress }, { label: t('clientId'), value: <span className="ms-code">{one.clientId}</span> }, { label: t('account'), value: one.accountName },
              { label: t('checklist'), value: <span className="ms-row" style={{ gap: 4 }}>{checks.map((check) => <Tag key={check} tone={one.checklist.includes(check) ? 'ok' : 'near'} icon={one.checklist.includes(check) ? 'check' : undefined}>{t(`c_${check}`)}</Tag>)}</span> },
            ]} />
          </Section>
          <Section title={`${t('admissions')} ${one.admissions.length}`} extra={can('platform.manageApplications') ? <Button size="small" onClick={() => setDoing('admit')}>{t('admit')}</Button> : undefined}>
            {one.admissions.length ? <div className="ms-row">{one.admissions.map((person) => <span key={person.userId}>{person.name} <span className="ms-hint">{person.unitName}</span></span>)}</div> : <span className="ms-muted">{t('noAdmissions')}</span>}
          </Section>
          <GrantsSection applicationId={id} items={one.grantItems} scopes={scopes} send={send} mayApprove={can('platform.approveApplications')} />
          <ActDrawer open={doing === 'edit'} onClose={() => setDoing(null)} title={t('edit')} sub={one.name} submitLabel={t('save')} loaders={orderLoaders} initial={{ name: one.name, category: one.category, owner: one.owner, address: one.address, ...(one.logoutAddress ? { logoutAddress: one.logoutAddress } : {}), accountId: one.accountId, checklist: one.checklist }} schema={{ type: 'object', required, properties: fields }}
            submit={async (values) => { await send('changeApplication', { logoutAddress: null, ...values, id, version: one.version }); say(t('saved')) }} />
          <ActDrawer open={doing === 'admit'} onClose={() => setDoing(null)} title={t('admit')} sub={one.name} submitLabel={t('save')} loaders={orderLoaders} initial={{ userIds: one.admissions.map((person) => person.userId) }} schema={{ type: 'object', properties: { userIds: { type: 'array', title: t('admissions'), format: 'user', items: { type: 'string', format: 'user' } } } }}
            submit={async (values) => { await send('admitToApplication', { id, userIds: values.userIds ?? [] }); say(t('saved')) }} />
        </>
      )}
    </QueryView>
  )
}
