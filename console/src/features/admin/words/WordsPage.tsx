// The one store of words: by kind, searched, kept singly or by a sheet (WAR-12).
import { Button, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { sheetRows } from '../parts/sheet-file.ts'
import { t } from './texts.zh-CN.ts'

type Listed = OutputOf<'listWords'>
type Word = Listed['items'][number]
type Kind = Word['kind']
const kindsOfAll = ['sensitive', 'block', 'filter', 'hot', 'synonym', 'stop', 'quality', 'recognition'] as const satisfies readonly Kind[]
const states = ['active', 'proposed', 'retired'] as const
const grades = ['high', 'medium', 'low'] as const
const tones = { active: 'ok', proposed: 'near', retired: 'plain' } as const
const failed = (error: unknown) => say(asProblem(error).message, 'over')
const many = (value: unknown): string[] => (typeof value === 'string' ? value.split(/[\s、,，;；]+/).filter(Boolean) : [])

export default function WordsPage(): ReactElement {
  const [params, setParams] = useSearchParams()
  const kind = kindsOfAll.find((one) => one === params.get('kind')) ?? 'sensitive'
  const state = states.find((one) => one === params.get('state'))
  const [q, setQ] = useState('')
  const [asked, setAsked] = useState('')
  const [cursors, setCursors] = useState<string[]>([])
  const [editing, setEditing] = useState<Word | 'new' | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const send = useAct('listWords')
  const list = useQueryOf('listWords', { kind, limit: 50, ...(asked ? { q: asked } : {}), ...(state ? { state } : {}), ...(cursors.at(-1) ? { cursor: cursors.at(-1) } : {}) }, { keepPrevious: true })
  const go = (change: Record<string, string>) => { setCursors([]); setParams((held) => { const next = new URLSearchParams(held); for (const [key, value] of Object.entries(change)) { if (value) next.set(key, value); else next.delete(key) } return next }, { replace: true }) }
  const load = async (chosen: File | undefined) => {
    if (!chosen) return
    try {
      const rows = (await sheetRows(chosen)).slice(1).filter((row) => row.some(Boolean)).slice(0, 5000).map(([word = '', category = '', grade = '', related = '']) => ({ word, category, grade, related }))
      const done = await send('importWords', { kind, rows })
      const bad = done.failed[0]
      say(t('imported', { n: done.added }) + (bad ? t('importedBad', { n: done.failed.length, row: bad.row + 1, word: bad.word, why: bad.message }) : ''), bad ? 'over' : 'ok')
    } catch (error) {
      failed(error)
    }
  }
  const remove = async (one: Word) => {
    if (await confirm({ title: t('remove'), text: t('removeText', { word: one.word }), verb: t('remove'), danger: true })) await send('removeWord', { id: one.id }).then(() => say(t('removed')), failed)
  }
  return (
    <Page title={t('title')} sub={t('sub')}>
      <QueryView query={list}>
        {({ items, kinds, next }) => (
          <div className="ms-split" style={{ alignItems: 'start' }}>
            <nav className="ms-split-list" aria-label={t('kinds')}><div className="ms-picklist">{kinds.map((one) => <button key={one.code} type="button" aria-current={one.code === kind} title={one.use} onClick={() => go({ kind: one.code })}><span style={{ flex: 1 }}>{one.name}</span><span className="ms-hint">{one.words}</span></button>)}</div></nav>
            <Section flush title={kinds.find((one) => one.code === kind)?.name} extra={<span className="ms-row"><input ref={file} type="file" hidden accept=".xlsx,.csv" onChange={(e) => { void load(e.target.files?.[0]); e.target.value = '' }} /><Button size="small" title={t('importHelp')} onClick={() => file.current?.click()}>{t('import')}</Button><Button size="small" type="primary" onClick={() => setEditing('new')}>{t('add')}</Button></span>}>
              <div className="ms-row" style={{ padding: '0 16px 8px' }}>
                <span className="ms-hint ms-grow">{kinds.find((one) => one.code === kind)?.use}</span>
                <Input.Search allowClear size="small" style={{ inlineSize: 180 }} aria-label={t('search')} placeholder={t('search')} value={q} onChange={(e) => setQ(e.target.value)} onSearch={(value) => { setCursors([]); setAsked(value.trim()) }} />
                <Select size="small" aria-label={t('state')} style={{ inlineSize: 110 }} value={state ?? ''} onChange={(value) => go({ state: value })} options={[{ value: '', label: t('all') }, ...states.map((value) => ({ value, label: t(`state.${value}`) }))]} />
              </div>
              {items.length === 0 ? <Empty kind={asked || state ? 'filter' : 'done'} text={asked || state ? undefined : t('none')} hint={asked || state ? undefined : t('noneHint')} /> : (
                <table className="ms-plain-table">
                  <caption className="ms-hidden">{t('title')}</caption>
                  <thead><tr>{(['word', 'category', 'grade', 'related', 'state', 'validity', 'changed', 'acts'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                  <tbody>
                    {items.map((one) => (
                      <tr key={one.id}>
                        <td><strong>{one.word}</strong>{one.excepts.length > 0 ? <div className="ms-hint">{t('excepts')}：{one.excepts.join('、')}</div> : null}</td><td>{one.category || '–'}</td><td>{one.grade ? t(`grade.${one.grade}`) : '–'}</td><td>{one.related.join('、') || '–'}</td><td><Tag tone={tones[one.state]}>{t(`state.${one.state}`)}</Tag></td>
                        <td>{one.validFrom ?? one.validTo ? `${one.validFrom ?? ''} – ${one.validTo ?? ''}` : '–'}</td><td>{one.changedByName} <Time iso={one.changedAt} /></td>
                        <td><Button size="small" type="link" onClick={() => setEditing(one)}>{t('edit')}</Button><Button size="small" type="link" danger onClick={() => void remove(one)}>{t('remove')}</Button></td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
              {cursors.length > 0 || next ? <div className="ms-row" style={{ justifyContent: 'flex-end', padding: 8 }}><Button size="small" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>{t('newer')}</Button><Button size="small" disabled={!next} onClick={() => { if (next) setCursors([...cursors, next]) }}>{t('older')}</Button></div> : null}
            </Section>
            {editing ? <Edit key={editing === 'new' ? 'new' : editing.id} word={editing === 'new' ? null : editing} kind={kind} onClose={() => setEditing(null)} /> : null}
          </div>
        )}
      </QueryView>
    </Page>
  )
}

function Edit({ word, kind, onClose }: { word: Word | null; kind: Kind; onClose: () => void }): ReactElement {
  const send = useAct('listWords')
  const pick = <T extends string>(value: unknown, from: readonly T[]): T | null => from.find((one) => one === value) ?? null
  const day = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
  return (
    <ActDrawer open onClose={onClose} onDone={onClose} title={word ? t('edit') : t('add')} sub={word?.word} submitLabel={word ? t('edit') : t('add')}
      initial={word ? { word: word.word, category: word.category, grade: word.grade ?? 'none', related: word.related.join(' '), excepts: word.excepts.join(' '), state: word.state, validFrom: word.validFrom ?? undefined, validTo: word.validTo ?? undefined, note: word.note } : { grade: 'none', state: 'active' }}
      schema={{
        type: 'object', required: ['word', 'state'],
        properties: {
          word: { type: 'string', title: t('word'), maxLength: 40 }, category: { type: 'string', title: t('category'), maxLength: 40 }, grade: { type: 'string', title: t('grade'), oneOf: [{ const: 'none', title: t('grade.none') }, ...grades.map((one) => ({ const: one, title: t(`grade.${one}`) }))], 'x-buttons': true },
          related: { type: 'string', title: t('related'), description: t('relatedHelp'), maxLength: 400 }, excepts: { type: 'string', title: t('excepts'), description: t('exceptsHelp'), maxLength: 400 }, state: { type: 'string', title: t('state'), oneOf: states.map((one) => ({ const: one, title: t(`state.${one}`) })), 'x-buttons': true },
          validFrom: { type: 'string', format: 'date', title: t('from') }, validTo: { type: 'string', format: 'date', title: t('to') }, note: { type: 'string', title: t('note'), maxLength: 200 },
        },
      }}
      submit={async (v) => {
        await send('saveWord', { ...(word ? { id: word.id, version: word.version } : {}), kind: word?.kind ?? kind, word: String(v.word), category: typeof v.category === 'string' ? v.category : '', grade: pick(v.grade, grades), related: many(v.related), excepts: many(v.excepts), state: pick(v.state, states) ?? 'active', validFrom: day(v.validFrom), validTo: day(v.validTo), note: typeof v.note === 'string' ? v.note : '', weight: word?.weight ?? 100 })
        say(t('saved'))
      }} />
  )
}
