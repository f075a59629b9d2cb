// 语音: what is played, made of texts, files and pauses; a draft is heard before it is released (TEL-07).
import { Button, Drawer, Input, Select, Space, Upload } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call as request, type OutputOf } from '../../api/call.ts'
import { csrfToken } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { stopwatch } from '../../ui/time.ts'
import { Player } from './Player.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Prompt = OutputOf<'listPrompts'>['items'][number]
type Segment = NonNullable<Prompt['draft']>['segments'][number]
const applications = ['flow', 'queue', 'announcement', 'music', 'robot'] as const
const inWords = (segments: Segment[]): string => segments.map((one) => (one.kind === 'text' ? one.text : one.kind === 'pause' ? t('pauseMs', { n: one.ms }) : one.kind === 'shipped' ? one.text || one.name : t('voiceFiles'))).join(' ')

export default function PromptsPage(): ReactElement {
  const list = useQueryOf('listPrompts', {})
  const [adding, setAdding] = useState(false)
  const [editing, setEditing] = useState<Prompt | null>(null)
  const send = useAct('listPrompts', 'listVoiceFiles')
  const act = async (run: () => Promise<unknown>, done: string) => {
    try {
      await run()
      say(done)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const remove = async (row: Prompt) => {
    if (await confirm({ title: t('removeTitle', { name: row.name }), text: t('removeText'), verb: t('remove'), danger: true })) await act(() => send('removePrompt', { id: row.id }), t('done'))
  }
  return (
    <Page title={t('prompts')} acts={<Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{t('promptAdd')}</Button>}>
      <div className="ms-stack">
        <QueryView query={list}>{(data) => (
          <Section title={t('prompts')} flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('noPrompts')} /> : (
            <table className="ms-plain-table"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('application')}</th><th scope="col">{t('segments')}</th><th scope="col">{t('col.state')}</th><th scope="col">{t('usedBy')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((row) => (
                <tr key={row.id}><td><strong>{row.name}</strong> <span className="ms-hint ms-code">{row.code}</span></td><td>{t(`app.${row.application}`)}</td><td>{inWords((row.draft ?? row.playing)?.segments ?? [])}</td>
                  <td>{row.released ? <Tag tone="ok">{t('released', { n: row.released })}</Tag> : <Tag tone="calm">{t('unreleased')}</Tag>} {row.draft && row.released ? <Tag tone="near">{t('promptDraft')}</Tag> : null}</td><td>{row.usedBy.join('、') || '–'}</td>
                  <td className="ms-num"><Space><button type="button" className="ms-link-button" onClick={() => setEditing(row)}>{t('edit')}</button>{row.draft ? <button type="button" className="ms-link-button" onClick={() => void act(() => send('releasePrompt', { id: row.id }), t('saved'))}>{t('release')}</button> : null}<button type="button" className="ms-link-button" onClick={() => void remove(row)}>{t('remove')}</button></Space></td></tr>
              ))}</tbody></table>
          )}</Section>
        )}</QueryView>
        <Files />
      </div>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('promptAdd')} submitLabel={t('promptAdd')} initial={{ application: 'flow' }} schema={{ type: 'object', required: ['code', 'name', 'application', 'text'], properties: { code: { type: 'string', title: t('code'), maxLength: 30 }, name: { type: 'string', title: t('name'), maxLength: 60 }, application: { type: 'string', title: t('application'), 'x-buttons': true, oneOf: applications.map((value) => ({ const: value, title: t(`app.${value}`) })) }, text: { type: 'string', title: t('promptText'), format: 'textarea', maxLength: 2000 } } }}
        submit={async (values) => { await send('addPrompt', { code: values.code, name: values.name, application: values.application, segments: [{ kind: 'text', text: values.text }] }) }} />
      <Drawer open={editing !== null} size={640} title={editing?.name} onClose={() => setEditing(null)} destroyOnHidden>{editing ? <Edit prompt={editing} onClose={() => setEditing(null)} /> : null}</Drawer>
    </Page>
  )
}

function Edit({ prompt, onClose }: { prompt: Prompt; onClose: () => void }): ReactElement {
  const files = useQueryOf('listVoiceFiles', {})
  const [segments, setSegments] = useState<Segment[]>((prompt.draft ?? prompt.playing)?.segments ?? [])
  const [slow, setSlow] = useState(prompt.speed)
  const send = useAct('listPrompts')
  const change = (index: number, next: Segment | null) => setSegments((before) => before.flatMap((one, at) => (at === index ? (next ? [next] : []) : [one])))
  const save = async () => {
    try {
      await send('savePrompt', { id: prompt.id, version: prompt.version, name: prompt.name, language: prompt.language, speed: slow, segments })
      say(t('saved'))
      onClose()
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const options = (files.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} ${stopwatch(one.ms)}` }))
  return (
    <div className="ms-stack">
      {segments.map((one, index) => (
        <div key={index} className="ms-row">
          {one.kind === 'text' ? <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} aria-label={t('promptText')} value={one.text} maxLength={2000} onChange={(event) => change(index, { kind: 'text', text: event.target.value })} /> : one.kind === 'file' ? <Select style={{ flex: 1 }} aria-label={t('voiceFiles')} value={one.voiceFileId} options={options} onChange={(voiceFileId) => change(index, { kind: 'file', voiceFileId })} /> : <span className="ms-grow">{inWords([one])}</span>}
          <button type="button" className="ms-icon-button" onClick={() => change(index, null)}><Icon name="close" label={t('remove')} /></button>
        </div>
      ))}
      <Space><Button size="small" onClick={() => setSegments([...segments, { kind: 'text', text: '' }])}>{t('addText')}</Button><Button size="small" disabled={options.length === 0} onClick={() => setSegments([...segments, { kind: 'file', voiceFileId: options[0]?.value ?? '' }])}>{t('addFile')}</Button><Button size="small" onClick={() => setSegments([...segments, { kind: 'pause', ms: 500 }])}>{t('addPause')}</Button><Select size="small" value={slow} onChange={setSlow} options={[{ value: 'normal', label: '1×' }, { value: 'slow', label: t('speedSlow') }]} /></Space>
      <Button type="primary" onClick={() => void save()}>{t('save')}</Button>
    </div>
  )
}

function Files(): ReactElement {
  const files = useQueryOf('listVoiceFiles', {})
  const [hearing, setHearing] = useState<string | null>(null)
  const send = useAct('listVoiceFiles')
  const upload = async (file: File) => {
    const body = new FormData()
    body.append('file', file)
    const answer = await fetch('/api/attachments?place=voice', { method: 'POST', headers: { 'x-csrf-token': csrfToken() ?? '' }, body })
    const sent: unknown = await answer.json().catch(() => null)
    if (!answer.ok || typeof sent !== 'object' || sent === null || !('id' in sent)) return say(typeof sent === 'object' && sent !== null && 'title' in sent ? String(sent.title) : t('act.failed', { why: String(answer.status) }), 'over')
    try {
      await request('addVoiceFile', { fileId: String(sent.id), name: file.name.replace(/\.wav$/i, '').slice(0, 60), application: 'flow' })
      say(t('uploaded'))
      await files.refetch()
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const remove = async (row: { id: string; name: string }) => {
    if (!(await confirm({ title: t('removeTitle', { name: row.name }), text: t('removeText'), verb: t('remove'), danger: true }))) return
    await send('removeVoiceFile', { id: row.id }).catch((error: unknown) => say(asProblem(error).message, 'over'))
  }
  return (
    <QueryView query={files}>{(data) => (
      <Section title={t('voiceFiles')} flush={data.items.length > 0} extra={<Upload accept=".wav,audio/wav" showUploadList={false} beforeUpload={(file) => { void upload(file); return false }}><Button size="small" title={t('uploadHelp')}>{t('upload')}</Button></Upload>}>
        {data.items.length === 0 ? <Empty kind="done" text={t('noFiles')} hint={t('uploadHelp')} /> : (
          <table className="ms-plain-table"><tbody>{data.items.map((row) => <tr key={row.id}><td>{row.name}</td><td className="ms-num">{stopwatch(row.ms)}</td><td>{row.usedBy.join('、') || '–'}</td><td>{row.uploadedByName} <Time iso={row.uploadedAt} /></td><td style={{ width: '40%' }}>{hearing === row.id ? <Player src={`/api/telephony/voice-files/${row.id}/content`} ms={row.ms} /> : <button type="button" className="ms-link-button" onClick={() => setHearing(row.id)}>{t('listenTo')}</button>}</td><td className="ms-num"><button type="button" className="ms-link-button" onClick={() => void remove(row)}>{t('remove')}</button></td></tr>)}</tbody></table>
        )}
      </Section>
    )}</QueryView>
  )
}
