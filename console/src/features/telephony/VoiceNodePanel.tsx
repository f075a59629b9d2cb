// Properties of one node: what is said, where each way leads, and what its kind needs.
import { Button, Checkbox, Input, InputNumber, Segmented, Select } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { t } from './texts.zh-CN.ts'
import { Conditions, Lists, MenuKeys, Values } from './NodeBranches.tsx'
import { SayList } from './SayList.tsx'
import { branches, dropNode, record, setNode, text } from './voice-graph.ts'
import type { VoiceGraph, VoiceNode } from './voice-graph.ts'

type Props = { graph: VoiceGraph; id: string; onChange: (graph: VoiceGraph) => void; onGone: () => void; findings: { text: string }[] }
const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null)

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
  const whole = (name: string, label: string, min: number, max: number) => field(label, <InputNumber value={numberIn(node[name])} min={min} max={max} onChange={(value) => set([name], value)} />)
  const to = (path: string[], value: string) => <Select allowClear showSearch optionFilterProp="label" value={value || undefined} options={targets} placeholder={t('next')} onChange={(next) => set(path, next ?? '')} />
  const parts = { graph, id, onChange, targets }
  return (
    <>
      {findings.map((one) => <div key={one.text} className="ms-over" role="alert">{one.text}</div>)}
      <div className="ms-row"><strong className="ms-grow">{t(`node.${node.kind}` as 'node.play')}</strong>{graph.start === id ? <span className="ms-hint">{t('start')}</span> : <button type="button" className="ms-link-button" onClick={() => onChange({ ...graph, start: id })}>{t('setStart')}</button>}{graph.person === id ? <span className="ms-hint">{t('person')}</span> : node.kind === 'queue' ? <button type="button" className="ms-link-button" onClick={() => onChange({ ...graph, person: id })}>{t('setPerson')}</button> : null}</div>
      {field(t('nodeName'), <Input value={node.name} maxLength={60} onChange={(event) => set(['name'], event.target.value)} />)}
      {'say' in node ? <SayList say={node['say']} prompts={(prompts.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} onChange={(next) => set(['say'], next)} /> : null}
      {node.kind === 'menu' ? <><MenuKeys {...parts} />{whole('tries', t('tries'), 1, 10)}<Checkbox checked={node['repeatChoice'] === true} onChange={(event) => set(['repeatChoice'], event.target.checked)}>{t('repeatChoice')}</Checkbox></> : null}
      {node.kind === 'condition' ? <Conditions {...parts} /> : null}
      {node.kind === 'list' ? <Lists {...parts} /> : null}
      {node.kind === 'set' ? <Values {...parts} /> : null}
      {node.kind === 'message' ? field(t('messageText'), <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} value={text(node['text'])} maxLength={300} onChange={(event) => set(['text'], event.target.value)} />) : null}
      {node.kind === 'play' ? <Checkbox checked={node['interruptible'] === true} onChange={(event) => set(['interruptible'], event.target.checked)}>{t('interruptible')}</Checkbox> : null}
      {node.kind === 'queue' || node.kind === 'callback' ? field(t('queue'), <Select value={text(node['queue']) || undefined} options={queueOptions} onChange={(value) => set(['queue'], value)} />) : null}
      {node.kind === 'queue' ? whole('timeoutSeconds', t('timeoutSeconds'), 0, 86_400) : null}
      {node.kind === 'voicemail' ? <>{field(t('box'), <Select value={text(node['box']) || undefined} options={(queues.data?.items ?? []).filter((one) => one.voicemail).map((one) => ({ value: one.id, label: one.name }))} notFoundContent={t('noBoxes')} onChange={(value) => set(['box'], value)} />)}{whole('maxSeconds', t('maxSeconds'), 5, 600)}</> : null}
      {node.kind === 'transfer' ? <>{field(t('target'), <TransferTo to={record(node['to'])} queues={queueOptions} onChange={(next) => set(['to'], next)} />)}{whole('ringSeconds', t('ringFor'), 5, 120)}</> : null}
      {node.kind === 'collect' ? <>{field(t('variable'), <Input value={text(node['variable'])} maxLength={60} onChange={(event) => set(['variable'], event.target.value)} />)}{whole('min', t('min'), 1, 40)}{whole('max', t('max'), 1, 40)}{whole('tries', t('tries'), 1, 10)}<Checkbox checked={node['secret'] === true} onChange={(event) => set(['secret'], event.target.checked)}>{t('secret')}</Checkbox></> : null}
      {node.kind === 'rate' ? <>{field(t('rateKey'), <Input value={text(node['key'])} maxLength={30} onChange={(event) => set(['key'], event.target.value)} />)}{whole('from', t('fromKey'), 0, 9)}{whole('to', t('toKey'), 0, 9)}</> : null}
      {node.kind === 'flow' ? field(t('flowLabel'), <Select value={text(node['flow']) || undefined} options={(flows.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} onChange={(value) => set(['flow'], value)} />) : null}
      {node.kind === 'time' ? <>{field(t('calendar'), <Select value={text(node['calendar']) || undefined} options={[{ value: 'work', label: t('workCalendar') }, ...(queues.data?.items ?? []).filter((one) => one.opening).map((one) => ({ value: `queue:${one.id}`, label: one.name }))]} onChange={(value) => set(['calendar'], value)} />)}<span className="ms-hint">{t('calendarHelp')} <Link to="/admin/calendar">{t('goCalendar')}</Link></span></> : null}
      {branches(node).filter((way) => !['choices', 'branches', 'lists'].includes(way.path[0] ?? '')).map((way) => <div key={way.path.join('.')}>{field(way.label || t('next'), to(way.path, way.to))}</div>)}
      <Button danger size="small" onClick={() => { onChange(dropNode(graph, id)); onGone() }}>{t('removeNode')}</Button>
    </>
  )
}

function TransferTo({ to, queues, onChange }: { to: Record<string, unknown>; queues: { value: string; label: string }[]; onChange: (to: Record<string, string>) => void }): ReactElement {
  const kind = text(to['kind']) || 'queue'
  return (
    <>
      <Segmented size="small" value={kind} options={(['queue', 'extension', 'number'] as const).map((value) => ({ value, label: t(`to.${value}`) }))} onChange={(next) => onChange({ kind: next, [next]: '' })} />
      {kind === 'queue' ? <Select aria-label={t('queue')} value={text(to['queue']) || undefined} options={queues} onChange={(queue) => onChange({ kind, queue })} /> : <Input aria-label={t('number')} inputMode="tel" value={text(to[kind])} maxLength={20} onChange={(event) => onChange({ kind, [kind]: event.target.value.trim() })} />}
    </>
  )
}
