// 申报窗口期: when the upper platform takes declarations; what is open now stands above the list.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { Column } from '../../ui/ListPage.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { Section, Time } from '../../ui/Page.tsx'
import { moment } from '../../ui/time.ts'
import { fault, fields } from '../orders/acts/act-form.ts'
import { text, words } from '../orders/acts/form-values.ts'
import type { RowForm } from './RowAct.tsx'
import { t } from './texts.zh-CN.ts'

type Windows = OutputOf<'listDeclarationWindows'>
type Window = Windows['items'][number]
type Props = { open: (name: string, form: RowForm) => void; remove: (title: string, text: string, run: () => Promise<unknown>) => Promise<void> }

const kinds = ['exclude', 'shelve'] as const
const kindOf = (row: Window): string => (row.kind === 'exclude' ? t('view.excluded') : row.kind === 'shelve' ? t('view.shelved') : t('window.both'))

function windowForm(row: Window | null): RowForm {
  return {
    title: row ? t('window.edit') : t('window.new'), initial: row ? { kind: row.kind ?? 'both', opensAt: row.opensAt, closesAt: row.closesAt, note: row.note ?? undefined } : { kind: 'both' },
    schema: fields({
      kind: { type: 'string', title: t('exclude.kind'), oneOf: [{ const: 'both', title: t('window.both') }, { const: 'exclude', title: t('view.excluded') }, { const: 'shelve', title: t('view.shelved') }], 'x-buttons': true },
      opensAt: { type: 'string', format: 'date-time', title: t('window.opens'), 'x-half': true }, closesAt: { type: 'string', format: 'date-time', title: t('window.closes'), 'x-half': true }, note: { type: 'string', title: t('note'), maxLength: 200 },
    }, ['opensAt', 'closesAt']),
    check: (v) => fault('closesAt', words(v, 'closesAt') <= words(v, 'opensAt') && t('window.order')),
    send: (v, o) => {
      const body = { kind: kinds.find((one) => one === v.kind), opensAt: words(v, 'opensAt'), closesAt: words(v, 'closesAt'), note: text(v, 'note') }
      return row ? call('changeDeclarationWindow', { id: row.id, version: row.version, ...body }, o) : call('createDeclarationWindow', body, o)
    },
  }
}

/** “剔除：开放至 …；挂账：… 开放”, or that nothing binds. */
export function openingText({ windowed, exclude, shelve }: Windows): string {
  if (!windowed) return t('window.always')
  const of = (one: Windows['exclude']): string => (one.open ? t('window.openUntil', { moment: moment(one.until ?? '') }) : one.until ? t('window.next', { moment: moment(one.until) }) : t('window.unset'))
  return `${t('view.excluded')}：${of(exclude)}；${t('view.shelved')}：${of(shelve)}`
}

export function DeclarationWindows({ open, remove }: Props): ReactElement {
  const query = useQueryOf('listDeclarationWindows', {})
  const columns: Column<Window>[] = [
    { key: 'kind', title: t('col.kind'), width: 120, render: kindOf }, { key: 'opens', title: t('window.opens'), width: 150, render: (row) => <Time iso={row.opensAt} /> }, { key: 'closes', title: t('window.closes'), width: 150, render: (row) => <Time iso={row.closesAt} /> }, { key: 'note', title: t('note'), width: 200, wide: true, render: (row) => row.note ?? '–' },
    { key: 'changed', title: t('col.changed'), width: 150, render: (row) => <span className="ms-hint">{row.changedByName}</span> },
    { key: 'acts', title: '', width: 120, render: (row) => <div className="ms-row"><button type="button" className="ms-link-button" onClick={() => open(`window:${row.id}`, windowForm(row))}>{t('window.change')}</button><button type="button" className="ms-link-button" onClick={() => void remove(t('window.delete'), `${moment(row.opensAt)} – ${moment(row.closesAt)}`, () => call('deleteDeclarationWindow', { id: row.id }))}>{t('rule.delete')}</button></div> },
  ]
  return (
    <Section title={t('windows')} flush extra={<Button type="primary" size="small" onClick={() => open('window', windowForm(null))}>{t('window.new')}</Button>}>
      <QueryView query={query}>{(windows) => (
        <>
          <p className="ms-hint" role="status" style={{ margin: 0, padding: '0 var(--ms-space-4) var(--ms-space-3)' }}>{openingText(windows)}</p>
          {windows.items.length === 0 ? <Empty kind="done" text={t('window.none')} hint={t('window.effect')} /> : <ListTable caption={t('windows')} rows={windows.items} rowKey={(row) => row.id} columns={columns} />}
        </>
      )}</QueryView>
    </Section>
  )
}
