// One element: definition, attributes, relations, the matters that use it, every version.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { localLoader } from '../../../ui/local-loader.ts'
import { say } from '../../../ui/notices.ts'
import { Facts, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { attributesIn, elementFields, elementQueries, relationKinds } from './CataloguePage.tsx'
import { t } from './texts.zh-CN.ts'

export function ElementView({ id, edit, onAround, onOpen }: { id: string; edit: boolean; onAround: () => void; onOpen: (id: string) => void }): ReactElement {
  const element = useQueryOf('getElement', { id })
  const all = useQueryOf('listElements', {})
  const send = useAct(...elementQueries)
  const [open, setOpen] = useState<'edit' | 'relate' | null>(null)
  const loaders = useMemo(() => ({ matter: localLoader(`elements:${all.data?.items.length ?? 0}`, (all.data?.items ?? []).filter((one) => one.id !== id).map((one) => ({ id: one.id, parentId: null, name: `${one.familyName} · ${one.name}` }))) }), [all.data, id])
  return (
    <QueryView query={element}>
      {(data) => (
        <div className="ms-stack">
          <Section title={<>{data.name} <span className="ms-code ms-muted">{data.code}</span> {data.retired ? <Tag>{t('retired')}</Tag> : null}</>} extra={<><Button size="small" onClick={onAround}>{t('around')}</Button>{edit ? <> <Button size="small" onClick={() => setOpen('relate')}>{t('relate')}</Button> <Button size="small" onClick={() => setOpen('edit')}>{t('edit')}</Button> <Button size="small" danger={!data.retired} onClick={() => void send('changeElement', { id, version: data.version, retired: !data.retired }).then(() => say(t('saved')))}>{data.retired ? t('restore') : t('retire')}</Button></> : null}</>}>
            <Facts columns={1} items={[{ label: t('family'), value: data.familyName }, { label: t('category'), value: data.category }, { label: t('definition'), value: <span className="ms-pre">{data.definition}</span> }, ...data.attributes.map((one) => ({ label: one.name, value: one.text }))]} />
          </Section>
          <Section title={`${t('relations')} ${data.relations.length}`}>
            <ul className="ms-plain-list">{data.relations.map((one) => {
              const other = one.fromId === id ? one.toId : one.fromId
              return <li key={`${one.fromId}${one.toId}${one.kind}`}>{one.fromId === id ? '→' : '←'} {one.kindName} <button type="button" className="ms-link-button" onClick={() => onOpen(other)}>{one.otherName}</button> {edit ? <Button size="small" type="text" onClick={() => void confirm({ title: t('unrelate'), text: t('removeAsk'), verb: t('unrelate') }).then((yes) => (yes ? send('relateElements', { fromId: one.fromId, toId: one.toId, kind: one.kind, remove: true }) : undefined))}>{t('unrelate')}</Button> : null}</li>
            })}</ul>
            {data.relations.length === 0 ? <span className="ms-hint">{t('none')}</span> : null}
          </Section>
          <Section title={`${t('usedBy')} ${data.usedBy.length}`}>{data.usedBy.length === 0 ? <span className="ms-hint">{t('none')}</span> : <div className="ms-row">{data.usedBy.map((one) => <Link key={one.id} to={`/matters/items/${one.code}`}>{one.name}</Link>)}</div>}</Section>
          <Section title={t('versions')}><ul className="ms-plain-list">{data.versions.map((one) => <li key={one.version}>{t('version', { n: one.version })} {one.byName} <Time iso={one.at} /> <span className="ms-hint">{one.snapshot.name}：{one.snapshot.definition}</span></li>)}</ul></Section>
          <ActDrawer open={open === 'edit'} onClose={() => setOpen(null)} title={t('edit')} sub={data.name} submitLabel={t('edit')} initial={{ name: data.name, category: data.category, definition: data.definition, attributes: data.attributes.map((one) => `${one.name}：${one.text}`).join('\n') }} schema={{ type: 'object', required: ['name', 'category', 'definition'], properties: elementFields }}
            submit={async (v) => { await send('changeElement', { id, version: data.version, name: String(v['name']), category: String(v['category']), definition: String(v['definition']), attributes: attributesIn(v['attributes']) }); say(t('saved')) }} />
          <ActDrawer open={open === 'relate'} onClose={() => setOpen(null)} title={t('relate')} sub={data.name} submitLabel={t('relate')} loaders={loaders} schema={{ type: 'object', required: ['kind', 'toId'], properties: { kind: { type: 'string', title: t('relationKind'), oneOf: relationKinds.map((value) => ({ const: value, title: t(`r_${value}`) })), 'x-buttons': true }, toId: { type: 'string', format: 'matter', title: t('to') } } }}
            submit={async (v) => { await send('relateElements', { fromId: id, toId: String(v['toId']), kind: relationKinds.find((one) => one === v['kind']) ?? 'association' }); say(t('saved')) }} />
        </div>
      )}
    </QueryView>
  )
}
