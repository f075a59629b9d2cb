// Properties of one node: what is said, where each way leads, and what its kind needs.
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Icon } from '../../ui/icons.tsx'
import { t } from './texts.zh-CN.ts'
import { branches, dropNode, put, setNode } from './voice-graph.ts'
import type { VoiceGraph, VoiceNode } from './voice-graph.ts'

type Props = { graph: VoiceGraph; id: string; onChange: (graph: VoiceGraph) => void; onGone: () => void; findings: { text: string }[] }
type Say = { kind: string; text?: string; prompt?: string; ms?: number }
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {})
const sayings = (value: unknown): Say[] => (Array.isArray(value) ? value.map((one) => record(one) as Say) : [])
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

export function VoiceNodePanel({ graph, id, onChange, onGone, findings }: Props): ReactElement {
  const node = graph.nodes[id] as VoiceNode
  const { can } = useSession()
  const queues = useQueryOf('listQueues', {})
  const flows = useQueryOf('listVoiceFlows', {})
  const prompts = useQueryOf('listPrompts', {}, { enabled: can(['telephony.prompts', 'telephony.flows']) })
  const set = (path: string[], value: unknown) => onChange(setNode(graph, id, path, value))
  const targets = Object.entries(graph.nodes).filter(([key]) => key !== id).map(([value, one]) => ({ value, label: one.name }))
  const queueOptions = (queues.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))
  const field = (label: string, control: ReactNode): ReactElement => <label>{label}{control}</label>
  const whole = (name: string, label: string, min: number, max: number) => field(label, <InputNumber value={number(node[name])} min={min} max={max} onChange={(value) => set([name], value)} />)
  const to = (path: string[], value: string) => <Select allowClear showSearch optionFilterProp="label" value={value || undefined} options={targets} placeholder={t('next')} onChange={(next) => set(path, next ?? '')} />
  const choices = Object.entries(record(node['choices'])).toSorted(([a], [b]) => keys.indexOf(a) - keys.indexOf(b))
  return (
    <>
      {findings.map((one) => <div key={one.text} className="ms-over" role="alert">{one.text}</div>)}
      <div className="ms-row"><strong className="ms-grow">{t(`node.${node.kind}` as 'node.play')}</strong>{graph.start === id ? <span className="ms-hint">{t('start')}</span> : <button type="button" className="ms-link-button" onClick={() => onChange({ ...graph, start: id })}>{t('setStart')}</button>}{graph.person === id ? <span className="ms-hint">{t('person')}</span> : node.kind === 'queue' ? <button type="button" className="ms-link-button" onClick={() => onChange({ ...graph, person: id })}>{t('setPerson')}</button> : null}</div>
      {field(t('nodeName'), <Input value={node.name} maxLength={60} onChange={(event) => set(['name'], event.target.value)} />)}
      {'say' in node ? <SayList value={sayings(node['say'])} prompts={(prompts.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} onChange={(next) => set(['say'], next)} /> : null}
      {node.kind === 'menu' ? (
        <div className="ms-stack"><span>{t('choices')}</span>
          {choices.map(([key, choice]) => (
            <div key={key} className="ms-choice-row">
              <Select size="small" aria-label={t('key')} value={key} options={keys.filter((one) => one === key || !(one in record(node['choices']))).map((value) => ({ value, label: value }))} onChange={(next) => onChange(setNode(graph, id, ['choices'], Object.fromEntries(choices.map(([k, v]) => [k === key ? next : k, v]))))} />
              <Input size="small" aria-label={t('label')} value={text(record(choice)['label'])} maxLength={60} onChange={(event) => set(['choices', key, 'label'], event.target.value)} />
              <Select size="small" aria-label={t('next')} value={text(record(choice)['next']) || undefined} options={targets} onChange={(next) => set(['choices', key, 'next'], next)} />
              <button type="button" className="ms-icon-button" onClick={() => set(['choices', key], null)}><Icon name="close" label={t('remove')} /></button>
            </div>
          ))}
          <Button size="small" disabled={choices.length >= keys.length} onClick={() => { const free = keys.find((one) => !(one in record(node['choices']))); if (free) set(['choices', free], { label: '', next: '' }) }}>{t('addNode')}</Button>
          {whole('tries', t('tries'), 1, 10)}
          <Checkbox checked={node['repeatChoice'] === true} onChange={(event) => set(['repeatChoice'], event.target.checked)}>{t('repeatChoice')}</Checkbox>
        </div>
      ) : null}
      {node.kind === 'play' ? <Checkbox checked={node['interruptible'] === true} onChange={(event) => set(['interruptible'], event.target.checked)}>{t('interruptible')}</Checkbox> : null}
      {node.kind === 'queue' || node.kind === 'callback' ? field(t('queue'), <Select value={text(node['queue']) || undefined} options={queueOptions} onChange={(value) => set(['queue'], value)} />) : null}
      {node.kind === 'queue' ? whole('timeoutSeconds', t('timeoutSeconds'), 0, 86_400) : null}
      {node.kind === 'voicemail' ? <>{field(t('box'), <Select value={text(node['box']) || undefined} options={queueOptions} onChange={(value) => set(['box'], value)} />)}{whole('maxSeconds', t('maxSeconds'), 5, 600)}</> : null}
      {node.kind === 'transfer' ? <>{field(t('target'), <Select value={text(record(node['to'])['queue']) || undefined} options={queueOptions} onChange={(value) => onChange(setNode(graph, id, ['to'], { kind: 'queue', queue: value }))} />)}{whole('ringSeconds', t('ringFor'), 5, 120)}</> : null}
      {node.kind === 'collect' ? <>{field(t('variable'), <Input value={text(node['variable'])} maxLength={60} onChange={(event) => set(['variable'], event.target.value)} />)}{whole('min', t('min'), 1, 40)}{whole('max', t('max'), 1, 40)}{whole('tries', t('tries'), 1, 10)}<Checkbox checked={node['secret'] === true} onChange={(event) => set(['secret'], event.target.checked)}>{t('secret')}</Checkbox></> : null}
      {node.kind === 'rate' ? <>{field(t('rateKey'), <Input value={text(node['key'])} maxLength={30} onChange={(event) => set(['key'], event.target.value)} />)}{whole('from', t('fromKey'), 0, 9)}{whole('to', t('toKey'), 0, 9)}</> : null}
      {node.kind === 'flow' ? field(t('flowLabel'), <Select value={text(node['flow']) || undefined} options={(flows.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} onChange={(value) => set(['flow'], value)} />) : null}
      {node.kind === 'time' ? field(t('calendar'), <Select value={text(node['calendar']) || undefined} options={[{ value: 'work', label: t('workCalendar') }, ...(queues.data?.items ?? []).filter((one) => one.opening).map((one) => ({ value: `queue:${one.id}`, label: one.name }))]} onChange={(value) => set(['calendar'], value)} />) : null}
      {node.kind === 'list' ? (Array.isArray(node['lists']) ? node['lists'] : []).map((one: unknown, index: number) => <div key={index}>{field(t('listName'), <Select value={text(record(one)['list']) || undefined} options={(['black', 'white', 'red'] as const).map((value) => ({ value, label: t(value) }))} onChange={(value) => onChange(setNode(graph, id, ['lists', String(index), 'list'], value))} />)}</div>) : null}
      {branches(node).filter((way) => way.path[0] !== 'choices').map((way) => <div key={way.path.join('.')}>{field(way.label || t('next'), to(way.path, way.to))}</div>)}
      <Button danger size="small" onClick={() => { onChange(dropNode(graph, id)); onGone() }}>{t('removeNode')}</Button>
    </>
  )
}

function SayList({ value, prompts, onChange }: { value: Say[]; prompts: { value: string; label: string }[]; onChange: (next: Say[]) => void }): ReactElement {
  const change = (index: number, next: Say | null) => onChange(next ? put(value, [String(index)], next) : value.filter((_, at) => at !== index))
  return (
    <div className="ms-stack"><span>{t('say')}</span>
      {value.map((one, index) => (
        <div key={index} className="ms-row" style={{ alignItems: 'flex-start' }}>
          {one.kind === 'text' ? <Input.TextArea aria-label={t('promptText')} autoSize={{ minRows: 2, maxRows: 8 }} value={one.text} maxLength={2000} onChange={(event) => change(index, { kind: 'text', text: event.target.value })} /> : one.kind === 'prompt' ? <Select style={{ flex: 1 }} aria-label={t('prompts')} value={one.prompt || undefined} options={prompts} onChange={(prompt) => change(index, { kind: 'prompt', prompt })} /> : one.kind === 'pause' ? <InputNumber aria-label={t('addPause')} min={20} max={10_000} value={one.ms} onChange={(ms) => change(index, { kind: 'pause', ms: ms ?? 500 })} /> : <span className="ms-grow">{one.kind}</span>}
          <button type="button" className="ms-icon-button" onClick={() => change(index, null)}><Icon name="close" label={t('remove')} /></button>
        </div>
      ))}
      <div className="ms-row"><Button size="small" onClick={() => onChange([...value, { kind: 'text', text: '' }])}>{t('addText')}</Button><Button size="small" disabled={prompts.length === 0} onClick={() => onChange([...value, { kind: 'prompt', prompt: '' }])}>{t('prompts')}</Button><Button size="small" onClick={() => onChange([...value, { kind: 'pause', ms: 500 }])}>{t('addPause')}</Button></div>
    </div>
  )
}
