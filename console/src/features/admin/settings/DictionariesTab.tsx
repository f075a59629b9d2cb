// Dictionaries: a list, and the tree of one with its items; used items are retired, never deleted.
import { Button, Checkbox, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Section } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Dictionary = OutputOf<'listDictionaries'>['items'][number]
type Item = OutputOf<'getDictionary'>['items'][number]
const codePattern = '^[A-Za-z0-9_.\\-]{1,60}$'

export function DictionariesTab(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const list = useQueryOf('listDictionaries', {})
  const send = useAct('listDictionaries', 'getDictionary')
  const [editing, setEditing] = useState<Dictionary | 'new' | null>(null)
  const items = list.data?.items ?? []
  const chosen = items.find((one) => one.code === search.get('dictionary')) ?? items[0]
  const open = (code: string) => setSearch({ tab: 'dictionaries', dictionary: code })
  const schema: FormSchema = {
    type: 'object', required: ['code', 'name'],
    properties: {
      ...(editing === 'new' ? { code: { type: 'string', title: t('dictCode'), description: t('codePattern'), pattern: codePattern } } : {}),
      name: { type: 'string', title: t('dictName'), maxLength: 40 }, description: { type: 'string', title: t('dictDescription'), format: 'textarea', maxLength: 200 },
    },
  }
  return (
    <div className="ms-split">
      <nav className="ms-split-list" aria-label={t('dictionaryList')}>
        <QueryView query={list}>
          {(data) => (
            <div className="ms-picklist">
              {data.items.length === 0 ? <Empty kind="done" text={t('dictNone')} /> : data.items.map((one) => (
                <button key={one.code} type="button" aria-current={one.code === chosen?.code} onClick={() => open(one.code)}><span className="ms-ellipsis">{one.name}</span><span className="ms-grow" /><span className="ms-hint">{t('dictItems', { n: one.items })}{one.own ? '' : ` · ${t('dictUpper')}`}</span></button>
              ))}
            </div>
          )}
        </QueryView>
        <div style={{ padding: 8 }}><Button block icon={<Icon name="plus" />} onClick={() => setEditing('new')}>{t('newDictionary')}</Button></div>
      </nav>
      <div className="ms-split-main">{chosen ? <DictionaryView key={chosen.code} dictionary={chosen} onEdit={() => setEditing(chosen)} /> : list.data ? <section className="ms-section"><Empty kind="done" text={t('chooseDictionary')} /></section> : null}</div>
      <ActDrawer open={editing !== null} onClose={() => setEditing(null)} title={editing === 'new' ? t('newDictionary') : t('editDictionary')} schema={schema} submitLabel={t('save')} initial={editing && editing !== 'new' ? { name: editing.name, description: editing.description } : {}}
        submit={async (values) => {
          const code = editing === 'new' || editing === null ? String(values.code) : editing.code
          const { code: _code, ...rest } = values
          await send('saveDictionary', { description: '', ...rest, code, version: editing && editing !== 'new' ? editing.version : 0 })
          say(t('saved'))
          open(code)
        }} />
    </div>
  )
}

function DictionaryView({ dictionary, onEdit }: { dictionary: Dictionary; onEdit: () => void }): ReactElement {
  const detail = useQueryOf('getDictionary', { code: dictionary.code, all: 'true' })
  const send = useAct('listDictionaries', 'getDictionary')
  const [editing, setEditing] = useState<{ item: Item | null; parent: string | null } | null>(null)
  const [retired, setRetired] = useState(true)
  const remove = async (item: Item) => {
    if (!(await confirm({ title: t('removeItemTitle', { name: item.label }), text: t('removeItemText'), verb: t('removeItem'), danger: true }))) return
    try {
      await send('deleteDictionaryItem', { code: dictionary.code, itemCode: item.code })
      say(t('itemRemoved'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <QueryView query={detail}>
      {(data) => {
        const shown = data.items.filter((item) => retired || item.state === 'active')
        const rows = inTree(shown)
        const others = data.items.filter((item) => item.code !== editing?.item?.code)
        const item = editing?.item
        return (
          <Section flush={rows.length > 0} title={<span className="ms-row">{data.name} <span className="ms-code ms-muted">{data.code}</span>{dictionary.own ? null : <Tag tone="low">{t('dictUpper')}</Tag>}</span>}
            extra={<div className="ms-row">
              <Checkbox checked={retired} onChange={(e) => setRetired(e.target.checked)}>{t('showRetired')}</Checkbox>
              {dictionary.own ? <Button size="small" onClick={onEdit}>{t('edit')}</Button> : null}
              <Button size="small" type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setEditing({ item: null, parent: null })}>{t('addItem')}</Button>
            </div>}>
            {dictionary.description ? <p className="ms-muted" style={{ margin: '0 16px 8px' }}>{dictionary.description}</p> : null}
            {rows.length === 0 ? <Empty kind="done" text={t('noItems')} /> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('itemLabel')}</th><th scope="col">{t('itemCode')}</th><th scope="col" className="ms-num">{t('itemSort')}</th><th scope="col">{t('itemPeriod')}</th><th scope="col">{t('itemState')}</th><th scope="col" /></tr></thead>
                <tbody>{rows.map(({ item: row, depth }) => (
                  <tr key={row.code}>
                    <td style={{ paddingInlineStart: 16 + depth * 24 }}>{row.label}</td><td className="ms-code">{row.code}</td><td className="ms-num">{row.sort}</td><td>{row.validFrom || row.validTo ? `${row.validFrom ?? '…'} — ${row.validTo ?? '…'}` : '–'}</td>
                    <td><Tag tone={row.offered ? 'ok' : 'calm'}>{row.offered ? t('offered') : t('notOffered')}</Tag></td>
                    <td className="ms-num"><Dropdown trigger={['click']} menu={{ items: [{ key: 'edit', label: t('edit'), onClick: () => setEditing({ item: row, parent: row.parentCode }) }, { key: 'child', label: t('addChild'), onClick: () => setEditing({ item: null, parent: row.code }) }, { key: 'remove', label: t('removeItem'), danger: true, onClick: () => void remove(row) }] }}><button type="button" className="ms-icon-button"><Icon name="more" label={row.label} /></button></Dropdown></td>
                  </tr>
                ))}</tbody>
              </table>
            )}
            <ActDrawer open={editing !== null} onClose={() => setEditing(null)} title={item ? t('editItem') : t('addItem')} sub={data.name} submitLabel={t('save')}
              initial={item ? Object.fromEntries(Object.entries({ label: item.label, parentCode: item.parentCode, sort: item.sort, state: item.state, validFrom: item.validFrom, validTo: item.validTo }).filter(([, one]) => one !== null)) : { state: 'active', sort: (data.items.length + 1) * 10, ...(editing?.parent ? { parentCode: editing.parent } : {}) }}
              schema={{
                type: 'object', required: ['itemCode', 'label', 'state'],
                properties: {
                  ...(item ? {} : { itemCode: { type: 'string' as const, title: t('itemCode'), description: t('codePattern'), pattern: codePattern } }),
                  label: { type: 'string', title: t('itemLabel'), maxLength: 80 },
                  parentCode: { type: 'string', title: t('itemParent'), 'x-buttons': false, oneOf: others.map((one) => ({ const: one.code, title: one.label })) },
                  sort: { type: 'integer', title: t('itemSort'), minimum: 0, maximum: 99999, 'x-half': true },
                  state: { type: 'string', title: t('itemState'), 'x-half': true, oneOf: [{ const: 'active', title: t('itemActive') }, { const: 'retired', title: t('itemRetired') }] },
                  validFrom: { type: 'string', title: `${t('itemPeriod')} 起`, format: 'date', 'x-half': true }, validTo: { type: 'string', title: `${t('itemPeriod')} 止`, format: 'date', 'x-half': true },
                },
              }}
              submit={async (values) => {
                await send('saveDictionaryItem', { labels: item?.labels ?? {}, externalCodes: item?.externalCodes ?? {}, ...cleared(values, ['parentCode', 'validFrom', 'validTo']), code: data.code, itemCode: item ? item.code : values.itemCode })
                say(t('saved'))
              }} />
          </Section>
        )
      }}
    </QueryView>
  )
}

/** Upper items before lower ones, siblings by their order. */
function inTree(items: readonly Item[]): { item: Item; depth: number }[] {
  const known = new Set(items.map((item) => item.code))
  const below = (parent: string | null, depth: number): { item: Item; depth: number }[] =>
    items.filter((item) => (parent === null ? item.parentCode === null || !known.has(item.parentCode) : item.parentCode === parent)).sort((a, b) => a.sort - b.sort).flatMap((item) => [{ item, depth }, ...(depth < 8 ? below(item.code, depth + 1) : [])])
  return below(null, 0)
}
