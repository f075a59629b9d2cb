// The tree of categories: kind, parent, owner, place in the order; withdrawing one names what goes with it.
import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { confirm } from '../../ui/confirm.tsx'
import { ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { unitLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type Category = OutputOf<'listReportCategories'>['items'][number]
type Draft = Pick<Category, 'name' | 'kind' | 'parent' | 'departmentId' | 'sort' | 'edit'>
const loader = unitLoader()
const fresh: Draft = { name: '', kind: 'periodic', parent: null, departmentId: null, sort: 100, edit: 0 }

/** Parents before their children, with how deep they stand. */
export function inTree(items: readonly Category[], parent: string | null = null, depth = 0): { one: Category; depth: number }[] {
  const names = new Set(items.map((c) => c.name))
  const here = items.filter((c) => (parent === null ? c.parent === null || !names.has(c.parent) : c.parent === parent))
  return here.flatMap((one) => [{ one, depth }, ...inTree(items, one.name, depth + 1)])
}

export function Categories({ onClose }: { onClose: () => void }): ReactElement {
  const query = useQueryOf('listReportCategories', {})
  const send = useAct('listReportCategories', 'listReports', 'listReportTemplates')
  const [draft, setDraft] = useState<Draft | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (work: () => Promise<void>): Promise<void> => { setProblem(null); try { await work() } catch (error) { setProblem(asProblem(error)) } }
  const save = (): Promise<void> => run(async () => { if (!draft) return; await send('saveReportCategory', { ...draft, name: draft.name.trim() }); say(t('saved')); setDraft(null) })
  const change = (one: Category, act: 'withdraw' | 'restore'): Promise<void> => run(async () => {
    if (act === 'withdraw' && !(await confirm({ title: t('withdraw'), text: t('confirmCategory', { name: one.name, n: one.reports }), verb: t('withdraw'), danger: true }))) return
    await send('changeReportCategoryState', { name: one.name, act })
    say(t(act === 'withdraw' ? 'categoryGone' : 'categoryBack', { name: one.name }))
  })
  const field = (label: string, control: ReactElement): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}</label>
  return (
    <Drawer open size={760} title={t('categories')} onClose={onClose} extra={<Button type="primary" onClick={() => setDraft(fresh)}>{t('newCategory')}</Button>}>
      {problem ? <ProblemLine problem={problem} /> : null}
      {draft ? (
        <div className="ms-report-form" style={{ marginBlockEnd: 16 }}>
          <div className="ms-data-half">{field(t('category'), <Input value={draft.name} maxLength={20} disabled={draft.edit > 0 || (query.data?.items.some((c) => c.name === draft.name && c.templates > 0) ?? false)} onChange={(e) => setDraft({ ...draft, name: e.target.value })} />)}{field(t('kind'), <Select value={draft.kind} options={(['periodic', 'thematic'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(kind) => setDraft({ ...draft, kind })} />)}</div>
          <div className="ms-data-half">{field(t('parent'), <Select allowClear placeholder={t('none')} value={draft.parent} options={(query.data?.items ?? []).filter((c) => c.name !== draft.name && c.state === 'published').map((c) => ({ value: c.name, label: c.name }))} onChange={(parent: string | null | undefined) => setDraft({ ...draft, parent: parent ?? null })} />)}{field(t('sort'), <InputNumber style={{ inlineSize: '100%' }} min={0} max={9999} value={draft.sort} onChange={(sort) => setDraft({ ...draft, sort: sort ?? 100 })} />)}</div>
          {field(t('department'), <UnitPicker loader={loader} placeholder={t('wholeCentre')} value={draft.departmentId ?? undefined} onChange={(picked) => setDraft({ ...draft, departmentId: typeof picked === 'string' ? picked : null })} />)}
          <div className="ms-row"><Button type="primary" disabled={draft.name.trim() === ''} onClick={() => void save()}>{t('save')}</Button><Button onClick={() => setDraft(null)}>{t('cancel')}</Button></div>
        </div>
      ) : null}
      <QueryView query={query}>{({ items }) => (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{t('categories')}</caption>
          <thead><tr>{(['category', 'kind', 'department', 'sort', 'used', 'state'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}<th /></tr></thead>
          <tbody>{inTree(items).map(({ one, depth }) => (
            <tr key={one.name}>
              <td style={{ paddingInlineStart: 12 + depth * 20 }}>{one.name}</td><td>{one.kindName}</td><td>{one.departmentName || t('wholeCentre')}</td><td>{one.sort}</td><td>{t('usedBy', { templates: one.templates, reports: one.reports })}</td><td><Tag tone={one.state === 'published' ? 'ok' : 'calm'}>{t(one.state === 'published' ? 'inUse' : 'withdrawnState')}</Tag></td>
              <td className="ms-data-end"><Button type="link" size="small" onClick={() => setDraft({ name: one.name, kind: one.kind, parent: one.parent, departmentId: one.departmentId, sort: one.sort, edit: one.edit })}>{t('edit')}</Button><Button type="link" size="small" danger={one.state === 'published'} onClick={() => void change(one, one.state === 'published' ? 'withdraw' : 'restore')}>{t(one.state === 'published' ? 'withdraw' : 'restore')}</Button></td>
            </tr>
          ))}</tbody>
        </table>
      )}</QueryView>
    </Drawer>
  )
}
