// 企业专属表单: what is offered to which enterprises, and what they filled in (INT-26).
import { Button, Drawer, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './enterprise-forms.zh-CN.ts'
import './intake.css'

type Offer = OutputOf<'listEnterpriseForms'>['items'][number]
const tones = { draft: 'near', published: 'ok', stopped: 'calm' } as const
const kinds = ['policy', 'complaint', 'application', 'other'] as const

export default function EnterpriseFormsPage(): ReactElement {
  const list = useQueryOf('listEnterpriseForms', {})
  const forms = useQueryOf('listForms', {}, { staleTime: 60_000 })
  const send = useAct('listEnterpriseForms', 'listEnterpriseFormEntries')
  const [editing, setEditing] = useState<Offer | 'new' | null>(null)
  const offer = editing === 'new' ? null : editing
  const industries = [...new Set([...(list.data?.industries ?? []), ...(offer?.industries ?? [])])]
  const put = async (one: Offer, more: Record<string, unknown>) => {
    try {
      await send('changeEnterpriseForm', { id: one.id, definitionId: one.definitionId, kind: one.kind, effectiveOn: one.effectiveOn, untilOn: one.untilOn, industries: one.industries, levels: one.levels, state: one.state, version: one.version, ...more })
      say(t('saved'))
    } catch (error) { say(asProblem(error).message, 'over') }
  }
  const remove = async (one: Offer) => {
    if (!(await confirm({ title: `${t('remove')}“${one.name}”`, text: t('removeAsk'), verb: t('remove'), danger: true }))) return
    try {
      await send('deleteEnterpriseForm', { id: one.id })
      say(t('removed'))
    } catch (error) { say(asProblem(error).message, 'over') }
  }
  const nameOf = new Map((list.data?.levels ?? []).map((one) => [one.code, one.name]))
  return (
    <Page title={t('title')} sub={t('sub')} acts={<Button type="primary" icon={<Icon name="plus" />} onClick={() => setEditing('new')}>{t('add')}</Button>}>
      <div className="ms-stack">
        <QueryView query={list}>
          {({ items }) => (
            <Section flush={items.length > 0}>
              {items.length === 0 ? <Empty kind="done" text={t('none')} hint={t('noneHint')} /> : (
                <table className="ms-plain-table">
                  <caption className="ms-hidden">{t('title')}</caption>
                  <thead><tr><th scope="col">{t('form')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('period')}</th><th scope="col">{t('industries')}</th><th scope="col">{t('levels')}</th><th scope="col">{t('state')}</th><th scope="col" className="ms-num">{t('entries')}</th><th scope="col">{t('changed')}</th><th scope="col" /></tr></thead>
                  <tbody>{items.map((one) => (
                    <tr key={one.id}>
                      <td><strong>{one.name}</strong></td><td>{one.kindName}</td><td>{one.effectiveOn}{one.untilOn ? ` — ${one.untilOn}` : ''}</td><td>{one.industries.join('、') || t('everybody')}</td><td>{one.levels.map((code) => nameOf.get(code) ?? code).join('、') || t('everybody')}</td>
                      <td><Tag tone={tones[one.state]}>{one.stateName}</Tag></td><td className="ms-num">{one.entries}</td><td>{one.changedBy} <Time iso={one.changedAt} /></td>
                      <td className="ms-num"><span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
                        <button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('edit')}</button>
                        <button type="button" className="ms-link-button" onClick={() => void put(one, { state: one.state === 'published' ? 'stopped' : 'published' })}>{t(one.state === 'published' ? 'stop' : 'publish')}</button>
                        {one.entries === 0 ? <button type="button" className="ms-link-button" onClick={() => void remove(one)}>{t('remove')}</button> : null}
                      </span></td>
                    </tr>
                  ))}</tbody>
                </table>
              )}
            </Section>
          )}
        </QueryView>
        <Entries offers={list.data?.items ?? []} />
      </div>
      <ActDrawer key={offer ? `${offer.id} ${offer.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={t(offer ? 'edit' : 'add')} submitLabel={t(offer ? 'edit' : 'add')}
        initial={offer ? { definitionId: offer.definitionId, kind: offer.kind, effectiveOn: offer.effectiveOn, ...(offer.untilOn ? { untilOn: offer.untilOn } : {}), industries: offer.industries, levels: offer.levels } : { kind: 'policy' }}
        schema={{
          type: 'object', required: ['definitionId', 'kind', 'effectiveOn'],
          properties: {
            definitionId: { type: 'string', title: t('form'), description: t('noneHint'), 'x-buttons': false, oneOf: (forms.data?.items ?? []).filter((one) => one.publishedVersionId !== null).map((one) => ({ const: one.id, title: one.name })) },
            kind: { type: 'string', title: t('kind'), oneOf: kinds.map((kind) => ({ const: kind, title: t(kind) })) },
            effectiveOn: { type: 'string', title: t('effectiveOn'), format: 'date', 'x-half': true }, untilOn: { type: 'string', title: t('untilOn'), description: t('untilHint'), format: 'date', 'x-half': true },
            ...(industries.length === 0 ? {} : { industries: { type: 'array' as const, title: t('industries'), description: t('industriesHint'), items: { type: 'string' as const, oneOf: industries.map((one) => ({ const: one, title: one })) } } }),
            levels: { type: 'array', title: t('levels'), description: t('levelsHint'), items: { type: 'string', oneOf: (list.data?.levels ?? []).map((one) => ({ const: one.code, title: one.name })) } },
          },
        }}
        submit={async (values) => {
          const whole = { untilOn: null, industries: [], levels: [], ...values }
          if (offer) await send('changeEnterpriseForm', { ...whole, id: offer.id, state: offer.state, version: offer.version })
          else await send('addEnterpriseForm', whole)
          say(t('saved'))
        }} />
    </Page>
  )
}

function Entries({ offers }: { offers: readonly Offer[] }): ReactElement {
  const [search, setSearch] = useSearchParams()
  const [filter, setFilter] = useState<{ formId?: string; enterprise?: string; from?: string; to?: string }>({})
  const list = useQueryOf('listEnterpriseFormEntries', { ...filter, limit: 100 })
  const shown = search.get('entry')
  const sheet = (format: 'xlsx' | 'pdf') => void exportSheet('enterpriseForms', filter, [], format)
  return (
    <Section title={t('received')} flush extra={<div className="ms-acts"><Button size="small" onClick={() => sheet('xlsx')}>{t('xlsx')}</Button><Button size="small" onClick={() => sheet('pdf')}>{t('pdf')}</Button></div>}>
      <div className="ms-intake-filter">
        <Select aria-label={t('form')} value={filter.formId ?? ''} style={{ inlineSize: 200 }} options={[{ value: '', label: t('allForms') }, ...offers.map((one) => ({ value: one.id, label: one.name }))]} onChange={(formId) => setFilter({ ...filter, formId: formId || undefined })} />
        <Input.Search allowClear aria-label={t('search')} placeholder={t('search')} style={{ inlineSize: 220 }} onSearch={(text) => setFilter({ ...filter, enterprise: text.trim() || undefined })} />
        <DateInput value={filter.from ?? ''} placeholder={t('from')} onChange={(from) => setFilter({ ...filter, from: from || undefined })} />–<DateInput value={filter.to ?? ''} placeholder={t('to')} onChange={(to) => setFilter({ ...filter, to: to || undefined })} />
      </div>
      <QueryView query={list}>
        {({ items }) => items.length === 0 ? <Empty kind="filter" text={t('noEntries')} /> : (
          <table className="ms-plain-table">
            <caption className="ms-hidden">{t('received')}</caption>
            <thead><tr><th scope="col">{t('enterprise')}</th><th scope="col">{t('form')}</th><th scope="col">{t('by')}</th><th scope="col">{t('at')}</th></tr></thead>
            <tbody>{items.map((one) => <tr key={one.id}><td><button type="button" className="ms-link-button" onClick={() => setSearch({ entry: one.id })}>{one.enterpriseName}</button></td><td>{one.formName}</td><td>{one.by}</td><td><Time iso={one.at} /></td></tr>)}</tbody>
          </table>
        )}
      </QueryView>
      <Drawer open={shown !== null} onClose={() => setSearch({})} title={t('entry')} size={560} destroyOnHidden>{shown ? <Entry id={shown} /> : null}</Drawer>
    </Section>
  )
}

function Entry({ id }: { id: string }): ReactElement {
  const entry = useQueryOf('getEnterpriseFormEntry', { id })
  return <QueryView query={entry}>{(data) => <Facts items={[{ label: t('enterprise'), value: data.enterpriseName }, { label: t('form'), value: data.formName }, { label: t('by'), value: <>{data.by} <Time iso={data.at} /></> }, ...data.answers.map((one) => ({ label: one.title, value: one.text }))]} />}</QueryView>
}
