// 归并热线: the register of hotlines that were taken over, its mode of merging with its past, and what each brought (PLA-06).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FormSchema } from '../../ui/form-rules.ts'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { lastDays, periodOf } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { unitLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type Line = OutputOf<'listHotlines'>['items'][number]
type Volume = OutputOf<'hotlineVolumes'>['items'][number]
const modes = ['full', 'parallel', 'subCentre'] as const

const schema = (fresh: boolean): FormSchema => ({
  type: 'object', required: ['name', 'mode', ...(fresh ? ['code'] : [])],
  properties: {
    ...(fresh ? { code: { type: 'string' as const, title: t('lineCode'), maxLength: 40, 'x-half': true } } : {}), name: { type: 'string', title: t('lineName'), maxLength: 40, 'x-half': true }, number: { type: 'string', title: t('lineNumber'), maxLength: 15, 'x-half': true },
    startedOn: { type: 'string', format: 'date', title: t('lineStart'), 'x-half': true }, mode: { type: 'string', title: t('lineMode'), oneOf: modes.map((one) => ({ const: one, title: t(`mode.${one}`) })), description: t('lineModeHint') },
    unitId: { type: 'string', format: 'unit', title: t('lineUnit') }, ownForm: { type: 'boolean', title: t('lineForm') }, skillGroup: { type: 'string', title: t('lineSkill'), maxLength: 40, 'x-half': true }, connector: { type: 'string', title: t('lineConnector'), maxLength: 60, 'x-half': true }, enabled: { type: 'boolean', title: t('on') },
  },
})

export default function LinesPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = search.get('from') ? periodOf(search) : lastDays(30)
  const lines = useQueryOf('listHotlines', {})
  const volumes = useQueryOf('hotlineVolumes', period, { keepPrevious: true })
  const send = useAct('listHotlines', 'hotlineVolumes', 'profileOptions')
  const [editing, setEditing] = useState<Line | 'new' | null>(null)
  const columns: Column<Line>[] = [
    { key: 'code', title: t('lineCode'), width: 104, render: (row) => <bdi className="ms-code">{row.code}</bdi> }, { key: 'name', title: t('lineName'), width: 160, wide: true, render: (row) => row.name }, { key: 'number', title: t('lineNumber'), width: 104, render: (row) => row.number ?? '–' },
    { key: 'mode', title: t('lineMode'), width: 200, render: (row) => <><Tag tone={row.enabled ? 'primary' : 'calm'}>{row.enabled ? row.modeName : t('off')}</Tag>{row.modes[1] ? <span className="ms-hint"> {t('modeBefore', { name: row.modes[1].modeName, time: when(row.modes[0]?.since ?? row.changedAt) })}</span> : null}</> },
    { key: 'unit', title: t('lineUnit'), width: 150, render: (row) => row.unitName ?? '–' }, { key: 'form', title: t('lineForm'), width: 96, render: (row) => t(row.ownForm ? 'formOwn' : 'formCommon') }, { key: 'skill', title: t('lineSkill'), width: 104, render: (row) => row.skillGroup || '–' },
    { key: 'connector', title: t('lineConnector'), width: 130, render: (row) => row.connector || '–' }, { key: 'start', title: t('lineStart'), width: 104, render: (row) => row.startedOn ?? '–' }, { key: 'acts', title: '', width: 64, render: (row) => <button type="button" className="ms-link-button" onClick={() => setEditing(row)}>{t('edit')}</button> },
  ]
  const ordersOf = (row: Volume): string => `/orders/query?where=${encodeURIComponent(JSON.stringify({ all: [{ field: 'line', op: 'in', value: [row.code] }] }))}`
  const counted: Column<Volume>[] = [
    { key: 'name', title: t('lineName'), width: 180, wide: true, render: (row) => row.name }, { key: 'mode', title: t('lineMode'), width: 120, render: (row) => row.modeName }, { key: 'by', title: t('countedBy'), width: 180, render: (row) => row.countedBy },
    { key: 'calls', title: t('lineCalls'), width: 96, align: 'end', render: (row) => row.calls ?? '–' }, { key: 'orders', title: t('lineOrders'), width: 96, align: 'end', render: (row) => (row.orders > 0 ? <Link to={ordersOf(row)}>{row.orders}</Link> : 0) },
  ]
  const set = (change: Record<string, string>) => setSearch({ ...period, ...change })
  return (
    <Page title={t('lines')} sub={t('linesHint')} acts={<Button type="primary" onClick={() => setEditing('new')}>{t('newLine')}</Button>}>
      <div className="ms-stack">
        <QueryView query={lines}>{({ items }) => <Section title={t('lines')} flush>{items.length === 0 ? <Empty kind="done" text={t('noLines')} hint={t('noLinesHint')} /> : <ListTable caption={t('lines')} rows={items} rowKey={(row) => row.code} columns={columns} />}</Section>}</QueryView>
        <QueryView query={volumes}>
          {({ items }) => (
            <Section title={t('volumes')} flush extra={<span className="ms-row"><span style={{ inlineSize: 140 }}><DateInput value={period.from} onChange={(value) => value && set({ from: value.slice(0, 10) })} /></span>–<span style={{ inlineSize: 140 }}><DateInput value={period.to} onChange={(value) => value && set({ to: value.slice(0, 10) })} /></span></span>}>
              {items.length === 0 ? <Empty kind="done" text={t('noVolumes')} /> : <ListTable caption={t('volumes')} rows={items} rowKey={(row) => `${row.code}:${row.mode}`} columns={counted} />}
            </Section>
          )}
        </QueryView>
      </div>
      {editing ? (
        <ActDrawer open key={editing === 'new' ? 'new' : editing.code} onClose={() => setEditing(null)} title={editing === 'new' ? t('newLine') : editing.name} submitLabel={t('save')} onDone={() => { say(t('saved')); setEditing(null) }} loaders={{ unit: unitLoader() }}
          schema={schema(editing === 'new')}
          initial={editing === 'new' ? { mode: 'parallel', ownForm: true, enabled: true } : { name: editing.name, number: editing.number ?? undefined, mode: editing.mode, unitId: editing.unitId ?? undefined, ownForm: editing.ownForm, skillGroup: editing.skillGroup, connector: editing.connector, startedOn: editing.startedOn ?? undefined, enabled: editing.enabled }}
          submit={(v) => {
            const body = { name: v.name, number: v.number ?? null, mode: v.mode, unitId: v.unitId ?? null, ownForm: v.ownForm === true, skillGroup: v.skillGroup ?? '', connector: v.connector ?? '', startedOn: v.startedOn ?? null, enabled: v.enabled === true }
            return editing === 'new' ? send('addHotline', { code: v.code, ...body }) : send('changeHotline', { code: editing.code, version: editing.version, ...body })
          }} />
      ) : null}
    </Page>
  )
}
