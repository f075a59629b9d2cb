// Matters linked to classes and own label sets: dragged onto a class, or chosen and put in together; what does not fit is named.
import { Button, Checkbox, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useTopic } from '../../../api/realtime.ts'
import { useSession } from '../../../app/session.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { count } from '../../../ui/numbers.ts'
import { Page, Section } from '../../../ui/Page.tsx'
import { TreePane } from '../../../ui/TreePane.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { standardQueries } from '../parts/use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Mismatch = OutputOf<'linkMatters'>['mismatches'][number]

export default function LinksPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const schemes = useQueryOf('listSchemes', {})
  const scheme = schemes.data?.items.find((one) => one.code === search.get('scheme')) ?? schemes.data?.items[0]
  const tree = useQueryOf('schemeTree', { code: scheme?.code ?? '' }, { enabled: scheme !== undefined, keepPrevious: true })
  const counts = useQueryOf('browseMatters', { by: scheme?.code ?? 'unit' }, { enabled: scheme !== undefined })
  const nodeId = search.get('node')
  const node = tree.data?.items.find((one) => one.id === nodeId) ?? null
  const leaf = node !== null && !(tree.data?.items ?? []).some((one) => one.parentId === node.id)
  const links = useQueryOf('listMatterLinks', { nodeId: nodeId ?? '' }, { enabled: nodeId !== null })
  const [typed, setTyped] = useState('')
  const found = useQueryOf('searchMatters', { query: typed, limit: 50 }, { keepPrevious: true })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [mismatches, setMismatches] = useState<Mismatch[]>([])
  const [dragged, setDragged] = useState<string | null>(null)
  const send = useAct(...standardQueries)
  useTopic('matters.standard', ['listMatterLinks', 'browseMatters'])
  const edit = can('matters.edit')
  const here = new Set((links.data?.items ?? []).map((link) => link.matterId))
  const candidates = (found.data?.items ?? []).filter((one) => !here.has(one.id))
  const noted = new Map((counts.data?.items ?? []).map((one) => [one.id, one.matters]))
  const toggle = (id: string) => setChosen((before) => { const next = new Set(before); if (!next.delete(id)) next.add(id); return next })
  const put = async (target: string, matterIds: string[]) => {
    if (matterIds.length === 0) return
    const { done, mismatches: left } = await send('linkMatters', { nodeId: target, matterIds })
    setMismatches(left)
    setChosen(new Set())
    say(left.length ? t('takenSome', { n: done, m: left.length, why: left[0]?.reason ?? '' }) : t('taken', { n: done }), left.length ? 'over' : 'ok')
  }
  const drop = async (matterId: string) => { const { done } = await send('linkMatters', { nodeId, matterIds: [matterId], remove: true }); say(t('dropped', { n: done })) }
  return (
    <Page fill title={t('links')} help="categories" sub={t('chooseHint')} acts={<><Select aria-label={t('scheme')} style={{ inlineSize: 180 }} value={scheme?.code} options={(schemes.data?.items ?? []).map((one) => ({ value: one.code, label: one.name }))} onChange={(code: string) => { setMismatches([]); setSearch({ scheme: code }) }} />{edit ? <Link to="/matters/categories" title={t('ownHint')}><Button>{t('own')}</Button></Link> : null}</>}>
      <QueryView query={tree}>
        {(data) => (
          <div className="ms-links">
            <TreePane key={scheme?.code} label={t('tree')} selected={nodeId} onSelect={(id) => { setMismatches([]); setSearch({ ...(scheme ? { scheme: scheme.code } : {}), ...(id ? { node: id } : {}) }) }} items={data.items.map((one) => ({ id: one.id, parentId: one.parentId, name: one.name, code: one.code, note: noted.get(one.id) ? count(noted.get(one.id) ?? 0) : undefined }))}
              {...(edit ? { onDropOn: (id: string) => { if (dragged) void put(id, chosen.has(dragged) ? [...chosen] : [dragged]) } } : {})} />
            <div className="ms-split-main">
              <Section title={node ? `${t('linked')} ${node.name}` : t('linked')}>
                {node === null ? <Empty kind="done" text={t('choose')} /> : links.data?.items.length ? (
                  <ul className="ms-linklist">{links.data.items.map((link) => <li key={link.matterId}><Link to={`/matters/items/${encodeURIComponent(link.matterCode)}`}>{link.matterName}</Link><span className="ms-code ms-muted">{link.matterCode}</span><span className="ms-grow" />{edit ? <Button size="small" type="text" onClick={() => void drop(link.matterId)}>{t('drop')}</Button> : null}</li>)}</ul>
                ) : <Empty kind="done" text={leaf ? t('noLinked') : t('notLeaf')} />}
              </Section>
              {mismatches.length ? <Section title={t('mismatches')}><ul className="ms-linklist" role="alert">{mismatches.map((one) => <li key={one.matterId}>{one.name}<span className="ms-hint">{one.reason}</span></li>)}</ul></Section> : null}
            </div>
            {edit ? (
              <Section title={t('candidates')} extra={<Button type="primary" size="small" disabled={!leaf || chosen.size === 0} onClick={() => { if (nodeId) void put(nodeId, [...chosen]) }}>{node ? t('take', { name: node.name }) : t('choose')}{chosen.size ? ` ${chosen.size}` : ''}</Button>}>
                <Input allowClear placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
                {candidates.length === 0 ? <Empty kind="filter" text={t('nothing')} /> : (
                  <ul className="ms-linklist">{candidates.map((one) => (
                    <li key={one.id} draggable onDragStart={() => setDragged(one.id)} onDragEnd={() => setDragged(null)}>
                      <Checkbox checked={chosen.has(one.id)} onChange={() => toggle(one.id)}>{one.name}</Checkbox><span className="ms-grow" /><span className="ms-hint ms-ellipsis">{one.path.slice(-1)[0]}</span><span className="ms-code ms-muted">{one.code}</span>
                    </li>
                  ))}</ul>
                )}
              </Section>
            ) : null}
          </div>
        )}
      </QueryView>
    </Page>
  )
}
