// Catalogue of elements: a graph to walk through, beside it the element that was picked.
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Chart } from '../../../ui/Figure.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { say } from '../../../ui/notices.ts'
import { Page, Section } from '../../../ui/Page.tsx'
import { MatterPicker } from '../../../ui/Pickers.tsx'
import { series } from '../../../ui/tokens.ts'
import { useAct } from '../../../ui/use-act.ts'
import { matterLoader } from '../../orders/pickers.ts'
import { ElementView } from './ElementView.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Graph = OutputOf<'elementGraph'>
export const families = ['event', 'request', 'subject', 'object', 'address', 'requester'] as const
export const relationKinds = ['hierarchy', 'association', 'dependency'] as const
export const elementQueries = ['elementGraph', 'listElements', 'getElement'] as const
export const elementFields: FormSchema['properties'] = {
  name: { type: 'string', title: t('name'), maxLength: 60 }, category: { type: 'string', title: t('category'), description: t('categoryHelp'), maxLength: 100 }, definition: { type: 'string', format: 'textarea', title: t('definition'), maxLength: 2000 }, attributes: { type: 'string', format: 'textarea', title: t('attributes'), description: t('attributesHelp'), maxLength: 8000 },
}
export const attributesIn = (value: unknown) => String(value ?? '').split('\n').map((line) => line.trim()).filter(Boolean).map((line) => { const at = line.search(/[:：]/); return at < 0 ? { name: line, text: line } : { name: line.slice(0, at).trim(), text: line.slice(at + 1).trim() || line.slice(0, at).trim() } })
const loader = matterLoader()

export default function CataloguePage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const send = useAct(...elementQueries)
  const family = families.find((one) => one === search.get('family'))
  const kind = relationKinds.find((one) => one === search.get('kind'))
  const [matterId, around, chosen] = [search.get('matterId') ?? undefined, search.get('around') ?? undefined, search.get('element')]
  const set = (change: Record<string, string | undefined>) => setSearch(Object.fromEntries(Object.entries({ ...Object.fromEntries(search), ...change }).filter((one): one is [string, string] => one[1] !== undefined)))
  const graph = useQueryOf('elementGraph', { ...(family ? { family } : {}), ...(kind ? { kind } : {}), ...(matterId ? { matterId } : {}), ...(around ? { around } : {}) }, { keepPrevious: true })
  const edit = can('matters.edit')
  return (
    <Page title={t('catalogue')} acts={<>
      <Select aria-label={t('family')} style={{ inlineSize: 120 }} allowClear placeholder={t('allFamilies')} value={family} options={families.map((value) => ({ value, label: t(`f_${value}`) }))} onChange={(value: string | undefined) => set({ family: value })} />
      <Select aria-label={t('relationKind')} style={{ inlineSize: 120 }} allowClear placeholder={t('allRelations')} value={kind} options={relationKinds.map((value) => ({ value, label: t(`r_${value}`) }))} onChange={(value: string | undefined) => set({ kind: value })} />
      <span style={{ inlineSize: 240 }}><MatterPicker loader={loader} value={matterId} placeholder={t('matter')} onChange={(next) => set({ matterId: typeof next === 'string' ? next : undefined })} /></span>
      {around ? <Button onClick={() => set({ around: undefined })}>{t('everything')}</Button> : null}
      {edit ? <Button type="primary" onClick={() => setAdding(true)}>{t('add')}</Button> : null}
    </>}>
      <div className="ms-catalogue">
        <Section title={t('graph')} extra={<span className="ms-hint">{t('hint')}</span>}>
          <QueryView query={graph}>{(data) => (data.nodes.length === 0 ? <Empty kind={family || kind || matterId ? 'filter' : 'pending'} text={t('noGraph')} /> : <Picture graph={data} chosen={chosen} onPick={(id) => set({ element: id })} />)}</QueryView>
        </Section>
        {chosen ? <ElementView key={chosen} id={chosen} edit={edit} onAround={() => set({ around: chosen })} onOpen={(id) => set({ element: id })} /> : <Section title={t('definition')}><Empty kind="done" text={t('choose')} /></Section>}
      </div>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('add')} submitLabel={t('add')} draftKey="element:new"
        schema={{ type: 'object', required: ['family', 'code', 'name', 'category', 'definition'], properties: { family: { type: 'string', title: t('family'), oneOf: families.map((value) => ({ const: value, title: t(`f_${value}`) })), 'x-buttons': true }, code: { type: 'string', title: t('code'), maxLength: 30, pattern: '^[A-Za-z][A-Za-z0-9_\\-]{0,29}$' }, ...elementFields } }}
        submit={async (v) => {
          const made = await send('createElement', { family: families.find((one) => one === v['family']) ?? 'event', code: String(v['code']), name: String(v['name']), category: String(v['category']), definition: String(v['definition']), attributes: attributesIn(v['attributes']) })
          say(t('saved'))
          set({ element: made.id })
        }} />
    </Page>
  )
}

const lines = { hierarchy: 'solid', dependency: 'solid', association: 'dashed' } as const

function Picture({ graph, chosen, onPick }: { graph: Graph; chosen: string | null; onPick: (id: string) => void }): ReactElement {
  const nameOf = (id: string): string => graph.nodes.find((n) => n.id === id)?.name ?? ''
  const option = useMemo(() => ({
    tooltip: {}, legend: { data: families.map((one) => t(`f_${one}`)) },
    series: [{
      type: 'graph', layout: 'force', roam: true, top: 40, force: { repulsion: 260, edgeLength: 110, gravity: 0.08 }, label: { show: true, position: 'right' }, edgeLabel: { show: true, fontSize: 10, formatter: '{c}' }, edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 7,
      categories: families.map((one, i) => ({ name: t(`f_${one}`), itemStyle: { color: series[i % series.length] } })),
      data: graph.nodes.map((n) => ({ id: n.id, name: n.name, category: families.indexOf(n.family), symbolSize: n.id === chosen ? 30 : 18 + Math.min(12, n.matters * 2) })),
      links: graph.relations.map((r) => ({ source: r.fromId, target: r.toId, value: t(`r_${r.kind}`), lineStyle: { type: lines[r.kind], width: r.kind === 'dependency' ? 2 : 1 }, symbol: r.kind === 'association' ? ['none', 'none'] : ['none', 'arrow'] })),
    }],
  }), [graph, chosen])
  return <Chart height={560} option={option} summary={t('graphOf', { n: graph.nodes.length, m: graph.relations.length })} table={{ columns: [t('from'), t('relation'), t('toward')], rows: graph.relations.map((r) => [nameOf(r.fromId), t(`r_${r.kind}`), nameOf(r.toId)]) }}
    onPick={({ name }) => { const node = graph.nodes.find((n) => n.name === name); if (node) onPick(node.id) }} />
}
