// Score sheets: two levels of indicators with their points; edited as the next version, copied as a new one.
import { Button, Checkbox, Input, InputNumber } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import type { Definition, Item } from './filled-sheet.ts'
import { itemsOf } from './filled-sheet.ts'
import { t } from './texts.zh-CN.ts'
import './quality.css'

type Sheet = OutputOf<'listQualitySheets'>['items'][number]

export default function SheetsPage(): ReactElement {
  const { can } = useSession()
  const sheets = useQueryOf('listQualitySheets', {})
  const [editing, setEditing] = useState<{ sheet: Sheet; copy: boolean } | null>(null)
  return (
    <Page title={t('sheets')} sub={t('sheetHint')}>
      <QueryView query={sheets}>
        {({ items }) => (editing ? <SheetEditor key={`${editing.sheet.id}${editing.copy}`} {...editing} onClose={() => setEditing(null)} /> : items.map((sheet) => (
          <Section key={sheet.id} flush title={<span className="ms-row">{sheet.name}<Tag>{sheet.kindName}</Tag><span className="ms-muted">{t('version', { n: sheet.number })} · {t('fullScore')} {sheet.definition.fullScore} · {t('passScore')} {sheet.definition.passScore} · {sheet.definition.grades.map((one) => `${one.name} ≥${one.from}`).join('，')}</span></span>} extra={can('quality.manage') ? <span className="ms-row"><Button size="small" onClick={() => setEditing({ sheet, copy: true })}>{t('newSheet')}</Button><Button size="small" type="primary" onClick={() => setEditing({ sheet, copy: false })}>{t('editSheet')}</Button></span> : null}>
            <table className="ms-plain-table"><caption className="ms-hidden">{sheet.name}</caption><thead><tr><th scope="col">{t('firstLevel')}</th><th scope="col">{t('secondLevel')}</th><th scope="col">{t('itemPoints')}</th><th scope="col">{t('details')}</th></tr></thead>
              <tbody>{sheet.definition.groups.flatMap((group) => group.items.map((item, index) => <tr key={item.code}>{index === 0 ? <th scope="rowgroup" rowSpan={group.items.length}>{group.name} {group.items.reduce((sum, one) => sum + one.points, 0)}</th> : null}<td>{item.name}{item.mandatory ? <span className="ms-quality-over"> *</span> : null}{item.fatal ? <> <Tag tone="over">{t('isFatal')}</Tag></> : null}</td><td>{item.fatal ? '' : item.points}</td><td className="ms-muted">{item.details}</td></tr>))}</tbody>
            </table>
          </Section>
        )))}
      </QueryView>
    </Page>
  )
}

function SheetEditor({ sheet, copy, onClose }: { sheet: Sheet; copy: boolean; onClose: () => void }): ReactElement {
  const [name, setName] = useState(copy ? `${sheet.name}（副本）` : sheet.name)
  const [definition, setDefinition] = useState<Definition>(sheet.definition)
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = useAct('listQualitySheets')
  const number = copy ? 1 : sheet.number + 1
  const sum = itemsOf(definition).filter((one) => !one.fatal).reduce((total, one) => total + one.points, 0)
  const group = (index: number, change: (held: Definition['groups'][number]) => Definition['groups'][number]) => setDefinition({ ...definition, groups: definition.groups.map((one, at) => (at === index ? change(one) : one)) })
  const item = (g: number, index: number, change: Partial<Item>) => group(g, (held) => ({ ...held, items: held.items.map((one, at) => (at === index ? { ...one, ...change } : one)) }))
  const save = () => void send('saveQualitySheet', { id: copy ? null : sheet.id, number: copy ? 0 : sheet.number, name, kind: sheet.kind, state: 'active', definition }).then((done) => { say(t('sheetSaved', { n: done.number })); onClose() }, (error: unknown) => setProblem(asProblem(error)))
  const fresh = (): string => `item${1 + Math.max(0, ...itemsOf(definition).map((one) => Number(/^item(\d+)$/.exec(one.code)?.[1] ?? 0)))}`
  return (
    <Section title={copy ? t('newSheet') : t('editSheet')} extra={<span className="ms-row"><b className={sum === definition.fullScore ? undefined : 'ms-quality-over'}>{t('sumOf', { n: sum })}</b><Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" onClick={save}>{t('publish', { n: number })}</Button></span>}>
      {problem ? <ProblemLine problem={problem} /> : null}
      <div className="ms-row"><label>{t('sheetName')} <Input value={name} maxLength={60} style={{ inlineSize: 260 }} onChange={(event) => setName(event.target.value)} /></label><label>{t('fullScore')} <InputNumber min={1} max={1000} value={definition.fullScore} onChange={(next) => setDefinition({ ...definition, fullScore: next ?? 100 })} /></label><label>{t('passScore')} <InputNumber min={0} max={1000} value={definition.passScore} onChange={(next) => setDefinition({ ...definition, passScore: next ?? 0 })} /></label></div>
      <table className="ms-quality-edit"><thead><tr><th scope="col">{t('firstLevel')}</th><th scope="col">{t('secondLevel')}</th><th scope="col">{t('itemPoints')}</th><th scope="col">{t('details')}</th><th scope="col">{t('isMandatory')}</th><th scope="col">{t('isFatal')}</th><th /></tr></thead>
        <tbody>{definition.groups.flatMap((held, g) => held.items.map((one, index) => (
          <tr key={one.code}>
            <td>{index === 0 ? <Input value={held.name} maxLength={40} aria-label={t('firstLevel')} onChange={(event) => group(g, (x) => ({ ...x, name: event.target.value }))} /> : index === held.items.length - 1 ? <Button size="small" type="link" onClick={() => group(g, (x) => ({ ...x, items: [...x.items, { code: fresh(), name: '', points: 0, details: '', mandatory: false, fatal: false }] }))}>{t('addItem')}</Button> : null}</td>
            <td><Input value={one.name} maxLength={40} aria-label={t('secondLevel')} onChange={(event) => item(g, index, { name: event.target.value })} /></td><td><InputNumber min={0} max={100} value={one.points} disabled={one.fatal} aria-label={t('itemPoints')} style={{ inlineSize: 72 }} onChange={(next) => item(g, index, { points: next ?? 0 })} /></td><td><Input value={one.details} maxLength={400} aria-label={t('details')} onChange={(event) => item(g, index, { details: event.target.value })} /></td>
            <td><Checkbox checked={one.mandatory} disabled={one.fatal} aria-label={t('isMandatory')} onChange={(event) => item(g, index, { mandatory: event.target.checked })} /></td><td><Checkbox checked={one.fatal} aria-label={t('isFatal')} onChange={(event) => item(g, index, { fatal: event.target.checked, ...(event.target.checked ? { points: 0, mandatory: false } : {}) })} /></td>
            <td><Button size="small" type="text" danger disabled={held.items.length === 1} aria-label={`${t('removeItem')} ${one.name}`} onClick={() => group(g, (x) => ({ ...x, items: x.items.filter((_, at) => at !== index) }))}>×</Button></td>
          </tr>
        )))}</tbody>
      </table>
    </Section>
  )
}
