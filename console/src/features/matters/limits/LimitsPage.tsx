// Rules of time limits in their order of precedence, with their editor and a tester beside them.
import { Button, Input, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { ListTable } from '../../../ui/ListTable.tsx'
import type { Column } from '../../../ui/list-types.ts'
import { say } from '../../../ui/notices.ts'
import { Page } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { standardQueries } from '../parts/use-standard-acts.tsx'
import { LimitEditor } from './LimitEditor.tsx'
import { LimitTester } from './LimitTester.tsx'
import { clocks, conditionsOf, scopes } from './limit-words.ts'
import type { Limit } from './limit-words.ts'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

const originTones = { own: 'primary', upper: 'low', shipped: 'plain' } as const

const columns: Column<Limit>[] = [
  { key: 'scope', title: t('scope'), width: 250, wide: true, render: (rule) => rule.scopeText },
  { key: 'clock', title: t('clock'), width: 80, render: (rule) => rule.clockName },
  { key: 'duration', title: t('duration'), width: 100, render: (rule) => <strong>{rule.durationText}</strong> },
  { key: 'conditions', title: t('conditions'), width: 170, render: (rule) => conditionsOf(rule) || <span className="ms-hint">{t('conditionsNone')}</span>, text: conditionsOf },
  { key: 'validity', title: t('validity'), width: 150, render: (rule) => (rule.validFrom || rule.validTo ? `${rule.validFrom ?? '…'} — ${rule.validTo ?? '…'}` : null) },
  { key: 'origin', title: t('origin'), width: 70, render: (rule) => <Tag tone={originTones[rule.origin]}>{t(rule.origin)}</Tag> },
]

export default function LimitsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const clock = search.get('clock') ?? ''
  const scopeKind = search.get('scopeKind') ?? ''
  const urgency = search.get('urgency') ?? ''
  const typed = search.get('q') ?? ''
  const testing = search.get('test') === '1'
  const rules = useQueryOf('listLimitRules', { ...(clock ? { clock } : {}), ...(scopeKind ? { scopeKind } : {}), ...(urgency ? { urgency } : {}), ...(typed ? { query: typed } : {}) }, { keepPrevious: true })
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 })
  const send = useAct(...standardQueries)
  const [editing, setEditing] = useState<{ rule: Limit | null; copy?: boolean } | null>(null)
  const edit = can('matters.limits')
  const set = (key: string, value: string) => setSearch((before) => { const next = new URLSearchParams(before); if (value) next.set(key, value); else next.delete(key); return next }, { replace: true })
  const remove = async (rule: Limit) => {
    if (!(await confirm({ title: t('removeTitle'), text: t('removeText', { scope: rule.scopeText, clock: rule.clockName, duration: rule.durationText }), verb: t('remove'), danger: true }))) return
    try {
      await send('removeLimitRule', { id: rule.id })
      say(t('removed'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  useKeys(t('title'), [{ keys: 'c', label: t('add'), run: () => setEditing({ rule: null }), enabled: edit }, { keys: 't', label: t('tester'), run: () => set('test', testing ? '' : '1') }])
  return (
    <Page fill title={t('title')} help="limits" state={<span className="ms-muted">{rules.data?.items.length ?? ''}</span>}
      acts={<>
        <Button type={testing ? 'default' : 'text'} icon={<Icon name="clock" />} onClick={() => set('test', testing ? '' : '1')}>{t('tester')}<kbd className="ms-kbd">t</kbd></Button>
        {edit ? <Button type="primary" icon={<Icon name="plus" />} onClick={() => setEditing({ rule: null })}>{t('add')}<kbd className="ms-kbd">c</kbd></Button> : null}
      </>}>
      <div className="ms-limits" data-testing={testing || undefined}>
        <div className="ms-split-list">
          <div className="ms-list-tools">
            <Input allowClear style={{ inlineSize: 200 }} prefix={<Icon name="search" size={14} />} placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(e) => set('q', e.target.value)} />
            <Segmented size="small" value={clock} options={[{ value: '', label: t('all') }, ...clocks.map((one) => ({ value: one as string, label: t(`clock_${one}`) }))]} onChange={(next) => set('clock', next)} />
            <Select size="small" allowClear style={{ inlineSize: 120 }} placeholder={t('scope')} aria-label={t('scope')} value={scopeKind || undefined} options={scopes.map((one) => ({ value: one as string, label: t(`scope_${one}`) }))} onChange={(next?: string) => set('scopeKind', next ?? '')} />
            <Select size="small" allowClear style={{ inlineSize: 120 }} placeholder={t('urgency')} aria-label={t('urgency')} value={urgency || undefined} options={(options.data?.urgencyLevels ?? []).map((one) => ({ value: one.code, label: one.name }))} onChange={(next?: string) => set('urgency', next ?? '')} />
          </div>
          <div className="ms-hint" style={{ padding: '6px 12px', borderBlockEnd: '1px solid var(--ms-line)' }}>{t('precedence')}</div>
          <QueryView query={rules}>
            {(data) => (data.items.length === 0 ? <Empty kind="filter" text={t('empty')} /> : (
              <ListTable columns={columns} rows={data.items} rowKey={(rule) => rule.id} caption={t('title')} onOpen={(rule) => setEditing({ rule })}
                rowActs={edit ? (rule) => (rule.editable ? [{ id: 'edit', label: t('edit'), run: () => setEditing({ rule }) }, { id: 'copy', label: t('copy'), run: () => setEditing({ rule, copy: true }) }, { id: 'remove', label: t('remove'), danger: true, run: () => void remove(rule) }] : [{ id: 'copy', label: t('replace'), run: () => setEditing({ rule, copy: true }) }]) : undefined} />
            ))}
          </QueryView>
        </div>
        {testing ? <LimitTester options={options.data} /> : null}
      </div>
      <LimitEditor open={editing} options={options.data} mayEdit={edit} onClose={() => setEditing(null)} onCopy={(rule) => setEditing({ rule, copy: true })} />
    </Page>
  )
}
