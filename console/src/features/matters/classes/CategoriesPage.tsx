// Classification schemes, each with its tree of nodes; how a scheme is used, and the nodes that go through review.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useTopic } from '../../../api/realtime.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { Page } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { TreePane } from '../../../ui/TreePane.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { localLoader } from '../../../ui/local-loader.ts'
import { unitLoader } from '../../orders/pickers.ts'
import { StandardImport } from '../parts/StandardImport.tsx'
import { StandardTag } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries } from '../parts/use-standard-acts.tsx'
import { NodeView, nodeClearable, nodeProperties } from './NodeView.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Scheme = OutputOf<'listSchemes'>['items'][number]
const steps = ['registration', 'screening', 'dispatch', 'sign', 'handling'] as const
const shownIn = ['registration', 'dispatch', 'handling', 'resultReview', 'callback', 'archive', 'analysis'] as const
const units = unitLoader()

export default function CategoriesPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const schemes = useQueryOf('listSchemes', {})
  const types = useQueryOf('listAppealTypes', {}, { staleTime: 300_000 })
  const items = schemes.data?.items ?? []
  const scheme = items.find((one) => one.code === search.get('scheme')) ?? items[0]
  const tree = useQueryOf('schemeTree', { code: scheme?.code ?? '' }, { enabled: scheme !== undefined, keepPrevious: true })
  const waiting = useQueryOf('listSchemeNodes', { scheme: scheme?.code ?? '', state: 'draft,pendingReview,rejected,offline', limit: 200 }, { enabled: scheme !== undefined })
  useTopic('matters.standard', ['schemeTree', 'listSchemeNodes'])
  const send = useAct('listSchemes', ...standardQueries)
  const [editing, setEditing] = useState<Scheme | 'new' | null>(null)
  const [adding, setAdding] = useState<{ parentId: string | null } | null>(null)
  const [importing, setImporting] = useState(false)
  const edit = can('matters.edit')
  const nodes = useMemo(() => {
    const known = new Set((tree.data?.items ?? []).map((node) => node.id))
    return [
      ...(tree.data?.items ?? []).map((node) => ({ id: node.id, parentId: node.parentId, name: node.name, code: node.code })),
      ...(waiting.data?.items ?? []).filter((node) => !known.has(node.id)).map((node) => ({ id: node.id, parentId: node.parentId, name: node.name, code: node.code, note: <StandardTag state={node.state} />, off: node.state === 'offline' })),
    ]
  }, [tree.data, waiting.data])
  const loader = useMemo(() => localLoader(`nodes:${scheme?.code ?? ''}:${nodes.length}`, nodes.map(({ id, parentId, name }) => ({ id, parentId, name }))), [nodes, scheme?.code])
  const chosen = search.get('node')
  const choose = (id: string | null) => setSearch({ ...(scheme ? { scheme: scheme.code } : {}), ...(id ? { node: id } : {}) })
  useKeys(t('categories'), [{ keys: 'c', label: t('addNode'), run: () => setAdding({ parentId: chosen }), enabled: edit && scheme !== undefined }])
  const schemeForm: FormSchema = {
    type: 'object', required: ['code', 'name'],
    properties: {
      ...(editing === 'new' ? { code: { type: 'string' as const, title: t('schemeCode'), description: t('schemeCodeHint'), pattern: '^[A-Za-z][A-Za-z0-9]{0,29}$' } } : {}),
      name: { type: 'string', title: t('schemeName'), maxLength: 50 }, description: { type: 'string', title: t('schemeDescription'), format: 'textarea', maxLength: 500 },
      steps: { type: 'array', title: t('steps'), items: { type: 'string', oneOf: steps.map((step) => ({ const: step, title: t(`step_${step}`) })) } }, required: { type: 'boolean', title: t('required') },
      shownIn: { type: 'array', title: t('shownIn'), items: { type: 'string', oneOf: shownIn.map((step) => ({ const: step, title: t(`shown_${step}`) })) } },
      appealTypes: { type: 'array', title: t('appealTypes'), description: t('allTypes'), items: { type: 'string', oneOf: (types.data?.items ?? []).map((type) => ({ const: type.id, title: type.name })) } },
    },
  }
  const current = editing && editing !== 'new' ? editing : null
  return (
    <Page fill title={t('categories')} help="categories"
      acts={edit && scheme ? <><Button type="text" icon={<Icon name="upload" />} onClick={() => setImporting(true)}>{t('import')}</Button><Button onClick={() => setEditing('new')}>{t('newScheme')}</Button><Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding({ parentId: chosen })}>{chosen ? t('addBelow') : t('addNode')}<kbd className="ms-kbd">c</kbd></Button></> : null}>
      <QueryView query={schemes}>
        {(data) => (
          <div className="ms-schemes">
            <nav className="ms-split-list" aria-label={t('schemes')}>
              <div className="ms-picklist">{data.items.map((one) => <button key={one.code} type="button" aria-current={one.code === scheme?.code} onClick={() => setSearch({ scheme: one.code })}><span className="ms-ellipsis">{one.name}</span><span className="ms-grow" /><span className="ms-hint">{t(`origin_${one.origin}`)}</span></button>)}</div>
            </nav>
            <TreePane key={scheme?.code} label={t('tree')} clearable selected={chosen} onSelect={choose} items={nodes} />
            <div className="ms-split-main">
              {scheme ? (
                <section className="ms-section"><div className="ms-section-body ms-row" style={{ paddingBlock: 12 }}>
                  <strong>{scheme.name}</strong><span className="ms-code ms-muted">{scheme.code}</span><Tag>{t(`origin_${scheme.origin}`)}</Tag>
                  <span className="ms-muted">{scheme.usedIn.steps.length ? t('usage', { steps: scheme.usedIn.steps.map((step) => t(`step_${step}`)).join('、'), must: scheme.usedIn.required ? t('must') : '', shown: scheme.usedIn.shownIn.map((step) => t(`shown_${step}`)).join('、') || '–' }) : t('never')}</span>
                  <span className="ms-grow" />{edit ? <Button size="small" onClick={() => setEditing(scheme)}>{t('editScheme')}</Button> : null}
                </div></section>
              ) : null}
              {chosen ? <NodeView key={chosen} id={chosen} parents={loader} children={nodes.filter((node) => node.parentId === chosen)} onOpen={choose} /> : <section className="ms-section"><Empty kind="done" text={nodes.length ? t('choose') : t('empty')} /></section>}
            </div>
          </div>
        )}
      </QueryView>
      <ActDrawer open={editing !== null} onClose={() => setEditing(null)} title={current ? `${t('editScheme')} ${current.name}` : t('newScheme')} schema={schemeForm} submitLabel={shared('edit')}
        initial={current ? { name: current.name, ...(current.description ? { description: current.description } : {}), steps: current.usedIn.steps, required: current.usedIn.required, shownIn: current.usedIn.shownIn, appealTypes: current.usedIn.appealTypes } : { steps: [], shownIn: [], appealTypes: [], required: false }}
        submit={async (values) => {
          const code = current ? current.code : values.code
          await send('saveScheme', { code, name: values.name, description: values.description ?? null, usedIn: { steps: values.steps ?? [], required: values.required === true, appealTypes: values.appealTypes ?? [], shownIn: values.shownIn ?? [] }, revision: current?.origin === 'own' ? current.revision : 0 })
          say(t('saved'))
          setSearch({ scheme: String(code) })
        }} />
      <ActDrawer open={adding !== null && scheme !== undefined} onClose={() => setAdding(null)} title={t('addNode')} sub={scheme?.name ?? ''} schema={{ type: 'object', properties: nodeProperties, required: ['code', 'name'] }} loaders={{ matter: loader, unit: units }} submitLabel={shared('submit')}
        initial={{ sort: 0, ...(adding?.parentId ? { parentId: adding.parentId } : {}) }}
        submit={async (values) => {
          const made = await send('createSchemeNode', { ...cleared(values, nodeClearable), scheme: scheme?.code, submit: true })
          say(made.changeId ? shared('submitted') : shared('saved'))
          choose(made.id)
        }} />
      <StandardImport kind="schemeNode" open={importing} onClose={() => setImporting(false)} />
    </Page>
  )
}
