// The label library: classes at the left, their labels, statistics over all modules, and what to tidy each month.
import { Button, Input, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Page } from '../../../ui/Page.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { LabelList } from './LabelList.tsx'
import { LabelReview } from './LabelReview.tsx'
import { LabelStatistics } from './LabelStatistics.tsx'
import { t } from './texts.zh-CN.ts'

type LabelClass = OutputOf<'listLabelClasses'>['items'][number]

export default function LabelsPage(): ReactElement {
  const { can } = useSession()
  const manage = can('platform.manageLabels')
  const [search, setSearch] = useSearchParams()
  const classes = useQueryOf('listLabelClasses', {})
  const send = useAct('listLabelClasses')
  const [editing, setEditing] = useState<LabelClass | 'new' | null>(null)
  const tabs = [{ value: 'labels', label: t('labels') }, ...(can('platform.readLabelStatistics') ? [{ value: 'statistics', label: t('statistics') }] : []), ...(manage ? [{ value: 'review', label: t('review') }] : [])]
  const tab = tabs.find((one) => one.value === search.get('tab'))?.value ?? 'labels'
  const classCode = search.get('class') ?? ''
  const set = (key: string, value: string) => setSearch((before) => {
    const next = new URLSearchParams(before)
    if (value) next.set(key, value)
    else next.delete(key)
    return next
  }, { replace: true })
  const held = editing === 'new' ? null : editing
  const items = classes.data?.items ?? []
  return (
    <Page fill title={t('title')} help="labels" state={<Segmented size="small" value={tab} options={tabs} onChange={(next) => set('tab', next === 'labels' ? '' : next)} />}
      acts={tab === 'labels' ? <Input allowClear style={{ inlineSize: 240 }} prefix={<Icon name="search" size={14} />} placeholder={t('search')} aria-label={t('search')} value={search.get('q') ?? ''} onChange={(e) => set('q', e.target.value)} /> : null}>
      <div className="ms-split">
        <nav className="ms-split-list" aria-label={t('className')}>
          <QueryView query={classes}>
            {(data) => (
              <div className="ms-picklist">
                <button type="button" aria-current={classCode === ''} onClick={() => set('class', '')}><span>{t('all')}</span><span className="ms-grow" /><span className="ms-hint">{t('n', { n: data.items.reduce((sum, one) => sum + one.labels, 0) })}</span></button>
                {data.items.map((one) => (
                  <button key={one.code} type="button" aria-current={one.code === classCode} onClick={() => set('class', one.code)} title={one.description}><span className="ms-ellipsis">{one.name}</span><span className="ms-grow" /><span className="ms-hint">{one.state === 'disabled' ? t('classDisabled') : t('n', { n: one.labels })}</span></button>
                ))}
              </div>
            )}
          </QueryView>
          {manage ? <div style={{ padding: 8, display: 'flex', gap: 8 }}><Button block onClick={() => setEditing('new')}>{t('addClass')}</Button><Button disabled={!classCode} onClick={() => setEditing(items.find((one) => one.code === classCode) ?? null)}>{t('edit')}</Button></div> : null}
        </nav>
        <div className="ms-split-main">
          {tab === 'statistics' ? <LabelStatistics classCode={classCode} classes={items} /> : tab === 'review' ? <LabelReview /> : <LabelList classCode={classCode} typed={search.get('q') ?? ''} classes={items} />}
        </div>
      </div>
      <ActDrawer key={held ? `${held.code} ${held.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={held ? t('editClass') : t('addClass')} submitLabel={t('save')}
        initial={held ? { name: held.name, description: held.description, sort: held.sort, state: held.state } : { sort: (items.length + 1) * 10, state: 'active' }}
        schema={{
          type: 'object', required: held ? ['name'] : ['code', 'name'],
          properties: {
            ...(held ? {} : { code: { type: 'string' as const, title: t('code'), description: t('codeHint'), maxLength: 40 } }), name: { type: 'string', title: t('name'), maxLength: 40 }, description: { type: 'string', title: t('description'), format: 'textarea', maxLength: 300 },
            sort: { type: 'integer', title: t('sort'), minimum: 0, 'x-half': true }, state: { type: 'string', title: t('state'), oneOf: [{ const: 'active', title: t('enabled') }, { const: 'disabled', title: t('disabled') }], 'x-half': true },
          },
        }}
        submit={async (values) => {
          const { code, ...rest } = values
          await send('saveLabelClass', { description: '', ...rest, classCode: held?.code ?? code, version: held?.version ?? 0 })
          say(t('saved'))
        }} />
    </Page>
  )
}
