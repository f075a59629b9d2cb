// 申报数据质量: declarations and shelvings that are incomplete, deviate or stand twice; mended in batch, undone from the record.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { BatchReport } from '../../ui/BatchReport.tsx'
import type { BatchResult } from '../../ui/BatchReport.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView, Selection } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { rate } from '../../ui/numbers.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { text, words } from '../orders/acts/form-values.ts'
import { unitLoader } from '../orders/pickers.ts'
import { numberColumn, titleColumn } from './lists.tsx'
import { RowAct, useRefreshHandling } from './RowAct.tsx'
import type { RowForm } from './RowAct.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listFaultyDeclarations'>['items'][number]
type Quality = OutputOf<'declarationQuality'>
const load = reads<Row>('/api/declaration-quality/records')
const columns: Column<Row>[] = [
  numberColumn(), titleColumn(),
  { key: 'source', title: t('quality.source'), width: 80, render: (row) => <Tag>{row.sourceName}</Tag> },
  { key: 'kind', title: t('col.kind'), width: 64, render: (row) => t(row.kind === 'exclude' ? 'view.excluded' : 'view.shelved') },
  { key: 'class', title: t('col.class'), width: 104, render: (row) => row.reasonClass || '–' },
  { key: 'suggested', title: t('quality.suggested'), width: 112, render: (row) => row.suggested ?? '–' },
  { key: 'reason', title: t('reason'), width: 128, yields: 2, render: (row) => row.reason },
  { key: 'faults', title: t('quality.faults'), width: 200, render: (row) => <span style={{ color: 'var(--ms-over-text)' }}>{row.faults.map((f) => f.text).join('；')}</span> },
  { key: 'expires', title: t('col.expires'), width: 104, yields: 3, render: (row) => (row.expiresAt ? <Time iso={row.expiresAt} /> : '–') },
  { key: 'unit', title: t('col.unit'), width: 120, yields: 1, render: (row) => row.unitName },
]

function repairForm(rows: readonly Row[] | number, quality: Quality, ids: string[], done: (result: BatchResult) => void): RowForm {
  const [first] = typeof rows === 'number' ? [] : rows
  const one = typeof rows !== 'number' && rows.length === 1 ? first : undefined
  const offered = quality.items.filter((i) => !one || i.kind === 'both' || i.kind === one.kind)
  return {
    title: t('quality.repair'), submitLabel: t('quality.repair'), notice: t('quality.effect'), sub: one ? <><bdi className="ms-code">{one.number}</bdi> {one.title}</> : t('quality.many', { n: ids.length }), initial: one?.suggested ? { reasonClass: one.suggested } : {},
    schema: fields({
      reasonClass: { type: 'string', title: t('col.class'), oneOf: offered.map((i) => ({ const: i.name, title: i.name })) }, ...(one ? { reason: { type: 'string' as const, format: 'textarea', title: t('quality.reason'), maxLength: 1000 } } : {}),
      ...(one && one.kind !== 'shelve' ? {} : { expiresAt: { type: 'string' as const, format: 'date-time', title: t('quality.expires') } }), why: opinionField({ title: t('quality.why'), maxLength: 200 }),
    }, ['why']),
    send: async (v, o) => done(await call('repairDeclarations', { ids, reasonClass: text(v, 'reasonClass'), reason: text(v, 'reason'), expiresAt: text(v, 'expiresAt'), why: words(v, 'why') }, o)),
  }
}

export default function DeclarationQualityPage(): ReactElement {
  const quality = useQueryOf('declarationQuality', {}).data
  const [form, setForm] = useState<RowForm | null>(null)
  const [result, setResult] = useState<BatchResult | null>(null)
  const [record, setRecord] = useState(false)
  const filters = useMemo((): Filter[] => [{ key: 'unitId', label: t('col.unit'), kind: 'pick', loader: unitLoader() }, { key: 'source', label: t('quality.source'), kind: 'select', options: [{ value: 'draft', label: t('quality.draft') }, { value: 'pending', label: t('quality.pending') }, { value: 'approved', label: t('quality.approved') }] }], [])
  const faults = quality?.faults
  const views = useMemo((): ListView[] => [{ id: 'all', name: t('quality.all'), filter: {} }, ...(faults ?? []).map((f) => ({ id: f.fault, name: f.name, filter: { fault: [f.fault] } }))], [faults])
  const told = (batch: BatchResult): void => { if (batch.failed > 0) setResult(batch) }
  return (
    <>
      <ListPage<Row> page="handlingDeclarationQuality" noSearch title={t('quality')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        acts={<>{quality ? <span className="ms-hint" role="status">{t('quality.share', { standing: quality.standing, share: rate(quality.share) })}</span> : null}<Button type="text" onClick={() => setRecord(true)}>{t('quality.record')}</Button></>}
        bulkActs={quality ? [{ id: 'repair', label: t('quality.repair'), run: (s: Selection<Row>) => { if ('ids' in s) setForm(repairForm(s.ids.length, quality, [...s.ids], told)) } }] : []}
        rowActs={(row) => (quality ? [{ id: 'repair', label: t('quality.repair'), run: () => setForm(repairForm([row], quality, [row.id], told)) }] : [])}
        empty={{ text: t('quality.none'), hint: t('quality.noneHint') }} />
      {form ? <RowAct form={form} draftKey="declaration-repair" onClose={() => setForm(null)} /> : null}
      {result ? <BatchReport title={t('quality.repair')} result={result} onClose={() => setResult(null)} /> : null}
      {record ? <Record months={quality?.months ?? []} onClose={() => setRecord(false)} /> : null}
    </>
  )
}

/** How declarations fared month by month, and what was mended, to be undone. */
function Record({ months, onClose }: { months: Quality['months']; onClose: () => void }): ReactElement {
  const repairs = useQueryOf('listDeclarationRepairs', { limit: 100 })
  const refresh = useRefreshHandling()
  const undo = async (id: string): Promise<void> => {
    try {
      const { items } = await call('undoDeclarationRepairs', { ids: [id] })
      const [item] = items
      say(item?.ok ? t('done', { act: t('quality.undo') }) : (item?.reason ?? t('quality.undo')), item?.ok ? undefined : 'over')
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    await refresh()
  }
  const option = {
    tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 8, top: 32, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: months.map((m) => m.month) }, yAxis: [{ type: 'value', minInterval: 1 }, { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value}%' } }],
    series: [{ type: 'bar', name: t('quality.decided'), barMaxWidth: 28, data: months.map((m) => m.decided) }, { type: 'line', name: t('quality.success'), yAxisIndex: 1, data: months.map((m) => (m.share === null ? null : Math.round(m.share * 1000) / 10)) }],
  }
  return (
    <Drawer open size={860} title={t('quality.record')} onClose={onClose}>
      <div className="ms-stack">
        <Section title={t('quality.success')}>{months.length === 0 ? <Empty kind="done" text={t('quality.noMonths')} /> : <Chart height={200} option={option} summary={t('quality.successSummary', { n: months.length })} table={{ columns: [t('quality.month'), t('quality.decided'), t('quality.passed'), t('quality.success')], rows: months.map((m) => [m.month, m.decided, m.approved, rate(m.share)]) }} />}</Section>
        <Section flush title={t('quality.repairs')}>
          <QueryView query={repairs}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('quality.noRepairs')} /> : (
            <table className="ms-plain-table"><caption className="ms-hidden">{t('quality.repairs')}</caption>
              <thead><tr><th scope="col">{t('col.number')}</th><th scope="col">{t('quality.change')}</th><th scope="col">{t('quality.why')}</th><th scope="col">{t('col.by')}</th><th scope="col" aria-label={t('quality.undo')} /></tr></thead>
              <tbody>{items.map((r) => (
                <tr key={r.id}><td><bdi className="ms-code">{r.number}</bdi><div className="ms-hint">{r.sourceName} {r.unitName}</div></td><td>{r.changes.map((c) => <div key={c.field}>{c.field}：<del className="ms-hint">{c.old ?? '–'}</del> → {c.new}</div>)}</td><td>{r.why}</td><td>{r.byName} <Time iso={r.at} /></td>
                  <td>{r.undoneAt ? <span className="ms-hint">{t('quality.undone', { name: r.undoneByName ?? '' })}</span> : <Button size="small" type="link" aria-label={`${t('quality.undo')} ${r.number}`} onClick={() => void undo(r.id)}>{t('quality.undo')}</Button>}</td></tr>
              ))}</tbody></table>
          ))}</QueryView>
        </Section>
      </div>
    </Drawer>
  )
}
