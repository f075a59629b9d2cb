// The address book over colleagues, and who holds the duty roles of the units in one's line.
import { Button, Input, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { orderLoaders, unitLoader } from '../orders/pickers.ts'
import { Compose } from './Compose.tsx'
import { t } from './texts.zh-CN.ts'
import './home.css'

type Person = OutputOf<'listContacts'>['items'][number]
type Duty = OutputOf<'listDutyContacts'>['items'][number]
const units = unitLoader()

export default function ContactsPage(): ReactElement {
  const { can, user } = useSession()
  const [search, setSearch] = useSearchParams()
  const duty = search.get('show') === 'duty'
  const typed = search.get('query') ?? ''
  const unitId = search.get('unitId') ?? undefined
  const [writing, setWriting] = useState<Person | null>(null)
  const people = useQueryOf('listContacts', { ...(typed ? { query: typed } : {}), ...(unitId ? { unitId } : {}) }, { enabled: !duty, keepPrevious: true })
  const set = (key: string, value: string | null) => setSearch((before) => {
    const next = new URLSearchParams(before)
    if (value) next.set(key, value)
    else next.delete(key)
    return next
  }, { replace: true })
  return (
    <Page title={t('contacts')} state={<Segmented size="small" value={duty ? 'duty' : 'people'} options={[{ value: 'people', label: t('contacts.people') }, { value: 'duty', label: t('contacts.duty') }]} onChange={(next) => set('show', next === 'duty' ? 'duty' : null)} />}
      acts={<>
        <div style={{ inlineSize: 220 }}><UnitPicker loader={units} value={unitId} placeholder={t('contacts.unit')} onChange={(next) => set('unitId', typeof next === 'string' ? next : null)} /></div>
        {duty ? null : <Input allowClear style={{ inlineSize: 240 }} prefix={<Icon name="search" size={14} />} placeholder={t('contacts.search')} aria-label={t('contacts.search')} value={typed} onChange={(e) => set('query', e.target.value)} />}
      </>}>
      {duty ? <DutyContacts unitId={unitId} ownUnit={user.unitId} /> : (
        <QueryView query={people}>
          {(data) => (
            <Section flush={data.items.length > 0}>
              {data.items.length === 0 ? <Empty kind="filter" text={t('contacts.none')} /> : (
                <table className="ms-plain-table">
                  <thead><tr><th scope="col">{t('contacts.name')}</th><th scope="col">{t('contacts.unit')}</th><th scope="col">{t('contacts.post')}</th><th scope="col">{t('contacts.mobile')}</th><th scope="col">{t('contacts.email')}</th><th scope="col" /></tr></thead>
                  <tbody>{data.items.map((person) => (
                    <tr key={person.id}>
                      <td>{person.name} <span className="ms-hint">{person.staffNo}</span></td><td>{person.unitName}</td><td>{person.title ?? '–'}</td><td><Mobile person={person} /></td><td>{person.email ?? '–'}</td>
                      <td className="ms-num">{can('platform.sendMessages') && person.id !== user.id ? <button type="button" className="ms-link-button" onClick={() => setWriting(person)}>{t('contacts.write')}</button> : null}</td>
                    </tr>
                  ))}</tbody>
                </table>
              )}
              {data.more ? <p className="ms-hint" style={{ textAlign: 'center' }}>{t('contacts.more')}</p> : null}
            </Section>
          )}
        </QueryView>
      )}
      <Compose open={writing !== null} onClose={() => setWriting(null)} to={writing ? [writing.id] : []} />
    </Page>
  )
}

function Mobile({ person }: { person: Person }): ReactElement {
  const reveal = useCommand('revealContactMobile')
  if (person.mobile === null) return <>–</>
  if (reveal.data) return <a href={`tel:${reveal.data.mobile}`} title={t('contacts.shown')}>{reveal.data.mobile}</a>
  return <span className="ms-row" style={{ flexWrap: 'nowrap' }}>{person.mobile}<button type="button" className="ms-link-button" onClick={() => reveal.mutate({ id: person.id }, { onError: (error) => say(error.message, 'over') })}>{t('contacts.show')}</button></span>
}

function DutyContacts({ unitId, ownUnit }: { unitId: string | undefined; ownUnit: string }): ReactElement {
  const list = useQueryOf('listDutyContacts', unitId ? { unitId } : {})
  const create = useCommand('createDutyContact', { invalidates: ['listDutyContacts'] })
  const change = useCommand('changeDutyContact', { invalidates: ['listDutyContacts'] })
  const drop = useCommand('deleteDutyContact', { invalidates: ['listDutyContacts'] })
  const { can } = useSession()
  const [editing, setEditing] = useState<Duty | 'new' | null>(null)
  const held = editing === 'new' ? null : editing
  const remove = async (one: Duty) => {
    if (!(await confirm({ title: t('contacts.removeDuty', { name: one.name }), text: `${one.unitName} ${one.dutyName}`, verb: t('contacts.remove'), danger: true }))) return
    try {
      await drop.mutateAsync({ id: one.id })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <QueryView query={list}>
      {(data) => (
        <Section flush={data.items.length > 0} title={t('contacts.duty')} extra={can('platform.manageDutyContacts') ? <Button size="small" type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setEditing('new')}>{t('contacts.addDuty')}</Button> : null}>
          {data.items.length === 0 ? <Empty kind="done" text={t('contacts.dutyNone')} /> : (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('contacts.unit')}</th><th scope="col">{t('contacts.dutyRole')}</th><th scope="col">{t('contacts.name')}</th><th scope="col">{t('contacts.post')}</th><th scope="col">{t('contacts.mobile')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={one.id}>
                  <td>{one.unitName}</td><td><Tag tone="plain">{one.dutyName}</Tag></td><td>{one.name}</td><td>{one.post || '–'}</td><td>{one.mobile}</td>
                  <td className="ms-num">{one.mayEdit ? <span className="ms-row" style={{ justifyContent: 'flex-end' }}><button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('contacts.edit')}</button><button type="button" className="ms-link-button" onClick={() => void remove(one)}>{t('contacts.remove')}</button></span> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
          <ActDrawer key={held ? `${held.id} ${held.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={held ? t('contacts.editDuty') : t('contacts.newDuty')} sub={held?.unitName} submitLabel={t('contacts.save')} loaders={orderLoaders}
            initial={held ? { duty: held.duty, name: held.name, post: held.post, mobile: held.mobile, sort: held.sort } : { unitId: unitId ?? ownUnit, sort: 0 }}
            schema={{
              type: 'object', required: held ? ['duty', 'name', 'mobile'] : ['unitId', 'duty', 'name', 'mobile'],
              properties: {
                ...(held ? {} : { unitId: { type: 'string' as const, title: t('contacts.unit'), format: 'unit' } }),
                duty: { type: 'string', title: t('contacts.dutyRole'), oneOf: data.duties.map((one) => ({ const: one.code, title: one.name })) },
                name: { type: 'string', title: t('contacts.name'), maxLength: 40, 'x-half': true }, post: { type: 'string', title: t('contacts.post'), maxLength: 60, 'x-half': true },
                mobile: { type: 'string', title: t('contacts.mobile'), 'x-half': true }, sort: { type: 'integer', title: t('contacts.sort'), minimum: 0, maximum: 999, 'x-half': true },
              },
            }}
            submit={async (values) => {
              const body = { duty: String(values.duty), name: String(values.name), post: String(values.post ?? ''), mobile: String(values.mobile), sort: Number(values.sort ?? 0) }
              if (held) await change.mutateAsync({ ...body, id: held.id, version: held.version })
              else await create.mutateAsync({ ...body, unitId: String(values.unitId) })
              say(t('contacts.saved'))
            }} />
        </Section>
      )}
    </QueryView>
  )
}
