// The whole standard as it stood at the end of a day, or what changed between two days.
import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../../api/queries.ts'
import { DateInput } from '../../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Page, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { dateFromPicker, nowIso, toPicker } from '../../../ui/time.ts'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { StandardTag } from '../parts/standard.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

const kinds = ['directory', 'matter', 'dutyEntry', 'dutyLine', 'appealType', 'schemeNode', 'enterprise'] as const
const tones = { added: 'ok', changed: 'near', retired: 'over' } as const

export default function StandardPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const [typed, setTyped] = useState('')
  const asOf = search.get('asOf') ?? today()
  const since = search.get('since') ?? ''
  const kind = kinds.find((one) => one === search.get('kind'))
  const put = (change: Record<string, string | undefined>) => setSearch((before) => { const next = new URLSearchParams(before); for (const [key, value] of Object.entries(change)) if (value) next.set(key, value); else next.delete(key); return next })
  const standard = useQueryOf('standardAsOf', { asOf, ...(since ? { since } : {}), ...(kind ? { kind } : {}), ...(typed.trim() ? { query: typed.trim() } : {}) })
  return (
    <Page fill title={shared('standard')} help="matters" state={<span className="ms-muted">{standard.data ? t('standardCount', { n: standard.data.total }) : ''}</span>}
      bar={<div className="ms-row ms-standardbar">
        <label className="ms-dated">{t('asOf')}<DateInput id="standard-asof" value={asOf} onChange={(next) => put({ asOf: next })} /></label>
        <label className="ms-dated">{t('since')}<DateInput id="standard-since" value={since} onChange={(next) => put({ since: next })} /></label>
        <Select allowClear style={{ inlineSize: 140 }} placeholder={t('allKinds')} aria-label={t('allKinds')} value={kind} options={kinds.map((one) => ({ value: one, label: shared(`kind_${one}`) }))} onChange={(next?: string) => put({ kind: next })} />
        <Input allowClear style={{ inlineSize: 200 }} placeholder={shared('search')} aria-label={shared('search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </div>}>
      <div className="ms-split-list" style={{ flex: 1, overflow: 'auto' }}>
        <QueryView query={standard}>
          {(data) => (data.items.length === 0 ? <Empty kind={since ? 'done' : 'filter'} text={since ? t('noChange') : t('nothingThen')} /> : (
            <table className="ms-plain-table">
              <thead><tr>{since ? <th scope="col">{t('change')}</th> : null}<th scope="col">{t('object')}</th><th scope="col">{t('what')}</th><th scope="col">{shared('version')}</th><th scope="col">{shared('state')}</th><th scope="col">{t('publishedAt')}</th></tr></thead>
              <tbody>{data.items.map((one) => <tr key={one.kind + one.id}>{since ? <td>{one.change ? <Tag tone={tones[one.change]}>{t(`change_${one.change}`)}</Tag> : null}</td> : null}<td>{one.kindName}</td><td>{one.title}</td><td>{shared('versionN', { n: one.version })}</td><td><StandardTag state={one.state} /></td><td>{one.byName} <Time iso={one.at} /></td></tr>)}</tbody>
            </table>
          ))}
        </QueryView>
      </div>
    </Page>
  )
}

const today = (): string => dateFromPicker(toPicker(nowIso())) ?? ''
