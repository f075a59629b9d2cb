// One node of a mind map: read beside the map; its keepers change name, place, attributes, text, pictures, attachments and items.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { lazy, Suspense, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Attachments } from '../../ui/Attachments.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Loading } from '../../ui/Empty.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { say } from '../../ui/notices.ts'
import { Facts, Section } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { DocView } from './DocView.tsx'
import type { DocNode } from './DocView.tsx'
import { itemLoader, textList } from './pickers.ts'
import { t } from './texts.zh-CN.ts'

const RichText = lazy(() => import('./RichText.tsx'))
type Topic = OutputOf<'getKnowledgeTopic'>
type Node = Topic['tree'][number]
type Props = { topic: Topic; node: Node | null; manage: boolean; close: () => void }

export function TopicNode({ topic, node, manage, close }: Props): ReactElement {
  const send = useAct('getKnowledgeTopic', 'listKnowledgeTopics')
  const [editing, setEditing] = useState(node === null)
  if (node === null) return <NodeDrawer topic={topic} node={null} close={close} />
  const body = node.body as { content: DocNode[] } // the server checks its shape
  const drop = async () => {
    if (!(await confirm({ title: t('dropNode', { name: node.name }), text: t('dropNodeHelp'), verb: t('remove'), danger: true }))) return
    await send('deleteKnowledgeTopicNode', { id: topic.id, nodeId: node.id }).then(() => { say(t('removed')); close() }, (error: unknown) => say(asProblem(error).message, 'over'))
  }
  return (
    <Section title={node.name} extra={<span className="ms-row">{manage ? <><Button size="small" onClick={() => setEditing(true)}>{t('change')}</Button><Button size="small" danger onClick={() => void drop()}>{t('remove')}</Button></> : null}<Button size="small" type="text" onClick={close}>{t('closeNode')}</Button></span>}>
      {node.description ? <p style={{ marginBlockStart: 0 }}>{node.description}</p> : null}
      {node.attributes.length > 0 ? <Facts items={node.attributes.map((one) => ({ label: one.label, value: one.value }))} /> : null}
      <DocView doc={body} words={[]} />
      {node.files.length > 0 ? <Attachments value={node.files} readOnly /> : null}
      {node.description === '' && node.attributes.length + body.content.length + node.files.length === 0 ? <span className="ms-hint">{t('nodeEmpty')}</span> : null}
      {editing ? <NodeDrawer topic={topic} node={node} close={() => setEditing(false)} /> : null}
    </Section>
  )
}

const attributesOf = (text: unknown) => String(text ?? '').split('\n').flatMap((line) => { const [, label, value] = /^\s*([^：:]{1,20})[：:]\s*(.{1,300})$/.exec(line) ?? []; return label && value ? [{ label: label.trim(), value: value.trim() }] : [] })

function picturesIn(nodes: readonly DocNode[]): string[] {
  return nodes.flatMap((one) => [...(one.type === 'image' && one.attrs?.fileId ? [String(one.attrs.fileId)] : []), ...picturesIn(one.content ?? [])])
}

function NodeDrawer({ topic, node, close }: { topic: Topic; node: Node | null; close: () => void }): ReactElement {
  const send = useAct('getKnowledgeTopic', 'listKnowledgeTopics')
  const [body, setBody] = useState<{ type: string; content?: unknown[] }>(node?.body ?? { type: 'doc', content: [] })
  const places = localLoader(`topic-nodes:${topic.id}:${topic.version}:${node?.id ?? ''}`, topic.tree.filter((one) => one.id !== node?.id).map(({ id, parentId, name }) => ({ id, parentId, name })))
  return (
    <ActDrawer open onClose={close} title={node ? t('change') : t('addNode')} sub={topic.name} submitLabel={t('saveIt')} loaders={{ ...orderLoaders, matter: places, unit: itemLoader }}
      initial={node ? { name: node.name, parentId: node.parentId ?? undefined, description: node.description, attributes: node.attributes.map((one) => `${one.label}：${one.value}`).join('\n'), itemIds: node.items.map((one) => one.id), sort: node.sort } : { sort: (topic.tree.length + 1) * 10 }}
      schema={{ type: 'object', required: ['name'], properties: {
        name: { type: 'string', title: t('name'), maxLength: 40 }, parentId: { type: 'string', format: 'matter', title: t('parentNode'), description: t('parentNodeHelp') }, description: { type: 'string', title: t('description'), maxLength: 500 }, attributes: { type: 'string', format: 'textarea', title: t('attributes'), description: t('attributesHelp'), maxLength: 4000 },
        itemIds: { type: 'array', format: 'unit', title: t('nodeItems') }, sort: { type: 'integer', title: t('sort'), minimum: 0, maximum: 9999 }, files: { type: 'array', format: 'file', title: t('attachments') },
      } }}
      own={{ names: ['body'], render: () => <div><span className="ms-kno-label">{t('body')}</span><Suspense fallback={<Loading lines={4} />}><RichText value={node?.body ?? { type: 'doc', content: [] }} stamp={0} label={t('body')} onChange={(doc) => setBody({ type: 'doc', content: doc.content ?? [] })} /></Suspense></div> }}
      submit={async (values) => {
        await send('saveKnowledgeTopicNode', { id: topic.id, ...(node ? { nodeId: node.id } : {}), parentId: typeof values.parentId === 'string' ? values.parentId : null, name: String(values.name), description: String(values.description ?? ''), attributes: attributesOf(values.attributes), body, itemIds: textList(values.itemIds), sort: Number(values.sort ?? 100), addFileIds: [...textList(values.files), ...picturesIn((body.content ?? []) as DocNode[])] })
        say(t('saved'))
        if (!node) close()
      }} />
  )
}
