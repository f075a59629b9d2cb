// Element labels by type of appeal: a row for each type, its elements edited like those of a matter.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { ElementEditor, elementProblem } from '../matters/item/ElementEditor.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listTypeElements'>['items'][number]

export function ElementsPart(): ReactElement {
  const query = useQueryOf('listTypeElements', {})
  const [editing, setEditing] = useState<Row | null>(null)
  return (
    <>
      <QueryView query={query}>
        {({ items }) => (
          <Section title={t('elements')} extra={<span className="ms-hint">{t('elementsHint')}</span>} flush>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('elements')}</caption>
              <thead><tr><th scope="col" style={{ inlineSize: 140 }}>{t('type')}</th><th scope="col">{t('elements')}</th><th scope="col" style={{ inlineSize: 200 }}>{t('changedBy')}</th><th scope="col" style={{ inlineSize: 80 }}>{t('acts')}</th></tr></thead>
              <tbody>
                {items.map((row) => (
                  <tr key={row.appealType}>
                    <th scope="row">{row.name}</th>
                    <td>{row.elements.length === 0 ? <span className="ms-hint">{t('noElements')}</span> : <span className="ms-row" style={{ gap: 4 }}>{row.elements.map((one) => <Tag key={one.code} tone={one.required ? 'near' : 'plain'} title={one.required ? t('mustAsk') : undefined}>{one.name}{one.required ? ' *' : ''}</Tag>)}</span>}</td>
                    <td className="ms-hint">{row.changedAt ? <>{row.changedByName} <Time iso={row.changedAt} /></> : '–'}</td>
                    <td><Button size="small" type="link" aria-label={t('editElements', { name: row.name })} onClick={() => setEditing(row)}>{t('edit')}</Button></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
        )}
      </QueryView>
      {editing ? <Editor key={editing.appealType} row={editing} onClose={() => setEditing(null)} /> : null}
    </>
  )
}

function Editor({ row, onClose }: { row: Row; onClose: () => void }): ReactElement {
  const [elements, setElements] = useState(row.elements)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const send = useAct('listTypeElements', 'typeElements')
  const fault = elementProblem(elements)
  const save = () => {
    setBusy(true)
    void send('setTypeElements', { appealType: row.appealType, elements, version: row.version }).then(() => { say(t('saved')); onClose() }).catch((error: unknown) => setProblem(asProblem(error))).finally(() => setBusy(false))
  }
  return (
    <Drawer open onClose={onClose} size={720} title={t('editElements', { name: row.name })} footer={<div className="ms-row"><Button type="primary" loading={busy} disabled={fault !== null} onClick={save}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></div>}>
      <div className="ms-stack">
        <ElementEditor label={t('elements')} hint={t('elementsHint')} value={elements} onChange={setElements} error={fault ?? problem?.fields[0]?.message} />
        {problem ? <ProblemLine problem={problem} /> : null}
      </div>
    </Drawer>
  )
}
