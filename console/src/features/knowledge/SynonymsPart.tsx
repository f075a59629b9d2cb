import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { sheetRows } from '../admin/parts/sheet-file.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type SynonymSet = OutputOf<'listKnowledgeSynonyms'>['items'][number]

/** Words that mean the same to a caller; a hit says which of them led to it. */
export function SynonymsPart(): ReactElement {
  const sets = useQueryOf('listKnowledgeSynonyms', {})
  const send = useAct('listKnowledgeSynonyms', 'searchKnowledge')
  const [editing, setEditing] = useState<SynonymSet | 'new' | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const old = editing === 'new' || editing === null ? null : editing
  const failed = (error: unknown) => say(asProblem(error).message, 'over')
  const load = async (chosen: File | undefined) => {
    if (!chosen) return
    try {
      const rows = await sheetRows(chosen)
      const { added, failed: bad } = await send('importKnowledgeSynonyms', { rows: rows.filter((row) => row.some(Boolean)).slice(0, 1000) })
      say(t('synonymsImported', { n: added, bad: bad.length }) + (bad[0] ? `：${bad[0].words} ${bad[0].message}` : ''), bad.length > 0 ? 'over' : 'ok')
    } catch (error) {
      failed(error)
    }
  }
  return (
    <Section title={t('synonyms')} flush extra={<span className="ms-row"><input ref={file} type="file" hidden accept=".xlsx,.csv" onChange={(e) => { void load(e.target.files?.[0]); e.target.value = '' }} /><Button size="small" onClick={() => file.current?.click()}>{t('importSynonyms')}</Button><Button size="small" type="primary" onClick={() => setEditing('new')}>{t('add')}</Button></span>}>
      <QueryView query={sets}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('nothing')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('synonyms')}</th><th scope="col">{t('state')}</th><th scope="col" className="ms-num">{t('uses')}</th><th scope="col">{t('col.changed')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => <tr key={one.id}><td>{one.words.join(one.oneWay ? ' → ' : ' = ')}</td><td>{one.enabled ? <Tag tone="ok">{t('enabled')}</Tag> : <Tag tone="calm">{t('disabled')}</Tag>}</td><td className="ms-num">{one.uses}</td><td>{one.changedByName} <Time iso={one.changedAt} /></td><td><span className="ms-row" style={{ justifyContent: 'flex-end' }}><button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('change')}</button><button type="button" className="ms-link-button" onClick={() => void send('deleteKnowledgeSynonym', { id: one.id }).then(() => say(t('removed')), failed)}>{t('remove')}</button></span></td></tr>)}</tbody></table>
      ))}</QueryView>
      {editing ? <ActDrawer key={old?.id ?? 'new'} open onClose={() => setEditing(null)} title={t('synonyms')} submitLabel={old ? t('change') : t('add')} initial={old ? { words: old.words.join(' '), oneWay: old.oneWay, enabled: old.enabled } : { enabled: true }}
        schema={{ type: 'object', required: ['words'], properties: { words: { type: 'string', title: t('synonymWords'), maxLength: 600 }, oneWay: { type: 'boolean', title: t('oneWay') }, enabled: { type: 'boolean', title: t('enabled') } } }}
        submit={async (values) => {
          await send('saveKnowledgeSynonym', { ...(old ? { id: old.id, version: old.version } : {}), words: String(values.words).split(/[\s、,，]+/).filter(Boolean), oneWay: values.oneWay === true, enabled: values.enabled !== false })
          say(t('saved'))
        }} /> : null}
    </Section>
  )
}
