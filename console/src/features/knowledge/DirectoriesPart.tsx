import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { knowledgeQueries } from './EditPage.tsx'
import { t } from './texts.zh-CN.ts'

type Directory = OutputOf<'listKnowledgeDirectories'>['items'][number]
type Editing = { old: Directory | null; parentId: string | null }

export function DirectoriesPart(): ReactElement {
  const tree = useQueryOf('listKnowledgeDirectories', {})
  const send = useAct(...knowledgeQueries)
  const [editing, setEditing] = useState<Editing | null>(null)
  const items = useMemo(() => tree.data?.items ?? [], [tree.data])
  const directories = useMemo(() => localLoader(`knowledge-tree:${items.length}`, items), [items])
  const rows = useMemo(() => {
    const under = (parentId: string | null, depth: number): (Directory & { depth: number })[] => items.filter((one) => one.parentId === parentId).flatMap((one) => [{ ...one, depth }, ...under(one.id, depth + 1)])
    return under(null, 0)
  }, [items])
  const remove = async (one: Directory) => {
    if (!(await confirm({ title: t('confirmRemove', { name: one.name }), text: '', verb: t('remove'), danger: true }))) return
    try {
      await send('deleteKnowledgeDirectory', { id: one.id })
      say(t('removed'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Section title={t('directories')} flush extra={<Button type="primary" size="small" onClick={() => setEditing({ old: null, parentId: null })}>{t('add')}</Button>}>
      <QueryView query={tree}>{() => (rows.length === 0 ? <Empty kind="done" text={t('noDirectories')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('typeCode')}</th><th scope="col">{t('ownerUnit')}</th><th scope="col" className="ms-num">{t('sort')}</th><th scope="col" className="ms-num">{t('weight')}</th><th scope="col" className="ms-num">{t('stock')}</th><th scope="col" /></tr></thead>
          <tbody>{rows.map((one) => <tr key={one.id}><td style={{ paddingInlineStart: 10 + one.depth * 20 }}>{one.name}</td><td>{one.code}</td><td>{one.ownerUnitName}</td><td className="ms-num">{one.sort}</td><td className="ms-num">{one.weight}</td><td className="ms-num">{one.items}</td>
            <td><span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}><button type="button" className="ms-link-button" onClick={() => setEditing({ old: null, parentId: one.id })}>{t('addUnder')}</button><button type="button" className="ms-link-button" onClick={() => setEditing({ old: one, parentId: one.parentId })}>{t('change')}</button><button type="button" className="ms-link-button" onClick={() => void remove(one)}>{t('remove')}</button></span></td></tr>)}</tbody></table>
      ))}</QueryView>
      {editing ? <ActDrawer key={editing.old?.id ?? editing.parentId ?? 'new'} open onClose={() => setEditing(null)} title={editing.old ? t('change') : t('add')} submitLabel={editing.old ? t('change') : t('add')} loaders={{ ...orderLoaders, matter: directories }}
        schema={{ type: 'object', required: ['name', 'code'], properties: { name: { type: 'string', title: t('name'), maxLength: 60 }, code: { type: 'string', title: t('typeCode'), description: t('codeHelp'), maxLength: 40 }, parentId: { type: 'string', format: 'matter', title: t('parent') }, ownerUnitId: { type: 'string', format: 'unit', title: t('ownerUnit') }, sort: { type: 'integer', title: t('sort'), minimum: 0, maximum: 9999, 'x-half': true }, weight: { type: 'integer', title: t('weight'), description: t('weightHelp'), minimum: 0, maximum: 1000, 'x-half': true } } }}
        initial={editing.old ? { name: editing.old.name, code: editing.old.code, parentId: editing.old.parentId ?? undefined, ownerUnitId: editing.old.ownerUnitId ?? undefined, sort: editing.old.sort, weight: editing.old.weight } : { parentId: editing.parentId ?? undefined, sort: rows.filter((one) => one.parentId === editing.parentId).length * 10 + 10, weight: 100 }}
        submit={async (values) => {
          const body = { name: values.name, code: values.code, parentId: values.parentId ?? null, ownerUnitId: values.ownerUnitId ?? null, sort: Number(values.sort ?? 0), weight: Number(values.weight ?? 100) }
          if (editing.old) await send('changeKnowledgeDirectory', { id: editing.old.id, version: editing.old.version, ...body })
          else await send('addKnowledgeDirectory', body)
          say(t('saved'))
        }} /> : null}
    </Section>
  )
}
