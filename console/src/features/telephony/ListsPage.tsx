// 名单: black, white and red numbers; candidates that a rule found; batches with an error per row (TEL-41).
import { Button, Input, Modal, Space } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { call as request, type OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FormValue } from '../../ui/form-rules.ts'
import { Icon } from '../../ui/icons.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { day } from '../../ui/time.ts'
import { reads } from '../../ui/reads.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listNumberEntries'>['items'][number]
const load = reads<Row>('/api/telephony/lists')
const kindTones = { black: 'calm', white: 'ok', red: 'over' } as const
const dayNames = ['一', '二', '三', '四', '五', '六', '日']
const weeklyText = (row: Row): string => (row.weekly ? `${row.weekly.days.map((n) => dayNames[n - 1]).join('')} ${row.weekly.from}–${row.weekly.to}` : t('always'))

const columns: Column<Row>[] = [
  { key: 'kind', title: t('kind'), width: 80, render: (row) => <Tag tone={kindTones[row.kind]}>{row.kindName}</Tag> },
  { key: 'shown', title: t('number'), width: 136, render: (row) => <bdi className="ms-num">{row.shown}</bdi> },
  { key: 'reason', title: t('col.reason'), width: 220, wide: true, render: (row) => row.reason },
  { key: 'valid', title: t('col.valid'), width: 150, render: (row) => (row.validFrom || row.validTo ? `${row.validFrom ? day(row.validFrom) : ''} – ${row.validTo ? day(row.validTo) : ''}` : '–') },
  { key: 'weekly', title: t('weekly'), width: 150, render: weeklyText },
  { key: 'state', title: t('col.state'), width: 100, render: (row) => <Tag tone={row.changePending ? 'near' : row.state !== 'active' ? (row.state === 'draft' || row.state === 'pending' ? 'near' : 'calm') : row.holdsNow ? 'ok' : 'plain'}>{row.changePending ? t('changePending') : row.state === 'active' ? (row.holdsNow ? t('holdsNow') : t('notNow')) : row.stateName}</Tag> },
  { key: 'source', title: t('col.source'), width: 88, render: (row) => row.sourceName },
  { key: 'hits', title: t('col.hits'), width: 64, align: 'end', render: (row) => row.hits },
  { key: 'by', title: t('col.by'), width: 88, render: (row) => row.createdByName },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.createdAt} /> },
]

const period = {
  reason: { type: 'string', title: t('col.reason'), format: 'textarea', maxLength: 200 }, validFrom: { type: 'string', title: t('validFrom'), format: 'date-time', 'x-half': true }, validTo: { type: 'string', title: t('validTo'), format: 'date-time', 'x-half': true },
  days: { type: 'array', title: t('weekly'), items: { type: 'string', oneOf: dayNames.map((name, index) => ({ const: String(index + 1), title: name })) } }, from: { type: 'string', title: t('dayFrom'), 'x-half': true, pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }, to: { type: 'string', title: t('dayTo'), 'x-half': true, pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' },
} as const
const periodOf = (values: FormValue) => ({ reason: values.reason, validFrom: values.validFrom ?? null, validTo: values.validTo ?? null, weekly: Array.isArray(values.days) && values.days.length > 0 ? { days: values.days.map(Number), from: values.from ?? '00:00', to: values.to ?? '23:59' } : null })

export default function ListsPage(): ReactElement {
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<Row | null>(null)
  const [removing, setRemoving] = useState<Row | null>(null)
  const [importing, setImporting] = useState(false)
  const send = useAct('list:telephony.lists', 'listNumberEntries')
  const client = useQueryClient()
  const filters = useMemo((): Filter[] => [{ key: 'source', label: t('col.source'), kind: 'select', options: [{ value: 'manual', label: '手工添加' }, { value: 'rule', label: '规则发现' }, { value: 'batch', label: '批量导入' }] }], [])
  const views = useMemo((): ListView[] => [
    { id: 'all', name: t('view.all'), filter: {} }, { id: 'black', name: t('view.black'), filter: { kind: ['black'], state: ['active'] } }, { id: 'white', name: t('view.white'), filter: { kind: ['white'], state: ['active'] } }, { id: 'red', name: t('view.red'), filter: { kind: ['red'], state: ['active'] } }, { id: 'pending', name: t('view.pending'), filter: { state: ['pending'] } }, { id: 'candidates', name: t('candidates'), filter: { state: ['draft'] } }, { id: 'audited', name: t('view.audited'), filter: { audited: ['true'] } },
  ], [])
  const decide = async (row: Row, accept: boolean) => {
    try {
      await send('decideNumberEntry', { id: row.id, accept })
      say(t('done'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const restore = async (row: Row) => {
    try {
      await send('restoreNumberEntry', { id: row.id })
      say(t('done'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <>
      <ListPage<Row> page="telephony.lists" title={t('lists')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={() => '/telephony/lists'} searchHint={t('searchLists')} topic="telephony.lists" exportable countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        acts={<Space><Button onClick={() => setImporting(true)}>{t('lists.import')}</Button><Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{t('lists.add')}</Button></Space>}
        rowActs={(row) => (row.state === 'draft' ? [{ id: 'accept', label: t('accept'), run: () => void decide(row, true) }, { id: 'refuse', label: t('refuse'), run: () => void decide(row, false) }] : row.state === 'pending' ? [{ id: 'remove', label: t('withdrawEntry'), run: () => setRemoving(row) }] : row.state === 'active' || row.state === 'expired' ? [{ id: 'change', label: t('changeEntry'), run: () => setChanging(row) }, { id: 'remove', label: t('removeEntry'), run: () => setRemoving(row) }] : row.audited ? [{ id: 'restore', label: t('restoreEntry'), run: () => void restore(row) }] : [])} empty={{ text: t('noEntries') }} />
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('lists.add')} submitLabel={t('lists.add')} initial={{ kind: 'black' }} schema={{ type: 'object', required: ['kind', 'number', 'reason'], properties: { kind: { type: 'string', title: t('kind'), 'x-buttons': true, oneOf: (['black', 'white', 'red'] as const).map((value) => ({ const: value, title: t(value) })) }, number: { type: 'string', title: t('numberOrSegment'), description: t('segmentHelp'), maxLength: 40 }, ...period } }}
        submit={async (values) => {
          await send('addNumberEntry', { kind: values.kind, number: values.number, ...periodOf(values) })
          say(t('entryAdded'))
        }} />
      <ActDrawer key={changing?.id} open={changing !== null} onClose={() => setChanging(null)} title={`${t('changeEntry')} ${changing?.shown ?? ''}`} submitLabel={t('save')} initial={changing ? { reason: changing.reason, validFrom: changing.validFrom ?? undefined, validTo: changing.validTo ?? undefined, days: changing.weekly?.days.map(String), from: changing.weekly?.from, to: changing.weekly?.to } : {}} schema={{ type: 'object', required: ['reason'], properties: period }}
        submit={async (values) => {
          await send('changeNumberEntry', { id: changing?.id ?? '', version: changing?.version ?? 0, ...periodOf(values) })
          say(t('entrySaved'))
        }} />
      <ActDrawer open={removing !== null} onClose={() => setRemoving(null)} title={`${t('removeEntry')} ${removing?.shown ?? ''}`} submitLabel={t('removeEntry')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('reason'), format: 'textarea', maxLength: 200 } } }} submit={async (values) => { await send('removeNumberEntry', { id: removing?.id ?? '', reason: values.reason }) }} />
      {importing ? <ImportDialog onClose={() => { setImporting(false); void client.invalidateQueries() }} /> : null}
    </>
  )
}

const fields = ['act', 'kind', 'number', 'reason', 'validFrom', 'validTo', 'days', 'from', 'to'] as const

function ImportDialog({ onClose }: { onClose: () => void }): ReactElement {
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState<OutputOf<'importNumberEntries'> | null>(null)
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    // Pasted from a sheet: tabs; typed by hand: commas.
    const rows = text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => Object.fromEntries((line.includes('\t') ? line.split('\t') : line.split(/[,，]/)).slice(0, 9).map((cell, index) => [fields[index] ?? 'act', cell.trim()])))
    try {
      setAnswer(await request('importNumberEntries', { rows } as never))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    setBusy(false)
  }
  return (
    <Modal open title={t('lists.import')} onCancel={onClose} width={720} footer={<Button type="primary" loading={busy} disabled={text.trim() === ''} onClick={() => void run()}>{t('lists.import')}</Button>}>
      <div className="ms-stack">
        <span className="ms-hint">{t('importHelp')}</span>
        <Input.TextArea rows={10} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('template')} aria-label={t('importRows')} />
        {answer ? <div role="status"><strong>{t('imported', { a: answer.added, b: answer.changed, c: answer.removed, d: answer.errors.length })}</strong><ul className="ms-plain-list">{answer.errors.slice(0, 50).map((error) => <li key={error.row} className="ms-over">{t('rowError', { n: error.row, why: error.message })}</li>)}</ul></div> : null}
      </div>
    </Modal>
  )
}
