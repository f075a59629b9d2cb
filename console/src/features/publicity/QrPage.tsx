// 投诉二维码: what a scan fills in, validity, counts (INT-07).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listQrCodes'>['items'][number]
const kinds = (['general', 'place', 'enterprise', 'unit', 'campaign'] as const).map((value) => ({ value, label: t(`qr.${value}`) }))
const tones = { on: 'ok', off: 'calm', early: 'near', over: 'calm' } as const

const columns: Column<Row>[] = [
  { key: 'name', title: t('col.name'), width: 180, wide: true, render: (row) => row.name },
  { key: 'kind', title: t('col.kind'), width: 80, render: (row) => row.kindName },
  { key: 'subject', title: t('col.subject'), width: 160, render: (row) => row.subject },
  { key: 'place', title: t('col.place'), width: 220, render: (row) => [row.areaName, row.address].filter(Boolean).join(' ') },
  { key: 'state', title: t('col.state'), width: 90, render: (row) => <Tag tone={tones[row.state]}>{t(`qrState.${row.state}`)}</Tag> },
  { key: 'valid', title: t('col.valid'), width: 140, render: (row) => (row.validUntil ? t('until', { at: when(row.validUntil) }) : t('forever')) },
  { key: 'scans', title: t('col.scans'), width: 70, align: 'end', render: (row) => row.scans },
  { key: 'submissions', title: t('col.submissions'), width: 70, align: 'end', render: (row) => row.submissions },
  { key: 'print', title: '', width: 70, export: false, render: (row) => <Link to={`/content/qrcodes/${row.id}/print`} target="_blank" onClick={(event) => event.stopPropagation()}>{t('print')}</Link> },
]
const filters: Filter[] = [{ key: 'kind', label: t('col.kind'), kind: 'select', options: kinds }]

export default function QrPage(): ReactElement {
  const [edited, setEdited] = useState<Row | 'new' | null>(null)
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 })
  const add = useCommand('addQrCode')
  const change = useCommand('changeQrCode')
  const client = useQueryClient()
  const old = edited === 'new' || edited === null ? null : edited
  const schema: FormSchema = {
    type: 'object', required: ['name', 'kind'],
    properties: {
      name: { type: 'string', title: t('name'), description: t('nameHelp'), maxLength: 60 },
      kind: { type: 'string', title: t('kind'), oneOf: kinds.map((k) => ({ const: k.value, title: k.label })) },
      subject: { type: 'string', title: t('subject'), maxLength: 100 },
      areaCode: { type: 'string', format: 'area', title: t('area') },
      address: { type: 'string', title: t('address'), maxLength: 200 },
      appealType: { type: 'string', title: t('appealType'), oneOf: (options.data?.appealTypes ?? []).filter((one) => one.parentId === null).map((one) => ({ const: one.id, title: one.name })) },
      matterId: { type: 'string', format: 'matter', title: t('matter') },
      validFrom: { type: 'string', format: 'date-time', title: t('validFrom'), 'x-half': true },
      validUntil: { type: 'string', format: 'date-time', title: t('validUntil'), 'x-half': true },
      enabled: { type: 'boolean', title: t('enabled'), default: true },
    },
  }
  const initial: FormValue = old ? { name: old.name, kind: old.kind, subject: old.subject ?? undefined, areaCode: old.areaCode ?? undefined, address: old.address ?? undefined, appealType: old.appealType ?? undefined, matterId: old.matterId ?? undefined, validFrom: old.validFrom ?? undefined, validUntil: old.validUntil ?? undefined, enabled: old.enabled } : { kind: 'place', enabled: true }
  return (
    <>
      <ListPage<Row> noSearch page="qrCodes" title={t('qrcodes')} columns={columns} filters={filters} rowKey={(row) => row.id} onOpen={setEdited} load={(query, signal) => request<ListResult<Row>>('GET', '/api/qr-codes', query, { signal })} acts={<Button type="primary" onClick={() => setEdited('new')}>{t('addQr')}</Button>} />
      {options.data ? (
        <ActDrawer key={old?.id ?? 'new'} open={edited !== null} onClose={() => setEdited(null)} title={old ? t('changeQr') : t('addQr')} submitLabel={t('save')} schema={schema} initial={initial} loaders={orderLoaders}
          submit={async (values) => {
            const text = (name: string): string | null => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : null)
            const body = { name: text('name') ?? '', kind: kinds.find((k) => k.value === values.kind)?.value ?? 'general', subject: text('subject'), areaCode: text('areaCode'), address: text('address'), appealType: text('appealType'), matterId: text('matterId'), validFrom: text('validFrom'), validUntil: text('validUntil'), enabled: values.enabled === true }
            if (old) await change.mutateAsync({ id: old.id, version: old.version, ...body })
            else await add.mutateAsync(body)
            say(t('saved'))
            await client.invalidateQueries({ queryKey: ['list'] })
          }} />
      ) : null}
    </>
  )
}
