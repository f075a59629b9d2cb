// Spreadsheet reports by folder: opened, filled in, designed; a new one is made from an Excel file or an empty sheet.
import { AutoComplete, Button, Checkbox, Input, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { asProblem, type Problem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { Empty, ProblemLine, QueryView } from '../../../ui/Empty.tsx'
import { grouped } from '../../../ui/grouped.ts'
import { notify } from '../../../ui/notices.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { uploadFile } from '../../../ui/upload.ts'
import { useAct } from '../../../ui/use-act.ts'
import { emptySheet, type Definition } from './book.ts'
import { s } from './sheets.zh-CN.ts'

export const cycleOptions = [['day', '每日'], ['week', '每周'], ['month', '每月'], ['quarter', '每季度'], ['halfYear', '每半年'], ['year', '每年']].map(([value, label]) => ({ value: value as Definition['cycle'], label }))

export default function SheetsPage(): ReactElement {
  const [q, setQ] = useState('')
  const [withdrawn, setWithdrawn] = useState(false)
  const [making, setMaking] = useState(false)
  const query = useQueryOf('listSheets', { ...(q ? { q } : {}), ...(withdrawn ? { withdrawn: 'true' } : {}) }, { keepPrevious: true })
  const manages = query.data?.mayManage ?? false
  return (
    <Page title={s('sheets')} acts={<><Link to="/analytics/reports">{s('report')}</Link><Input.Search aria-label={s('search')} placeholder={s('search')} allowClear style={{ inlineSize: 200 }} onSearch={setQ} />{manages ? <><Checkbox checked={withdrawn} onChange={(e) => setWithdrawn(e.target.checked)}>{s('withWithdrawn')}</Checkbox><Button type="primary" onClick={() => setMaking(true)}>{s('newSheet')}</Button></> : null}</>}>
      <QueryView query={query}>
        {({ items }) => items.length === 0 ? <Empty kind={q ? 'filter' : 'pending'} text={s(manages ? 'none' : 'noneFor')} hint={s(manages ? 'noneHint' : 'noneForHint')} /> : <>{[...grouped(items, (one) => one.folder)].map(([folder, list]) => (
          <Section key={folder} title={`${folder} ${list.length}`} flush>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{folder}</caption>
              <thead><tr>{(['name', 'cycle', 'description', 'state', 'changed'] as const).map((key) => <th key={key} scope="col">{s(key)}</th>)}<th /></tr></thead>
              <tbody>{list.map((one) => (
                <tr key={one.id}>
                  <td>{one.state === 'published' ? <Link to={`/analytics/reports/sheets/${one.id}`}>{one.name}</Link> : one.mayDesign ? <Link to={`/analytics/reports/sheets/${one.id}/design`}>{one.name}</Link> : one.name}</td><td>{one.cycleName}</td><td>{one.description}</td>
                  <td><Tag tone={one.state === 'published' ? 'ok' : 'calm'}>{one.stateName}</Tag> <span className="ms-hint">{[one.entries > 0 ? s('entries', { n: one.entries }) : '', one.hasDraft ? s('hasDraft') : ''].filter(Boolean).join(' · ')}</span></td>
                  <td>{one.changedByName} <Time iso={one.changedAt} /></td>
                  <td className="ms-data-end">{one.mayFill ? <Link to={`/analytics/reports/sheets/${one.id}?fill=1`}>{s('fill')}</Link> : null} {one.mayDesign ? <Link to={`/analytics/reports/sheets/${one.id}/design`}>{s('edit')}</Link> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          </Section>
        ))}</>}
      </QueryView>
      {making ? <NewSheet folders={[...new Set((query.data?.items ?? []).map((one) => one.folder))]} onClose={() => setMaking(false)} /> : null}
    </Page>
  )
}

function NewSheet({ folders, onClose }: { folders: string[]; onClose: () => void }): ReactElement {
  const navigate = useNavigate()
  const send = useAct('listSheets')
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState('')
  const [folder, setFolder] = useState(folders[0] ?? s('folderDefault'))
  const [cycle, setCycle] = useState<Definition['cycle']>('month')
  const [busy, setBusy] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const make = async (): Promise<void> => {
    setProblem(null)
    try {
      let book: Definition['book'] = { sheets: [emptySheet('表一')], styles: [] }
      if (file) {
        const stored = await uploadFile(file, 'import', (n) => setBusy(s('uploading', { n })), new AbortController().signal)
        setBusy(s('reading'))
        const read = await send('readSheetFile', { fileId: stored.id })
        book = read.book
        if (read.lost.length > 0) notify({ level: 'P3', title: s('lost', { what: read.lost.join('、') }) })
      }
      setBusy(s('reading'))
      const made = await send('createSheet', { definition: { name: name.trim(), folder: folder.trim(), cycle, description: '', where: [], book, bindings: [] } })
      void navigate(`/analytics/reports/sheets/${made.id}/design`)
    } catch (error) { setProblem(asProblem(error)); setBusy(null) }
  }
  return (
    <Modal open title={s('newSheet')} okText={s('create')} cancelText={s('cancel')} confirmLoading={busy !== null} okButtonProps={{ disabled: name.trim() === '' || folder.trim() === '' }} onOk={() => void make()} onCancel={onClose}>
      <div className="ms-report-form">
        <div className="ms-field"><span className="ms-field-label">{s('file')}</span><div className="ms-row"><Button onClick={() => input.current?.click()}>{s('choose')}</Button><span className="ms-hint" aria-live="polite">{busy ?? (file ? s('chosen', { name: file.name }) : '')}</span></div><input ref={input} type="file" hidden accept=".xlsx" aria-label={s('importFile')} onChange={(e) => { const one = e.target.files?.[0]; e.target.value = ''; if (one) { setFile(one); if (name === '') setName(one.name.replace(/\.xlsx$/i, '').slice(0, 40)) } }} /></div>
        <label className="ms-field"><span className="ms-field-label">{s('name')}</span><Input value={name} maxLength={40} onChange={(e) => setName(e.target.value)} /></label>
        <div className="ms-data-half"><label className="ms-field"><span className="ms-field-label">{s('folder')}</span><AutoComplete value={folder} options={folders.map((value) => ({ value }))} onChange={setFolder} maxLength={40} /></label><label className="ms-field"><span className="ms-field-label">{s('cycle')}</span><Select value={cycle} options={cycleOptions} onChange={setCycle} /></label></div>
        {problem ? <ProblemLine problem={problem} /> : null}
      </div>
    </Modal>
  )
}
